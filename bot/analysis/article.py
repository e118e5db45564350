"""Analyse one article: the pure function from text to everything that the bot knows about it."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.actions import find_actions
from bot.analysis.attack_roles import find_attacks
from bot.analysis.directory import Directory
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language, Parsed
from bot.analysis.mentions import find_names
from bot.analysis.quotes import find_quotes, read_lines, telling
from bot.analysis.roles import find_roles
from bot.analysis.settling import settle
from bot.analysis.traits import content_lemmas, sentence_traits, title_traits
from bot.model.analysis import Analysis, DateMention, SentenceTraits
from bot.model.articles import Part, PartRole
from bot.text.dates import find_dates
from bot.text.zone_names import home_zone

RULES_VERSION: Final = "3"
"""Raise it when a change of rules should let stored articles be read anew; edited tables do so by themselves."""

_WORD_LISTS: Final = ("actions.toml", "cues.toml", "names.toml", "sentences.toml")
PARSED_AT_ONCE: Final = 40_000
"""Characters that are parsed together; the parser holds about a kilobyte for each until they are read."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is read of an article; ``parts`` as the article has them.

    ``outlet_country`` is an ISO 3166 alpha-2 code; where it is None, the tables may know it by the name in ``outlet``.
    """

    title: str
    text: str
    published: datetime
    outlet_country: str | None = None
    parts: tuple[Part, ...] = ()
    outlet: str = ""


@cache
def _word_lists() -> str:
    """Return a hash of the word lists that the rules read."""
    content = hashlib.sha256()
    for name in _WORD_LISTS:
        content.update(files("config").joinpath("lexicons", name).read_bytes())
    return content.hexdigest()[:8]


class Analyser:
    """Reads articles. Holds a language model and the tables; keeps nothing of what it has read."""

    def __init__(self, language: Language, gazetteer: Gazetteer) -> None:
        self._language = language
        self._gazetteer = gazetteer

    @property
    def version(self) -> str:
        """Return what rules, tables and model an analysis was made with; another one lets articles be read anew."""
        tables = f"{self._gazetteer.digest}{_word_lists()}"
        return f"{RULES_VERSION}+{tables}+{self._language.name}-{self._language.version}"

    def analyse(self, document: Document, directory: Directory | None = None) -> Analysis:
        """Return what *document* says; its spans index the text, those of title mentions the title.

        With a *directory*, actors get the ids that it knows and are remembered in it; without one, the ids are those
        of this article alone (see :func:`bot.analysis.settling.settle`). The same document, tables and model give
        the same analysis. About a tenth of a second for 700 words.
        """
        with self._language.zone():
            analysis = self._read(document, *self._language.parse_all((document.text, document.title)))
        return analysis if directory is None else settle(analysis, directory)

    def analyse_all(self, documents: Sequence[Document]) -> Iterator[Analysis | Exception]:
        """Yield what each of *documents* says, in their order; a document that cannot be read gives its error.

        The lines of many documents are parsed together, as many as make :data:`PARSED_AT_ONCE` characters. Analyse
        nothing else until the last one is read.
        """
        for some in _portions(documents):
            with self._language.zone():
                try:
                    texts = [text for document in some for text in (document.text, document.title)]
                    parsed = self._language.parse_all(texts)
                except Exception as error:  # noqa: BLE001 - it says nothing yet of the other documents
                    if len(some) == 1:
                        yield error
                        continue
                    parsed = []
                if parsed:
                    yield from map(self._tried, some, parsed[::2], parsed[1::2])
                    continue
            for document in some:
                yield from self.analyse_all((document,))

    def _tried(self, document: Document, parsed: Parsed, title: Parsed) -> Analysis | Exception:
        try:
            return self._read(document, parsed, title)
        except Exception as error:  # noqa: BLE001 - one odd document must not cost the others of its batch
            return error

    def _read(self, document: Document, parsed: Parsed, title: Parsed) -> Analysis:
        country = document.outlet_country or self._gazetteer.outlet_country(document.outlet)
        names = find_names(parsed, self._gazetteer, title=title, outlet_country=country)
        roles = find_roles(parsed, names.mentions, self._gazetteer.titles)
        traits = sentence_traits(parsed, names.mentions, title=title, title_mentions=names.title_mentions)
        lines, genders = read_lines(parsed), self._gazetteer.genders
        return Analysis(
            sentences=parsed.sentences,
            mentions=names.mentions,
            actors=names.actors,
            roles=roles,
            quotes=telling(find_quotes(parsed, names.mentions, genders, roles=roles, lines=lines), lines),
            actions=find_actions(parsed, names.mentions, load_lexicon(), title, genders=genders, lines=lines),
            dates=tuple(_dates(document, traits, _home(country))),
            title_mentions=names.title_mentions,
            traits=traits,
            title_lemmas=_lemmas(title),
            version=self.version,
            title_traits=title_traits(title, names.title_mentions),
            attacks=(
                *find_attacks(title, names.title_mentions, self._gazetteer, in_title=True),
                *find_attacks(parsed, names.mentions, self._gazetteer, lines=lines),
            ),
        )


def _lemmas(title: Parsed) -> tuple[str, ...]:
    return tuple(lemma for paragraph in title.paragraphs for lemma in content_lemmas(paragraph.doc))


def _portions(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Yield *documents* in order, as many at once as keep the parser's memory small."""
    start = size = 0
    for number, document in enumerate(documents):
        length = len(document.text) + len(document.title)
        if number > start and size + length > PARSED_AT_ONCE:
            yield documents[start:number]
            start, size = number, 0
        size += length
    if documents[start:]:
        yield documents[start:]


def _home(country: str | None) -> ZoneInfo | None:
    zone = home_zone(country) if country else None
    return ZoneInfo(zone) if zone else None


def _dates(document: Document, traits: Iterable[SentenceTraits], home: ZoneInfo | None) -> list[DateMention]:
    """Return the dates of the text; those in an item of a round-up count from the day that its heading gives."""
    governors = [governor for trait in traits for governor in trait.governors]
    based = [part for part in document.parts if part.role is PartRole.ITEM and part.base is not None]
    found = find_dates(document.text, document.published, governors=governors, zone=home)
    dates = [date for date in found if not any(part.span.contains(date.span) for part in based)]
    for part in based:
        dates.extend(_part_dates(document, part, governors))
    return sorted(dates, key=lambda date: date.span)


def _part_dates(document: Document, part: Part, governors: list[tuple[int, str]]) -> list[DateMention]:
    if part.base is None:
        return []
    start = part.span.start
    inside = [(at - start, tense) for at, tense in governors if start <= at < part.span.end]
    day = datetime.combine(part.base, time(), UTC)
    return [
        replace(date, span=date.span.shifted(start))
        for date in find_dates(part.span.of(document.text), day, governors=inside)
    ]
