"""What the source of this package's modules says: what each imports from it, and a digest of what may change a row.

Parsing them all takes a third of a run that has nothing to do. So what was found is kept beside the tables, by the hash of the
source it was found in: a changed source has another hash, and is parsed.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline import durable


class Code(NamedTuple):
    """The modules a source imports, the names it imports from them (modules or not), and the digest of its meaning."""

    modules: list[str]
    names: list[str]
    meaning: str


_kept: dict[str, Code] = {}
_read: dict[str, Code] = {}


def read(path: Path) -> Code:
    """Return what the source says; parses it unless the same source was read before."""
    source = path.read_bytes()
    mark = hashlib.sha256(_reader() + source).hexdigest()
    if mark not in _read:
        _read[mark] = _kept.get(mark) or parse(source)
    return _read[mark]


@cache
def _reader() -> bytes:
    """Return what, beside a source, decides what is found in it: this module and the parser."""
    return Path(__file__).read_bytes() + sys.version.encode()


def parse(source: bytes) -> Code:
    """Return what the source says. Its meaning leaves out comments, layout and docstrings, which change no row."""
    tree = ast.parse(source)
    modules: list[str] = []
    names: list[str] = []
    for node in _statements(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "pipeline":
            modules.append(node.module)
            names.extend(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            modules.extend(alias.name for alias in node.names if alias.name.split(".")[0] == "pipeline")
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            node.body = body[1:]  # type: ignore[attr-defined]
    return Code(modules, names, hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:20])


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the module and every statement in it; expressions, nine nodes in ten, hold none and are passed over."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            inside = getattr(node, block, None)
            waiting.extend(inside if isinstance(inside, list) else ())


def recall(path: Path) -> None:
    """Take up what earlier processes have kept in this file; where there is none, or nothing of use, sources are parsed anew."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        _kept.update({mark: Code(*said) for mark, said in json.loads(path.read_text(encoding="utf-8"))["code"].items()})


@contextmanager
def kept(path: Path) -> Iterator[None]:
    """Take up what this file keeps, and keep there what the block asked for, if some of it is new."""
    recall(path)
    yield
    if not set(_read) <= set(_kept):
        durable.write_json(path, {"code": _read})
