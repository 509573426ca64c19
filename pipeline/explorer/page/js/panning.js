"use strict";
// The map under the hand.
{
  // Move and zoom `at` ({ k, x, y }) by pointer, pinch, wheel and keys; `place` draws anew, `move` and `open` are told what is pointed at.
  CW.pan = (svg, { at, zoom, place, move, open }) => {
    const down = new Map();
    let moved = 0;
    svg.addEventListener("pointerdown", (event) => {
      down.set(event.pointerId, event);
      moved = 0;
    });
    svg.addEventListener("pointermove", (event) => {
      const before = down.get(event.pointerId);
      if (!before) {
        move(event);
        return;
      }
      if (down.size === 1) {
        at.x += event.clientX - before.clientX;
        at.y += event.clientY - before.clientY;
      } else {
        const [other] = [...down.values()].filter((one) => one.pointerId !== event.pointerId);
        const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
        const box = svg.getBoundingClientRect();
        zoom(
          apart(event) / Math.max(1, apart(before)),
          (event.clientX + other.clientX) / 2 - box.left,
          (event.clientY + other.clientY) / 2 - box.top,
        );
      }
      moved += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
      down.set(event.pointerId, event);
      if (moved > 4) {
        svg.setPointerCapture(event.pointerId);
        place();
      }
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      svg.addEventListener(name, (event) => down.delete(event.pointerId));
    svg.addEventListener("click", (event) => {
      if (moved <= 4) {
        move(event);
        open(event);
      }
    });
    // The wheel belongs to the page until the map is chosen.
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && document.activeElement !== svg) return;
        event.preventDefault();
        const box = svg.getBoundingClientRect();
        zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
      },
      { passive: false },
    );
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
      if (step) {
        at.x += step[0];
        at.y += step[1];
        place();
      } else if (event.key === "+" || event.key === "=") zoom(1.6);
      else if (event.key === "-") zoom(1 / 1.6);
      else return;
      event.preventDefault();
    });
  };
}
