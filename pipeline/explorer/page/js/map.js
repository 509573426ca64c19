"use strict";
// Events where the text places them. A dot is a place; a ring is "somewhere in this district or province"; a hatched country is
// "somewhere in this country": nothing is drawn finer than it was told. Projection: Equal Earth (Savric, Patterson, Jenny 2018).
{
  const { h, s } = CW;
  const CLASSES = {
    point: "at a known place or near it",
    unit: "somewhere in a district or province",
    vague: "along a line, in a vague area or at sea",
    country: "somewhere in the country",
  };
  CW.views.map = async (view, answer) => {
    const [, shapes] = await Promise.all([CW.loadFacets(), CW.outlines()]);
    const found = gather(answer);
    const title = `${CW.many(found.total, "event")}`;
    const read = h("p", { class: "strip-read", "aria-live": "polite" }, "Point at a mark; click it for its sentences.");
    const chart = draw(shapes, found, read, !CW.isEmptyAsk(answer.ask));
    view.replaceChildren(
      h("div", { class: "view-head" }, h("h1", {}, title, !answer.ask.realis.length && h("span", { class: "quiet" }, " told as fact"))),
      h("figure", { class: "map-figure" }, chart, read),
      legend(found),
      h(
        "div",
        { class: "columns" },
        h(
          "section",
          {},
          h("h2", {}, "Places of most events"),
          CW.bars("Place", ranked(found.symbols.map((one) => [CW.placeName(one.place), one.events]))),
        ),
        found.countries.size > 0 &&
          h(
            "section",
            {},
            h("h2", {}, "Told only of the country"),
            CW.bars("Country", ranked([...found.countries].map(([iso3, events]) => [CW.countryName(iso3), events]))),
          ),
      ),
    );
    CW.say(title);
  };

  const ranked = (rows) =>
    rows
      .sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
      .slice(0, 15)
      .map(([label, events]) => [label, events.length, () => [...events].map(CW.eventItem).reverse()]);

  // Events by place and, where the text says no more, by country.
  function gather(answer) {
    const { facets, places } = CW;
    const byPlace = new Map();
    const countries = new Map();
    const classes = { point: [], unit: [], vague: [], country: [], nowhere: [] };
    let total = 0;
    const add = (map, key, event) => (map.has(key) ? map.get(key).push(event) : map.set(key, [event]));
    for (const event of CW.eventsOf(answer)) {
      total += 1;
      const place = facets.place[event];
      const k = place - 1;
      const kind = place ? classOf(k) : "nowhere";
      classes[kind].push(event);
      if (kind === "country") add(countries, places.iso3[k], event);
      else if (kind !== "nowhere") add(byPlace, place, event);
    }
    const symbols = [...byPlace].map(([place, events]) => {
      const [x, y] = CW.project(places.lat[place - 1], places.lon[place - 1]);
      return { place, events, x, y, kind: classOf(place - 1) };
    });
    return { total, symbols, countries, classes };
  }

  function classOf(k) {
    const { lat, iso3, geo_precision: precision } = CW.places;
    if (lat[k] === null || precision[k] === 6) return iso3[k] ? "country" : "nowhere";
    if (precision[k] === null || precision[k] <= 2) return "point";
    return precision[k] <= 4 ? "unit" : "vague";
  }

  function legend({ classes }) {
    const swatch = (kind) =>
      s(
        "svg",
        { viewBox: "0 0 16 16", class: "swatch", "aria-hidden": "true" },
        kind === "country"
          ? s("rect", { class: "hatched", x: 1, y: 1, width: 14, height: 14 })
          : s("circle", { class: `mark ${kind}`, cx: 8, cy: 8, r: 5 }),
      );
    const number = (kind, label) =>
      CW.source(CW.count(classes[kind].length), `${CW.many(classes[kind].length, "event")} ${label}`, () =>
        classes[kind].map(CW.eventItem).reverse(),
      );
    return h(
      "ul",
      { class: "key-list map-key", "aria-label": "What the marks mean" },
      Object.entries(CLASSES).map(([kind, label]) => h("li", {}, swatch(kind), `${label}: `, number(kind, label))),
      classes.nowhere.length > 0 &&
        h("li", {}, "not on the map, since the text places them nowhere: ", number("nowhere", "placed nowhere")),
    );
  }

  function draw(shapes, found, read, close) {
    const mostCountry = Math.max(1, ...[...found.countries.values()].map((events) => events.length));
    const land = s(
      "g",
      { class: "land" },
      shapes.map(([, d]) => s("path", { d })),
    );
    const hatch = s(
      "pattern",
      { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" },
      s("path", { d: "M0 6L6 0M-1 1L1 -1M5 7L7 5", class: "hatch-line" }),
    );
    const whole = s(
      "g",
      { class: "whole" },
      shapes
        .filter(([iso3]) => found.countries.has(iso3))
        .map(([iso3, d]) => {
          const number = found.countries.get(iso3).length;
          return s("path", {
            d,
            fill: "url(#hatch)",
            "data-iso3": iso3,
            opacity: (0.35 + 0.65 * Math.sqrt(number / mostCountry)).toFixed(2),
          });
        }),
    );
    const marks = s("g", {});
    const labels = s("g", { class: "labels", "aria-hidden": "true" });
    const svg = s(
      "svg",
      {
        class: "map",
        tabindex: 0,
        role: "application",
        "aria-label": "Map of events. Arrow keys move, plus and minus zoom. The lists below say the same in words.",
      },
      s("defs", {}, hatch),
      s("g", {}, land, whole),
      marks,
      labels,
    );
    const buttons = h(
      "div",
      { class: "map-buttons" },
      [
        ["+", "Zoom in", 1.6],
        ["−", "Zoom out", 1 / 1.6],
        ["⤢", "Show all", 0],
      ].map(([sign, label, factor]) =>
        h("button", { type: "button", "aria-label": label, title: label, click: () => (factor ? zoom(factor) : fit(bounds(false))) }, sign),
      ),
    );
    const host = h("div", { class: "map-host" }, svg, buttons);
    const at = { k: 1, x: 0, y: 0, width: 0, height: 0 };
    let drawn = [];

    function bounds(closely) {
      const spots = found.symbols.map(({ x, y }) => [x, y]);
      for (const iso3 of found.countries.keys())
        if (CW.core.countries[iso3]) spots.push(CW.project(CW.core.countries[iso3][1], CW.core.countries[iso3][2]));
      if (!closely || !spots.length) return [...CW.project(72, -165).map((value, k) => (k ? value : -520)), 530, CW.project(-52, 0)[1]];
      const pad = 28;
      const edge = (axis, pick) => spots.reduce((far, spot) => pick(far, spot[axis]), spots[0][axis]);
      return [edge(0, Math.min) - pad, edge(1, Math.min) - pad, edge(0, Math.max) + pad, edge(1, Math.max) + pad];
    }
    function fit([left, top, right, bottom]) {
      at.k = Math.min(at.width / (right - left), at.height / (bottom - top));
      at.x = (at.width - (left + right) * at.k) / 2;
      at.y = (at.height - (top + bottom) * at.k) / 2;
      place();
    }
    function zoom(factor, x = at.width / 2, y = at.height / 2) {
      const k = Math.max(0.5, Math.min(60, at.k * factor));
      at.x = x - ((x - at.x) * k) / at.k;
      at.y = y - ((y - at.y) * k) / at.k;
      at.k = k;
      place();
    }
    function place() {
      land.parentNode.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${at.k})`);
      hatch.setAttribute("patternTransform", `scale(${1 / at.k})`);
      drawn = CW.cluster(found.symbols, at);
      marks.replaceChildren(
        ...drawn.map((one) =>
          s("circle", { class: `mark ${one.kind}`, cx: one.sx.toFixed(1), cy: one.sy.toFixed(1), r: one.r.toFixed(1) }),
        ),
      );
      labels.replaceChildren(...CW.markNames(drawn, at));
    }
    function nearest(event) {
      const box = svg.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      let best = null;
      for (const one of drawn) {
        const far = Math.hypot(one.sx - x, one.sy - y) - one.r;
        if (far < 7 && (!best || far < best.far)) best = { far, one };
      }
      return best && best.one;
    }
    const country = (event) => (event.target.getAttribute ? event.target.getAttribute("data-iso3") : null);
    const tell = (event) => {
      const one = nearest(event);
      if (one) return { title: `${names(one)}: ${CW.many(one.events.length, "event")}`, more: CLASSES[one.kind], events: one.events };
      const iso3 = country(event);
      return (
        iso3 && {
          title: `${CW.countryName(iso3)}: ${CW.many(found.countries.get(iso3).length, "event")}`,
          more: CLASSES.country,
          events: found.countries.get(iso3),
        }
      );
    };
    CW.pan(svg, {
      at,
      zoom,
      place,
      move: (event) => {
        const told = tell(event);
        svg.classList.toggle("over", Boolean(told));
        if (told) read.textContent = `${told.title}, ${told.more}`;
      },
      open: (event) => {
        const told = tell(event);
        if (told) CW.showEvidence(told.title, [...told.events].map(CW.eventItem).reverse());
      },
    });
    new ResizeObserver(() => {
      if (!host.clientWidth || host.clientWidth === at.width) return;
      at.width = host.clientWidth;
      at.height = Math.round(Math.max(230, Math.min(560, at.width * 0.48)));
      svg.setAttribute("width", at.width);
      svg.setAttribute("height", at.height);
      fit(bounds(close));
    }).observe(host);
    return host;
  }

  const names = (one) =>
    one.places.length === 1
      ? CW.placeName(one.places[0])
      : `${CW.placeName(one.places[0])} and ${CW.many(one.places.length - 1, "place")} near it`;
}
