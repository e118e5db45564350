"""What of a stranger's text a reader may get to see: one line, no invisible characters, no pings.

This is the first half of making text safe and changes characters; :mod:`bot.ui.safe_text` is the second half and
only adds backslashes, so that what is shown is exactly what this module returns.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.ui.graphemes import ZWJ, ZWNJ
from bot.ui.hosts import ascii_host

MOST_MARKS: Final = 4
"""Marks over one letter that real writing needs; more is decoration that runs over the lines around it."""

_DROPPED: Final = frozenset({"Cc", "Cs", "Co"})
# Numerals and marks of Arabic, Syriac and Kaithi that Unicode counts as format characters though they are drawn.
_DRAWN_FORMATS: Final = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
# Characters of other categories that show nothing: a joiner of graphemes, fillers, vowels without a form.
_UNSEEN: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5")
# Letters and symbols that look like a space.
_BLANKS: Final = str.maketrans("\u2800\u3164\uffa0", "   ")
_ASCII_CONTROLS: Final = {code: None for code in (*range(32), 127) if not chr(code).isspace()}
_TEXT_OR_EMOJI: Final = frozenset("\ufe0e\ufe0f")
_EMOJI_BASE: Final = frozenset({"So", "Sm", "Nd", "Po", "Pd"})
# Joiners between letters shape words from Arabic onwards; between Latin, Greek and Cyrillic they only hide.
_FIRST_JOINED: Final = "\u0600"

# Each text is asked for several times: to write it, to compare what is seen of it, to audit the message.
_KEPT: Final = 1024

# Whatever follows: where a word ends is another question for each client.
_PING: Final = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_HOST: Final = re.compile(
    r"((?:[a-z][a-z0-9+.\-]{1,30}:/{1,2}|www\.)(?:[^\s/?#@＠]*[@＠])?)([^\s/?#@＠:\\]+)", re.IGNORECASE
)


@lru_cache(maxsize=_KEPT)
def plain(text: str) -> str:
    """Return *text* as one line of characters that a reader sees, in Unicode's composed form (NFC).

    White space becomes single spaces. Control, bidirectional, zero-width, tag and private characters are dropped,
    joiners kept where they shape a word or an emoji, marks kept up to :data:`MOST_MARKS`. The ``@`` of ``@everyone``
    and ``@here`` becomes its full-width twin, and a host of an address its ASCII form. Never raises.
    """
    line = " ".join((text.translate(_ASCII_CONTROLS) if text.isascii() else _composed(text)).split())
    return _PING.sub("＠", _HOST.sub(lambda match: match[1] + ascii_host(match[2]), line))


def _composed(text: str) -> str:
    composed = _few_marks(unicodedata.normalize("NFC", _seen(text.translate(_BLANKS))))
    return _seen(composed)  # again: a joiner may have lost what it joined


def _seen(text: str) -> str:
    return "".join(here for at, here in enumerate(text) if _is_seen(text, at))


def _is_seen(text: str, at: int) -> bool:
    here = text[at]
    if here.isascii():
        return here.isprintable() or here.isspace()
    if here in {ZWJ, ZWNJ}:
        return 0 < at < len(text) - 1 and _is_joined(text[at - 1]) and _is_joined(text[at + 1])
    if here in _TEXT_OR_EMOJI:
        return at > 0 and unicodedata.category(text[at - 1]) in _EMOJI_BASE
    if here in _UNSEEN or _is_noncharacter(here) or "\U000e0000" <= here <= "\U000e0fff":
        return False
    category = unicodedata.category(here)
    return here in _DRAWN_FORMATS or here.isspace() or (category != "Cf" and category not in _DROPPED)


def _is_joined(here: str) -> bool:
    """Tell whether a joiner beside *here* does something."""
    category = unicodedata.category(here)
    return here in _TEXT_OR_EMOJI or category in {"So", "Sk"} or (category[0] in "LM" and here >= _FIRST_JOINED)


def _is_noncharacter(here: str) -> bool:
    return ord(here) & 0xFFFE == 0xFFFE or "\ufdd0" <= here <= "\ufdef"


def _few_marks(text: str) -> str:
    """Drop marks that stand on nothing, and those over :data:`MOST_MARKS` on one character."""
    kept: list[str] = []
    marks = MOST_MARKS
    for here in text:
        if unicodedata.category(here) in {"Mn", "Me"} and here not in _TEXT_OR_EMOJI:
            marks += 1
            if marks > MOST_MARKS:
                continue
        else:
            marks = MOST_MARKS if here.isspace() else 0
        kept.append(here)
    return "".join(kept)
