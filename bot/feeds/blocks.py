"""Decide over the blocks of a text: wrapped lines, bullets, repeats, pieces that were cut off."""

import re
from itertools import pairwise
from typing import Final

from bot.text.sentences import pieces

_SIGNS: Final = "•▪◦‣●⁃∙○■➤►"
_BULLET: Final = re.compile(rf"[{_SIGNS}]\s*")
_DASH: Final = re.compile(r"[*–—·-]\s+")
# The dirt stands before the bullet's real start, so a capital or a sign follows; "None of them" is English.
_NONE: Final = re.compile(r"(?:None\s+)+(?=[^\Wa-z_]|[“\"‘'$£€])")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_ENDED: Final = re.compile(r"[.!?][\"”’'»)\]]*\Z|(?:…|\.\.\.)[\"”’'»]\Z")
_ELLIPSIS: Final = re.compile(r"\s*(?:\[(?:…|\.{3,})\]|\((?:…|\.{3,}|more)\)|…|\.{3,})\Z")
_NARROWEST: Final = 40  # characters; nobody wraps lines further in
_WIDEST: Final = 120  # nor further out
_A_HABIT: Final = 3  # wrapped lines; fewer are an accident
_NEARLY_ALL: Final = 0.9
_SHORTEST_REPEAT: Final = 25  # characters, letters and digits only: "Yes." may well be said twice
_LONGEST_REPEAT: Final = 20_000
_SHORTEST_PREFIX: Final = 40
_LONGEST_RESIDUE: Final = 3  # lines without end mark at the end; more are a table or a list, not a cut
_LAST_LOOKED_AT: Final = 4000  # characters of a last line in which its last sentence is sought


def unwrap(text: str) -> list[str]:
    """Return the lines of *text*, stripped, none empty; lines that a mail or a terminal had wrapped are joined again.

    Lines were wrapped where nearly every one is too long to have taken the next one's first word in.
    """
    groups = [group for group in (_stripped(part) for part in re.split(r"\n\s*\n", text)) if group]
    width = max((len(line) for group in groups if len(group) > 1 for line in group), default=0)
    if _NARROWEST <= width <= _WIDEST:
        pairs = [(a, b) for group in groups for a, b in pairwise(group) if not is_bullet(b)]
        wrapped = sum(_is_wrapped(a, b, width) for a, b in pairs)
        if wrapped >= _A_HABIT and wrapped >= _NEARLY_ALL * len(pairs):
            return [line for group in groups for line in _joined(group, width)]
    return [line for group in groups for line in group]


def is_bullet(line: str) -> bool:
    """Tell whether *line* starts with a bullet sign."""
    return line[:1] in _SIGNS and bool(line)


def mark_bullets(lines: list[str]) -> list[str]:
    """Return *lines* with every list item as “• text” and stray “None ” after a bullet cut.

    Dashes and stars count as bullets only where at least two lines start so.
    """
    dashes = sum(_DASH.match(line) is not None for line in lines) > 1
    marked = []
    for line in lines:
        sign = _BULLET.match(line) if is_bullet(line) else _DASH.match(line) if dashes else None
        if sign is None:
            marked.append(line)
            continue
        rest = line[sign.end() :]
        none = _NONE.match(rest)
        rest = rest[none.end() :] if none else rest
        if rest and rest != "None":
            marked.append(f"• {rest}")
    return marked


def without_repeats(lines: list[str]) -> list[str]:
    """Return *lines* without those that say again what an earlier one said, or that only begin the next one."""
    keys = [_key(line) for line in lines]
    if not any(keys):
        return lines
    seen: set[str] = set()
    kept = []
    for number, (line, key) in enumerate(zip(lines, keys, strict=True)):
        following = keys[number + 1] if number + 1 < len(keys) else ""
        begins_next = len(key) >= _SHORTEST_PREFIX and len(following) > len(key) and following.startswith(key)
        if begins_next or (len(key) >= _SHORTEST_REPEAT and key in seen):
            continue
        seen.add(key)
        kept.append(line)
    return kept


def without_cut_off(lines: list[str]) -> tuple[list[str], bool]:
    """Return *lines* without pieces that the source cut off, and whether there were any.

    These are: a bullet without end mark in a list that mostly has them; what an ellipsis at the very end leaves
    unfinished; an unfinished end after finished sentences. What would leave nothing is kept.
    """
    kept = _whole_bullets(lines)
    cut = len(kept) < len(lines)
    ended = _without_ellipsis(kept)
    ended = _without_residue(ended)
    if not ended:
        return lines, False
    return ended, cut or ended != kept


def _stripped(part: str) -> list[str]:
    return [line for line in map(str.strip, part.split("\n")) if line]


def _is_wrapped(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _joined(group: list[str], width: int) -> list[str]:
    lines = group[:1]
    for before, line in pairwise(group):
        if not is_bullet(line) and _is_wrapped(before, line, width):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _key(line: str) -> str:
    if not _SHORTEST_REPEAT <= len(line) <= _LONGEST_REPEAT:
        return ""
    return _NO_LETTER.sub("", line.removeprefix("• ").removeprefix("None ")).casefold()


def _is_ended(line: str) -> bool:
    return not line[-1:].isalnum() and _ENDED.search(line[-12:]) is not None


def _whole_bullets(lines: list[str]) -> list[str]:
    if not any(map(is_bullet, lines)):
        return lines
    kept: list[str] = []
    items: list[str] = []
    for line in [*lines, ""]:
        if line.startswith("• "):
            items.append(line)
            continue
        ended = [item for item in items if _is_ended(item)]
        kept += ended if 2 * len(ended) >= len(items) > 1 else items
        items = []
        if line:
            kept.append(line)
    return kept


def _without_ellipsis(lines: list[str]) -> list[str]:
    """Cut the sign of a cut at the very end, with the sentence that it broke off."""
    if not lines or (sign := _ELLIPSIS.search(lines[-1][-40:])) is None:
        return lines
    last = lines[-1][: len(lines[-1]) - len(sign[0])].rstrip()
    if not last.removeprefix("•").strip():
        return lines[:-1]
    return [*lines[:-1], last]


def _without_residue(lines: list[str]) -> list[str]:
    ended = [number for number, line in enumerate(lines) if _is_ended(line)]
    if not lines or _is_ended(lines[-1]) or lines[-1].startswith("• "):
        return lines
    start = max(len(lines[-1]) - _LAST_LOOKED_AT, 0)
    inside = pieces(lines[-1][start:])
    if len(inside) > 1:
        return [*lines[:-1], lines[-1][: start + inside[-1].start].rstrip()]
    if ended and len(lines) - 1 - ended[-1] <= _LONGEST_RESIDUE:
        return lines[: ended[-1] + 1]
    return lines
