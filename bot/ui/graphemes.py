"""Cut text where a reader would: between what looks like one character, better between words."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

ZWNJ: Final = "\u200c"
ZWJ: Final = "\u200d"
_JOINING: Final = frozenset({"Mn", "Me", "Mc"})
# A shortened text gives up at most this share of its room to end with a whole word.
_WORD_SHARE: Final = 1 / 3


def graphemes(text: str) -> Iterator[str]:
    """Yield what readers take for single characters: letters with their marks, joined emoji, flags.

    The pieces joined are *text* again. An approximation of Unicode's UAX 29 that needs no tables of its own.
    """
    start = flags = 0
    for at, here in enumerate(text):
        flags = flags + 1 if _is_flag_letter(here) else 0
        if at and not _continues(text[at - 1], here, flags):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def shortened(units: Sequence[str], limit: int) -> str:
    """Join *units*, none of them broken, to at most *limit* characters; a text that was cut ends with ``…``.

    The cut falls after a whole word where that costs less than a third of the room.
    """
    if sum(map(len, units)) <= limit:
        return "".join(units)
    kept, room = 0, limit - 1
    while kept < len(units) and len(units[kept]) <= room:
        room -= len(units[kept])
        kept += 1
    words = "".join(units[:kept])
    space = words.rfind(" ")
    if kept < len(units) and units[kept] != " " and space >= len(words) * (1 - _WORD_SHARE):
        words = words[:space]
    return f"{words.rstrip()}…"[: max(limit, 0)]


def cut(text: str, limit: int) -> str:
    """Return *text* with at most *limit* characters, see :func:`shortened`."""
    return text if len(text) <= limit else shortened(tuple(graphemes(text)), limit)


def _continues(before: str, here: str, flags: int) -> bool:
    """Tell whether *here* belongs to the character before; *flags* counts the flag letters up to it."""
    return (
        before == ZWJ
        or here in {ZWJ, ZWNJ}
        or unicodedata.category(here) in _JOINING
        or "\U0001f3fb" <= here <= "\U0001f3ff"
        or (flags > 0 and flags % 2 == 0)
    )


def _is_flag_letter(here: str) -> bool:
    return "\U0001f1e6" <= here <= "\U0001f1ff"
