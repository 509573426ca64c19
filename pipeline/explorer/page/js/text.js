"use strict";
// Words as words.py cuts and folds them, and offsets: the tables count Python characters, a browser counts UTF-16 units.
{
  const WORD = /[\p{L}\p{N}]+/gu;
  const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;

  CW.fold = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // The words of a text with their places in it, in UTF-16 units.
  CW.wordsOf = (text) =>
    Array.from(text.matchAll(WORD), (match) => ({ word: CW.fold(match[0]), start: match.index, end: match.index + match[0].length }));

  // A function from offsets in Python characters to offsets in UTF-16 units of this text.
  CW.offsets = (text) => {
    if (!ASTRAL.test(text)) return (offset) => offset;
    const units = new Uint32Array(text.length + 1);
    let unit = 0;
    let characters = 0;
    for (const character of text) {
      units[characters] = unit;
      unit += character.length;
      characters += 1;
    }
    units[characters] = unit;
    return (offset) => units[Math.min(offset, characters)];
  };

  // Cut [from, to) at every edge of the spans; each piece knows the spans over it, the longest first.
  CW.pieces = (from, to, spans) => {
    const inside = spans.filter((span) => span.start < to && span.end > from && span.start < span.end);
    const edges = new Set([from, to]);
    for (const span of inside) {
      edges.add(Math.max(from, span.start));
      edges.add(Math.min(to, span.end));
    }
    const cuts = [...edges].sort((a, b) => a - b);
    const length = (span) => span.end - span.start;
    inside.sort((a, b) => length(b) - length(a) || a.start - b.start);
    return cuts.slice(0, -1).map((start, k) => {
      const end = cuts[k + 1];
      return { start, end, over: inside.filter((span) => span.start <= start && span.end >= end) };
    });
  };
}
