"""Repair the characters of a source's text: encoding, references, line ends, invisible signs, spaces."""

import re
import unicodedata
from typing import Final

import ftfy
from ftfy import fixes
from ftfy.badness import is_bad

from bot.text.html import decode_entities

_LINE_ENDS: Final = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Format characters (zero-width, direction, soft hyphen), controls, lone surrogates, private use: none is text.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue000-\uf8ff"
    "\ufeff\ufff9-\ufffc\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_REFERENCE: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES: Final = re.compile(r"[^\S\n]+")
# A link that was taken out leaves its spaces: "the board , he said", “ trespassers ”.
_STRAY_SPACE: Final = re.compile(r" +(?=[,.;:](?:\s|\Z)|’s\b|”)|(?<=“) +")
_C1: Final = re.compile(r"[\x80-\x9f]")
_DEEPEST: Final = 4


def repair(text: str) -> str:
    """Return *text* with its characters repaired and no word changed, newlines kept.

    Mojibake is undone, character references are decoded, the rest is composed (NFC); invisible characters and
    the spaces that a removed link leaves before a comma are cut; every run of spaces becomes one. Repairing twice
    changes nothing; any string is accepted; cost is linear.
    """
    for _ in range(_DEEPEST):
        before = text
        text = _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    if not text.isascii() and (is_bad(text) or _C1.search(text)):
        text = "\n".join(map(_reencoded, text.split("\n")))
    if "&" in text:
        text = _REFERENCE.sub(lambda reference: decode_entities(reference[0]), text)
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _STRAY_SPACE.sub("", text)


def _reencoded(line: str) -> str:
    if line.isascii():
        return line
    return fixes.fix_c1_controls(ftfy.fix_encoding(line)) if _C1.search(line) else ftfy.fix_encoding(line)
