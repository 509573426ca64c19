"use strict";
// One actor: what it did, what was done to it, with whom, where, when.
{
  const { h } = CW;

  CW.views.actor = async (view, id) => {
    await CW.loadFacets();
    const { facets, core, actors } = CW;
    const actor = actors.actor_id.indexOf(id);
    if (actor < 0) {
      view.replaceChildren(h("h1", {}, "No such actor"), h("p", {}, "No actor here has the identity ", h("code", {}, id), "."));
      return;
    }
    const name = actors.name[actor];
    const entries = [];
    for (let entry = 0; entry < core.n; entry += 1) if (CW.mentions(entry, actor)) entries.push(entry);
    const did = [];
    const suffered = [];
    for (const entry of entries) {
      for (let event = facets.events[entry]; event < facets.events[entry + 1]; event += 1) {
        for (let k = facets.parts[event]; k < facets.parts[event + 1]; k += 1)
          if (facets.part[k] >> 1 === actor) (facets.part[k] & 1 ? suffered : did).push(event);
      }
    }
    const aliases = actors.aliases[actor];
    view.replaceChildren(
      h(
        "article",
        { class: "sheet" },
        h(
          "header",
          {},
          h(
            "p",
            { class: "over" },
            CW.words(actors.type[actor]),
            actors.iso3[actor] && h("span", { class: "when" }, CW.countryName(actors.iso3[actor])),
          ),
          h("h1", {}, name),
          aliases.length > 0 &&
            h(
              "p",
              { class: "lede" },
              "Also written ",
              aliases.slice(0, 12).map((alias, k) => [k > 0 && ", ", h("q", {}, alias)]),
            ),
          h(
            "p",
            { class: "lede" },
            CW.source(CW.many(entries.length, "entry", "entries"), `${name}: entries that name it`, () =>
              CW.mentionItems(actor, [...entries].reverse()),
            ),
            ", ",
            CW.source(CW.many(did.length, "event"), `${name} as source: ${CW.many(did.length, "event")}`, () =>
              did.map(CW.eventItem).reverse(),
            ),
            " as source, ",
            CW.source(CW.count(suffered.length), `${name} as target: ${CW.many(suffered.length, "event")}`, () =>
              suffered.map(CW.eventItem).reverse(),
            ),
            " as target. ",
            h("a", { href: `#/${CW.paramsOf({ ...CW.emptyAsk(), actor: [id] })}` }, "Search them"),
            " · ",
            h("a", { href: `#/map${CW.paramsOf({ ...CW.emptyAsk(), actor: [id] })}` }, "On the map"),
          ),
        ),
        over(name, actor, entries, did, suffered),
        h(
          "div",
          { class: "columns" },
          did.length > 0 && h("section", {}, h("h2", {}, "What it did"), CW.bars(name, byType(did))),
          suffered.length > 0 && h("section", {}, h("h2", {}, "What was done to it"), CW.bars(name, byType(suffered))),
        ),
        h("div", { class: "columns" }, others("Acted on", did, 1, name), others("Acted on by", suffered, 0, name)),
        h("section", {}, h("h2", {}, "Situations, by entries"), CW.bars(name, bySituation(actor, entries))),
      ),
    );
    CW.say(name);
  };

  const group = (values, keyOf) => {
    const out = new Map();
    for (const value of values) for (const key of [keyOf(value)].flat()) out.set(key, [...(out.get(key) || []), value]);
    return [...out].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  };

  const byType = (events) =>
    group(events, (event) => CW.facets.type[event])
      .slice(0, 10)
      .map(([type, list]) => [CW.words(CW.core.types.label[type]), list.length, () => list.map(CW.eventItem).reverse()]);

  const bySituation = (actor, entries) =>
    group(entries, (entry) => CW.core.situation[entry])
      .slice(0, 12)
      .map(([situation, list]) => [
        CW.situationName(situation),
        list.length,
        () => CW.mentionItems(actor, [...list].reverse()),
        CW.situationLink(CW.situationName(situation)),
      ]);

  function others(title, events, side, name) {
    const { facets, actors } = CW;
    const counterparts = (event) => {
      const out = [];
      for (let k = facets.parts[event]; k < facets.parts[event + 1]; k += 1)
        if ((facets.part[k] & 1) === side) out.push(facets.part[k] >> 1);
      return out;
    };
    const rows = group(events, counterparts)
      .slice(0, 10)
      .map(([actor, list]) => [
        actors.name[actor],
        list.length,
        () => list.map(CW.eventItem).reverse(),
        CW.actorLink(actors.actor_id[actor]),
      ]);
    return rows.length > 0 && h("section", {}, h("h2", {}, title), CW.bars(`${name}: ${title.toLowerCase()}`, rows));
  }

  function over(name, actor, entries, did, suffered) {
    const dated = entries.filter(CW.monthOf);
    if (!dated.length) return null;
    const numberOf = (entry) => CW.monthNumber(CW.monthOf(entry));
    const first = numberOf(dated[0]);
    const last = numberOf(dated[dated.length - 1]);
    const count = (values) => {
      const out = new Array(last - first + 1).fill(0);
      for (const entry of values) if (CW.monthOf(entry)) out[numberOf(entry) - first] += 1;
      return out;
    };
    const inEntries = count(entries);
    const events = [...new Set([...did, ...suffered])];
    const sources = count(did.map((event) => CW.facets.entryOfEvent[event]));
    const all = count(events.map((event) => CW.facets.entryOfEvent[event]));
    return h(
      "section",
      {},
      h("h2", {}, "Over time"),
      CW.strip({
        label: `${name} by month`,
        first,
        last,
        rows: [
          { kind: "bars", title: "Events (as source stronger)", values: all, part: sources },
          { kind: "bars", title: "Entries", values: inEntries },
        ],
        describe: (month) =>
          `${CW.monthName(CW.monthOfNumber(month))}: ${CW.many(inEntries[month - first], "entry", "entries")}, ${CW.many(all[month - first], "event")}, ${sources[month - first]} as source`,
        pick: (month) =>
          CW.showEvidence(
            `${name}, ${CW.monthName(CW.monthOfNumber(month))}`,
            CW.mentionItems(
              actor,
              dated.filter((entry) => numberOf(entry) === month),
            ),
          ),
      }),
    );
  }
}
