"""The contract: every column is described, every key and partition exists, the named columns keep their types."""

from __future__ import annotations

import pytest

from pipeline import codebook, store

TABLES = codebook.all_tables()

# The contract's columns, by hand: a renamed or retyped column must fail here, not at a user's.
CONTRACT = {
    "documents": "document_id path format layout sha256 bytes:int64 encoding repairs:list status reason",
    "entries": "entry_id situation countries:list region month:date32 month_source trend risk_alert:bool resolution_opportunity:bool "
    "headline text document_ids:list superseded_by",
    "skipped": "document_id position:int64 text reason",
    "crossrefs": "entry_id start:int64 end:int64 text situation iso3",
    "tokens": "entry_id start:int64 end:int64 text i:int64 sentence:int64 lemma pos tag dep head:int64 ent_type ent_iob",
    "dates": "entry_id start:int64 end:int64 text date_from:date32 date_to:date32 precision relation kind edtf",
    "casualties": "entry_id start:int64 end:int64 text kind low:int64 best:int64 high:int64 hedge implicit:bool scope victims "
    "victim_group attribution event_id",
    "places": "entry_id start:int64 end:int64 text name iso3 level use admin1 lat:double lon:double geonameid:int64 "
    "geo_precision:int64 match score:double",
    "actors": "entry_id start:int64 end:int64 text actor_id name type iso3 match",
    "events": "event_id entry_id start:int64 end:int64 text type family date_from:date32 date_to:date32 date_precision iso3 place "
    "admin1 lat:double lon:double geo_precision:int64 source target realis attribution killed_low:int64 killed_best:int64 "
    "killed_high:int64 injured_best:int64 plover acled cameo sentence_start:int64 sentence_end:int64 confidence:double",
    "event_roles": "event_id entry_id start:int64 end:int64 text role actor_id name",
    "country_months": "iso3 month:date32 situation covered:bool entries:int64 trend risk_alert:bool resolution_opportunity:bool "
    "events:int64 killed_low:int64 killed_best:int64 killed_high:int64 injured_best:int64 detained_best:int64 displaced_best:int64 "
    "gwcode:int64 views_month_id:int64",
}


@pytest.mark.parametrize("table", CONTRACT)
def test_the_contract_s_columns_keep_name_and_type(table: str) -> None:
    arrow = store.schema(TABLES[table])
    for said in CONTRACT[table].split():
        name, _, kind = said.partition(":")
        assert str(arrow.field(name).type).startswith(kind or "string"), name


@pytest.mark.parametrize("table", TABLES)
def test_every_column_says_what_it_means(table: str) -> None:
    for field in store.schema(TABLES[table]):
        assert len(field.metadata[b"description"]) > 10, field.name


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_columns_and_facts_have_the_entry_first_in_theirs(table: str) -> None:
    row_class = TABLES[table]
    names = list(store.columns(row_class))
    assert set(row_class.KEY) <= set(names)
    if row_class.BY == "month" and {"entry_id", "start", "end"} <= set(names):
        assert row_class.KEY[0] == "entry_id"


def test_the_codebook_names_the_closed_list_of_a_column() -> None:
    assert "One of: incident, part, cumulative, repeat, not_actual." in codebook.describe("casualties")


def test_an_unknown_table_is_answered_with_those_there_are() -> None:
    with pytest.raises(codebook.NoSuchTable, match="no table 'deaths'; the tables are documents, "):
        codebook.describe("deaths")
