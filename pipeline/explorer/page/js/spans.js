"use strict";
// The text of an entry with every span marked. `page` is { told, marks, cards, off, pinned }: the entry, the marks and cards by the key
// of their row ("events-3"), the tables not shown, the key chosen.
{
  const { h } = CW;

  CW.keysOf = (node) => node.getAttribute("data-f").split(" ");
  CW.rowOf = (page, key) => page.told[key.slice(0, key.lastIndexOf("-"))][Number(key.slice(key.lastIndexOf("-") + 1))];

  CW.paragraphs = (page) => {
    const { told } = page;
    const spans = CW.ORDER.flatMap((table) => told[table].map((row) => ({ start: row.start, end: row.end, row })));
    const out = [];
    let from = 0;
    for (const line of told.text.split("\n")) {
      const pieces = CW.pieces(from, from + line.length, spans).map((piece) => mark(page, piece));
      out.push(h("p", { class: out.length === 0 && told.headed ? "headline" : null }, pieces));
      from += line.length + 1;
    }
    return out;
  };

  // A piece of text under the spans over it: the shortest gives the ground, each a line below, the longest first.
  function mark(page, { start, end, over }) {
    const text = page.told.text.slice(start, end);
    if (!over.length) return text;
    const rows = over.map((span) => span.row);
    const node = h(
      "mark",
      {
        class: "w",
        "data-f": rows.map((row) => row.key).join(" "),
        tabindex: -1,
        "aria-description": rows.map((row) => CW.plainOf(row)).join("; "),
      },
      text,
    );
    for (const row of rows) page.marks.set(row.key, [...(page.marks.get(row.key) || []), node]);
    CW.dress(page, node, rows);
    return node;
  }

  // Colour a mark by the kinds that are shown.
  CW.dress = (page, node, rows) => {
    const kinds = [...new Set(rows.filter((row) => !page.off.has(row.table)).map((row) => CW.KINDS[row.table].mark))];
    node.className = `w ${kinds.map((kind) => `k-${kind}`).join(" ")}${kinds.length ? ` lines-${Math.min(3, kinds.length)}` : " off"}`;
    const inner = kinds[kinds.length - 1];
    node.style.setProperty("--ground", inner ? `var(--${inner})` : "transparent");
    kinds.slice(0, 3).forEach((kind, k) => node.style.setProperty(`--line-${k + 1}`, `var(--${kind})`));
  };

  // Words that were looked for are marked in the entry too, without touching its elements (CSS Custom Highlight API).
  CW.showHits = (told, text) => {
    if (!window.Highlight) return;
    const hits = CW.lastQuery ? CW.hits(told.text, CW.lastQuery) : [];
    const ranges = [];
    let at = 0;
    for (const line of text.children) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (const { start, end } of hits) {
          if (start >= at + node.length || end <= at) continue;
          const range = document.createRange();
          range.setStart(node, Math.max(0, start - at));
          range.setEnd(node, Math.min(node.length, end - at));
          ranges.push(range);
        }
        at += node.length;
      }
      at += 1;
    }
    CSS.highlights.set("hit", new Highlight(...ranges));
  };
}
