"""One spelling for names: takes away what differs in typography, diacritics and case but not in name."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from pipeline import lexicon

# Letters that Unicode does not split into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "a",
        "ħ": "h",
        "ŋ": "ng",
        "ɛ": "e",
        "ɔ": "o",
    }
)
_APOSTROPHES = "'’‘ʼʻʿʾ`´′"
_DASHES = "-‐‑‒–—−/"
_PLAIN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_DASHES.rstrip("/"), "-") | {"\u00a0": " "})
_FOLD = str.maketrans(dict.fromkeys(_APOSTROPHES + ".,", None) | dict.fromkeys(_DASHES + "\u00a0", " "))


def plain(name: str) -> str:
    """Return `name` with one kind of apostrophe, dash and blank; letters, case and length stay as they are."""
    # Most names are plain already; of ASCII, only the grave accent is not.
    return name if name.isascii() and "`" not in name else name.translate(_PLAIN)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return the key under which spellings of one name meet: `N’Djamena`, `Ndjaména` and `NDJAMENA` are `ndjamena`.

    Case and diacritics are dropped, apostrophes and full stops are deleted, dashes are blanks, blanks are single.
    """
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).translate(_FOLD).translate(_LETTERS)
    if not letters.isascii():
        letters = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(letters.split())


@cache
def articles() -> tuple[str, ...]:
    """Return the articles of Arabic names as transcriptions write them, `lexicon/spelling.toml`."""
    return tuple(lexicon.read_toml("spelling.toml")["sound"]["articles"])


@cache
def _letters() -> tuple[tuple[str, str], ...]:
    return tuple((written, heard) for written, heard in lexicon.read_toml("spelling.toml")["sound"]["letters"])


@lru_cache(maxsize=16384)
def sound(name: str) -> str:
    """Return how a name sounds whoever writes it down: `Deir al-Zor`, `Dayr az Zawr` and `Deir ez-Zor` are `dirzur`."""
    key = "".join(part for part in fold(name).split() if part not in articles())
    for written, heard in _letters():
        key = key.replace(written, heard)
    return "".join(letter for letter, before in zip(key, " " + key, strict=False) if letter != before).rstrip("h")
