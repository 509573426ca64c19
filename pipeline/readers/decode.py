"""Bytes -> text, and text -> mended text: encodings and damage.

Encodings are told by rule, not guessed: a byte-order mark, else UTF-8, else what an HTML page or XML declares, else Windows-1252 if no byte
is undefined there. The last is no more than what is left, and noted as the repair `assumed_cp1252`: look for odd letters in such a
file. Statistical guessers name a wrong code page too often, and a wrong one is never noticed again.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.readers import Unreadable

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The single-byte and East Asian code pages a page may be in; Python knows stranger ones that would make text of anything.
_PAGES = r"utf-?8|windows-125\d|iso-8859-\d{1,2}|koi8-[ru]|gbk|gb2312|gb18030|big5|shift_jis|euc-(?:jp|kr)"
_DECLARED = re.compile(
    rf"<(?:meta[^>]{{0,200}}charset|\?xml[^>]{{0,200}}encoding)\s{{0,5}}=\s{{0,5}}[\"']?({_PAGES})\b".encode(), re.IGNORECASE
)
_NAMED = re.compile(_PAGES)
_HEAD = 4096
_SALVAGE = "surrogateescape"
_STRAY = re.compile("[\udc80-\udcff]+")
_MULTIBYTE = re.compile("[^\x00-\x7f\udc80-\udcff]+")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")

# What may be taken out of a text without a reader noticing, by the name it is recorded under. \t \n \v \f \r and the rest of
# what str.isspace() knows are no damage: they are folded.
_INVISIBLE = {
    "surrogates": "\ud800-\udfff",
    "control_characters": "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\ufffc",
    "bidi_marks": "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069",
    "zero_width": "\u180e\u200b-\u200d\u2060-\u2064\ufeff",
    "soft_hyphens": "\u00ad",
}
_REMOVED = {name: re.compile(f"[{characters}]") for name, characters in _INVISIBLE.items()}
_ANY_REMOVED = re.compile(f"[{''.join(_INVISIBLE.values())}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
# Mojibake is what became of a character of two bytes or more: two characters side by side that are not ASCII, the second of them
# a blank where a no-break space was folded; or a control character. All else need not go through ftfy.
_SUSPECT = re.compile("[^\x00-\x7f]{2}|[\xc2-\xdf] |[\x80-\x9f]")
# ”, whose third byte Windows-1252 cannot show, after a program dropped it. ftfy would make a dagger of it.
_LOST_QUOTE = re.compile(r"â€(?=[\s.,;:!?)]|$)")
# One or two characters that no English text has between others (IPA, Cyrillic, Arabic, CJK ...): what a wrong repair makes of a capital
# beside a quotation mark (É” is the UTF-8 of ɔ). Longer runs are words in their own script, and may be right.
_FOREIGN = "\u0180-\u018e\u0190-\u019f\u01a2-\u01ae\u01b1-\u0217\u021c-\u0258\u025a-\u02af\u0300-\u1dff\u2c00-\ud7ff\ue000-\uf8ff"
_ALIEN = re.compile(f"(?<![{_FOREIGN}])[{_FOREIGN}]{{1,2}}(?![{_FOREIGN}])")
# A text with more control characters than this share is a binary file that happens to decode.
_CONTROL_SHARE = 0.05
_ZERO_SHARE = 0.3
# So many bytes may be wrong in a text that says it is UTF-8.
_STRAY_SHARE = 0.01


class Decoded(NamedTuple):
    """The text of a file, the encoding it was in, and what was mended on the way."""

    text: str
    encoding: str
    repairs: tuple[str, ...]


def decode(data: bytes, declared: str = "") -> Decoded:
    """Return the text of `data`, not yet mended; what is around it, as the head of a mail, may have `declared` the encoding.

    Raises Unreadable where the bytes are no text in an encoding that can be told for sure.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            decoded = _decode_marked(data, mark, encoding)
            break
    else:
        decoded = _decode_unmarked(data, _declared(data, declared.lower()))
    controls = _CONTROL.subn("", decoded.text)[1]
    if controls > _CONTROL_SHARE * len(decoded.text):
        raise Unreadable("not text: too many control characters")
    return decoded


