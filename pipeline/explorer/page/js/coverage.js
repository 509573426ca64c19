"use strict";
// What there is and what there is not: situations written about, month by month.
{
  const { h } = CW;

  CW.views.coverage = async (view, answer) => {
    const { core } = CW;
    const dated = answer.entries.filter(CW.monthOf);
    const unknown = answer.entries.length - dated.length;
    const parts = [h("div", { class: "view-head" }, h("h1", {}, "Coverage"))];
    if (dated.length) {
      const { first, last, covered, silent, by } = count(dated);
      parts.push(CW.strip({
        label: "Situations covered by month", first, last, least: 4,
        rows: [{ kind: "bars", title: "Situations with an entry", values: covered }, { kind: "bars", title: "Silent between their first and last entry", values: silent, tone: "faint" }],
        describe: (month) => `${CW.monthName(CW.monthOfNumber(month))}: ${CW.many(covered[month - first], "situation")} with an entry, ${silent[month - first]} silent`,
        pick: (month) => { location.hash = `#/${CW.paramsOf({ ...answer.ask, from: CW.monthOfNumber(month), to: CW.monthOfNumber(month) })}`; },
      }), h("p", { class: "lede" }, "A month without an entry is not a month of peace: the tracker may have been silent, or the page was not among the files read."), table(by));
    }
    parts.push(h("ul", { class: "facts-list" },
      h("li", {}, CW.many(answer.entries.length, "entry", "entries"), " answer", answer.entries.length === core.n ? " (all)" : ` of ${CW.count(core.n)}`, unknown ? `; the month of ${CW.count(unknown)} is unknown` : ""),
      Object.entries(core.documents).map(([status, number]) => h("li", {}, `${CW.many(number, "input file")} ${status}`))));
    view.replaceChildren(...parts);
    CW.say("Coverage");
  };

  function count(dated) {
    const { core } = CW;
    const numbers = dated.map((entry) => CW.monthNumber(CW.monthOf(entry)));
    const first = numbers.reduce((a, b) => Math.min(a, b));
    const last = numbers.reduce((a, b) => Math.max(a, b));
    const covered = new Array(last - first + 1).fill(0);
    const silent = new Array(last - first + 1).fill(0);
    const by = new Map();
    dated.forEach((entry, k) => {
      const situation = core.situation[entry];
      if (!by.has(situation)) by.set(situation, new Set());
      by.get(situation).add(numbers[k] - first);
    });
    for (const months of by.values()) {
      const list = [...months];
      for (let k = Math.min(...list); k <= Math.max(...list); k += 1) (months.has(k) ? covered : silent)[k] += 1;
    }
    return { first, last, covered, silent, by };
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
    return h("div", { class: "scroll" }, h("table", {},
      h("thead", {}, h("tr", {}, ["Region", "Situations", "Months covered", "Months silent"].map((title, k) => h("th", { scope: "col", class: k ? "n" : null }, title)))),
      h("tbody", {}, [...regions].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([region, row]) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: `#/months${CW.paramsOf({ ...CW.emptyAsk(), region: region === "Region unknown" ? [] : [region] })}` }, region)), [row.situations, row.entries, row.silent].map((value) => h("td", { class: "n" }, CW.count(value))))))));
  }
}
