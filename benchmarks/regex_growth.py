"""Whether every regex of the pipeline takes time in proportion to its text: lengths doubled on strings made to hurt it.

    python benchmarks/regex_growth.py [LENGTH]

All patterns compiled while the package's modules are imported and its resources loaded are searched through runs of what
they are made of (their own literals and character classes, and common pieces of prose), each ended by a character nothing
matches. Prints the patterns whose time more than triples at both doublings from LENGTH (4,000 characters; CPU time), and ends with
exit code 1 where there is one.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

LENGTH = 4_000
FASTEST = 5e-3
PIECES = (
    "a",
    "A",
    "a ",
    "Aa ",
    "1",
    "1 ",
    "1,",
    "1-",
    ",",
    ", ",
    " ",
    "\n",
    "\t",
    "-",
    "(",
    ")",
    "((",
    ".",
    ". ",
    "’",
    "5 Feb ",
    "and ",
    "the ",
    "of ",
    "<",
    "&",
    "/",
    "'",
    '"',
)
END = "\x00"


def patterns() -> dict[str, Any]:
    """Return every regex the package compiles, by its source."""
    found: dict[str, Any] = {}
    compile_ = re.compile

    def record(pattern: Any, flags: Any = 0) -> Any:
        compiled = compile_(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_globals.get("__name__", "").startswith(("re", "functools")):
            frame = frame.f_back
        if isinstance(compiled.pattern, str) and frame.f_globals.get("__name__", "").startswith("pipeline"):
            found[f"{frame.f_globals['__name__']}: {compiled.pattern}"] = compiled
        return compiled

    re.compile = record
    try:
        import pipeline
        from pipeline import stages

        for module in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        for stage in stages.STAGES:
            for resource in stages.signature(stage).resources.values():
                resource.load()
    finally:
        re.compile = compile_
    return found


def pumps(pattern: Any) -> Iterator[str]:
    """Yield what to repeat: common pieces, and the words and characters the pattern itself is made of."""
    words = re.findall(r"[A-Za-zÀ-ž]{2,12}", pattern.pattern)[:12]
    yield from dict.fromkeys([*PIECES, *words, *(f"{word} " for word in words)])
    yield from dict.fromkeys(f"{one} {other} " for one, other in pairwise(words))


def seconds(pattern: Any, text: str) -> float:
    """Return the time of finding all matches, the best of two."""
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - started)
    return best


def growth(pattern: Any, length: int) -> Iterator[tuple[str, list[float]]]:
    """Yield the pumps at which time triples twice as the length doubles, with the times."""
    for pump in pumps(pattern):
        times = []
        for size in (length, 2 * length, 4 * length):
            times.append(seconds(pattern, pump * (size // len(pump)) + END))
            if len(times) > 1 and times[-1] < max(3 * times[-2], FASTEST):
                break
        else:
            yield pump, times


def main(length: int) -> int:
    found = patterns()
    bad = 0
    for name, pattern in sorted(found.items()):
        for pump, times in growth(pattern, length):
            bad += 1
            print(f"{name[:110]!r} on {pump!r}: {', '.join(f'{t * 1000:.1f} ms' for t in times)}")
            break
    print(f"{len(found)} patterns, {bad} grow faster than their text")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else LENGTH))
