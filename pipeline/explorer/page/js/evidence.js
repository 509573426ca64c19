"use strict";
// Where a number comes from: the sentences behind it, the words marked, each a click from its entry.
{
  const { h } = CW;
  const AT_ONCE = 20;

  // A button that shows the sentences behind what it says. `items` is a list, or a function that makes one, of { entry, table, rank }.
  CW.source = (label, title, items, name = "number") =>
    h(
      "button",
      {
        type: "button",
        class: name,
        "aria-haspopup": "dialog",
        title: "Show the sentences",
        click: () => CW.showEvidence(title, typeof items === "function" ? items() : items),
      },
      label,
    );

  CW.eventItem = (event) => {
    const entry = CW.facets.entryOfEvent[event];
    return { entry, table: "events", rank: event - CW.facets.events[entry] };
  };
  CW.figureItem = (figure) => {
    const entry = CW.facets.entryOfFigure[figure];
    return { entry, table: "casualties", rank: figure - CW.facets.figures[entry] };
  };

  CW.showEvidence = (title, items) => {
    const dialog = CW.$("evidence");
    const list = h("ol", { class: "sentences" });
    const more = h("button", { type: "button", class: "more-button", click: () => extend() }, "Show more");
    let shown = 0;
    async function extend() {
      const next = items.slice(shown, shown + AT_ONCE);
      shown += next.length;
      more.hidden = shown >= items.length;
      const slots = next.map(() => h("li", { class: "waiting" }, "…"));
      list.append(...slots);
      await Promise.all(
        next.map(async (item, k) => {
          const told = await CW.entryOf(item.entry);
          slots[k].className = "";
          slots[k].replaceChildren(...sentence(told, item));
        }),
      );
    }
    dialog.replaceChildren(
      h(
        "div",
        { class: "dialog-head" },
        h("h2", { id: "evidence-title" }, title),
        h("button", { type: "button", class: "plain close", "aria-label": "Close", click: () => dialog.close() }, "×"),
      ),
      h("p", { class: "quiet" }, items.length ? CW.many(items.length, "sentence") + " in the text" : "No sentence in the text says so."),
      list,
      more,
    );
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    return extend();
  };

  // What a row tells, then its sentence with the row's words marked, then where it stands.
  function sentence(told, item) {
    const row = item.find ? item.find(told) : told[item.table][item.rank];
    const link = h(
      "a",
      { href: CW.entryLink(item.entry, row && row.key), click: () => CW.$("evidence").close() },
      `${CW.situationName(CW.core.situation[item.entry])}, ${CW.monthName(CW.monthOf(item.entry))}`,
    );
    if (!row) return [h("p", { class: "where" }, link)];
    const around = CW.sentenceOf(told, row);
    const kind = CW.KINDS[row.table].mark;
    const parts = CW.pieces(around.start, around.end, [row]).map(({ start, end, over }) =>
      over.length ? h("mark", { class: `fill ${kind}` }, told.text.slice(start, end)) : told.text.slice(start, end),
    );
    return [h("p", { class: "tells" }, CW.tellsOf(row)), h("blockquote", {}, parts), h("p", { class: "where" }, link)];
  }

  // Who tells it: "by health ministry", "reportedly".
  CW.saidBy = (row) => row.attribution && (/ly$/i.test(row.attribution) ? row.attribution : `by ${row.attribution}`);

  const SCOPES = { part: "part of another figure", cumulative: "running total", repeat: "told again", not_actual: "not what happened" };
  // A row in a few words: what an event or figure is taken to say.
  CW.tellsOf = (row, exactly = false) => {
    if (row.table === "events") {
      const parties = [row.source, row.target].filter(Boolean).join(" → ");
      const date =
        row.date_precision === "day" || !row.date_precision
          ? CW.interval(row.date_from, row.date_to)
          : `${CW.interval(row.date_from, row.date_to)} (${CW.words(row.date_precision)})`;
      return [
        h("strong", { class: "event" }, CW.words(row.type)),
        ...dotted([date, placeOf(row, exactly), parties, row.realis !== "actual" && `told as ${row.realis}`]),
      ];
    }
    if (row.table === "casualties") {
      return [
        h("strong", { class: "figure" }, `${CW.figureNumber(row)} ${CW.kindName(row.kind)}`),
        ...dotted([row.victims, SCOPES[row.scope], row.rival_of !== null && "another source’s number", CW.saidBy(row)]),
      ];
    }
    if (row.table === "actors")
      return [
        h("strong", { class: "actor" }, CW.actors ? CW.actors.name[row.actor] || row.name : row.name),
        ...dotted([CW.words(row.type)]),
      ];
    if (row.table === "crossrefs") return [h("strong", {}, "see "), CW.situationName(row.situation)];
    return [h("strong", {}, row.name || row.text || "")];
  };
  const dotted = (parts) => parts.filter(Boolean).map((part) => h("span", { class: "bit" }, part));

  function placeOf(row, exactly = false) {
    const names = [...new Set([row.place, row.admin1, row.iso3 && CW.countryName(row.iso3)].filter(Boolean))].join(", ");
    return names && exactly && row.geo_precision !== 6 ? `${names} (${CW.PRECISION[row.geo_precision] || "precision unknown"})` : names;
  }
  CW.placeOf = placeOf;
}
