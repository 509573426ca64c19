"use strict";
// Addresses to views; the theme; what goes wrong is told.
{
  const { h, $ } = CW;
  const TABS = [
    ["", "Entries"],
    ["map", "Map"],
    ["months", "Heat map"],
    ["actors", "Actors"],
    ["coverage", "Coverage"],
  ];
  const ANSWERING = { "": "entries", map: "map", months: "heatmap", actors: "actors", coverage: "coverage" };
  const SINGLE = { entry: "entry", situation: "situation", actor: "actor" };
  const left = new Map(); // by address: how much was shown and how far it was scrolled when it was left
  let round = 0;
  let ask = null;
  let here = null;
  history.scrollRestoration = "manual";

  const parse = () => {
    const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
    return { parts: path.split("/").map(decode), params: new URLSearchParams(query) };
  };
  function decode(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }

  async function show() {
    round += 1;
    const mine = round;
    if (here !== null) left.set(here, { y: window.scrollY, shown: document.querySelectorAll("#view .result").length });
    here = location.hash;
    const { parts, params } = parse();
    const [tab] = parts;
    const view = h("div", { class: "view" });
    try {
      if (tab in SINGLE) await single(view, parts, mine);
      else await answering(view, tab in ANSWERING ? tab : "", params, mine);
    } catch (error) {
      view.replaceChildren(h("h1", {}, "Something is missing"), h("p", {}, error.message));
      swap(view, mine);
      throw error;
    }
  }

  async function single(view, parts, mine) {
    $("find").hidden = true;
    $("page").className = "page alone";
    nav(null);
    swap(view, mine);
    window.scrollTo(0, 0);
    $("view").focus({ preventScroll: true });
    await CW.views[SINGLE[parts[0]]](view, ...parts.slice(1));
    const heading = view.querySelector("h1");
    document.title = `${heading ? heading.textContent.slice(0, 90) : ""} · CrisisWatch Explorer`;
  }

  async function answering(view, tab, params, mine) {
    const back = $("find").hidden ? left.get(location.hash) : null;
    ask = CW.askOf(params);
    CW.lastQuery = ask.q;
    $("page").className = "page";
    nav(tab);
    const go = (next) => {
      const hash = `#/${tab}${CW.paramsOf(next)}`;
      if (next.q !== ask.q && ask.q) history.replaceState(null, "", hash);
      else if (location.hash !== hash) history.pushState(null, "", hash);
      show();
    };
    if (ask.actor.length) await CW.loadFacets();
    CW.showFind(ask, go);
    const answer = await CW.answer(ask);
    if (mine !== round) return;
    const known = CW.views[ANSWERING[tab]](view, answer, go, params, back);
    swap(view, mine);
    document.title = `${TABS.find(([name]) => name === tab)[1]} · CrisisWatch Explorer`;
    if (back === null) return known;
    await known;
    if (mine === round) window.scrollTo(0, back ? back.y : 0);
    return undefined;
  }

  function swap(view, mine) {
    if (mine === round) $("view").replaceChildren(view);
  }

  function nav(tab) {
    const query = ask ? CW.paramsOf(ask) : "";
    if (!$("nav").firstChild) $("nav").append(...TABS.map(([, label]) => h("a", {}, label)));
    [...$("nav").children].forEach((link, k) => {
      link.href = `#/${TABS[k][0]}${query}`;
      if (TABS[k][0] === tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  // Light, dark, or as the system has it.
  const THEMES = [
    ["", "Auto"],
    ["light", "Light"],
    ["dark", "Dark"],
  ];
  function theme(step) {
    let now = 0;
    try {
      now = Math.max(
        0,
        THEMES.findIndex(([name]) => name === localStorage.getItem("cw-theme")),
      );
    } catch {
      now = 0; // a browser may refuse to remember anything for a file
    }
    if (step)
      now =
        (Math.max(
          0,
          THEMES.findIndex(([name]) => name === (document.documentElement.dataset.theme || "")),
        ) +
          1) %
        THEMES.length;
    const [name, label] = THEMES[now];
    document.documentElement.dataset.theme = name;
    $("theme").textContent = `◐ ${label}`;
    $("theme").setAttribute("aria-label", `Colours: ${label}. Change.`);
    try {
      localStorage.setItem("cw-theme", name);
    } catch {
      // remembered until the page is closed
    }
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if ($("find").hidden) location.hash = "#/";
    setTimeout(() => $("q") && $("q").focus(), 60);
  });
  $("evidence").addEventListener("click", (event) => {
    if (event.target === $("evidence")) $("evidence").close();
  });
  $("theme").addEventListener("click", () => theme(1));
  window.addEventListener("hashchange", show);

  theme(0);
  CW.open()
    .then((core) => {
      const span = core.months.length ? `, ${CW.monthName(core.months[0])} to ${CW.monthName(core.months[core.months.length - 1])}` : "";
      $("made").textContent =
        `${CW.many(core.n, "entry", "entries")}${span}. Made by crisiswatch-pipeline ${core.version}; country outlines: Natural Earth, public domain, without a view on any border. Nothing you look for here leaves your computer.`;
      show(); // tells its own troubles
    })
    .catch((error) => {
      $("view").replaceChildren(h("h1", {}, "The tables cannot be read"), h("p", {}, error.message));
      throw error;
    });
}