def _decode_marked(data: bytes, mark: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8" and (salvaged := _salvage_utf8(data[len(mark) :], certain=True)):
        return salvaged._replace(repairs=("bom", *salvaged.repairs))
    try:
        return Decoded(data.decode(encoding, "surrogatepass"), encoding, ("bom",))
    except UnicodeDecodeError as error:
        raise Unreadable(f"has the byte-order mark of {encoding.upper()} but byte {error.start} is not valid in it") from None


def _decode_unmarked(data: bytes, declared: str) -> Decoded:
    if data.count(b"\0") > _ZERO_SHARE * len(data):
        raise Unreadable("not text, or UTF-16 without a byte-order mark: many bytes are zero; if it is text, save it as UTF-8")
    if salvaged := _salvage_utf8(data, certain=declared == "utf-8"):
        return salvaged
    for encoding in (declared, "cp1252"):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _CONTROL.search(text):
            return Decoded(text, encoding, () if encoding == declared else ("assumed_cp1252",))
    raise Unreadable("not text: neither UTF-8 nor Windows-1252, the code pages that can be told for sure; if it is text, save it as UTF-8")


def _salvage_utf8(data: bytes, *, certain: bool) -> Decoded | None:
    """Return the text of UTF-8 bytes, some of them from another hand, or None where they are not UTF-8 in the main.

    Bytes stray in where texts are pasted together, or a download stops in the middle of a character.
    """
    for errors in ("strict", "surrogatepass"):
        try:
            # Halves of characters, which only a few old writers let into UTF-8, `mend` puts together or takes out.
            return Decoded(data.decode("utf-8", errors), "utf-8", ())
        except UnicodeDecodeError:
            continue
    text = data.decode("utf-8", _SALVAGE)
    strays = sum(len(stray) for stray in _STRAY.findall(text))
    good = sum(len(characters.encode()) for characters in _MULTIBYTE.findall(text))
    if 2 * strays < good or (certain and strays < _STRAY_SHARE * len(data)):
        return Decoded(_STRAY.sub(lambda match: _from_cp1252(match[0]), text), "utf-8", ("stray_bytes",))
    return None


def _from_cp1252(strays: str) -> str:
    """Return bytes that `surrogateescape` put aside, as Windows-1252; those it does not define become U+FFFD."""
    return strays.encode("utf-8", _SALVAGE).decode("cp1252", "replace")


def _declared(data: bytes, around: str) -> str:
    """Return the encoding declared `around`, in an HTML head or by XML, or the empty string; Latin-1 is Windows-1252, as HTML says."""
    match = _DECLARED.search(data[:_HEAD])
    name = around if _NAMED.fullmatch(around) else match[1].decode("ascii").lower() if match else ""
    return {"iso-8859-1": "cp1252", "utf8": "utf-8"}.get(name, name)


def mend(text: str) -> tuple[str, frozenset[str]]:
    """Return `text` with encoding damage repaired and white space folded, and the names of the repairs made.

    Mojibake is turned back into what it was and invisible characters are taken out; quotes, ligatures, letter forms and everything
    else stay as they are. Lines are stripped, runs of white space become one space, blank lines go; the other line breaks stay.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split()), frozenset()
    repairs: set[str] = set()
    mended = (" ".join(_mend_line(line, repairs).split()) for line in re.split(r"\r\n|[\n\r\v\f\u2028\u2029]", text))
    return "\n".join(line for line in mended if line), frozenset(repairs)


def _mend_line(line: str, repairs: set[str]) -> str:
    if line.isascii() and not _CONTROL.search(line):
        return line
    if _PAIR.search(line):
        # Two halves of one character, as Java and JSON writers leave them, are put together again before lone ones go.
        line = _PAIR.sub(lambda match: match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), line)
        repairs.add("surrogates")
    fixed = _unmojibake(line)
    if fixed != line:
        repairs.add("mojibake")
    if _ANY_REMOVED.search(fixed):
        for name, pattern in _REMOVED.items():
            fixed, count = pattern.subn("", fixed)
            if count:
                repairs.add(name)
    return fixed


def _unmojibake(line: str) -> str:
    from ftfy import fix_encoding, fixes

    if not _SUSPECT.search(line):
        return line
    whole = _LOST_QUOTE.sub("”", line)
    fixed = str(fixes.fix_c1_controls(fix_encoding(whole, _ftfy_config())))
    return whole if len(_ALIEN.findall(fixed)) > len(_ALIEN.findall(whole)) else fixed


@cache
def _ftfy_config() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    # Only decoding: none of ftfy's other fixes (quotes, ligatures, widths, HTML entities, NFC) may touch a researcher's text.
    return TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False,
        fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None, explain=False,
    )  # fmt: skip
