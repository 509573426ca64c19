"use strict";
// Actors: those of the entries that answer, and a page on each.
{
  const { h } = CW;

  CW.views.actors = async (view, answer) => {
    await CW.loadFacets();
    const { facets } = CW;
    const counts = new Map();
    for (const entry of answer.entries) for (let k = facets.mentions[entry]; k < facets.mentions[entry + 1]; k += 1) counts.set(facets.mention[k], (counts.get(facets.mention[k]) || 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const types = [...new Set(ranked.map(([actor]) => CW.actors.type[actor]))].sort();
    const name = h("input", { type: "search", id: "actor-name", placeholder: "Name or alias", autocomplete: "off", input: () => show() });
    const type = h("select", { id: "actor-type", change: () => show() }, h("option", { value: "" }, "any kind"), types.map((one) => h("option", { value: one }, CW.words(one))));
    const body = h("tbody");
    const note = h("p", { class: "quiet" });
    function show() {
      const typed = CW.fold(name.value.trim());
      const fits = ranked.filter(([actor]) => (!type.value || CW.actors.type[actor] === type.value) && (!typed || [CW.actors.name[actor], ...CW.actors.aliases[actor]].some((one) => CW.fold(one).includes(typed))));
      note.textContent = `${CW.many(fits.length, "actor")} in ${CW.many(answer.entries.length, "entry", "entries")}${fits.length > 200 ? "; the first 200" : ""}`;
      body.replaceChildren(...fits.slice(0, 200).map(([actor, number]) => h("tr", {},
        h("th", { scope: "row" }, h("a", { href: CW.actorLink(CW.actors.actor_id[actor]) }, CW.actors.name[actor])),
        h("td", {}, CW.words(CW.actors.type[actor])),
        h("td", {}, CW.actors.iso3[actor] ? CW.countryName(CW.actors.iso3[actor]) : ""),
        h("td", { class: "n" }, CW.source(CW.count(number), `${CW.actors.name[actor]}: ${CW.many(number, "entry", "entries")}`, () => CW.mentionItems(actor, answer.entries.filter((entry) => mentions(entry, actor))))))));
    }
    view.replaceChildren(
      h("div", { class: "view-head" }, h("h1", {}, "Actors")),
      h("div", { class: "row" }, h("div", { class: "field" }, h("label", { for: "actor-name" }, "Find an actor"), name), h("div", { class: "field" }, h("label", { for: "actor-type" }, "Kind of actor"), type)),
      note,
      h("div", { class: "scroll" }, h("table", {}, h("thead", {}, h("tr", {}, ["Actor", "Kind", "Country"].map((title) => h("th", { scope: "col" }, title)), h("th", { scope: "col", class: "n" }, "Entries"))), body)));
    show();
    CW.say(note.textContent);
  };

  function mentions(entry, actor) {
    const { facets } = CW;
    for (let k = facets.mentions[entry]; k < facets.mentions[entry + 1]; k += 1) if (facets.mention[k] === actor) return true;
    return false;
  }

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
    for (let entry = 0; entry < core.n; entry += 1) if (mentions(entry, actor)) entries.push(entry);
    const did = [];
    const suffered = [];
    for (const entry of entries) {
      for (let event = facets.events[entry]; event < facets.events[entry + 1]; event += 1) {
        for (let k = facets.parts[event]; k < facets.parts[event + 1]; k += 1) if (facets.part[k] >> 1 === actor) (facets.part[k] & 1 ? suffered : did).push(event);
      }
    }
    const aliases = actors.aliases[actor];
    view.replaceChildren(h("article", { class: "sheet" },
      h("header", {},
        h("p", { class: "over" }, CW.words(actors.type[actor]), actors.iso3[actor] && h("span", { class: "when" }, CW.countryName(actors.iso3[actor]))),
        h("h1", {}, name),
        aliases.length > 0 && h("p", { class: "lede" }, "Also written ", aliases.slice(0, 12).map((alias, k) => [k > 0 && ", ", h("q", {}, alias)])),
        h("p", { class: "lede" }, CW.source(CW.many(entries.length, "entry", "entries"), `${name}: entries that name it`, () => CW.mentionItems(actor, [...entries].reverse())), ", ", CW.source(CW.many(did.length, "event"), `${name} as source: ${CW.many(did.length, "event")}`, () => did.map(CW.eventItem).reverse()), " as source, ", CW.source(CW.count(suffered.length), `${name} as target: ${CW.many(suffered.length, "event")}`, () => suffered.map(CW.eventItem).reverse()), " as target. ",
          h("a", { href: `#/${CW.paramsOf({ ...CW.emptyAsk(), actor: [id] })}` }, "Search them"), " · ", h("a", { href: `#/map${CW.paramsOf({ ...CW.emptyAsk(), actor: [id] })}` }, "On the map"))),
      over(name, actor, entries, did, suffered),
      h("div", { class: "columns" },
        did.length > 0 && h("section", {}, h("h2", {}, "What it did"), CW.bars(name, byType(did))),
        suffered.length > 0 && h("section", {}, h("h2", {}, "What was done to it"), CW.bars(name, byType(suffered)))),
      h("div", { class: "columns" },
        others("Acted on", did, 1, name), others("Acted on by", suffered, 0, name)),
      h("section", {}, h("h2", {}, "Situations, by entries"), CW.bars(name, bySituation(actor, entries)))));
    CW.say(name);
  };

  const group = (values, keyOf) => {
    const out = new Map();
    for (const value of values) for (const key of [keyOf(value)].flat()) out.set(key, [...(out.get(key) || []), value]);
    return [...out].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  };

  const byType = (events) => group(events, (event) => CW.facets.type[event]).slice(0, 10).map(([type, list]) => [CW.words(CW.core.types.label[type]), list.length, () => list.map(CW.eventItem).reverse()]);

  const bySituation = (actor, entries) => group(entries, (entry) => CW.core.situation[entry]).slice(0, 12).map(([situation, list]) => [CW.situationName(situation), list.length, () => CW.mentionItems(actor, [...list].reverse()), CW.situationLink(CW.situationName(situation))]);

  function others(title, events, side, name) {
    const { facets, actors } = CW;
    const counterparts = (event) => {
      const out = [];
      for (let k = facets.parts[event]; k < facets.parts[event + 1]; k += 1) if ((facets.part[k] & 1) === side) out.push(facets.part[k] >> 1);
      return out;
    };
    const rows = group(events, counterparts).slice(0, 10).map(([actor, list]) => [actors.name[actor], list.length, () => list.map(CW.eventItem).reverse(), CW.actorLink(actors.actor_id[actor])]);
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
    return h("section", {}, h("h2", {}, "Over time"), CW.strip({
      label: `${name} by month`, first, last,
      rows: [{ kind: "bars", title: "Events (as source darker)", values: all, part: sources }, { kind: "bars", title: "Entries", values: inEntries }],
      describe: (month) => `${CW.monthName(CW.monthOfNumber(month))}: ${CW.many(inEntries[month - first], "entry", "entries")}, ${CW.many(all[month - first], "event")}, ${sources[month - first]} as source`,
      pick: (month) => CW.showEvidence(`${name}, ${CW.monthName(CW.monthOfNumber(month))}`, CW.mentionItems(actor, dated.filter((entry) => numberOf(entry) === month))),
    }));
  }
}
