"use strict";
// Elements are made here and nowhere else. What comes from the tables goes in as text, never as markup.
{
  const SVG = "http://www.w3.org/2000/svg";

  function fill(node, props, children) {
    for (const [name, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") node.addEventListener(name, value);
      else if (name === "vars") for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
      else if (name === "value") node.value = value;
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  }

  // An element: h("a", { class: "x", href: "#/", click: handler }, "text", child, [more]).
  CW.h = (tag, props, ...children) => fill(document.createElement(tag), props, children);
  CW.s = (tag, props, ...children) => fill(document.createElementNS(SVG, tag), props, children);
  CW.$ = (id) => document.getElementById(id);

  CW.say = (text) => {
    CW.$("said").textContent = text;
  };

  const whole = new Intl.NumberFormat("en");
  CW.count = (number) => whole.format(number);
  CW.many = (number, one, several = `${one}s`) => `${CW.count(number)} ${number === 1 ? one : several}`;
  CW.words = (label) => label.replaceAll("_", " ");
  const KINDS = { crowd: "gathered", casualties: "killed or injured" };
  CW.kindName = (kind) => KINDS[kind] || CW.words(kind);

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  // "2024-05" as "May 2024", or short as "May 24".
  CW.monthName = (month, short = false) => {
    if (!month) return "month unknown";
    const name = MONTHS[Number(month.slice(5, 7)) - 1];
    return short ? `${name.slice(0, 3)} ${month.slice(2, 4)}` : `${name} ${month.slice(0, 4)}`;
  };
  const day = (iso) => `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1].slice(0, 3)} ${iso.slice(0, 4)}`;
  // An interval in as few words as it needs; an open end stays open.
  CW.interval = (from, to) => {
    if (!from && !to) return "";
    if (!from) return `until ${day(to)}`;
    if (!to) return `since ${day(from)}`;
    if (from === to) return day(from);
    if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8, 10))}–${day(to)}`;
    return `${day(from)} – ${day(to)}`;
  };

  const TRENDS = {
    deteriorated: ["M1 2h10L6 10z", "Deteriorated"],
    improved: ["M1 10h10L6 2z", "Improved"],
    unchanged: ["M1 4.6h10v2.8H1z", "Unchanged"],
  };
  CW.trend = (name, bare = false) => {
    if (!name) return null;
    const [path, label] = TRENDS[name];
    const glyph = CW.s("svg", { viewBox: "0 0 12 12", class: "glyph", "aria-hidden": "true" }, CW.s("path", { d: path }));
    return CW.h("span", { class: `trend ${name}`, title: label }, glyph, bare ? CW.h("span", { class: "visually-hidden" }, label) : label);
  };
  CW.flags = (flags) => ({
    trend: [null, "unchanged", "improved", "deteriorated"][flags & 3],
    alert: ((flags >> 2) & 3) === 2,
    opportunity: ((flags >> 4) & 3) === 2,
  });
  CW.badges = (flags) => {
    const { trend, alert, opportunity } = CW.flags(flags);
    return [
      CW.trend(trend),
      alert && CW.h("span", { class: "badge alert" }, "Conflict risk alert"),
      opportunity && CW.h("span", { class: "badge chance" }, "Resolution opportunity"),
    ];
  };
}
