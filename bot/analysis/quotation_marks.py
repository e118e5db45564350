"""Pair quotation marks: which stretches of a text stand between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.spans import Span

_MARK: Final = re.compile(r"[“”„‟\"«»]|''|``")
_OPENERS: Final = frozenset("“„«") | {"``"}
_CLOSERS: Final = frozenset("”»")
_BEFORE_OPENER: Final = frozenset("([—–-‘'“/…")
_NOT_BEFORE_OPENER: Final = frozenset(".,?!")
_LONGEST_UNCLOSED: Final = 1200  # characters; beyond that a lost mark is likelier than a speech
_NICKNAME_BEFORE: Final = re.compile(r"[A-Z][\w.]+ $")
_NICKNAME_AFTER: Final = re.compile(r" [A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch between quotation marks.

    ``outer`` covers the marks, ``inner`` does not. Where ``goes_on``, no mark closes it because the next paragraph
    opens with one: the same voice is still speaking.
    """

    outer: Span
    inner: Span
    goes_on: bool = False


def pair_marks(text: str, paragraphs: Sequence[Span]) -> tuple[Quoted, ...]:
    """Return the quoted stretches of *text* in order; none crosses a border of *paragraphs*, none overlaps another.

    Curly marks say themselves whether they open; a straight one opens after a space or a bracket. A mark inside an
    open stretch is nested and yields nothing of its own. A stretch that nothing closes runs to the end of its
    paragraph if the next one opens with a mark, or if it follows a comma, a colon or the paragraph's start.
    Nicknames inside a name, and marks around nothing, are left out. Linear in the text.
    """
    found: list[Quoted] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        opens_next = following is not None and _MARK.match(text, following.start) is not None
        found.extend(_pair_in(text, paragraph, opens_next=opens_next))
    return tuple(quoted for quoted in found if _has_words(text, quoted) and not _is_nickname(text, quoted))


def _pair_in(text: str, paragraph: Span, *, opens_next: bool) -> Iterator[Quoted]:
    opener: re.Match[str] | None = None
    depth = 0
    for mark in _MARK.finditer(text, paragraph.start, paragraph.end):
        if opener is None:
            if _opens(text, mark, paragraph):
                opener, depth = mark, 0
        elif mark.group() in _OPENERS:
            depth += 1
        elif depth and mark.group() in _CLOSERS:
            depth -= 1
        else:
            yield _stretch(opener, mark.start(), mark.end())
            opener = None
    if opener is not None and (last := _unclosed(text, opener, paragraph, opens_next=opens_next)):
        yield last


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    if mark.group() in _OPENERS or (mark.group() in _CLOSERS and mark.start() > paragraph.start):
        return mark.group() in _OPENERS
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if after.isspace():
        return False
    return before.isspace() or before in _BEFORE_OPENER or not (before.isalnum() or before in _NOT_BEFORE_OPENER)


def _stray(opener: re.Match[str], mark: re.Match[str], paragraph: Span) -> bool:
    """Tell whether a curly closer cannot belong to a straight mark at the paragraph's start."""
    return mark.group() in _CLOSERS and opener.group() not in _OPENERS and opener.start() == paragraph.start


def _stretch(opener: re.Match[str], inner_end: int, outer_end: int) -> Quoted:
    return Quoted(Span(opener.start(), outer_end), Span(opener.end(), max(opener.end(), inner_end)))


def _unclosed(text: str, opener: re.Match[str], paragraph: Span, *, opens_next: bool) -> Quoted | None:
    start, end = opener.start(), paragraph.end
    if opens_next:
        return Quoted(Span(start, end), Span(opener.end(), end), goes_on=True)
    introduced = start == paragraph.start or text[start - 2 : start - 1] in {",", ":"}
    return _stretch(opener, end, end) if introduced and end - start < _LONGEST_UNCLOSED else None


def _has_words(text: str, quoted: Quoted) -> bool:
    return any(character.isalnum() for character in quoted.inner.of(text))


def _is_nickname(text: str, quoted: Quoted) -> bool:
    """Tell whether the stretch is a nickname: Marit “Mo” Oskane."""
    words = quoted.inner.of(text)
    if len(words.split()) > 2 or not words[-1:].isalpha() or not words[:1].isupper():
        return False
    before = text[max(0, quoted.outer.start - 14) : quoted.outer.start]
    return bool(_NICKNAME_BEFORE.search(before) and _NICKNAME_AFTER.match(text, quoted.outer.end))
