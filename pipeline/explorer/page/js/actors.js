"use strict";
// Actors: those of the entries that answer.
{
  const { h } = CW;

  CW.views.actors = async (view, answer) => {
    await CW.loadFacets();
    const { facets } = CW;
    const counts = new Map();
    for (const entry of answer.entries)
      for (let k = facets.mentions[entry]; k < facets.mentions[entry + 1]; k += 1)
        counts.set(facets.mention[k], (counts.get(facets.mention[k]) || 0) + 1);
    const ranked = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const types = [...new Set(ranked.map(([actor]) => CW.actors.type[actor]))].sort();
    const name = h("input", { type: "search", id: "actor-name", placeholder: "Name or alias", autocomplete: "off", input: () => show() });
    const type = h(
      "select",
      { id: "actor-type", change: () => show() },
      h("option", { value: "" }, "any kind"),
      types.map((one) => h("option", { value: one }, CW.words(one))),
    );
    const body = h("tbody");
    const note = h("p", { class: "quiet" });
    function show() {
      const typed = CW.fold(name.value.trim());
      const fits = ranked.filter(
        ([actor]) =>
          (!type.value || CW.actors.type[actor] === type.value) &&
          (!typed || [CW.actors.name[actor], ...CW.actors.aliases[actor]].some((one) => CW.fold(one).includes(typed))),
      );
      note.textContent = `${CW.many(fits.length, "actor")} in ${CW.many(answer.entries.length, "entry", "entries")}${fits.length > 200 ? "; the first 200" : ""}`;
      body.replaceChildren(
        ...fits.slice(0, 200).map(([actor, number]) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, h("a", { href: CW.actorLink(CW.actors.actor_id[actor]) }, CW.actors.name[actor])),
            h("td", {}, CW.words(CW.actors.type[actor])),
            h("td", {}, CW.actors.iso3[actor] ? CW.countryName(CW.actors.iso3[actor]) : ""),
            h(
              "td",
              { class: "n" },
              CW.source(CW.count(number), `${CW.actors.name[actor]}: ${CW.many(number, "entry", "entries")}`, () =>
                CW.mentionItems(
                  actor,
                  answer.entries.filter((entry) => CW.mentions(entry, actor)),
                ),
              ),
            ),
          ),
        ),
      );
    }
    view.replaceChildren(
      h("div", { class: "view-head" }, h("h1", {}, "Actors")),
      h(
        "div",
        { class: "row" },
        h("div", { class: "field" }, h("label", { for: "actor-name" }, "Find an actor"), name),
        h("div", { class: "field" }, h("label", { for: "actor-type" }, "Kind of actor"), type),
      ),
      note,
      h(
        "div",
        { class: "scroll" },
        h(
          "table",
          {},
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              ["Actor", "Kind", "Country"].map((title) => h("th", { scope: "col" }, title)),
              h("th", { scope: "col", class: "n" }, "Entries"),
            ),
          ),
          body,
        ),
      ),
    );
    show();
    CW.say(note.textContent);
  };

  CW.mentions = (entry, actor) => {
    const { facets } = CW;
    for (let k = facets.mentions[entry]; k < facets.mentions[entry + 1]; k += 1) if (facets.mention[k] === actor) return true;
    return false;
  };
}
