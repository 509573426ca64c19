"use strict";
// What the facts say, in a few words each.
{
  const { h } = CW;

  const dateText = (row) =>
    `${CW.interval(row.date_from, row.date_to) || "unresolved"}${row.precision === "day" ? "" : ` (${CW.words(row.precision)})`}${row.relation && row.relation !== "on" ? `, ${row.relation}` : ""}`;
  const PRECISION = {
    1: "exact place",
    2: "near it",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "a line or vague area",
    6: "country only",
    7: "sea or air",
  };
  CW.PRECISION = PRECISION;
  const placeText = (row) => [...new Set([row.name, row.admin1, row.iso3 && CW.countryName(row.iso3)].filter(Boolean))].join(", ");

  // What a card beside the text says of a row.
  CW.contentOf = (row) => {
    const bits = (...parts) => parts.filter(Boolean).map((part) => h("span", { class: "bit" }, part));
    if (row.table === "dates") return [h("strong", {}, dateText(row)), bits(row.edtf && h("code", {}, row.edtf))];
    if (row.table === "places")
      return [
        h("strong", {}, placeText(row)),
        bits(
          row.use !== "location" && `as ${row.use}`,
          PRECISION[row.geo_precision],
          row.lat !== null && row.geo_precision < 6 && `${row.lat.toFixed(2)}, ${row.lon.toFixed(2)}`,
        ),
      ];
    if (row.table === "casualties")
      return [...CW.tellsOf(row), bits(row.victim_group !== "unknown" && CW.words(row.victim_group), row.implicit && "no number written")];
    if (row.table === "events")
      return [...CW.tellsOf(row, true), bits(CW.saidBy(row), row.confidence !== null && `confidence ${row.confidence.toFixed(2)}`)];
    return CW.tellsOf(row);
  };

  // The same in plain words, for those who hear the page.
  CW.plainOf = (row) => {
    const node = h("span", {}, CW.tellsOf(row));
    const bits = Array.from(node.childNodes, (child) => child.textContent);
    return `${CW.KINDS[row.table].one.toLowerCase()}: ${row.table === "dates" ? dateText(row) : row.table === "places" ? placeText(row) : bits.join(", ")}`;
  };

  // Where a card leads on to: the actor's page, the situation pointed to.
  CW.onwardOf = (row) => {
    const to =
      row.table === "actors" && row.actor !== null
        ? CW.actorLink(CW.actors.actor_id[row.actor])
        : row.table === "crossrefs" && row.situation !== null
          ? CW.situationLink(CW.situationName(row.situation))
          : null;
    return (
      to &&
      h(
        "a",
        {
          class: "onward",
          href: to,
          "aria-label": row.table === "actors" ? `All about ${CW.actors.name[row.actor]}` : `Situation ${CW.situationName(row.situation)}`,
        },
        "→",
      )
    );
  };
}
