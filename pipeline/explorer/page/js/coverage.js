"use strict";
// What there is and what there is not: situations written about, month by month.
{
  const { h } = CW;

  const KINDS = {
    e: "an entry",
    t: "a trend was stated, no text is here",
    s: "the tracker was silent",
    u: "nothing tells whether there was one",
  };

  // What is known of a month (a number) of a situation: a letter as site.py gives it, "" where the table coverage is missing.
  const letterOf = (situation, month) => {
    const [first, letters] = CW.core.coverage[situation] || [];
    return first ? (letters[month - CW.monthNumber(first)] || "u").toLowerCase() : "";
  };
  CW.silence = (situation, month) => {
    const letter = letterOf(situation, month);
    return letter && letter !== "e" ? `no entry here (${KINDS[letter]})` : "no entry";
  };

  CW.views.coverage = async (view, answer) => {
    const { core } = CW;
    const dated = answer.entries.filter(CW.monthOf);
    const unknown = answer.entries.length - dated.length;
    const parts = [h("div", { class: "view-head" }, h("h1", {}, "Coverage"))];
    if (dated.length) {
      const { first, last, covered, stated, silent, unknown: dark, by } = count(dated);
      const rows = [
        ["Situations with an entry", covered, ""],
        ["A trend stated, no text here", stated, "faint"],
        ["The tracker was silent", silent, "faint"],
        ["Nothing tells", dark, "faint"],
      ];
      parts.push(
        CW.strip({
          label: "Situations covered by month",
          first,
          last,
          least: 4,
          hint: "click for its entries",
          rows: rows.filter(([, values]) => values.some(Boolean)).map(([title, values, tone]) => ({ kind: "bars", title, values, tone })),
          describe: (month) =>
            `${CW.monthName(CW.monthOfNumber(month))}: ${CW.many(covered[month - first], "situation")} with an entry, ${stated[month - first]} with a trend only, ${silent[month - first]} silent, ${dark[month - first]} unknown`,
          pick: (month) => {
            location.hash = `#/${CW.paramsOf({ ...answer.ask, from: CW.monthOfNumber(month), to: CW.monthOfNumber(month) })}`;
          },
        }),
        h(
          "p",
          { class: "lede" },
          "Of the situations shown, from their first month to their last. A month without an entry is not a month of peace: the tracker may have been silent, or the page was not among the files read.",
        ),
        table(by),
      );
    }
    parts.push(
      h(
        "ul",
        { class: "facts-list" },
        h(
          "li",
          {},
          CW.many(answer.entries.length, "entry", "entries"),
          " answer",
          answer.entries.length === core.n ? " (all)" : ` of ${CW.count(core.n)}`,
          unknown ? `; the month of ${CW.count(unknown)} is unknown` : "",
        ),
        Object.entries(core.documents).map(([status, number]) => h("li", {}, `${CW.many(number, "input file")} ${status}`)),
      ),
    );
    view.replaceChildren(...parts);
    CW.say("Coverage");
  };

  function count(dated) {
    const { core } = CW;
    const numbers = dated.map((entry) => CW.monthNumber(CW.monthOf(entry)));
    const first = numbers.reduce((a, b) => Math.min(a, b));
    const last = numbers.reduce((a, b) => Math.max(a, b));
    const covered = new Array(last - first + 1).fill(0);
    const [stated, silent, unknown] = [0, 1, 2].map(() => new Array(last - first + 1).fill(0));
    const gaps = { t: stated, s: silent, u: unknown, e: unknown, "": unknown };
    const by = new Map();
    dated.forEach((entry, k) => {
      const situation = core.situation[entry];
      if (!by.has(situation)) by.set(situation, new Set());
      by.get(situation).add(numbers[k] - first);
    });
    for (const [situation, months] of by) {
      const list = [...months];
      for (let k = Math.min(...list); k <= Math.max(...list); k += 1)
        (months.has(k) ? covered : gaps[letterOf(situation, first + k)])[k] += 1;
    }
    return { first, last, covered, stated, silent, unknown, by };
  }

  function table(by) {
    const { core } = CW;
    const regions = new Map();
    for (const [situation, months] of by) {
      const region = core.situations.region[situation] || "Region unknown";
      const list = [...months];
      const row = regions.get(region) || { situations: 0, entries: 0, silent: 0 };
      row.situations += 1;
      row.entries += list.length;
      row.silent += Math.max(...list) - Math.min(...list) + 1 - list.length;
      regions.set(region, row);
    }
    return h(
      "div",
      { class: "scroll" },
      h(
        "table",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Region", "Situations", "Months with an entry", "Without"].map((title, k) =>
              h("th", { scope: "col", class: k ? "n" : null }, title),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          [...regions]
            .sort((a, b) => (a[0] < b[0] ? -1 : 1))
            .map(([region, row]) =>
              h(
                "tr",
                {},
                h(
                  "th",
                  { scope: "row" },
                  h(
                    "a",
                    { href: `#/months${CW.paramsOf({ ...CW.emptyAsk(), region: region === "Region unknown" ? [] : [region] })}` },
                    region,
                  ),
                ),
                h("td", { class: "n" }, CW.count(row.situations)),
                h(
                  "td",
                  { class: "n" },
                  h(
                    "a",
                    { href: `#/${CW.paramsOf({ ...CW.emptyAsk(), region: region === "Region unknown" ? [] : [region] })}` },
                    CW.count(row.entries),
                  ),
                ),
                h("td", { class: "n" }, CW.count(row.silent)),
              ),
            ),
        ),
      ),
    );
  }
}
