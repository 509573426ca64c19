"use strict";
// A text box that offers what fits, and what it can offer: situations, actors, places.
{
  const { h } = CW;

  // A text box that offers what fits, by the keyboard too (WAI-ARIA combobox with a list).
  CW.combobox = (name, title, options, add) => {
    const list = h("ul", { role: "listbox", id: `l-${name}`, class: "options", hidden: true, "aria-label": title });
    const input = h("input", {
      type: "text",
      id: `f-${name}`,
      role: "combobox",
      placeholder: "any",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-controls": list.id,
      "aria-autocomplete": "list",
      input: () => offer(),
      focus: () => offer(),
      blur: () => setTimeout(close, 150),
      keydown: (event) => key(event),
    });
    let active = -1;
    let offered = [];
    async function offer() {
      offered = (await options(CW.fold(input.value.trim()))).slice(0, 12);
      if (document.activeElement !== input) return;
      active = -1;
      list.replaceChildren(
        ...offered.map(([value, label, more], k) =>
          h(
            "li",
            {
              role: "option",
              id: `${list.id}-${k}`,
              "aria-selected": "false",
              mousedown: (event) => {
                event.preventDefault();
                pick(value);
              },
            },
            label,
            more && h("span", { class: "more" }, more),
          ),
        ),
      );
      if (!offered.length) list.append(h("li", { class: "none" }, "nothing fits"));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      input.removeAttribute("aria-activedescendant");
    }
    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
    }
    function pick(value) {
      input.value = "";
      close();
      add(value);
    }
    function key(event) {
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && offered.length && !list.hidden) {
        event.preventDefault();
        pick(offered[Math.max(0, active)][0]);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && offered.length) {
        event.preventDefault();
        active =
          (active + (event.key === "ArrowDown" ? 1 : offered.length - 1) + (active < 0 && event.key === "ArrowUp" ? 1 : 0)) %
          offered.length;
        [...list.children].forEach((item, k) => item.setAttribute("aria-selected", String(k === active)));
        input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    }
    return h("div", { class: "field combo" }, h("label", { for: input.id }, title), input, list);
  };

  // Names that begin with what is typed come first, then those with a word that does.
  function matching(typed, labels, make) {
    const starts = [];
    const within = [];
    for (let k = 0; k < labels.length && starts.length < 12; k += 1) {
      if (!labels[k]) continue;
      const folded = CW.fold(labels[k]);
      if (folded.startsWith(typed)) starts.push(make(k));
      else if (within.length < 12 && folded.includes(` ${typed}`)) within.push(make(k));
    }
    return [...starts, ...within];
  }

  CW.situationOptions = async (typed) => {
    const { name, region } = CW.core.situations;
    return matching(typed, name, (k) => [name[k], name[k], region[k] || ""]);
  };

  CW.actorOptions = async (typed) => {
    await CW.loadFacets();
    const { name, aliases, actor_id: id, entries } = CW.actors;
    const make = (k) => [id[k], name[k], CW.many(entries[k], "entry", "entries")];
    const found = matching(typed, name, make);
    if (found.length < 12 && typed.length > 1) {
      for (let k = 0; k < name.length && found.length < 12; k += 1) {
        const alias = aliases[k].find((one) => CW.fold(one).startsWith(typed));
        if (alias && !found.some(([value]) => value === id[k])) found.push([id[k], name[k], `also ${alias}`]);
      }
    }
    return found;
  };

  let gazette = null;
  CW.placeOptions = async (typed) => {
    await CW.loadFacets();
    gazette = gazette || placeList();
    return matching(typed, gazette.labels, (k) => [gazette.values[k], gazette.labels[k], gazette.more[k]]);
  };

  // Countries, units and places that events are placed in, those of most events first.
  function placeList() {
    const { place, admin1, iso3, n } = CW.places;
    const numbers = new Map();
    const counts = new Uint32Array(n + 1);
    for (const one of CW.facets.place) counts[one] += 1;
    for (let k = 0; k < n; k += 1) {
      const values = [
        iso3[k] && iso3[k],
        admin1[k] && `${iso3[k] || ""}|${admin1[k]}`,
        place[k] && `${iso3[k] || ""}|${admin1[k] || ""}|${place[k]}`,
      ];
      for (const value of new Set(values.filter(Boolean))) numbers.set(value, (numbers.get(value) || 0) + counts[k + 1]);
    }
    const values = [...numbers.keys()].sort((a, b) => numbers.get(b) - numbers.get(a) || (a < b ? -1 : 1));
    return {
      values,
      labels: values.map((value) => CW.labelOf("place", value)),
      more: values.map((value) => CW.many(numbers.get(value), "event")),
    };
  }
}
