"use strict";
// The tables behind the views: what is loaded at once (core), what comes right after (facets, actors, places), and texts on demand.
{
  // Load the core and ready it; everything else hangs on it.
  CW.open = async () => {
    const core = await CW.load("core");
    const entries = core.entries;
    const id = entries.id ? entries.id.split("\n") : [];
    CW.core = {
      ...core,
      n: id.length,
      id,
      situation: CW.unpack(entries.situation),
      month: CW.unpack(entries.month),
      flags: CW.unpack(entries.flags),
      length: CW.unpack(entries.words),
      families: [...new Set(core.types.family)],
      regions: [...new Set(core.situations.region.filter(Boolean))].sort(),
    };
    CW.core.familyOf = core.types.family.map((family) => CW.core.families.indexOf(family));
    CW.core.shardFirsts = core.shards.map((shard) => shard[1]);
    return CW.core;
  };

  let byId = null;
  CW.entryNumber = (id) => {
    byId = byId || new Map(CW.core.id.map((one, k) => [one, k]));
    return byId.get(id);
  };
  CW.situationName = (number) => CW.core.situations.name[number] || "Situation unknown";
  CW.monthOf = (entry) => CW.core.months[CW.core.month[entry]] || null;

  CW.shardOf = (entry) => {
    const [name, first] = CW.core.shards[CW.below(CW.core.shardFirsts, entry)];
    return { name, rank: entry - first };
  };

  // The text of an entry, and whether its first line is a headline.
  CW.textOf = async (entry) => {
    const { name, rank } = CW.shardOf(entry);
    const [texts, headed] = await CW.load(`texts-${name}`);
    return { text: texts[rank], headed: headed[rank] === 1 };
  };

  let facets = null;
  // All columns that counting needs, of all years, one after the other.
  CW.loadFacets = () => {
    facets =
      facets ||
      Promise.all([Promise.all(CW.core.years.map(([name]) => CW.load(`facets-${name}`))), CW.load("actors"), CW.load("places")]).then(
        ([years, actors, places]) => {
          CW.actors = { ...actors, n: actors.name.length };
          CW.places = { ...places, n: places.place.length };
          CW.facets = join(years);
          return CW.facets;
        },
      );
    return facets;
  };

  function join(years) {
    const all = (table, column) => {
      const parts = years.map((year) => CW.unpack(year[table][column]));
      const widest = parts.reduce((a, b) => (a.BYTES_PER_ELEMENT >= b.BYTES_PER_ELEMENT ? a : b), new Uint8Array(0));
      const out = new widest.constructor(parts.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of parts) {
        out.set(part, at);
        at += part.length;
      }
      return out;
    };
    const events = CW.firsts(all("events", "n"));
    const figures = CW.firsts(all("figures", "n"));
    return {
      events,
      type: all("events", "type"),
      realis: all("events", "realis"),
      place: all("events", "place"),
      entryOfEvent: owners(events),
      parts: CW.firsts(all("parts", "n")),
      part: all("parts", "who"),
      figures,
      kind: all("figures", "kind"),
      scope: all("figures", "scope"),
      rival: all("figures", "rival"),
      number: all("figures", "number"),
      eventOfFigure: all("figures", "event"),
      entryOfFigure: owners(figures),
      mentions: CW.firsts(all("mentions", "n")),
      mention: all("mentions", "who"),
      pointers: CW.firsts(all("pointers", "n")),
      pointer: all("pointers", "to"),
    };
  }

  function owners(firsts) {
    const out = new Uint32Array(firsts[firsts.length - 1]);
    for (let k = 0; k + 1 < firsts.length; k += 1) out.fill(k, firsts[k], firsts[k + 1]);
    return out;
  }

  // The event a figure hangs on, -1 if none.
  CW.eventOfFigure = (figure) => {
    const rank = CW.facets.eventOfFigure[figure];
    return rank ? CW.facets.events[CW.facets.entryOfFigure[figure]] + rank - 1 : -1;
  };
  // Whether a figure may be summed: an incident's, of an event told as fact or of none, no rival of the one that counts, as the panel has it.
  CW.maySum = (figure) => {
    if (CW.facets.rival[figure]) return false;
    if (CW.core.scopes[CW.facets.scope[figure]] !== "incident") return false;
    const event = CW.eventOfFigure(figure);
    return event < 0 || CW.core.realis[CW.facets.realis[event]] === "actual";
  };
  CW.numberOf = (figure) => Math.max(0, CW.facets.number[figure] - 1);

  CW.countryName = (iso3) => (CW.core.countries[iso3] ? CW.core.countries[iso3][0] : iso3);
  CW.placeName = (place) => {
    const { place: names, admin1, iso3 } = CW.places;
    const k = place - 1;
    return [...new Set([names[k], admin1[k], iso3[k] && CW.countryName(iso3[k])].filter(Boolean))].join(", ");
  };
}
