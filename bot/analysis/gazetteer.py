"""Find the names that the tables know in a text; longest match, with a test for ambiguous spellings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Self

from bot.analysis.gazetteer_index import WORD, Index, Spelling, body_of, organ
from bot.analysis.gazetteer_rules import Found, Neighbours, Page, settle
from bot.analysis.tables import Tables, Title, load_tables
from bot.model.analysis import Actor, ActorId
from bot.model.spans import Span

_STRAIGHT: Final = str.maketrans("’‘\u00a0", "'' ")
_PARTICIPLE: Final = re.compile(
    r"-(?:allied|appointed|backed|based|born|brokered|built|controlled|educated|funded|held|installed|led|made"
    r"|mediated|occupied|owned|registered|run|sponsored|supplied|supported)\b"
)
_CITY_BEFORE: Final = re.compile(r"[A-Z][\w.'-]+, $")
_PARTY_BEFORE: Final = re.compile(r"\b[DRI]-$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text.

    ``form`` is the field of the tables that it stands in: ``name``, ``aliases``, ``context`` and ``abbreviations`` are
    names; ``adjective``, ``person``, ``people`` and ``members`` only lead to the actor.
    """

    span: Span
    actor: ActorId
    form: str = "name"

    @property
    def is_name(self) -> bool:
        """Tell whether the text calls the actor itself by name."""
        return self.form in {"name", "aliases", "context", "abbreviations"}


class Gazetteer:
    """Every name that the bot knows before it reads anything. Immutable once loaded."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._index = Index(tables)
        self._neighbours = Neighbours(tables)
        self._isos = {row.iso: row.actor.id for row in tables.rows.values() if row.iso and row.table == "country"}

    @classmethod
    def load(cls, extra: Iterable[Path] = ()) -> Self:
        """Load the bot's own tables and those in the *extra* folders; takes about a quarter of a second.

        Raises:
            ConfigError: an extra file cannot be read, has an unknown table, or repeats an id.
        """
        return cls(load_tables(extra))

    @property
    def digest(self) -> str:
        """Return a hash of the tables, so that an edited one shows."""
        return self._tables.digest

    @property
    def titles(self) -> Mapping[str, Title]:
        """Return the role nouns by their lower-case form."""
        return self._tables.titles

    @property
    def nicknames(self) -> Mapping[str, set[str]]:
        """Return, for a lower-case given name, the other forms of it; both ways."""
        return self._tables.nicknames

    @property
    def genders(self) -> Mapping[str, str]:
        """Return ``m``, ``f`` or ``u`` (either) by lower-case given name."""
        return self._tables.genders

    @property
    def teams(self) -> frozenset[str]:
        """Return the names of teams that make a city before them a part of theirs."""
        return self._tables.part_of_name.get("teams", frozenset())

    @property
    def blocked(self) -> set[str]:
        """Return the strings that are no actor and no place by themselves."""
        return self._tables.blocked

    def actor(self, identity: ActorId) -> Actor | None:
        """Return the actor of that id, or None where no table has it."""
        row = self._tables.rows.get(identity)
        return row.actor if row else organ(self._tables, identity)

    def actors(self) -> Iterator[Actor]:
        """Yield every actor of the tables, the bodies that every country has left out."""
        return (row.actor for row in self._tables.rows.values())

    def country_of(self, iso: str | None) -> ActorId | None:
        """Return the country with this ISO 3166 alpha-2 code, or None."""
        return self._isos.get(iso.upper()) if iso else None

    def outlet_country(self, outlet: str) -> str | None:
        """Return the ISO code of the country in which the outlet of that name is at home; None where no table says."""
        hits = (self._tables.rows.get(hit.actor) for hit in self.find(outlet))
        row = next((row for row in hits if row is not None and row.table == "media"), None)
        home = self._tables.rows.get(row.country) if row is not None and row.country is not None else None
        return home.iso if home is not None else None

    def find(self, text: str, *, outlet_country: str | None = None) -> tuple[Hit, ...]:
        """Return the known names in *text*, in order, never overlapping, never crossing a line.

        *outlet_country* is the ISO code of the outlet's country; it decides about spellings such as "Senate" where
        the text names no country. Cost is linear in the text.
        """
        return self.scan((text,), outlet_country=outlet_country)[0]

    def scan(self, texts: tuple[str, ...], *, outlet_country: str | None = None) -> tuple[tuple[Hit, ...], ...]:
        """Return the known names of each text of one document, its title first.

        What one text says helps to read the others. Promises of order and borders as in :meth:`find`.
        """
        pages = tuple(Page.of(text.translate(_STRAIGHT)) for text in texts)
        found = [match for number, page in enumerate(pages) for match in self._matches(page, number)]
        outlet = self.country_of(outlet_country)
        kept = settle(pages, found, tables=self._tables, neighbours=self._neighbours, outlet=outlet)
        results: list[list[Hit]] = [[] for _ in texts]
        for match, (actor, form) in kept:
            results[match.page].append(Hit(match.span, actor, form))
        return tuple(tuple(hits) for hits in results)

    def _matches(self, page: Page, number: int) -> list[Found]:
        matches: list[Found] = []
        end = 0
        text, index = page.text, self._index
        for word in WORD.finditer(text):
            start = word.start()
            if start < end or word[0] not in index:
                continue
            found = self._longest(text, start, index.starting_with(word[0]))
            if found is None or page.in_capitals(start):
                continue
            end = found.span.end
            if found.meanings:
                matches.append(replace(found, page=number))
        edges = {edge for match in matches for edge in (match.span.start, match.span.end)}
        return [match for match in matches if _partners_match(text, match.span, edges)]

    def _longest(self, text: str, start: int, spellings: list[Spelling]) -> Found | None:
        """Return the longest name that starts at *start*; a row's own spelling wins over a pattern of equal length."""
        here = [one for one in spellings if text.startswith(one.text, start) and _starts_whole(text, start, one)]
        spelling = next((one for one in here if _counts_at(text, start, one)), None)
        end = start + len(spelling.text) if spelling else start
        for one in here:
            if one.country and (body := self._index.body(text, start + len(one.text))) is not None:
                span = Span(start, start + len(one.text) + len(body[1]))
                if span.end > end:
                    return Found(0, span, ((body_of(one.country, body[0]), "name"),), None)
        if spelling is None:
            return None
        return Found(0, Span(start - 4 if spelling.articles else start, end), spelling.meanings, spelling.rule)


