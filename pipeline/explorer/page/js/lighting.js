"use strict";
// A fact and its words light each other up.
{
  const { h } = CW;
  const WIDE = window.matchMedia("(min-width: 62rem)");
  const EXTRA = ["source", "target", "place", "date", "figure"];

  // Light up a fact and its words; of an event also the words that play a part in it.
  CW.light = (page, key, move) => {
    for (const node of document.querySelectorAll(".lit, .part")) node.classList.remove("lit", "part");
    CW.$("peek").hidden = true;
    if (!key) return;
    const row = CW.rowOf(page, key);
    page.cards.get(key).classList.add("lit");
    for (const node of page.marks.get(key) || []) node.classList.add("lit");
    if (row.table === "events")
      for (const part of page.told.event_roles)
        if (part.event === row.rank && EXTRA.includes(part.role)) {
          for (const node of CW.$("text").querySelectorAll("mark"))
            if (
              node.dataset.f.split(" ").some((one) => {
                const other = CW.rowOf(page, one);
                return other.start >= part.start && other.end <= part.end;
              })
            )
              node.classList.add("part");
        }
    if (!WIDE.matches) peek(page, row);
    if (!move) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const first = (page.marks.get(key) || [])[0];
    for (const node of [first, WIDE.matches && page.cards.get(key)])
      if (node) node.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  };

  // Where the facts stand below the text, the one lit is told at the foot of the window.
  function peek(page, row) {
    const node = CW.$("peek");
    node.className = `peek ${CW.KINDS[row.table].mark}`;
    node.hidden = false;
    node.replaceChildren(
      h("p", { class: "quiet small" }, CW.KINDS[row.table].one),
      h("p", {}, CW.contentOf(row)),
      CW.onwardOf(row) || "",
      h(
        "button",
        {
          type: "button",
          class: "plain close",
          "aria-label": "Close",
          click: () => {
            page.pinned = null;
            CW.light(page, null);
          },
        },
        "×",
      ),
    );
  }

  // Listen to pointer, focus and keys on the text and on the facts.
  CW.lightUp = (page, text, facts) => {
    const keyAt = (event) => {
      const node = event.target.closest ? event.target.closest("[data-f]") : null;
      if (!node) return null;
      const keys = CW.keysOf(node).filter((key) => !page.off.has(CW.rowOf(page, key).table));
      return keys[keys.length - 1] || null;
    };
    const pin = (key) => {
      page.pinned = page.pinned === key ? null : key;
      for (const [one, card] of page.cards) card.setAttribute("aria-pressed", String(one === page.pinned));
      CW.light(page, page.pinned || key, true);
    };
    for (const side of [text, facts]) {
      side.addEventListener("pointerover", (event) => {
        if (event.pointerType === "mouse") CW.light(page, keyAt(event) || page.pinned, false);
      });
      side.addEventListener("pointerleave", () => CW.light(page, page.pinned, false));
      side.addEventListener("focusin", (event) => CW.light(page, keyAt(event) || page.pinned, true));
      side.addEventListener("click", (event) => {
        const key = keyAt(event);
        if (key) pin(key);
      });
    }
    // The text is one stop of the Tab key; the arrow keys go from span to span.
    const marks = [...text.querySelectorAll("mark")];
    if (marks.length) marks[0].tabIndex = 0;
    text.addEventListener("keydown", (event) => {
      const at = marks.indexOf(document.activeElement);
      if (at < 0) return;
      if (event.key === "Enter") {
        const key = keyAt(event);
        if (key) page.cards.get(key).focus();
      }
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step || !marks[at + step]) return;
      event.preventDefault();
      marks[at].tabIndex = -1;
      marks[at + step].tabIndex = 0;
      marks[at + step].focus();
    });
    facts.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const key = keyAt(event);
      const [first] = (key && page.marks.get(key)) || [];
      if (first) first.focus();
    });
  };
}
