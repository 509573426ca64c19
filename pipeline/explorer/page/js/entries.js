"use strict";
// The entries that answer, newest or best first, each with the words that were looked for.
{
  const { h } = CW;
  const AT_ONCE = 12;
  let round = 0;

  CW.entryLink = (entry, key) => `#/entry/${encodeURIComponent(CW.core.id[entry])}${key ? `/${key}` : ""}`;
  CW.situationLink = (name) => `#/situation/${encodeURIComponent(name)}`;
  CW.actorLink = (id) => `#/actor/${encodeURIComponent(id)}`;

  CW.views.entries = async (view, answer, go, params, back) => {
    const { ask, entries } = answer;
    const list = h("ol", { class: "results" });
    const more = h("button", { type: "button", class: "more-button", click: () => extend() }, "Show more");
    const histogram = h("div", { class: "histogram" });
    let shown = 0;
    round += 1;
    const mine = round;
    async function extend() {
      const next = entries.slice(shown, shown + AT_ONCE);
      shown += next.length;
      more.hidden = shown >= entries.length;
      const slots = next.map((entry) => item(entry));
      list.append(...slots.map((slot) => slot.node));
      if (CW.facets) for (const slot of slots) CW.tally(slot.node);
      await Promise.all(slots.map((slot) => slot.fill(ask.q)));
    }
    const title = CW.isEmptyAsk(ask)
      ? `${CW.many(entries.length, "entry", "entries")}`
      : `${CW.many(entries.length, "entry", "entries")} of ${CW.count(CW.core.n)}`;
    view.replaceChildren(
      h("div", { class: "view-head" }, h("h1", {}, title), sortSelect(answer, go)),
      histogram,
      list,
      more,
      h(
        "p",
        { class: "empty", hidden: entries.length > 0 },
        "Nothing answers to all of that. Take a filter away, or look for the beginning of a word: ",
        h("q", {}, "bomb"),
        " finds bombs, bombed and bombing.",
      ),
    );
    CW.say(title);
    await extend();
    while (back && shown < Math.min(back.shown, entries.length)) await extend();
    await CW.loadFacets();
    if (mine !== round) return;
    histogram.append(overview(answer, go));
    for (const node of list.children) CW.tally(node);
  };

  function sortSelect({ ask, scores }, go) {
    const options = scores
      ? [
          ["", "best match first"],
          ["new", "newest first"],
          ["old", "oldest first"],
        ]
      : [
          ["", "newest first"],
          ["old", "oldest first"],
        ];
    const control = h(
      "select",
      { id: "sort", "aria-label": "Order", change: () => go({ ...ask, sort: control.value }) },
      options.map(([value, label]) => h("option", { value, selected: value === ask.sort }, label)),
    );
    return h("div", { class: "sort" }, control);
  }

  function item(entry) {
    const name = CW.situationName(CW.core.situation[entry]);
    const head = h("h2", {}, h("a", { href: CW.entryLink(entry) }, "…"));
    const snippet = h("p", { class: "snippet" });
    const node = h(
      "li",
      { class: "result", "data-entry": entry },
      h(
        "p",
        { class: "over" },
        h("a", { href: CW.situationLink(name), class: "situation" }, name),
        h("span", { class: "when" }, CW.monthName(CW.monthOf(entry))),
        CW.badges(CW.core.flags[entry]),
      ),
      head,
      snippet,
      h("p", { class: "tally" }),
    );
    const fill = async (query) => {
      const { text, headed } = await CW.textOf(entry);
      const cut = text.indexOf("\n");
      const end = cut < 0 ? text.length : cut;
      const hits = CW.hits(text, query);
      head.firstChild.replaceChildren(...(headed ? marked(text, 0, end, hits) : [`${name}, ${CW.monthName(CW.monthOf(entry))}`]));
      snippet.replaceChildren(...excerpt(text, headed ? Math.min(end + 1, text.length) : 0, hits));
    };
    return { node, fill };
  }

  // The numbers of an entry in a line, each with its sentences.
  CW.tally = (node) => {
    const entry = Number(node.getAttribute("data-entry"));
    const place = node.querySelector(".tally");
    if (!place || place.childNodes.length) return;
    const { facets, core } = CW;
    const name = `${CW.situationName(core.situation[entry])}, ${CW.monthName(CW.monthOf(entry))}`;
    const events = facets.events[entry + 1] - facets.events[entry];
    const parts = [];
    if (events)
      parts.push(
        CW.source(CW.many(events, "event"), `${name}: ${CW.many(events, "event")}`, () =>
          Array.from({ length: events }, (_, rank) => ({ entry, table: "events", rank })),
        ),
      );
    const sums = new Map();
    for (let figure = facets.figures[entry]; figure < facets.figures[entry + 1]; figure += 1) {
      if (CW.maySum(figure)) sums.set(facets.kind[figure], [...(sums.get(facets.kind[figure]) || []), figure]);
    }
    for (const [kind, figures] of [...sums].sort((a, b) => a[0] - b[0])) {
      const total = figures.reduce((sum, figure) => sum + CW.numberOf(figure), 0);
      const label = `${CW.count(total)} ${CW.kindName(core.kinds[kind])}`;
      parts.push(
        CW.source(label, `${name}: ${label}`, () => figures.map(CW.figureItem), `number${core.kinds[kind] === "killed" ? " grave" : ""}`),
      );
    }
    place.append(...parts);
  };

  function marked(text, from, to, hits) {
    return CW.pieces(from, to, hits).map(({ start, end, over }) =>
      over.length ? h("mark", { class: "hit" }, text.slice(start, end)) : text.slice(start, end),
    );
  }

  // About 260 characters around the first hit below the headline, cut at spaces.
  function excerpt(text, from, hits) {
    const hit = hits.find((one) => one.start >= from);
    let start = hit ? Math.max(from, hit.start - 90) : from;
    if (start > from) start = Math.max(from, text.indexOf(" ", start) + 1);
    let end = Math.min(text.length, start + 260);
    if (end < text.length) end = Math.max(start, text.lastIndexOf(" ", end));
    return [start > from && "… ", ...marked(text, start, end, hits), end < text.length && " …"].filter(Boolean);
  }

  function overview(answer, go) {
    const { months, month } = CW.core;
    if (months.length < 2) return "";
    const first = CW.monthNumber(months[0]);
    const last = CW.monthNumber(months[months.length - 1]);
    const values = new Array(last - first + 1).fill(0);
    const numbers = months.map(CW.monthNumber);
    for (const entry of answer.entries) if (month[entry] < numbers.length) values[numbers[month[entry]] - first] += 1;
    return CW.strip({
      label: "Entries by month",
      first,
      last,
      least: 3,
      hint: "click to see its entries alone",
      rows: [{ kind: "bars", title: "Entries by month", values }],
      describe: (number) => `${CW.monthName(CW.monthOfNumber(number))}: ${CW.many(values[number - first], "entry", "entries")}`,
      pick: (number) => go({ ...answer.ask, from: CW.monthOfNumber(number), to: CW.monthOfNumber(number) }),
    });
  }
}
