"use strict";
// What a situation's entries tell, in order.
{
  const { h } = CW;
  const MONTHS_AT_ONCE = 6;

  // Tolls that several months tell of, number by number.
  CW.tolls = async (number) => {
    const mine = (await CW.load("tolls")).filter((toll) => toll[0] === number);
    return (
      mine.length > 0 &&
      h(
        "section",
        {},
        h("h2", {}, "Tolls told again"),
        h(
          "ul",
          { class: "tolls" },
          mine.map(([, kind, what, months, ids, starts, texts]) =>
            h(
              "li",
              {},
              h("p", { class: "small" }, h("strong", { class: "figure" }, CW.kindName(kind)), h("q", {}, what)),
              h(
                "p",
                {},
                months.map((month, k) => {
                  const entry = CW.entryNumber(ids[k]);
                  const items = [{ entry, find: (told) => told.casualties.find((row) => row.start === CW.offsets(told.text)(starts[k])) }];
                  return [
                    k > 0 && " → ",
                    entry === undefined ? texts[k] : CW.source(texts[k], `${CW.kindName(kind)}, as told in ${CW.monthName(month)}`, items),
                    h("span", { class: "quiet" }, ` ${CW.monthName(month, true)}`),
                  ];
                }),
              ),
            ),
          ),
        ),
      )
    );
  };

  // What happened, month by month, the newest first.
  CW.timeline = (entries) => {
    const list = h("ol", { class: "timeline" });
    const order = [...entries].reverse();
    let shown = 0;
    const more = h("button", { type: "button", class: "more-button", click: () => extend() }, "Show earlier months");
    async function extend() {
      const next = order.slice(shown, shown + MONTHS_AT_ONCE);
      shown += next.length;
      more.hidden = shown >= order.length;
      const slots = next.map(() => h("li", {}));
      list.append(...slots);
      await Promise.all(next.map(async (entry, k) => slots[k].append(...month(await CW.entryOf(entry)))));
    }
    extend();
    return h("section", {}, h("h2", {}, "Month by month"), list, more);
  };

  function month(told) {
    const { entry, text } = told;
    const cut = text.indexOf("\n");
    const events = told.events
      .filter((row) => row.realis === "actual" && row.date_from)
      .sort((a, b) => (a.date_from < b.date_from ? -1 : a.date_from > b.date_from ? 1 : a.start - b.start));
    const figures = (row) => told.casualties.filter((figure) => figure.event === row.rank && figure.scope === "incident");
    return [
      h("h3", {}, h("a", { href: CW.entryLink(entry) }, CW.monthName(CW.monthOf(entry))), CW.badges(CW.core.flags[entry])),
      told.headed && h("p", { class: "headline" }, text.slice(0, cut < 0 ? undefined : cut)),
      h(
        "ul",
        { class: "happened" },
        events.map((row) =>
          h(
            "li",
            {},
            h("span", { class: "date" }, CW.interval(row.date_from, row.date_to).replace(/ \d{4}$/, "")),
            h(
              "button",
              {
                type: "button",
                class: "happening",
                "aria-haspopup": "dialog",
                click: () => CW.showEvidence(CW.words(row.type), [{ entry, table: "events", rank: row.rank }]),
              },
              CW.words(row.type),
              [CW.placeOf(row), [row.source, row.target].filter(Boolean).join(" → ")]
                .filter(Boolean)
                .map((part) => h("span", { class: "bit" }, part)),
            ),
            figures(row).map((figure) =>
              CW.source(
                `${CW.figureNumber(figure)} ${CW.kindName(figure.kind)}`,
                `${CW.figureNumber(figure)} ${CW.kindName(figure.kind)}`,
                [{ entry, table: "casualties", rank: figure.rank }],
                `number${figure.kind === "killed" ? " grave" : ""}`,
              ),
            ),
          ),
        ),
      ),
    ].filter(Boolean);
  }
}
