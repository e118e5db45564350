"""Decide which spellings of the tables count where they stand: words around them, the document, the outlet."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Self

from bot.analysis.name_words import name_words
from bot.analysis.tables import Row, Rule, Tables
from bot.model.analysis import ActorId
from bot.model.spans import Span

Meaning = tuple[ActorId, str]
"""Whom a spelling means, and the field of the tables that it stands in."""

_TESTED_LATER: Final = frozenset({"country", "near", "defined"})
_NAMED: Final = ("territory/", "region/", "us-state/", "city/", "country/", "company/")
_WORD_AFTER: Final = re.compile(r" ([^\s,;]+)")
_WORD_BEFORE: Final = re.compile(r"(\S+) $")
_NEXT_WORD: Final = re.compile(r" ([A-ZÀ-Þ][\w'’.-]*)")
_LAST_WORD: Final = re.compile(r"([A-ZÀ-Þ][\w'’.-]*) $")
_SENTENCE_START: Final = re.compile(r"(?:^|[\n.!?:•]\s*[\"'“”(]*|[\"“])$")
_BESIDE: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "officials", "state", "city", "county", "province", "region", "greater"}
)
"""Words that may touch a name in capitals without belonging to it, besides the plain ones."""

_SMALL_WORDS: Final = 4  # letters; shorter words are often lower case in Title Case headlines
_SHORT_HEADLINE: Final = 3  # words
_LONGEST_HEADLINE: Final = 200  # characters
_CLOSE_BY: Final = 2_000  # characters


@dataclass(frozen=True, slots=True)
class Page:
    """One text with the starts of its lines, and which of them are headlines in capitals or in Title Case."""

    text: str
    lines: tuple[int, ...]
    capitals: frozenset[int]
    title_case: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Self:
        """Index the lines of *text*."""
        lines = text.split("\n")
        starts = tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
        capitals = frozenset(number for number, line in enumerate(lines) if _is_in_capitals(line))
        return cls(
            text, starts, capitals, frozenset(number for number, line in enumerate(lines) if _is_in_title_case(line))
        )

    def _number(self, at: int) -> int:
        return bisect_right(self.lines, at) - 1

    def around(self, at: int) -> str:
        """Return the line that *at* lies in, of a long one the stretch around *at*."""
        number = self._number(at)
        end = self.lines[number + 1] if number + 1 < len(self.lines) else len(self.text)
        return self.text[max(self.lines[number], at - _CLOSE_BY) : min(end, at + _CLOSE_BY)]

    def in_capitals(self, at: int) -> bool:
        """Tell whether the line of *at* is written in capitals throughout."""
        return self._number(at) in self.capitals

    def in_title_case(self, at: int) -> bool:
        """Tell whether the line of *at* is a headline whose words all begin with capitals."""
        return self._number(at) in self.title_case


def _is_in_capitals(line: str) -> bool:
    return line.isupper() and len(line.split(maxsplit=2)) > 2


def _is_in_title_case(line: str) -> bool:
    if len(line) > _LONGEST_HEADLINE or line.rstrip().endswith("."):
        return False
    words = [word for word in line.split() if len(word) > _SMALL_WORDS and word[0].isalpha()]
    return len(words) >= _SHORT_HEADLINE and all(word[0].isupper() for word in words)


@dataclass(frozen=True, slots=True)
class Found:
    """A spelling in a text before any test; ``page`` numbers the text, ``meanings`` are likeliest first."""

    page: int
    span: Span
    meanings: tuple[Meaning, ...]
    rule: Rule | None


class Neighbours:
    """Words that make a place or a company beside them a part of a longer name: "University of", "Street", "Bulls"."""

    def __init__(self, tables: Tables) -> None:
        part = tables.part_of_name
        self._after = _grouped(part.get("after", frozenset()) | part.get("teams", frozenset()), 0)
        self._before = _grouped(part.get("before", frozenset()), -1)

    def lengthen(self, text: str, span: Span) -> bool:
        """Tell whether a word beside *span* belongs to the same name."""
        after = _WORD_AFTER.match(text, span.end)
        if after and _starts_with(text[span.end : span.end + 30], self._after.get(after[1], ())):
            return True
        before = _WORD_BEFORE.search(text, max(0, span.start - 15), span.start)
        if before is None:
            return False
        return _ends_with(text[max(0, span.start - 30) : span.start], self._before.get(before[1], ()))


def _grouped(phrases: Iterable[str], at: int) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for phrase in phrases:
        groups.setdefault(phrase.split()[at], []).append(phrase)
    return groups


def settle(
    pages: Sequence[Page],
    found: Iterable[Found],
    *,
    tables: Tables,
    neighbours: Neighbours,
    outlet: ActorId | None,
) -> list[tuple[Found, Meaning]]:
    """Return the spellings that count, each with what it means there, in the order given.

    First those that words around them decide, then, with these known, those that the whole document decides.
    *outlet* is the country that decides where the document names none.
    """
    candidates = [match for match in found if _fits(match, pages[match.page].text, neighbours)]
    touching = {(match.page, edge) for match in candidates for edge in (match.span.start, match.span.end)}
    sure = [match for match in candidates if _is_sure(match, pages[match.page], tables, touching)]
    document = _Document.of(pages, sure, tables.rows, outlet)
    accepted = {id(match): match.meanings[0] for match in sure}
    for match in candidates:
        if id(match) not in accepted and (meaning := document.meaning(match)) is not None:
            accepted[id(match)] = meaning
    return [(match, accepted[id(match)]) for match in candidates if id(match) in accepted]


def _fits(match: Found, text: str, neighbours: Neighbours) -> bool:
    """Tell whether no neighbouring word forbids the spelling: a longer name, a word of its rule."""
    rule = match.rule
    if rule is not None:
        if rule.kind == "never":
            return False
        if _starts_with(text[match.span.end : match.span.end + 40], rule.not_before):
            return False
        if _ends_with(text[max(0, match.span.start - 40) : match.span.start], rule.not_after):
            return False
    actor, form = match.meanings[0]
    may_be_part = actor.startswith(_NAMED) and form in {"name", "aliases"}
    return not (may_be_part and neighbours.lengthen(text, match.span))


def _starts_with(after: str, words: Iterable[str]) -> bool:
    return any(
        after.startswith((" " + word, word) if word[0] == "-" else " " + word)
        and not after[len(word) + (word[0] != "-") :][:1].isalnum()
        for word in words
    )


def _ends_with(before: str, words: Iterable[str]) -> bool:
    return any(before.endswith(word + " ") and not before[: -len(word) - 1][-1:].isalnum() for word in words)


def _is_sure(match: Found, page: Page, tables: Tables, touching: set[tuple[int, int]]) -> bool:
    kind = match.rule.kind if match.rule else "default"
    start = match.span.start
    if kind == "not-in-name":
        return not page.in_title_case(start) and _is_apart(match, page, tables, touching)
    if kind == "the":
        return page.text[max(0, start - 4) : start].lower() == "the "
    if kind == "not-first":
        return _SENTENCE_START.search(page.text[max(0, start - 6) : start]) is None
    return kind not in _TESTED_LATER


def _is_apart(match: Found, page: Page, tables: Tables, touching: set[tuple[int, int]]) -> bool:
    """Tell whether no capitalised word touches the spelling that is neither a title nor another hit."""
    after = _NEXT_WORD.match(page.text, match.span.end)
    if after and (match.page, after.start(1)) not in touching and not _is_harmless(after[1], tables):
        return False
    before = _LAST_WORD.search(page.text, max(0, match.span.start - 30), match.span.start)
    return before is None or (match.page, before.end(1)) in touching or _is_harmless(before[1], tables)


def _is_harmless(word: str, tables: Tables) -> bool:
    bare = word.lower().removesuffix("'s").removesuffix("’s").rstrip(".")
    return bare in name_words().plain or bare in _BESIDE or bare in tables.titles or f"{bare}." in tables.titles


@dataclass(frozen=True, slots=True)
class _Document:
    """What the sure spellings of a document say."""

    pages: Sequence[Page]
    rows: Mapping[ActorId, Row]
    actors: frozenset[ActorId]
    countries: Counter[ActorId]
    outlet: ActorId | None

    @classmethod
    def of(
        cls, pages: Sequence[Page], sure: Iterable[Found], rows: Mapping[ActorId, Row], outlet: ActorId | None
    ) -> Self:
        actors = [match.meanings[0][0] for match in sure]
        countries = Counter(country for actor in actors if (country := _country(actor, rows)) is not None)
        return cls(pages, rows, frozenset(actors), countries, outlet)

    def meaning(self, match: Found) -> Meaning | None:
        """Return what an undecided spelling means, or None where it does not count."""
        rule = match.rule
        if rule is None:
            return None
        if rule.kind == "near":
            page = self.pages[match.page]
            around = page.around(match.span.start) + self.pages[0].around(0)
            return match.meanings[0] if any(word in around for word in rule.near) else None
        if rule.kind == "country":
            return self._by_country(match)
        return next((meaning for meaning in match.meanings if meaning[0] in self.actors), None)

    def _by_country(self, match: Found) -> Meaning | None:
        """Choose the candidate whose country the document names most, else that of the outlet's country."""
        named = [
            (self.countries[country], meaning)
            for meaning in match.meanings
            if (country := _country(meaning[0], self.rows))
        ]
        most = max((count for count, _ in named), default=0)
        if most:
            return next(meaning for count, meaning in named if count == most)
        return next(
            (meaning for meaning in match.meanings if self.outlet and _country(meaning[0], self.rows) == self.outlet),
            None,
        )


def _country(actor: ActorId, rows: Mapping[ActorId, Row]) -> ActorId | None:
    row = rows.get(actor)
    if row is not None:
        return row.country
    return None
