"use strict";
// Marks on the map as they are drawn at one zoom.
{
  const { s } = CW;
  const LARGEST = 17;
  const CELL = 9;

  // Marks that would lie on each other become one; area stands for the number of events.
  CW.cluster = (symbols, at) => {
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
  };

  // Names of the largest marks, where there is room for them.
  CW.markNames = (drawn, at) => {
    const taken = [];
    const out = [];
    for (const one of drawn.slice(0, 40)) {
      const text = CW.places.place[one.places[0] - 1] || CW.places.admin1[one.places[0] - 1] || "";
      const box = { left: one.sx + one.r + 3, right: one.sx + one.r + 8 + text.length * 6.4, top: one.sy - 7, bottom: one.sy + 7 };
      const free =
        box.right < at.width &&
        !taken.some((other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top);
      if (text && free && out.length < 14) {
        taken.push(box);
        out.push(s("text", { x: box.left.toFixed(1), y: (one.sy + 4).toFixed(1) }, text));
      }
      taken.push({ left: one.sx - one.r, right: one.sx + one.r, top: one.sy - one.r, bottom: one.sy + one.r });
    }
    return out;
  };
}
