"use strict";
// The facts of an entry as rows, from the columns of its file, with offsets a browser can use.
{
  const ORDER = ["events", "casualties", "actors", "places", "dates", "crossrefs"];
  CW.KINDS = {
    events: { mark: "event", one: "Event", title: "Events" },
    casualties: { mark: "figure", one: "Figure", title: "Figures" },
    actors: { mark: "actor", one: "Actor", title: "Actors" },
    places: { mark: "place", one: "Place", title: "Places" },
    dates: { mark: "date", one: "Date", title: "Dates" },
    crossrefs: { mark: "pointer", one: "Pointer", title: "Pointers" },
  };
  CW.ORDER = ORDER;
  const OFFSETS = new Set(["start", "end", "sentence_start", "sentence_end", "rival_of"]);
  const firsts = new WeakMap();

  function rows(table, rank, unit) {
    if (!firsts.has(table)) firsts.set(table, CW.firsts(table.n));
    const first = firsts.get(table);
    const names = Object.keys(table).filter((name) => name !== "n");
    const out = [];
    for (let k = first[rank]; k < first[rank + 1]; k += 1) {
      const row = {};
      for (const name of names) {
        const column = table[name];
        const value = Array.isArray(column) ? column[k] : column.v[column.i[k]];
        row[name] = OFFSETS.has(name) && value !== null ? unit(value) : value === undefined ? null : value;
      }
      out.push(row);
    }
    return out;
  }

  // { text, headed, sentences, events, casualties, ..., event_roles } of an entry; rows carry their table and rank as `key`.
  CW.entryOf = async (entry) => {
    const { name, rank } = CW.shardOf(entry);
    const [told, tables] = await Promise.all([CW.textOf(entry), CW.load(`facts-${name}`)]);
    const unit = CW.offsets(told.text);
    const out = { ...told, entry };
    for (const [table, columns] of Object.entries(tables)) {
      out[table] = rows(columns, rank, unit);
      out[table].forEach((row, k) => Object.assign(row, { table, rank: k, key: `${table}-${k}` }));
    }
    return out;
  };

  // The sentence around a span, trimmed; the whole line where none is known.
  CW.sentenceOf = (told, row) => {
    const { text } = told;
    const over = told.sentences.filter((one) => one.start < row.end && one.end > row.start);
    let start = over.length ? Math.min(...over.map((one) => one.start)) : text.lastIndexOf("\n", row.start) + 1;
    let end = over.length ? Math.max(...over.map((one) => one.end)) : (text.indexOf("\n", row.end) + 1 || text.length + 1) - 1;
    start = Math.min(start, row.start);
    end = Math.max(end, row.end);
    return { start, end };
  };

  // A figure's number in words: the best, else the bounds the text sets.
  CW.figureNumber = (row) => {
    if (row.best !== null) {
      const bounds = row.low !== row.best || row.high !== row.best;
      if (!bounds) return CW.count(row.best);
      if (row.high === null) return `${CW.count(row.best)} or more`;
      if (row.low === null || row.low === row.high) return CW.count(row.best);
      return `${CW.count(row.best)} (${CW.count(row.low)}–${CW.count(row.high)})`;
    }
    if (row.low !== null && row.high !== null) return `${CW.count(row.low)}–${CW.count(row.high)}`;
    if (row.low !== null) return `${CW.count(row.low)} or more`;
    return row.high !== null ? `up to ${CW.count(row.high)}` : "some";
  };
}
