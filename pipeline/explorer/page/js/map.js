"use strict";
// Events where the text places them. A dot is a place; a ring is "somewhere in this district or province"; a hatched country is
// "somewhere in this country": nothing is drawn finer than it was told. Projection: Equal Earth (Savric, Patterson, Jenny 2018).
{
  const { h, s } = CW;
  const UNIT = 200;
  const LARGEST = 17;
  const CELL = 9;
  const CLASSES = { point: "at a known place or near it", unit: "somewhere in a district or province", vague: "along a line, in a vague area or at sea", country: "somewhere in the country" };
  const A = [1.340264, -0.081106, 0.000893, 0.003796];

  function project(lat, lon) {
    const t = Math.asin(Math.sqrt(3) / 2 * Math.sin(lat * Math.PI / 180));
    const t2 = t * t;
    const t6 = t2 * t2 * t2;
    const x = 2 * Math.sqrt(3) * (lon * Math.PI / 180) * Math.cos(t) / (3 * (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0]));
    return [x * UNIT, -t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)) * UNIT];
  }

  let world = null;
  // Outlines by country as path data, from arcs that neighbours share.
  async function outlines() {
    if (world) return world;
    const { step, arcs, countries } = await CW.load("outlines");
    const lines = arcs.map((arc) => {
      const out = [];
      let [x, y] = [0, 0];
      for (let k = 0; k < arc.length; k += 2) {
        x += arc[k];
        y += arc[k + 1];
        out.push([y * step, x * step]);
      }
      return out;
    });
    const path = (ring) => clipped(ring.flatMap((arc) => (arc >= 0 ? lines[arc] : [...lines[~arc]].reverse())));
    world = Object.entries(countries).filter(([iso3]) => iso3 !== "ATA").map(([iso3, rings]) => [iso3, rings.map(path).join("")]);
    return world;
  }

  // A ring as path data; one that crosses the 180th meridian is drawn once on either side, pressed flat against it.
  function clipped(ring) {
    let turns = 0;
    const unrolled = ring.map(([lat, lon], k) => {
      if (k && Math.abs(lon - ring[k - 1][1]) > 180) turns += lon < ring[k - 1][1] ? 360 : -360;
      return [lat, lon + turns];
    });
    const lons = unrolled.map(([, lon]) => lon);
    const shifts = [0, Math.max(...lons) > 180 ? -360 : null, Math.min(...lons) < -180 ? 360 : null].filter((shift) => shift !== null);
    return shifts.map((shift) => {
      const pressed = unrolled.map(([lat, lon]) => [lat, Math.max(-180, Math.min(180, lon + shift))]);
      const beyond = (k) => Math.abs(pressed[(k + pressed.length) % pressed.length][1]) === 180;
      const kept = pressed.filter((_, k) => !(beyond(k - 1) && beyond(k) && beyond(k + 1)));
      return `M${kept.map(([lat, lon]) => project(lat, lon).map((value) => value.toFixed(1)).join(" ")).join("L")}z`;
    }).join("");
  }

  CW.views.map = async (view, answer) => {
    const [, shapes] = await Promise.all([CW.loadFacets(), outlines()]);
    const found = gather(answer);
    const title = `${CW.many(found.total, "event")}`;
    const read = h("p", { class: "strip-read", "aria-live": "polite" }, "Point at a mark; click it for its sentences.");
    const chart = draw(shapes, found, read, !CW.isEmptyAsk(answer.ask));
    view.replaceChildren(
      h("div", { class: "view-head" }, h("h1", {}, title, !answer.ask.realis.length && h("span", { class: "quiet" }, " told as fact"))),
      h("figure", { class: "map-figure" }, chart, read), legend(found),
      h("div", { class: "columns" },
        h("section", {}, h("h2", {}, "Places of most events"), CW.bars("Place", ranked(found.symbols.map((one) => [CW.placeName(one.place), one.events])))),
        found.countries.size > 0 && h("section", {}, h("h2", {}, "Told only of the country"), CW.bars("Country", ranked([...found.countries].map(([iso3, events]) => [CW.countryName(iso3), events]))))));
    CW.say(title);
  };

  const ranked = (rows) => rows.sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, 15).map(([label, events]) => [label, events.length, () => [...events].map(CW.eventItem).reverse()]);

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
      const [x, y] = project(places.lat[place - 1], places.lon[place - 1]);
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
    const swatch = (kind) => s("svg", { viewBox: "0 0 16 16", class: "swatch", "aria-hidden": "true" }, kind === "country" ? s("rect", { class: "hatched", x: 1, y: 1, width: 14, height: 14 }) : s("circle", { class: `mark ${kind}`, cx: 8, cy: 8, r: 5 }));
    const number = (kind, label) => CW.source(CW.count(classes[kind].length), `${CW.many(classes[kind].length, "event")} ${label}`, () => classes[kind].map(CW.eventItem).reverse());
    return h("ul", { class: "key-list map-key", "aria-label": "What the marks mean" },
      Object.entries(CLASSES).map(([kind, label]) => h("li", {}, swatch(kind), `${label}: `, number(kind, label))),
      classes.nowhere.length > 0 && h("li", {}, "not on the map, since the text places them nowhere: ", number("nowhere", "placed nowhere")));
  }

  function draw(shapes, found, read, close) {
    const mostCountry = Math.max(1, ...[...found.countries.values()].map((events) => events.length));
    const land = s("g", { class: "land" }, shapes.map(([, d]) => s("path", { d })));
    const hatch = s("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, s("path", { d: "M0 6L6 0M-1 1L1 -1M5 7L7 5", class: "hatch-line" }));
    const whole = s("g", { class: "whole" }, shapes.filter(([iso3]) => found.countries.has(iso3)).map(([iso3, d]) => {
      const number = found.countries.get(iso3).length;
      return s("path", { d, fill: "url(#hatch)", "data-iso3": iso3, opacity: (0.35 + 0.65 * Math.sqrt(number / mostCountry)).toFixed(2) });
    }));
    const marks = s("g", {});
    const labels = s("g", { class: "labels", "aria-hidden": "true" });
    const svg = s("svg", { class: "map", tabindex: 0, role: "application", "aria-label": "Map of events. Arrow keys move, plus and minus zoom. The lists below say the same in words." }, s("defs", {}, hatch), s("g", {}, land, whole), marks, labels);
    const buttons = h("div", { class: "map-buttons" }, [["+", "Zoom in", 1.6], ["−", "Zoom out", 1 / 1.6], ["⤢", "Show all", 0]].map(([sign, label, factor]) => h("button", { type: "button", "aria-label": label, title: label, click: () => (factor ? zoom(factor) : fit(bounds(false))) }, sign)));
    const host = h("div", { class: "map-host" }, svg, buttons);
    const at = { k: 1, x: 0, y: 0, width: 0, height: 0 };
    let drawn = [];

    function bounds(closely) {
      const spots = found.symbols.map(({ x, y }) => [x, y]);
      for (const iso3 of found.countries.keys()) if (CW.core.countries[iso3]) spots.push(project(CW.core.countries[iso3][1], CW.core.countries[iso3][2]));
      if (!closely || !spots.length) return [...project(72, -165).map((value, k) => (k ? value : -2.6 * UNIT)), 2.65 * UNIT, project(-52, 0)[1]];
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
      at.x = x - (x - at.x) * k / at.k;
      at.y = y - (y - at.y) * k / at.k;
      at.k = k;
      place();
    }
    function place() {
      land.parentNode.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${at.k})`);
      hatch.setAttribute("patternTransform", `scale(${1 / at.k})`);
      drawn = cluster(found.symbols, at);
      marks.replaceChildren(...drawn.map((one) => s("circle", { class: `mark ${one.kind}`, cx: one.sx.toFixed(1), cy: one.sy.toFixed(1), r: one.r.toFixed(1) })));
      labels.replaceChildren(...label(drawn, at));
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
      return iso3 && { title: `${CW.countryName(iso3)}: ${CW.many(found.countries.get(iso3).length, "event")}`, more: CLASSES.country, events: found.countries.get(iso3) };
    };
    listen(svg, { at, zoom, place, move: (event) => { const told = tell(event); svg.classList.toggle("over", Boolean(told)); if (told) read.textContent = `${told.title}, ${told.more}`; }, open: (event) => { const told = tell(event); if (told) CW.showEvidence(told.title, [...told.events].map(CW.eventItem).reverse()); } });
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

  const names = (one) => (one.places.length === 1 ? CW.placeName(one.places[0]) : `${CW.placeName(one.places[0])} and ${CW.many(one.places.length - 1, "place")} near it`);

  // Marks that would lie on each other become one; area stands for the number of events.
  function cluster(symbols, at) {
    const cells = new Map();
    for (const one of [...symbols].sort((a, b) => b.events.length - a.events.length || a.place - b.place)) {
      const sx = one.x * at.k + at.x;
      const sy = one.y * at.k + at.y;
      if (sx < -40 || sy < -40 || sx > at.width + 40 || sy > at.height + 40) continue;
      const key = `${one.kind} ${Math.round(sx / CELL)} ${Math.round(sy / CELL)}`;
      if (!cells.has(key)) cells.set(key, { kind: one.kind, sx, sy, places: [], events: [] });
      cells.get(key).places.push(one.place);
      for (const event of one.events) cells.get(key).events.push(event);
    }
    const out = [...cells.values()].sort((a, b) => b.events.length - a.events.length);
    const most = out.length ? out[0].events.length : 1;
    const largest = Math.min(LARGEST, 5 * Math.sqrt(most)) * Math.max(0.6, Math.min(1, at.width / 800));
    for (const one of out) one.r = Math.max(2.6, largest * Math.sqrt(one.events.length / most));
    return out;
  }

  // Names of the largest marks, where there is room for them.
  function label(drawn, at) {
    const taken = [];
    const out = [];
    for (const one of drawn.slice(0, 40)) {
      const text = CW.places.place[one.places[0] - 1] || CW.places.admin1[one.places[0] - 1] || "";
      const box = { left: one.sx + one.r + 3, right: one.sx + one.r + 8 + text.length * 6.4, top: one.sy - 7, bottom: one.sy + 7 };
      const free = box.right < at.width && !taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top);
      if (text && free && out.length < 14) {
        taken.push(box);
        out.push(s("text", { x: box.left.toFixed(1), y: (one.sy + 4).toFixed(1) }, text));
      }
      taken.push({ left: one.sx - one.r, right: one.sx + one.r, top: one.sy - one.r, bottom: one.sy + one.r });
    }
    return out;
  }

  function listen(svg, { at, zoom, place, move, open }) {
    const down = new Map();
    let moved = 0;
    svg.addEventListener("pointerdown", (event) => { down.set(event.pointerId, event); moved = 0; });
    svg.addEventListener("pointermove", (event) => {
      const before = down.get(event.pointerId);
      if (!before) { move(event); return; }
      if (down.size === 1) {
        at.x += event.clientX - before.clientX;
        at.y += event.clientY - before.clientY;
      } else {
        const [other] = [...down.values()].filter((one) => one.pointerId !== event.pointerId);
        const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
        const box = svg.getBoundingClientRect();
        zoom(apart(event) / Math.max(1, apart(before)), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
      }
      moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      down.set(event.pointerId, event);
      if (moved > 4) { svg.setPointerCapture(event.pointerId); place(); }
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) svg.addEventListener(name, (event) => down.delete(event.pointerId));
    svg.addEventListener("click", (event) => { if (moved <= 4) { move(event); open(event); } });
    // The wheel belongs to the page until the map is chosen.
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== svg) return;
      event.preventDefault();
      const box = svg.getBoundingClientRect();
      zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (step) { at.x += step[0]; at.y += step[1]; place(); } else if (event.key === "+" || event.key === "=") zoom(1.6);
      else if (event.key === "-") zoom(1 / 1.6);
      else return;
      event.preventDefault();
    });
  }
}
