"use strict";
// What is asked for: the query and the filters, as they stand in the address, and the entries and events that answer.
{
  // Facets that take several values, any of which will do.
  const LISTS = ["situation", "region", "trend", "family", "type", "realis", "actor", "place", "kind"];
  const OF_EVENTS = ["family", "type", "realis", "place"];
  CW.TRENDS = ["deteriorated", "improved", "unchanged", "alert", "opportunity"];

  CW.emptyAsk = () => ({ q: "", from: "", to: "", sort: "", ...Object.fromEntries(LISTS.map((name) => [name, []])) });

  CW.askOf = (params) => {
    const ask = CW.emptyAsk();
    for (const name of ["q", "from", "to", "sort"]) ask[name] = params.get(name) || "";
    for (const name of LISTS) ask[name] = params.getAll(name);
    return ask;
  };
  CW.paramsOf = (ask) => {
    const params = new URLSearchParams();
    for (const name of ["q", "from", "to", "sort"]) if (ask[name]) params.set(name, ask[name]);
    for (const name of LISTS) for (const value of ask[name]) params.append(name, value);
    const text = params.toString();
    return text ? `?${text}` : "";
  };
  CW.isEmptyAsk = (ask) => CW.paramsOf({ ...ask, sort: "" }) === "";

  // Entries that answer: { entries: [number] in order, inEntry: Uint8Array, inEvent: Uint8Array, scores, ofEvents }.
  // Filters of events hold of one and the same event; an actor or a kind of figure alone is looked for in the whole entry.
  CW.answer = async (ask) => {
    const ofEvents = OF_EVENTS.some((name) => ask[name].length);
    const [scores] = await Promise.all([CW.search(ask.q), ofEvents || ask.actor.length || ask.kind.length ? CW.loadFacets() : null]);
    const { n, months, month } = CW.core;
    const inEntry = new Uint8Array(n);
    const fits = entryTests(ask);
    for (let entry = 0; entry < n; entry += 1) {
      const at = months[month[entry]] || "";
      if (scores && scores[entry] === 0) continue;
      if ((ask.from && !(at >= ask.from)) || (ask.to && !(at && at <= ask.to))) continue;
      if (fits.every((test) => test(entry))) inEntry[entry] = 1;
    }
    if (ofEvents) narrow(inEntry, eventTests(ask));
    else inWhole(inEntry, ask);
    const entries = [];
    for (let entry = n - 1; entry >= 0; entry -= 1) if (inEntry[entry]) entries.push(entry);
    return { ask, entries: sorted(entries, scores, ask), inEntry, scores, ofEvents };
  };

  // The events of an answer: those of its entries that pass the filters of events; told as fact only, unless realis is asked for.
  CW.eventsOf = (answer) => {
    const { facets } = CW;
    const tests = eventTests(answer.ask);
    const actual = CW.core.realis.indexOf("actual");
    const out = [];
    for (let event = 0; event < facets.type.length; event += 1) {
      if (!answer.inEntry[facets.entryOfEvent[event]]) continue;
      if (!answer.ask.realis.length && facets.realis[event] !== actual) continue;
      if (tests.every((test) => test(event))) out.push(event);
    }
    return out;
  };

  // The figures of an answer that may be summed, of one kind; with filters of events, those that hang on one of its events.
  CW.figuresOf = (answer, kind) => {
    const { facets } = CW;
    const wanted = CW.core.kinds.indexOf(kind);
    const tests = answer.ofEvents || answer.ask.actor.length ? eventTests({ ...answer.ask, kind: [] }) : null;
    const out = [];
    for (let figure = 0; figure < facets.kind.length; figure += 1) {
      if (facets.kind[figure] !== wanted || !answer.inEntry[facets.entryOfFigure[figure]] || !CW.maySum(figure)) continue;
      const event = CW.eventOfFigure(figure);
      if (tests === null || (event >= 0 && tests.every((test) => test(event)))) out.push(figure);
    }
    return out;
  };

  function entryTests(ask) {
    const { situation, flags, situations } = CW.core;
    const tests = [];
    if (ask.situation.length) tests.push((entry) => ask.situation.includes(CW.situationName(situation[entry])));
    if (ask.region.length) tests.push((entry) => ask.region.includes(situations.region[situation[entry]]));
    if (ask.trend.length) {
      tests.push((entry) => {
        const { trend, alert, opportunity } = CW.flags(flags[entry]);
        return ask.trend.some((value) => value === trend || (value === "alert" && alert) || (value === "opportunity" && opportunity));
      });
    }
    return tests;
  }

  function eventTests(ask) {
    const { facets, core } = CW;
    const tests = [];
    const among = (values, known) => {
      const wanted = new Uint8Array(known.length);
      for (const value of values) if (known.includes(value)) wanted[known.indexOf(value)] = 1;
      return wanted;
    };
    const { type, realis, family } = {
      type: ask.type.length && among(ask.type, core.types.label),
      realis: ask.realis.length && among(ask.realis, core.realis),
      family: ask.family.length && among(ask.family, core.families),
    };
    if (type) tests.push((event) => type[facets.type[event]]);
    if (family) tests.push((event) => family[core.familyOf[facets.type[event]]]);
    if (realis) tests.push((event) => realis[facets.realis[event]]);
    if (ask.place.length) {
      const places = placesUnder(ask.place);
      tests.push((event) => places[facets.place[event]]);
    }
    if (ask.actor.length) {
      const actors = new Set(ask.actor.map((id) => CW.actors.actor_id.indexOf(id)));
      tests.push((event) => {
        for (let k = facets.parts[event]; k < facets.parts[event + 1]; k += 1) if (actors.has(facets.part[k] >> 1)) return true;
        return false;
      });
    }
    if (ask.kind.length) {
      const having = new Uint8Array(facets.type.length);
      const kinds = ask.kind.map((kind) => core.kinds.indexOf(kind));
      facets.kind.forEach((kind, figure) => {
        if (kinds.includes(kind) && facets.eventOfFigure[figure]) having[CW.eventOfFigure(figure)] = 1;
      });
      tests.push((event) => having[event]);
    }
    return tests;
  }

  function narrow(inEntry, tests) {
    const { facets } = CW;
    for (let entry = 0; entry < inEntry.length; entry += 1) {
      if (!inEntry[entry]) continue;
      let found = 0;
      for (let event = facets.events[entry]; event < facets.events[entry + 1] && !found; event += 1)
        if (tests.every((test) => test(event))) found = 1;
      inEntry[entry] = found;
    }
  }

  function inWhole(inEntry, ask) {
    const { facets, core } = CW;
    const any = (firsts, values, wanted, entry) => {
      for (let k = firsts[entry]; k < firsts[entry + 1]; k += 1) if (wanted.has(values[k])) return true;
      return false;
    };
    const actors = new Set(ask.actor.map((id) => CW.actors.actor_id.indexOf(id)));
    const kinds = new Set(ask.kind.map((kind) => core.kinds.indexOf(kind)));
    for (let entry = 0; entry < inEntry.length; entry += 1) {
      if (!inEntry[entry]) continue;
      if (actors.size && !any(facets.mentions, facets.mention, actors, entry)) inEntry[entry] = 0;
      if (kinds.size && !any(facets.figures, facets.kind, kinds, entry)) inEntry[entry] = 0;
    }
  }

  // Newest first as they come; entries of unknown month, last in the numbering, stay last.
  function sorted(entries, scores, ask) {
    if (ask.sort === "old") return entries.reverse();
    if (scores && ask.sort !== "new") return entries.sort((a, b) => scores[b] - scores[a] || b - a);
    const undated = entries.findIndex((entry) => CW.monthOf(entry));
    return undated > 0 ? entries.slice(undated).concat(entries.slice(0, undated)) : entries;
  }

  // The places of the filter by number: a value is "ISO3", "ISO3|unit" or "ISO3|unit|name", and takes in what lies within it.
  function placesUnder(values) {
    const { place, admin1, iso3, n } = CW.places;
    const wanted = new Uint8Array(n + 1);
    for (let k = 0; k < n; k += 1) {
      const full = [iso3[k] || "", admin1[k] || "", place[k] || ""];
      wanted[k + 1] = values.some((value) => value.split("|").every((part, j) => part === "" || part === full[j])) ? 1 : 0;
    }
    return wanted;
  }
  CW.placesUnder = placesUnder;
}
