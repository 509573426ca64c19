"use strict";
// One entry: its text with every span marked, its facts beside it; each lights the other up.
{
  const { h } = CW;
  const WIDE = window.matchMedia("(min-width: 62rem)");
  const EXTRA = ["source", "target", "place", "date", "figure"];

  CW.views.entry = async (view, id, key) => {
    const entry = CW.entryNumber(id);
    if (entry === undefined) {
      view.replaceChildren(h("h1", {}, "No such entry"), h("p", {}, "No entry here has the identity ", h("code", {}, id), ". It may have been superseded by a later revision."));
      return;
    }
    await CW.loadFacets();
    const told = await CW.entryOf(entry);
    const name = CW.situationName(CW.core.situation[entry]);
    const page = { told, marks: new Map(), cards: new Map(), off: new Set(), pinned: null };
    const text = h("div", { class: "text", id: "text" });
    const facts = h("div", { class: "facts", id: "facts" });
    const cut = told.text.indexOf("\n");
    view.replaceChildren(h("article", { class: "entry" },
      h("header", { class: "entry-head" },
        h("p", { class: "over" }, h("a", { href: CW.situationLink(name), class: "situation" }, name), h("span", { class: "when" }, CW.monthName(CW.monthOf(entry))), CW.badges(CW.core.flags[entry])),
        h("h1", { class: "visually-hidden" }, `${name}, ${CW.monthName(CW.monthOf(entry))}${told.headed ? `: ${told.text.slice(0, cut < 0 ? undefined : cut)}` : ""}`),
        legend(page), neighbours(entry)),
      h("div", { class: "reading" }, text, facts),
      h("p", { class: "quiet small id" }, "entry_id ", h("code", {}, id))));
    view.append(h("div", { class: "peek", id: "peek", hidden: true }));
    text.append(...paragraphs(page));
    facts.append(...sections(page));
    listen(page, text, facts);
    showHits(told, text);
    CW.say(`${name}, ${CW.monthName(CW.monthOf(entry))}`);
    if (key && page.cards.has(key)) light(page, key, true);
  };

  // Words that were looked for are marked in the entry too, without touching its elements (CSS Custom Highlight API).
  function showHits(told, text) {
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
  }

  function paragraphs(page) {
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
  }

  // A piece of text under the spans over it: the shortest gives the ground, each a line below, the longest first.
  function mark(page, { start, end, over }) {
    const text = page.told.text.slice(start, end);
    if (!over.length) return text;
    const rows = over.map((span) => span.row);
    const node = h("mark", { class: "w", "data-f": rows.map((row) => row.key).join(" "), tabindex: -1, "aria-description": rows.map((row) => plain(row)).join("; ") }, text);
    for (const row of rows) page.marks.set(row.key, [...(page.marks.get(row.key) || []), node]);
    dress(page, node, rows);
    return node;
  }

  function dress(page, node, rows) {
    const kinds = [...new Set(rows.filter((row) => !page.off.has(row.table)).map((row) => CW.KINDS[row.table].mark))];
    node.className = `w ${kinds.map((kind) => `k-${kind}`).join(" ")}${kinds.length ? ` lines-${Math.min(3, kinds.length)}` : " off"}`;
    const inner = kinds[kinds.length - 1];
    node.style.setProperty("--ground", inner ? `var(--${inner})` : "transparent");
    kinds.slice(0, 3).forEach((kind, k) => node.style.setProperty(`--line-${k + 1}`, `var(--${kind})`));
  }

  const plain = (row) => {
    const node = h("span", {}, CW.tellsOf(row));
    const bits = Array.from(node.childNodes, (child) => child.textContent);
    return `${CW.KINDS[row.table].one.toLowerCase()}: ${row.table === "dates" ? dateText(row) : row.table === "places" ? placeText(row) : bits.join(", ")}`;
  };

  function legend(page) {
    const { told } = page;
    return h("div", { class: "legend", role: "group", "aria-label": "Kinds of span shown" }, CW.ORDER.filter((table) => told[table].length).map((table) => {
      const { mark: kind, title } = CW.KINDS[table];
      const button = h("button", { type: "button", class: `key ${kind}`, "aria-pressed": "true", click: () => {
        if (page.off.has(table)) page.off.delete(table);
        else page.off.add(table);
        button.setAttribute("aria-pressed", String(!page.off.has(table)));
        for (const node of CW.$("text").querySelectorAll("mark")) dress(page, node, keysOf(node).map((one) => rowOf(page, one)));
      } }, `${title} `, h("span", { class: "n" }, String(told[table].length)));
      return button;
    }));
  }

  const keysOf = (node) => node.getAttribute("data-f").split(" ");
  const rowOf = (page, key) => page.told[key.slice(0, key.lastIndexOf("-"))][Number(key.slice(key.lastIndexOf("-") + 1))];

  function neighbours(entry) {
    const { situation, month, n } = CW.core;
    const same = [];
    for (let other = 0; other < n; other += 1) if (situation[other] === situation[entry] && month[other] < CW.core.months.length) same.push(other);
    const at = same.indexOf(entry);
    if (at < 0) return null;
    const link = (other, label) => other !== undefined && h("a", { href: CW.entryLink(other) }, label(CW.monthName(CW.monthOf(other))));
    return h("p", { class: "neighbours" }, link(same[at - 1], (month_) => `← ${month_}`), link(same[at + 1], (month_) => `${month_} →`));
  }

  function sections(page) {
    return CW.ORDER.filter((table) => page.told[table].length).map((table) => h("section", { class: `kind ${CW.KINDS[table].mark}` },
      h("h2", {}, CW.KINDS[table].title, h("span", { class: "n" }, String(page.told[table].length))),
      h("ul", {}, page.told[table].map((row) => {
        const card = h("button", { type: "button", class: "fact", "data-f": row.key, "aria-pressed": "false" }, content(row));
        page.cards.set(row.key, card);
        return h("li", {}, card, onward(row));
      }))));
  }

  const dateText = (row) => `${CW.interval(row.date_from, row.date_to) || "unresolved"}${row.precision === "day" ? "" : ` (${CW.words(row.precision)})`}${row.relation && row.relation !== "on" ? `, ${row.relation}` : ""}`;
  const PRECISION = { 1: "exact place", 2: "near it", 3: "somewhere in the district", 4: "somewhere in the province", 5: "a line or vague area", 6: "country only", 7: "sea or air" };
  const placeText = (row) => [...new Set([row.name, row.admin1, row.iso3 && CW.countryName(row.iso3)].filter(Boolean))].join(", ");
  CW.PRECISION = PRECISION;

  function content(row) {
    const bits = (...parts) => parts.filter(Boolean).map((part) => h("span", { class: "bit" }, part));
    if (row.table === "dates") return [h("strong", {}, dateText(row)), bits(row.edtf && h("code", {}, row.edtf))];
    if (row.table === "places") return [h("strong", {}, placeText(row)), bits(row.use !== "location" && `as ${row.use}`, PRECISION[row.geo_precision], row.lat !== null && row.geo_precision < 6 && `${row.lat.toFixed(2)}, ${row.lon.toFixed(2)}`)];
    if (row.table === "casualties") return [...CW.tellsOf(row), bits(row.victim_group !== "unknown" && CW.words(row.victim_group), row.implicit && "no number written")];
    if (row.table === "events") return [...CW.tellsOf(row, true), bits(CW.saidBy(row), row.confidence !== null && `confidence ${row.confidence.toFixed(2)}`)];
    return CW.tellsOf(row);
  }

  function onward(row) {
    const to = row.table === "actors" && row.actor !== null ? CW.actorLink(CW.actors.actor_id[row.actor]) : row.table === "crossrefs" && row.situation !== null ? CW.situationLink(CW.situationName(row.situation)) : null;
    return to && h("a", { class: "onward", href: to, "aria-label": row.table === "actors" ? `All about ${CW.actors.name[row.actor]}` : `Situation ${CW.situationName(row.situation)}` }, "→");
  }

  // Light up a fact and its words; of an event also the words that play a part in it, and its sentence.
  function light(page, key, move) {
    for (const node of document.querySelectorAll(".lit, .part")) node.classList.remove("lit", "part");
    CW.$("peek").hidden = true;
    if (!key) return;
    const row = rowOf(page, key);
    page.cards.get(key).classList.add("lit");
    for (const node of page.marks.get(key) || []) node.classList.add("lit");
    if (row.table === "events") for (const part of page.told.event_roles) if (part.event === row.rank && EXTRA.includes(part.role)) {
      for (const node of CW.$("text").querySelectorAll("mark")) if (node.dataset.f.split(" ").some((one) => { const other = rowOf(page, one); return other.start >= part.start && other.end <= part.end; })) node.classList.add("part");
    }
    if (!WIDE.matches) peek(page, row);
    if (!move) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const first = (page.marks.get(key) || [])[0];
    for (const node of [first, WIDE.matches && page.cards.get(key)]) if (node) node.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  // Where the facts stand below the text, the one lit is told at the foot of the window.
  function peek(page, row) {
    const node = CW.$("peek");
    node.className = `peek ${CW.KINDS[row.table].mark}`;
    node.hidden = false;
    node.replaceChildren(
      h("p", { class: "quiet small" }, CW.KINDS[row.table].one), h("p", {}, content(row)), onward(row) || "",
      h("button", { type: "button", class: "plain close", "aria-label": "Close", click: () => { page.pinned = null; light(page, null); } }, "×"));
  }

  function listen(page, text, facts) {
    const keyAt = (event) => {
      const node = event.target.closest ? event.target.closest("[data-f]") : null;
      if (!node) return null;
      const keys = keysOf(node).filter((key) => !page.off.has(rowOf(page, key).table));
      return keys[keys.length - 1] || null;
    };
    const pin = (key) => {
      page.pinned = page.pinned === key ? null : key;
      for (const [one, card] of page.cards) card.setAttribute("aria-pressed", String(one === page.pinned));
      light(page, page.pinned || key, true);
    };
    for (const side of [text, facts]) {
      side.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") light(page, keyAt(event) || page.pinned, false); });
      side.addEventListener("pointerleave", () => light(page, page.pinned, false));
      side.addEventListener("focusin", (event) => light(page, keyAt(event) || page.pinned, true));
      side.addEventListener("click", (event) => { const key = keyAt(event); if (key) pin(key); });
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
  }
}
