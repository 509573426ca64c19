"use strict";
// A strip of months: bars and trends on one time axis, read by pointer, by touch and by the arrow keys.
{
  const { h, s } = CW;
  const HEIGHTS = { bars: 56, trend: 18 };

  // "2024-05" as a number of months, and back.
  CW.monthNumber = (month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  CW.monthOfNumber = (number) => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, "0")}`;

  // { label, first, last (month numbers), rows: [{ kind: "bars", title, values, part } | { kind: "trend", title, states }],
  //   describe(month) -> text, pick(month) }. `values`, `part` (drawn stronger) and `states` are lists by month from `first`.
  CW.strip = ({ label, first, last, rows, describe, pick, hint = "click for its sentences", least = 5 }) => {
    const months = last - first + 1;
    const read = h("p", { class: "strip-read", "aria-live": "polite" });
    const host = h("div", { class: "strip-scroll" });
    const block = h("figure", { class: "strip", "aria-label": label }, host, read);
    let cursor = -1;
    let width = 0;
    let drawn = null;

    function draw() {
      const room = Math.floor(block.clientWidth);
      if (!room || room === width) return;
      width = room;
      const step = Math.max(least, Math.min(34, (room - 26) / months));
      const full = Math.max(room, Math.ceil(step * months) + 2);
      let top = 0;
      const titles = s("g", {});
      const parts = rows.flatMap((row) => {
        const made = row.kind === "bars" ? bars(row, step, top) : trends(row, step, top);
        top += HEIGHTS[row.kind] + 26;
        const title = [
          row.title,
          row.kind === "bars" && s("tspan", { dx: 10, class: "row-most" }, `peak ${CW.count(Math.max(0, ...row.values))}`),
        ];
        titles.append(s("text", { x: 0, y: top - HEIGHTS[row.kind] - 12, class: "row-title" }, title));
        return made;
      });
      const height = top + 20;
      const mark = s("rect", { class: "cursor", y: 0, width: step, height: top, x: -99 });
      const svg = s(
        "svg",
        {
          width: full,
          height,
          class: "strip-chart",
          role: "slider",
          tabindex: 0,
          "aria-label": `${label}. Left and right arrows move by month, Enter opens it.`,
          "aria-valuemin": 0,
          "aria-valuemax": months - 1,
          "aria-valuenow": Math.max(0, cursor),
          "aria-valuetext": cursor < 0 ? "" : describe(first + cursor),
          keydown: keys,
          pointermove: (event) => move(at(event)),
          pointerleave: () => move(-1),
          click: (event) => choose(at(event)),
          focus: () => {
            if (cursor < 0) move(months - 1);
          },
        },
        mark,
        parts,
        axis(step, top, height),
        titles,
      );
      host.replaceChildren(svg);
      host.onscroll = () => titles.setAttribute("transform", `translate(${host.scrollLeft} 0)`);
      host.scrollLeft = full;
      drawn = { svg, mark, step };
    }
    const at = (event) => {
      const box = drawn.svg.getBoundingClientRect();
      return Math.max(0, Math.min(months - 1, Math.floor((event.clientX - box.left) / drawn.step)));
    };
    function move(to) {
      cursor = to;
      drawn.mark.setAttribute("x", to < 0 ? -99 : to * drawn.step);
      const told = to < 0 ? "" : describe(first + to);
      read.textContent = told || `Point at a month, or use the arrow keys; ${hint}.`;
      if (to >= 0) {
        drawn.svg.setAttribute("aria-valuenow", to);
        drawn.svg.setAttribute("aria-valuetext", told);
      }
    }
    function choose(to) {
      move(to);
      if (pick) pick(first + to);
    }
    function keys(event) {
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12, Home: -months, End: months };
      if (event.key in steps) {
        event.preventDefault();
        move(Math.max(0, Math.min(months - 1, (cursor < 0 ? months : cursor) + steps[event.key])));
        host.scrollLeft = Math.max(0, cursor * drawn.step - host.clientWidth / 2);
      } else if ((event.key === "Enter" || event.key === " ") && cursor >= 0) {
        event.preventDefault();
        choose(cursor);
      }
    }
    function axis(step, top, height) {
      const out = [s("path", { class: "axis", d: `M0 ${top + 0.5}H${step * months}` })];
      const every = [1, 2, 5, 10].find((size) => size * 12 * step >= 40) || 20;
      for (let k = 0; k < months; k += 1) {
        const month = first + k;
        if (month % 12 === 0 && (month / 12) % every === 0) {
          out.push(
            s("path", { class: "axis", d: `M${k * step + 0.5} ${top}v5` }),
            s("text", { x: k * step + 3, y: height - 4, class: "year" }, String(month / 12)),
          );
        }
      }
      if (months < 14 && !(first % 12 === 0))
        out.push(s("text", { x: 0, y: height - 4, class: "year" }, CW.monthName(CW.monthOfNumber(first), true)));
      return out;
    }
    new ResizeObserver(() => {
      draw();
      if (drawn && cursor < 0 && !read.textContent) move(-1);
    }).observe(block);
    return block;
  };

  function bars(row, step, top) {
    const most = Math.max(1, ...row.values);
    const base = top + 20 + HEIGHTS.bars;
    const gap = step > 8 ? 2 : 1;
    const path = (values) =>
      values
        .map((value, k) => {
          const tall = value > 0 ? Math.max(1.5, (value / most) * HEIGHTS.bars) : 0;
          return tall ? `M${(k * step + gap / 2).toFixed(2)} ${base}v${-tall.toFixed(2)}h${(step - gap).toFixed(2)}V${base}z` : "";
        })
        .join("");
    return [
      s("path", { class: `bars ${row.tone || ""}`, d: path(row.values) }),
      row.part && s("path", { class: "bars part", d: path(row.part) }),
      s("path", { class: "axis", d: `M0 ${base + 0.5}H${step * row.values.length}` }),
    ];
  }

  // A state is null (no entry), "none" (an entry that says nothing), or { trend, alert, opportunity, estimated }.
  function trends(row, step, top) {
    const y = top + 22;
    const size = Math.min(12, Math.max(4, step - 1.5));
    return row.states.map((state, k) => {
      if (!state) return null;
      const x = k * step + (step - size) / 2;
      if (state === "none" || !state.trend) return s("circle", { class: "silent", cx: k * step + step / 2, cy: y + 6, r: 1.4 });
      const shape = {
        deteriorated: `M0 0h${size}L${size / 2} ${size}z`,
        improved: `M0 ${size}h${size}L${size / 2} 0z`,
        unchanged: `M0 ${size * 0.38}h${size}v${size * 0.26}H0z`,
      }[state.trend];
      return s(
        "g",
        { class: `state ${state.trend}${state.estimated ? " estimated" : ""}`, transform: `translate(${x.toFixed(2)} ${y})` },
        s("path", { d: shape }),
        state.alert && s("circle", { class: "alert-dot", cx: size / 2, cy: -4, r: Math.min(2.2, size / 3) }),
        state.opportunity && s("circle", { class: "chance-dot", cx: size / 2, cy: size + 4, r: Math.min(2.2, size / 3) }),
      );
    });
  }
}
