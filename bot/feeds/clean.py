"""Make a source's text fit to be stored and quoted: only cuts, never other words."""

import re
from dataclasses import dataclass
from typing import Final

from bot.feeds.blocks import is_bullet, mark_bullets, unwrap, without_cut_off, without_repeats
from bot.feeds.boilerplate import ANYWHERE, DATELINE, HEAD, OFFER, TAIL, WHOLE_LINE
from bot.feeds.characters import repair
from bot.text.html import to_text

_MARKUP: Final = re.compile(r"</?(?:a|b|i|em|strong|span|br|p|sup|sub|u|font|h[1-6])\b[^<>]{0,500}>", re.IGNORECASE)
_LONGEST_TITLE: Final = 500  # characters
_HEADED: Final = 3  # first lines that may carry a credit, a stamp or a dateline
_MOST_ROUNDS: Final = 12
_SHORTEST_PHRASE: Final = 4  # characters
_LONGEST_WHOLE: Final = 500
_LONGEST_TAIL: Final = 700


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Clean text; ``truncated`` says that the source had cut its end (or a bullet) off and the piece was dropped."""

    text: str
    truncated: bool = False


def clean(text: str) -> Cleaned:
    """Return *text* (plain, one block a line) as it is stored: paragraphs apart by a blank line, items as “• …”.

    Characters are repaired; boilerplate, credits, datelines, repeated blocks, stray “None ” after bullets and
    cut-off pieces are cut; nothing is added and no word replaced. A text that is one cut-off piece alone is kept, one
    that is all boilerplate leaves nothing. Cleaning a clean text changes nothing; any string is accepted; cost is
    linear.
    """
    lines = _without_boilerplate(mark_bullets(unwrap(repair(text))))
    truncated = False
    for _ in range(_MOST_ROUNDS):
        before = lines
        lines = _without_heads(without_repeats(lines))
        lines, cut = without_cut_off(lines)
        # What was last now may be boilerplate that an ellipsis or a cut-off piece had covered.
        lines = [*lines[:-1], *filter(None, map(_without_tail, lines[-1:]))]
        truncated = truncated or cut
        if lines == before:
            break
    return Cleaned(_paragraphs(lines), truncated)


def clean_title(title: str) -> str:
    """Return *title* on one line with its characters repaired and markup dropped, as published otherwise.

    Titles of more than 500 characters end at the last word before.
    """
    if _MARKUP.search(title):
        title = to_text(title)
    line = " ".join(repair(title).split())
    if len(line) > _LONGEST_TITLE:
        line = line[:_LONGEST_TITLE].rsplit(" ", 1)[0]
    return line


def _without_boilerplate(lines: list[str]) -> list[str]:
    known = {line: _without_phrases(line) for line in set(lines)}
    return mark_bullets([known[line] for line in lines if known[line]])


def _without_phrases(line: str) -> str:
    """Cut from *line* what is no news; empty where all of it is none."""
    if len(line) < _SHORTEST_PHRASE:
        return line
    return _without_tail(OFFER.sub("", ANYWHERE.sub("", line)).strip())


def _without_tail(line: str) -> str:
    """Cut what follows the last sentence of *line*, until nothing more can be cut."""
    start = max(0, len(line) - _LONGEST_TAIL)
    tail, before = line[start:], ""
    while tail != before:
        before = tail
        tail = TAIL.sub("", tail).rstrip()
    line = line[:start] + tail if len(tail) < len(line) - start else line
    return "" if len(line) <= _LONGEST_WHOLE and WHOLE_LINE.fullmatch(line) else line


def _without_heads(lines: list[str]) -> list[str]:
    heads = [_headless(line) for line in lines[:_HEADED]]
    kept = [head for head in heads if head] + lines[_HEADED:]
    return kept or lines


def _headless(line: str) -> str:
    """Cut credit, stamp and dateline before the first sentence of *line*."""
    if is_bullet(line):
        return line
    head = HEAD.match(line)
    line = line[head.end() :] if head else line
    dateline = DATELINE.match(line)
    if dateline is None or not _is_place(dateline):
        return line
    return line[dateline.end() :]


def _is_place(dateline: re.Match[str]) -> bool:
    """Tell whether a dateline's first words can be a place: written in capitals, or with an agency after it."""
    place = dateline["place"].split(",")[0]
    if dateline["agency"]:
        return place[0].isupper()
    if dateline["colon"]:
        return place.isupper() and " " in place
    return place.isupper() and len(place) > 2


def _paragraphs(lines: list[str]) -> str:
    parts: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if before:
            parts.append("\n" if is_bullet(before) and is_bullet(line) else "\n\n")
        parts.append(line)
    return "".join(parts)
