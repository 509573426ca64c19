"use strict";
// The search box and the filters beside the results.
{
  const { h } = CW;
  const TITLES = {
    situation: "Situation",
    region: "Region",
    trend: "Trend",
    family: "Event family",
    type: "Event type",
    realis: "Told as",
    actor: "Actor",
    place: "Place",
    kind: "Figure",
  };
  const TREND_NAMES = {
    deteriorated: "Deteriorated",
    improved: "Improved",
    unchanged: "Unchanged",
    alert: "Conflict risk alert",
    opportunity: "Resolution opportunity",
  };
  const REALIS = { actual: "fact", claimed: "one side’s claim", reported: "report", denied: "denied", planned: "planned" };
  let shown = null;

  // Show the panel for what is asked; `go(ask)` is called when it changes.
  CW.showFind = (ask, go, answer) => {
    const panel = CW.$("find");
    panel.hidden = false;
    if (!shown) shown = make(panel);
    shown.update(ask, go, answer);
  };

  CW.labelOf = (name, value) => {
    if (name === "trend") return TREND_NAMES[value];
    if (name === "realis") return `told as ${REALIS[value] || value}`;
    if (name === "actor") return CW.actors ? CW.actors.name[CW.actors.actor_id.indexOf(value)] || value : value;
    if (name === "place")
      return value
        .split("|")
        .reverse()
        .filter(Boolean)
        .map((part) => CW.countryName(part))
        .join(", ");
    if (name === "kind") return CW.kindName(value);
    return name === "type" ? CW.words(value) : value;
  };

  function make(panel) {
    let ask = CW.emptyAsk();
    let go = () => {};
    const change = (changes) => go({ ...ask, ...changes });
    const add = (name) => (value) => {
      if (value && !ask[name].includes(value)) change({ [name]: [...ask[name], value] });
    };
    const query = h("input", {
      type: "search",
      id: "q",
      placeholder: "Search all entries",
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      "aria-describedby": "q-help",
      input: later(() => change({ q: query.value })),
    });
    const form = h(
      "form",
      {
        role: "search",
        submit: (event) => {
          event.preventDefault();
          change({ q: query.value });
        },
      },
      h("label", { class: "visually-hidden", for: "q" }, "Search all entries"),
      query,
      h("p", { class: "hint", id: "q-help" }, "strike finds strikes · ", h("q", {}, "drone strike"), " the phrase · -cholera leaves out"),
    );
    const chips = h("ul", { class: "chips", "aria-label": "Filters in use" });
    const from = monthSelect("From", (value) => change({ from: value }));
    const to = monthSelect("To", (value) => change({ to: value }));
    const count = h("span", { class: "filter-count" });
    const filters = h(
      "details",
      { class: "filters" },
      h("summary", {}, "Filters ", count),
      h(
        "div",
        { class: "fields" },
        CW.combobox("situation", TITLES.situation, CW.situationOptions, add("situation")),
        select(
          "region",
          CW.core.regions.map((name) => [name, name]),
          add("region"),
        ),
        h("div", { class: "pair" }, from.field, to.field),
        select(
          "trend",
          CW.TRENDS.map((name) => [name, TREND_NAMES[name]]),
          add("trend"),
        ),
        select(
          "family",
          CW.core.families.map((name) => [name, name]),
          add("family"),
        ),
        typeSelect(add("type")),
        CW.combobox("actor", TITLES.actor, CW.actorOptions, add("actor")),
        CW.combobox("place", TITLES.place, CW.placeOptions, add("place")),
        select(
          "kind",
          CW.core.kinds.map((name) => [name, CW.kindName(name)]),
          add("kind"),
        ),
        select(
          "realis",
          CW.core.realis.map((name) => [name, REALIS[name]]),
          add("realis"),
        ),
      ),
    );
    panel.replaceChildren(form, chips, filters);
    const wide = window.matchMedia("(min-width: 62rem)");
    const fit = () => {
      filters.open = wide.matches;
    };
    wide.addEventListener("change", fit);
    fit();
    return {
      update(nowAsk, nowGo) {
        ask = nowAsk;
        go = nowGo;
        if (document.activeElement !== query) query.value = ask.q;
        from.set(ask.from);
        to.set(ask.to);
        const used = Object.keys(TITLES).flatMap((name) => ask[name].map((value) => [name, value]));
        chips.replaceChildren(
          ...used.map(([name, value]) => chip(name, value)),
          used.length > 1 || (used.length && (ask.from || ask.to))
            ? h(
                "li",
                {},
                h(
                  "button",
                  { type: "button", class: "plain clear", click: () => go({ ...CW.emptyAsk(), q: ask.q, sort: ask.sort }) },
                  "Clear all",
                ),
              )
            : "",
        );
        const number = used.length + (ask.from ? 1 : 0) + (ask.to ? 1 : 0);
        count.textContent = number ? `(${number})` : "";
      },
    };
    function chip(name, value) {
      const label = CW.labelOf(name, value);
      return h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-label": `Remove filter ${TITLES[name]}: ${label}`,
            click: (event) => unfilter(event, () => change({ [name]: ask[name].filter((one) => one !== value) })),
          },
          label,
          h("span", { "aria-hidden": "true" }, " ×"),
        ),
      );
    }
  }

  // By the keyboard, the chip that was chosen is gone afterwards: go on from the next, or from the search box.
  function unfilter(event, change) {
    change();
    if (event.detail === 0) (document.querySelector(".chips button") || CW.$("q")).focus();
  }

  function later(act, wait = 60) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, wait);
    };
  }

  function field(name, control) {
    return h("div", { class: "field" }, h("label", { for: control.id }, TITLES[name] || name), control);
  }

  function select(name, options, add) {
    const control = h(
      "select",
      {
        id: `f-${name}`,
        change: () => {
          add(control.value);
          control.value = "";
        },
      },
      h("option", { value: "" }, "any"),
      options.map(([value, label]) => h("option", { value }, label)),
    );
    return field(name, control);
  }

  function typeSelect(add) {
    const { types, families } = CW.core;
    const groups = families.map((family) =>
      h(
        "optgroup",
        { label: family },
        types.label
          .filter((_, k) => types.family[k] === family)
          .map((label) => h("option", { value: label, title: types.definition[types.label.indexOf(label)] }, CW.words(label))),
      ),
    );
    const control = h(
      "select",
      {
        id: "f-type",
        change: () => {
          add(control.value);
          control.value = "";
        },
      },
      h("option", { value: "" }, "any"),
      groups,
    );
    return field("type", control);
  }

  function monthSelect(title, pick) {
    const years = new Map();
    for (const month of CW.core.months) years.set(month.slice(0, 4), [...(years.get(month.slice(0, 4)) || []), month]);
    const control = h(
      "select",
      { id: `f-${title.toLowerCase()}`, change: () => pick(control.value) },
      h("option", { value: "" }, title === "From" ? "first" : "last"),
      [...years].reverse().map(([year, months]) =>
        h(
          "optgroup",
          { label: year },
          months.map((month) => h("option", { value: month }, CW.monthName(month, true).replace(/ \d\d$/, ` ${year}`))),
        ),
      ),
    );
    const set = (value) => {
      if (value && ![...control.options].some((option) => option.value === value))
        control.append(h("option", { value }, CW.monthName(value)));
      control.value = value;
    };
    return { field: field(title, control), set };
  }
}
