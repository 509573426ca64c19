"use strict";
// Search over all texts: words by their beginnings, "phrases", -exclusions; ranked by BM25 (Robertson and Zaragoza 2009).
{
  const K1 = 1.2;
  const B = 0.6;
  const LONGER = 0.6; // what a longer word counts for, beside the word itself
  let average = 0;

  // { wanted: [group], unwanted: [group] }; a group is the words of one quoted phrase or one run without spaces.
  CW.parseQuery = (query) => {
    const out = { wanted: [], unwanted: [] };
    for (const [, minus, quoted, bare] of query.matchAll(/(-?)(?:"([^"]*)"?|(\S+))/g)) {
      const words = CW.wordsOf(quoted === undefined ? bare : quoted).map((one) => one.word);
      if (words.length) (minus ? out.unwanted : out.wanted).push({ words, exact: quoted !== undefined });
    }
    return out;
  };

  // Return null for an empty query, else a score by entry, 0 where it does not match.
  CW.search = async (query) => {
    const { wanted, unwanted } = CW.parseQuery(query);
    if (!wanted.length && !unwanted.length) return null;
    average = average || CW.core.length.reduce((sum, one) => sum + one, 0) / Math.max(1, CW.core.n);
    const found = await Promise.all([...wanted, ...unwanted].map(scoresOf));
    const total = new Float32Array(CW.core.n);
    if (!wanted.length) total.fill(1);
    found.forEach((scores, k) => {
      for (let entry = 0; entry < total.length; entry += 1) {
        if (k >= wanted.length) total[entry] *= scores[entry] > 0 ? 0 : 1;
        else if (k === 0) total[entry] = scores[entry];
        else total[entry] = scores[entry] > 0 && total[entry] > 0 ? total[entry] + scores[entry] : 0;
      }
    });
    return total;
  };

  async function scoresOf(group) {
    const lists = await Promise.all(group.words.map((word, k) => postings(word, isOpen(group, k))));
    return bm25(group.words.length === 1 ? frequencies(lists[0]) : together(lists));
  }

  // Whether a word stands for those that begin with it: the last of an unquoted run does, if it is more than a letter.
  const isOpen = (group, k) => !group.exact && k === group.words.length - 1 && group.words[k].length > 1;

  // Every word that is `word` or, if asked, begins with it: { weight, docs: [entry, count, ...], spots }.
  async function postings(word, longer) {
    const { blocks } = CW.core;
    const last = CW.below(blocks, longer ? `${word}\uffff` : word);
    const first = Math.max(0, CW.below(blocks, word));
    const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
    const loaded = await Promise.all(numbers.map((k) => CW.load(`words-${String(k).padStart(4, "0")}`)));
    return loaded.flatMap((block) => {
      const { words, docs, spots } = opened(block);
      const out = [];
      for (let k = Math.max(0, CW.below(words, word)); k < words.length && words[k] <= `${word}\uffff`; k += 1) {
        if (words[k] === word || (longer && words[k].startsWith(word)))
          out.push({ weight: words[k] === word ? 1 : LONGER, docs: docs[k], spots: spots[k] });
      }
      return out;
    });
  }

  const cut = new WeakMap();
  function opened(block) {
    if (!cut.has(block)) cut.set(block, { words: block[0].split("\n"), docs: block[1].split(" "), spots: block[2].split(" ") });
    return cut.get(block);
  }

  function frequencies(list) {
    const out = new Float32Array(CW.core.n);
    for (const { weight, docs } of list) {
      const pairs = CW.vlq(docs);
      for (let k = 0, entry = 0; k < pairs.length; k += 2) {
        entry += pairs[k];
        out[entry] += weight * pairs[k + 1];
      }
    }
    return out;
  }

  // How often the words follow each other, by entry: positions are kept as entry * 2^16 + position, in order.
  function together(lists) {
    let ends = null;
    for (const list of lists) {
      const here = new Set();
      for (const { docs, spots } of list) {
        const pairs = CW.vlq(docs);
        const steps = CW.vlq(spots);
        for (let k = 0, at = 0, entry = 0; k < pairs.length; k += 2) {
          entry += pairs[k];
          for (let j = 0, position = 0; j < pairs[k + 1]; j += 1, at += 1) {
            position += steps[at];
            const key = entry * 65536 + position;
            if (ends === null || ends.has(key - 1)) here.add(key);
          }
        }
      }
      ends = here;
    }
    const out = new Float32Array(CW.core.n);
    for (const key of ends || []) out[Math.floor(key / 65536)] += 1;
    return out;
  }

  function bm25(counts) {
    let having = 0;
    for (const count of counts) having += count > 0 ? 1 : 0;
    const rarity = Math.log(1 + (CW.core.n - having + 0.5) / (having + 0.5));
    for (let entry = 0; entry < counts.length; entry += 1) {
      if (counts[entry] > 0) {
        const size = K1 * (1 - B + (B * CW.core.length[entry]) / average);
        counts[entry] = Math.max(1e-6, (rarity * counts[entry] * (K1 + 1)) / (counts[entry] + size));
      }
    }
    return counts;
  }

  // The places in a text that a query means, to be marked: words by their beginnings, phrases whole.
  CW.hits = (text, query) => {
    const words = CW.wordsOf(text);
    const out = [];
    for (const group of CW.parseQuery(query).wanted) {
      const size = group.words.length;
      for (let k = 0; k + size <= words.length; k += 1) {
        const fits = group.words.every((word, j) => (isOpen(group, j) ? words[k + j].word.startsWith(word) : words[k + j].word === word));
        if (fits) out.push({ start: words[k].start, end: words[k + size - 1].end });
      }
    }
    return out.sort((a, b) => a.start - b.start);
  };
}
