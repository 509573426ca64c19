"use strict";
// One entry: its text, what kinds of span are shown, its facts beside it.
{
  const { h } = CW;

  CW.views.entry = async (view, id, key) => {
    const entry = CW.entryNumber(id);
    if (entry === undefined) {
      view.replaceChildren(
        h("h1", {}, "No such entry"),
        h("p", {}, "No entry here has the identity ", h("code", {}, id), ". It may have been superseded by a later revision."),
      );
      return;
    }
    await CW.loadFacets();
    const told = await CW.entryOf(entry);
    const name = CW.situationName(CW.core.situation[entry]);
    const page = { told, marks: new Map(), cards: new Map(), off: new Set(), pinned: null };
    const text = h("div", { class: "text", id: "text" });
    const facts = h("div", { class: "facts", id: "facts" });
    const cut = told.text.indexOf("\n");
    view.replaceChildren(
      h(
        "article",
        { class: "entry" },
        h(
          "header",
          { class: "entry-head" },
          h(
            "p",
            { class: "over" },
            h("a", { href: CW.situationLink(name), class: "situation" }, name),
            h("span", { class: "when" }, CW.monthName(CW.monthOf(entry))),
            CW.badges(CW.core.flags[entry]),
          ),
          h(
            "h1",
            { class: "visually-hidden" },
            `${name}, ${CW.monthName(CW.monthOf(entry))}${told.headed ? `: ${told.text.slice(0, cut < 0 ? undefined : cut)}` : ""}`,
          ),
          legend(page),
          neighbours(entry),
        ),
        h("div", { class: "reading" }, text, facts),
        h("p", { class: "quiet small id" }, "entry_id ", h("code", {}, id)),
      ),
    );
    view.append(h("div", { class: "peek", id: "peek", hidden: true }));
    text.append(...CW.paragraphs(page));
    facts.append(...sections(page));
    CW.lightUp(page, text, facts);
    CW.showHits(told, text);
    CW.say(`${name}, ${CW.monthName(CW.monthOf(entry))}`);
    if (key && page.cards.has(key)) CW.light(page, key, true);
  };

  function legend(page) {
    const { told } = page;
    return h(
      "div",
      { class: "legend", role: "group", "aria-label": "Kinds of span shown" },
      CW.ORDER.filter((table) => told[table].length).map((table) => {
        const { mark: kind, title } = CW.KINDS[table];
        const button = h(
          "button",
          {
            type: "button",
            class: `key ${kind}`,
            "aria-pressed": "true",
            click: () => {
              if (page.off.has(table)) page.off.delete(table);
              else page.off.add(table);
              button.setAttribute("aria-pressed", String(!page.off.has(table)));
              for (const node of CW.$("text").querySelectorAll("mark"))
                CW.dress(
                  page,
                  node,
                  CW.keysOf(node).map((one) => CW.rowOf(page, one)),
                );
            },
          },
          `${title} `,
          h("span", { class: "n" }, String(told[table].length)),
        );
        return button;
      }),
    );
  }

  function neighbours(entry) {
    const { situation, month, n } = CW.core;
    const same = [];
    for (let other = 0; other < n; other += 1)
      if (situation[other] === situation[entry] && month[other] < CW.core.months.length) same.push(other);
    const at = same.indexOf(entry);
    if (at < 0) return null;
    const link = (other, label) => other !== undefined && h("a", { href: CW.entryLink(other) }, label(CW.monthName(CW.monthOf(other))));
    return h(
      "p",
      { class: "neighbours" },
      link(same[at - 1], (month_) => `← ${month_}`),
      link(same[at + 1], (month_) => `${month_} →`),
    );
  }

  function sections(page) {
    return CW.ORDER.filter((table) => page.told[table].length).map((table) =>
      h(
        "section",
        { class: `kind ${CW.KINDS[table].mark}` },
        h("h2", {}, CW.KINDS[table].title, h("span", { class: "n" }, String(page.told[table].length))),
        h(
          "ul",
          {},
          page.told[table].map((row) => {
            const card = h("button", { type: "button", class: "fact", "data-f": row.key, "aria-pressed": "false" }, CW.contentOf(row));
            page.cards.set(row.key, card);
            return h("li", {}, card, CW.onwardOf(row));
          }),
        ),
      ),
    );
  }
}
