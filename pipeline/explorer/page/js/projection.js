"use strict";
// The world on paper: Equal Earth (Savric, Patterson, Jenny 2018), and the countries' outlines in it.
{
  const UNIT = 200; // pixels a radian at zoom 1: the world is about 1,080 wide
  const A = [1.340264, -0.081106, 0.000893, 0.003796];

  CW.project = (lat, lon) => {
    const t = Math.asin((Math.sqrt(3) / 2) * Math.sin((lat * Math.PI) / 180));
    const t2 = t * t;
    const t6 = t2 * t2 * t2;
    const x =
      (2 * Math.sqrt(3) * ((lon * Math.PI) / 180) * Math.cos(t)) / (3 * (9 * A[3] * t6 * t2 + 7 * A[2] * t6 + 3 * A[1] * t2 + A[0]));
    return [x * UNIT, -t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)) * UNIT];
  };

  let world = null;
  // Outlines by country as path data, from arcs that neighbours share.
  CW.outlines = async () => {
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
    world = Object.entries(countries)
      .filter(([iso3]) => iso3 !== "ATA")
      .map(([iso3, rings]) => [iso3, rings.map(path).join("")]);
    return world;
  };

  // A ring as path data; one that crosses the 180th meridian is drawn once on either side, pressed flat against it.
  function clipped(ring) {
    let turns = 0;
    const unrolled = ring.map(([lat, lon], k) => {
      if (k && Math.abs(lon - ring[k - 1][1]) > 180) turns += lon < ring[k - 1][1] ? 360 : -360;
      return [lat, lon + turns];
    });
    const lons = unrolled.map(([, lon]) => lon);
    const shifts = [0, Math.max(...lons) > 180 ? -360 : null, Math.min(...lons) < -180 ? 360 : null].filter((shift) => shift !== null);
    return shifts
      .map((shift) => {
        const pressed = unrolled.map(([lat, lon]) => [lat, Math.max(-180, Math.min(180, lon + shift))]);
        const beyond = (k) => Math.abs(pressed[(k + pressed.length) % pressed.length][1]) === 180;
        const kept = pressed.filter((_, k) => !(beyond(k - 1) && beyond(k) && beyond(k + 1)));
        return `M${kept
          .map(([lat, lon]) =>
            CW.project(lat, lon)
              .map((value) => value.toFixed(1))
              .join(" "),
          )
          .join("L")}z`;
      })
      .join("");
  }
}
