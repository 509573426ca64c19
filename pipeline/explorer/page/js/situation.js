"use strict";
// One situation over time: trends, events, figures, what happened month by month, its actors and its neighbours.
{
  const { h } = CW;

  CW.views.situation = async (view, name) => {
    const { core } = CW;
    const number = core.situations.name.indexOf(name === "Situation unknown" ? null : name);
    if (number < 0) {
      view.replaceChildren(h("h1", {}, "No such situation"), h("p", {}, name, " is none of the situations of these tables."));
      return;
    }
    await CW.loadFacets();
    const entries = [];
    for (let entry = 0; entry < core.n; entry += 1) if (core.situation[entry] === number) entries.push(entry);
    const states = statesOf(number, entries);
    const countries = core.situations.countries[number].map(CW.countryName);
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
            core.situations.region[number],
            countries.join() !== name && h("span", { class: "when" }, countries.join(", ")),
          ),
          h("h1", {}, name),
          h(
            "p",
            { class: "lede" },
            spanOf(entries),
            " ",
            h("a", { href: `#/${CW.paramsOf({ ...CW.emptyAsk(), situation: [name] })}` }, "Search them"),
            latest(states),
          ),
        ),
        entries.length > 0 && strips(number, name, entries, states),
        tables(name, entries),
        h("div", { class: "columns" }, await actors(name, entries), refs(number, name)),
        await CW.tolls(number),
        entries.length > 0 && CW.timeline(entries),
      ),
    );
    CW.say(name);
  };

  function spanOf(entries) {
    if (!entries.length) return "No entry of its own here.";
    const known = entries.map(CW.monthOf).filter(Boolean);
    const [first, last] = [known[0], known[known.length - 1]];
    const span = known.length ? `, ${CW.monthName(first)}${first === last ? "" : ` to ${CW.monthName(last)}`}` : "";
    return `${CW.many(entries.length, "entry", "entries")}${span}.`;
  }

  // Trends by month: the entry's own, else as shown beside a later entry, else an estimate, marked as such.
  function statesOf(number, entries) {
    const out = new Map();
    for (const [situation, month, trend, sure] of CW.core.estimated || [])
      if (situation === number) out.set(month, { trend, estimated: sure });
    for (const [situation, month, flags] of CW.core.trends) if (situation === number) out.set(month, CW.flags(flags));
    for (const entry of entries) {
      const month = CW.monthOf(entry);
      const flags = CW.flags(CW.core.flags[entry]);
      if (month && (flags.trend || !out.has(month))) out.set(month, flags.trend ? flags : "none");
    }
    return out;
  }

  function latest(states) {
    const months = [...states.keys()].filter((month) => states.get(month).trend).sort();
    const month = months[months.length - 1];
    return (
      month && [h("br"), CW.trend(states.get(month).trend), ` in ${CW.monthName(month)}`, states.get(month).estimated && " (estimated)"]
    );
  }

  function strips(number, name, entries, states) {
    const { facets, core } = CW;
    const dated = entries.filter(CW.monthOf);
    const months = [...dated.map(CW.monthOf), ...states.keys()].map(CW.monthNumber);
    if (!months.length) return null;
    const first = Math.min(...months);
    const last = Math.max(...months);
    const zero = () => new Array(last - first + 1).fill(0);
    const [all, violent] = [zero(), zero()];
    const people = new Map();
    const at = new Map();
    const violence = core.families.indexOf("Political violence");
    for (const entry of dated) {
      const k = CW.monthNumber(CW.monthOf(entry)) - first;
      at.set(k, entry);
      for (let event = facets.events[entry]; event < facets.events[entry + 1]; event += 1) {
        if (core.realis[facets.realis[event]] !== "actual") continue;
        all[k] += 1;
        if (core.familyOf[facets.type[event]] === violence) violent[k] += 1;
      }
      for (const figure of figuresIn(entry)) {
        const kind = core.kinds[facets.kind[figure]];
        if (!people.has(kind)) people.set(kind, zero());
        people.get(kind)[k] += CW.numberOf(figure);
      }
    }
    const killed = people.get("killed") || zero();
    const told = (kind) => people.get(kind).filter(Boolean).length;
    const others = [...people.keys()]
      .filter((kind) => kind !== "killed" && told(kind) > 1)
      .sort((a, b) => told(b) - told(a))
      .slice(0, 2);
    const stated = Array.from(all, (_, k) => states.get(CW.monthOfNumber(first + k)) || null);
    const describe = (month) => {
      const k = month - first;
      const state = stated[k];
      const trend =
        state && state.trend
          ? `${state.trend}${state.estimated ? ` (estimated, probability ${state.estimated.toFixed(2)})` : ""}${state.alert ? ", risk alert" : ""}${state.opportunity ? ", resolution opportunity" : ""}`
          : "no trend stated";
      return `${CW.monthName(CW.monthOfNumber(month))}: ${at.has(k) ? `${CW.many(all[k], "event")}, ${violent[k]} violent, ${CW.count(killed[k])} killed` : CW.silence(number, month)}; ${trend}`;
    };
    const pick = (month) => {
      const entry = at.get(month - first);
      if (entry === undefined) return;
      const figures = figuresIn(entry).map(CW.figureItem);
      const events = Array.from({ length: facets.events[entry + 1] - facets.events[entry] }, (_, rank) => ({
        entry,
        table: "events",
        rank,
      }));
      CW.showEvidence(`${name}, ${CW.monthName(CW.monthOfNumber(month))}`, [...figures, ...events]);
    };
    return h(
      "section",
      {},
      h("h2", {}, "Over time"),
      CW.strip({
        label: `${name} by month`,
        first,
        last,
        describe,
        pick,
        rows: [
          { kind: "trend", title: "Trend", states: stated },
          { kind: "bars", title: "Events (violent ones stronger)", values: all, part: violent },
          { kind: "bars", title: "Killed", values: killed, tone: "grave" },
          ...others.map((kind) => ({ kind: "bars", title: capital(CW.kindName(kind)), values: people.get(kind), tone: "faint" })),
        ],
      }),
      h(
        "p",
        { class: "quiet small" },
        "Events told as fact; people: sums of the figures of incidents, the best number or the lowest the text allows. A month without an entry is not a month of peace.",
        stated.some((state) => state && state.estimated) && " A hollow trend is an estimate from the entry, where no trend was stated.",
      ),
    );
  }

  function figuresIn(entry) {
    const { facets } = CW;
    const out = [];
    for (let figure = facets.figures[entry]; figure < facets.figures[entry + 1]; figure += 1) if (CW.maySum(figure)) out.push(figure);
    return out.sort((a, b) => facets.kind[a] - facets.kind[b] || a - b);
  }

  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  // What the entries add up to: events by type, people by what was done to them.
  function tables(name, entries) {
    const { facets, core } = CW;
    const types = new Map();
    const kinds = new Map();
    const add = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));
    for (const entry of entries) {
      for (let event = facets.events[entry]; event < facets.events[entry + 1]; event += 1)
        if (core.realis[facets.realis[event]] === "actual") add(types, facets.type[event], event);
      for (let figure = facets.figures[entry]; figure < facets.figures[entry + 1]; figure += 1)
        if (CW.maySum(figure)) add(kinds, facets.kind[figure], figure);
    }
    const byType = [...types]
      .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
      .slice(0, 12)
      .map(([type, events]) => [CW.words(core.types.label[type]), events.length, () => events.map(CW.eventItem).reverse()]);
    const byKind = [...kinds]
      .sort((a, b) => a[0] - b[0])
      .map(([kind, figures]) => [
        CW.kindName(core.kinds[kind]),
        figures.reduce((sum, figure) => sum + CW.numberOf(figure), 0),
        () => figures.map(CW.figureItem).reverse(),
      ]);
    return h(
      "div",
      { class: "columns" },
      byType.length > 0 && h("section", {}, h("h2", {}, "Events"), CW.bars(name, byType)),
      byKind.length > 0 && h("section", {}, h("h2", {}, "People"), CW.bars(name, byKind, true)),
    );
  }

  // A list of labels with bars, or of sums of unlike things without; each number is a button to its sentences. Rows: [label, number, items, link].
  CW.bars = (name, rows, sums = false) => {
    const most = Math.max(1, ...rows.map((row) => row[1]));
    return h(
      "ul",
      { class: `bar-list${sums ? " sums" : ""}` },
      rows.map(([label, number, items, link]) =>
        h(
          "li",
          {},
          link ? h("a", { class: "label", href: link }, label) : h("span", { class: "label" }, label),
          !sums && h("span", { class: "bar", "aria-hidden": "true", vars: { "--share": number / most } }),
          items
            ? CW.source(CW.count(number), `${name}: ${CW.count(number)} ${label}`, items)
            : h("span", { class: "number" }, CW.count(number)),
        ),
      ),
    );
  };

  async function actors(name, entries) {
    const { facets } = CW;
    const having = new Map();
    for (const entry of entries) {
      for (let k = facets.mentions[entry]; k < facets.mentions[entry + 1]; k += 1) {
        const actor = facets.mention[k];
        if (having.has(actor)) having.get(actor).push(entry);
        else having.set(actor, [entry]);
      }
    }
    const rows = [...having]
      .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
      .slice(0, 12)
      .map(([actor, inside]) => [
        CW.actors.name[actor],
        inside.length,
        () => CW.mentionItems(actor, [...inside].reverse()),
        CW.actorLink(CW.actors.actor_id[actor]),
      ]);
    return rows.length > 0 && h("section", {}, h("h2", {}, "Actors, by entries"), CW.bars(name, rows));
  }

  CW.mentionItems = (actor, entries) => entries.map((entry) => ({ entry, find: (told) => told.actors.find((row) => row.actor === actor) }));

  // Situations this one's entries point to, and those whose entries point here.
  function refs(number, name) {
    const { facets, core } = CW;
    const to = new Map();
    const from = new Map();
    const add = (map, key, item) => (map.has(key) ? map.get(key).push(item) : map.set(key, [item]));
    for (let entry = core.n - 1; entry >= 0; entry -= 1) {
      for (let k = facets.pointers[entry]; k < facets.pointers[entry + 1]; k += 1) {
        if (!facets.pointer[k]) continue;
        const other = facets.pointer[k] - 1;
        const item = { entry, table: "crossrefs", rank: k - facets.pointers[entry] };
        if (core.situation[entry] === number && other !== number) add(to, other, item);
        else if (other === number && core.situation[entry] !== number) add(from, core.situation[entry], item);
      }
    }
    const list = (title, map) =>
      map.size > 0 &&
      h(
        "div",
        {},
        h("h3", {}, title),
        CW.bars(
          name,
          [...map]
            .sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
            .slice(0, 12)
            .map(([other, items]) => [CW.situationName(other), items.length, () => items, CW.situationLink(CW.situationName(other))]),
        ),
      );
    return (
      to.size + from.size > 0 &&
      h("section", {}, h("h2", {}, "Neighbours by cross-reference"), list("Its entries point to", to), list("Pointed to by", from))
    );
  }
}
