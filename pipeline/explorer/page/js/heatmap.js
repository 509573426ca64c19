"use strict";
// Situations by months: one cell an entry, shaded by what is counted. Cells are drawn by shade, so that tens of thousands stay light.
{
  const { h, s } = CW;
  const SHADES = 5;
  const ROW = 18;
  const MEASURES = {
    events: "Events",
    violence: "Violent events",
    killed: "Killed",
    displaced: "Displaced",
    detained: "Detained",
    trend: "Trend stated",
    entries: "Covered",
  };

  CW.views.heatmap = async (view, answer, go, params) => {
    await CW.loadFacets();
    const measure = params.get("count") in MEASURES ? params.get("count") : "events";
    const control = h(
      "select",
      {
        id: "measure",
        change: () => {
          location.hash = `#/months${withCount(answer.ask, control.value)}`;
        },
      },
      Object.entries(MEASURES).map(([value, label]) => h("option", { value, selected: value === measure }, label)),
    );
    const { months } = CW.core;
    const head = h(
      "div",
      { class: "view-head" },
      h("h1", {}, "Situations by months"),
      h("div", { class: "field inline" }, h("label", { for: "measure" }, "Count"), control),
    );
    if (!answer.entries.some(CW.monthOf)) {
      view.replaceChildren(head, h("p", { class: "empty" }, "No dated entry answers to that."));
      return;
    }
    const grid = gather(answer, measure);
    const asked = answer.ask;
    const first = Math.max(CW.monthNumber(asked.from || months[0]), CW.monthNumber(months[0]));
    const last = Math.min(CW.monthNumber(asked.to || months[months.length - 1]), CW.monthNumber(months[months.length - 1]));
    view.replaceChildren(head, legend(measure, grid), draw(grid, measure, first, last), h("p", { class: "quiet small" }, note(measure)));
    CW.say(`${MEASURES[measure]} of ${CW.many(grid.rows.length, "situation")}`);
  };

  const withCount = (ask, count) => {
    const params = CW.paramsOf(ask);
    return `${params}${params ? "&" : "?"}count=${count}`;
  };
  const note = (measure) =>
    measure === "trend"
      ? "As the entry says; grey where it says nothing."
      : measure === "entries"
        ? "A month without an entry is not a month of peace."
        : "What is told as fact (unless the filter “Told as” says otherwise), in entries of that month; only figures of incidents are summed. An empty cell is a month without an entry, which is not a month of peace.";

  // { rows: [{ situation, cells: Map(month number -> { entry, value, items }) }], most }
  function gather(answer, measure) {
    const { core, facets } = CW;
    const rows = new Map();
    const cell = (entry) => {
      const situation = core.situation[entry];
      const month = CW.monthNumber(CW.monthOf(entry));
      if (!rows.has(situation)) rows.set(situation, { situation, cells: new Map(), total: 0 });
      const { cells } = rows.get(situation);
      if (!cells.has(month)) cells.set(month, { entries: [], value: 0, events: [], figures: [] });
      return cells.get(month);
    };
    for (const entry of answer.entries) if (CW.monthOf(entry)) cell(entry).entries.push(entry);
    const add = (entry, list, what, value) => {
      if (!CW.monthOf(entry)) return;
      const one = cell(entry);
      one[list].push(what);
      one.value += value;
      rows.get(core.situation[entry]).total += value;
    };
    if (measure === "events" || measure === "violence") {
      const violence = core.families.indexOf("Political violence");
      for (const event of CW.eventsOf(answer))
        if (measure === "events" || core.familyOf[facets.type[event]] === violence) add(facets.entryOfEvent[event], "events", event, 1);
    } else if (core.kinds.includes(measure)) {
      for (const figure of CW.figuresOf(answer, measure)) add(facets.entryOfFigure[figure], "figures", figure, CW.numberOf(figure));
    } else for (const entry of answer.entries) add(entry, "events", 0, 1);
    const list = [...rows.values()].sort(
      (a, b) => region(a).localeCompare(region(b)) || CW.situationName(a.situation).localeCompare(CW.situationName(b.situation)),
    );
    const values = list
      .flatMap((row) => [...row.cells.values()].map((one) => one.value))
      .filter(Boolean)
      .sort((a, b) => a - b);
    return { rows: list, limits: limits(values, measure) };
  }
  const region = (row) => CW.core.situations.region[row.situation] || "~";

  // Upper limits of the shades, from the middle of the values up, so that one terrible month does not blank out the rest.
  function limits(values, measure) {
    if (measure === "entries" || !values.length) return [1];
    const at = [0.35, 0.65, 0.85, 0.96].map((share) => values[Math.min(values.length - 1, Math.floor(share * values.length))]);
    return [...new Set([...at, values[values.length - 1]])];
  }

  function legend(measure, { limits: tops }) {
    const box = (name) =>
      s("svg", { viewBox: "0 0 12 12", class: "swatch", "aria-hidden": "true" }, s("rect", { class: name, width: 12, height: 12 }));
    const items =
      measure === "trend"
        ? ["deteriorated", "unchanged", "improved"]
            .map((name) => [box(`cell ${name}`), name])
            .concat([[box("cell shade-none"), "not said"]])
        : measure === "entries"
          ? [[box("cell shade-3"), "entry"]]
          : [
              [box("cell shade-none"), "0"],
              ...tops.map((top, k) => [
                box(`cell shade-${shade(top, tops)}`),
                k === 0
                  ? top === 1
                    ? "1"
                    : `1–${CW.count(top)}`
                  : tops[k - 1] + 1 === top
                    ? CW.count(top)
                    : `${CW.count(tops[k - 1] + 1)}–${CW.count(top)}`,
              ]),
            ];
    return h(
      "ul",
      { class: "key-list", "aria-label": "Shades" },
      items.map(([swatch, label]) => h("li", {}, swatch, label)),
    );
  }

  function shade(value, tops) {
    if (!value) return "none";
    const rank = tops.findIndex((top) => value <= top);
    return tops.length === 1 ? 3 : 1 + Math.round((rank * (SHADES - 1)) / (tops.length - 1));
  }

  function draw(grid, measure, first, last) {
    const months = last - first + 1;
    const size = Math.max(7, Math.min(22, Math.floor(860 / months)));
    const groups = [];
    for (const row of grid.rows) {
      if (!groups.length || region(groups[groups.length - 1].rows[0]) !== region(row)) groups.push({ rows: [] });
      groups[groups.length - 1].rows.push(row);
    }
    const read = h(
      "p",
      { class: "strip-read heat-read", "aria-live": "polite" },
      "Point at a cell, or use the arrow keys; click for its sentences.",
    );
    const rows = [];
    const names = [];
    const paths = new Map();
    let y = 0;
    for (const group of groups) {
      names.push(h("li", { class: "region" }, region(group.rows[0]) === "~" ? "Region unknown" : region(group.rows[0])));
      y += ROW + 6;
      for (const row of group.rows) {
        const name = CW.situationName(row.situation);
        names.push(h("li", {}, h("a", { href: CW.situationLink(name), title: name }, name)));
        rows.push({ ...row, name, y });
        for (const [month, one] of row.cells) {
          if (month < first || month > last) continue;
          const kind =
            measure === "trend" ? CW.flags(CW.core.flags[one.entries[0]]).trend || "shade-none" : `shade-${shade(one.value, grid.limits)}`;
          paths.set(kind, `${paths.get(kind) || ""}M${(month - first) * size} ${y + 1}h${size - 1}v${ROW - 2}h${1 - size}z`);
        }
        y += ROW;
      }
    }
    const cursor = s("rect", { class: "cell-cursor", width: size + 1, height: ROW, x: -99, y: -99 });
    const years = [];
    for (let month = first; month <= last; month += 1)
      if (month % 12 === 0 || month === first)
        years.push(
          s(
            "text",
            { x: (month - first) * size + 2, y: 12, class: "year" },
            month === first && months > 12 && 12 - (month % 12) < 48 / size ? "" : String(Math.floor(month / 12)),
          ),
          month % 12 === 0 && s("path", { class: "year-line", d: `M${(month - first) * size - 0.5} 0V${y}` }),
        );
    let at = { row: -1, month: last };
    const svg = s(
      "svg",
      {
        class: "heat",
        width: months * size + 26,
        height: y + 2,
        tabindex: 0,
        role: "application",
        "aria-label": `${MEASURES[measure]} by situation and month. Arrow keys move, Enter shows the sentences.`,
        pointermove: (event) => move(place(event)),
        click: (event) => {
          move(place(event));
          open();
        },
        keydown: keys,
        focus: () => {
          if (at.row < 0) move({ row: 0, month: last });
        },
      },
      years,
      [...paths].map(([kind, d]) => s("path", { class: `cell ${kind}`, d })),
      cursor,
    );
    const host = h("div", { class: "heat-scroll" }, svg);
    function place(event) {
      const box = svg.getBoundingClientRect();
      const top = event.clientY - box.top;
      return {
        row: rows.findIndex((row) => top >= row.y && top < row.y + ROW),
        month: first + Math.max(0, Math.min(months - 1, Math.floor((event.clientX - box.left) / size))),
      };
    }
    function move(to) {
      if (to.row < 0) return;
      at = to;
      const row = rows[to.row];
      cursor.setAttribute("x", (to.month - first) * size - 1);
      cursor.setAttribute("y", row.y);
      read.textContent = `${row.name}, ${CW.monthName(CW.monthOfNumber(to.month))}: ${tell(row.cells.get(to.month), measure)}`;
    }
    function open() {
      const one = at.row >= 0 && rows[at.row].cells.get(at.month);
      if (!one) return;
      const items =
        one.events.length && measure !== "entries" && measure !== "trend" ? one.events.map(CW.eventItem) : one.figures.map(CW.figureItem);
      if (items.length) CW.showEvidence(read.textContent, items);
      else location.hash = CW.entryLink(one.entries[0]);
    }
    function keys(event) {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [0, -12], PageDown: [0, 12] }[
        event.key
      ];
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        open();
        return;
      }
      if (!step) return;
      event.preventDefault();
      move({ row: Math.max(0, Math.min(rows.length - 1, at.row + step[0])), month: Math.max(first, Math.min(last, at.month + step[1])) });
      host.scrollLeft = Math.max(0, (at.month - first) * size - host.clientWidth / 2);
    }
    requestAnimationFrame(() => {
      host.scrollLeft = host.scrollWidth;
    });
    return h("figure", { class: "heat-figure" }, h("div", { class: "heat-body" }, h("ul", { class: "heat-names" }, names), host), read);
  }

  function tell(one, measure) {
    if (!one) return "no entry";
    if (measure === "trend") return CW.flags(CW.core.flags[one.entries[0]]).trend || "no trend said";
    if (measure === "entries") return "an entry";
    return measure === "events" || measure === "violence"
      ? CW.many(one.value, measure === "events" ? "event" : "violent event")
      : `${CW.count(one.value)} ${CW.kindName(measure)}`;
  }
}