def _counts_at(text: str, start: int, spelling: Spelling) -> bool:
    if spelling.articles and not text[max(0, start - 4) : start].startswith(spelling.articles):
        return False
    if spelling.is_abbreviation and _CITY_BEFORE.search(text, max(0, start - 20), start) is None:
        return False
    return _ends_whole(text, start + len(spelling.text), spelling)


def _ends_whole(text: str, end: int, spelling: Spelling) -> bool:
    """Tell whether no mark joins the spelling to the next word, but for "Russia-backed" and "US-China"."""
    mark, follows = text[end : end + 1], text[end + 1 : end + 2]
    if mark.isalnum() or mark == "_":
        return False
    if not follows.isalnum() or mark not in {"-", "@", "&", "."}:
        return True
    if mark == ".":
        return not follows.islower()  # a domain name
    return mark == "-" and (spelling.names_country or _PARTICIPLE.match(text, end) is not None)


def _starts_whole(text: str, start: int, spelling: Spelling) -> bool:
    """Tell whether no mark joins the spelling to the word before, but for "US-China" and "(D-Ohio)"."""
    mark, precedes = text[max(0, start - 1) : start], text[max(0, start - 2) : start - 1]
    if mark not in {"-", "@", "&"} or not precedes.isalnum():
        return True
    if mark == "-" and _PARTY_BEFORE.search(text, max(0, start - 3), start):
        return spelling.names_state
    return mark == "-" and spelling.names_country


def _partners_match(text: str, span: Span, edges: set[int]) -> bool:
    """Tell whether a hyphen at either border joins the name to another name only, or to a participle."""
    joins_next = text[span.end : span.end + 1] == "-" and text[span.end + 1 : span.end + 2].isalnum()
    if joins_next and span.end + 1 not in edges and not _PARTICIPLE.match(text, span.end):
        return False
    joins_last = text[span.start - 1 : span.start] == "-" and text[max(0, span.start - 2) : span.start - 1].isalnum()
    return (
        not joins_last
        or span.start - 1 in edges
        or _PARTY_BEFORE.search(text, max(0, span.start - 3), span.start) is not None
    )
