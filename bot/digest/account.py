"""One report as the composer reads it: an article or a bullet of a round-up, with its sentences and names."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from bot.analysis.sentence_form import form_problems, likely_verbs
from bot.digest.material import Material
from bot.digest.window import instant_of
from bot.model.analysis import ActorId, Analysis, DateMention, Mention, MentionType, SentenceTraits
from bot.model.articles import Article, ItemKind, Part, PartRole
from bot.model.editions import Link
from bot.model.events import ReportKey
from bot.model.spans import Span

# Parsers take storms, ships and titles for given names.
_NO_GIVEN_NAMES: Final = frozenset(
    ["Storm", "Hurricane", "Typhoon", "Cyclone", "Tropical", "Mount", "Lake", "Saint", "President", "Minister", "Judge"]
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
LENDING: Final = frozenset({ItemKind.NEWS, ItemKind.EXPLAINER})
"""Kinds of items whose words may stand in an edition; the others count as coverage only."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a report. ``index`` is its place among the report's sentences."""

    account: "Account"
    index: int
    traits: SentenceTraits

    @cached_property
    def text(self) -> str:
        """Return its words, verbatim, without a bullet or dateline in front."""
        return self.traits.span.of(self.account.article.text)

    @cached_property
    def words(self) -> int:
        """Return how many words it has."""
        return len(self.text.split())

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """Return its content lemmas."""
        return frozenset(self.traits.lemmas)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Return the names in it, in order."""
        return self.account.mentions_in(self.traits.span)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Return the dates in it, in order."""
        span = self.traits.span
        return tuple(date for date in self.account.analysis.dates if span.contains(date.span))

    @property
    def key(self) -> tuple[int, int, int]:
        """Return what orders sentences when nothing else does."""
        return (self.account.article.id, self.account.part_number, self.index)


@dataclass(frozen=True)
class Account:
    """One report of an event: an article, or one bullet of a round-up."""

    article: Article
    analysis: Analysis
    part: Part | None = None

    @property
    def part_number(self) -> int:
        """Return the bullet's number, 0 for a whole article."""
        return self.part.number if self.part else 0

    @property
    def is_whole(self) -> bool:
        """Tell whether title and text are the report's own: the title of a round-up speaks of all its bullets."""
        return self.part is None

    @cached_property
    def at(self) -> datetime:
        """Return the instant by which the report counts."""
        return instant_of(self.article)

    @property
    def outlet(self) -> str:
        """Return whose report it is: outlets of one owner count once."""
        return self.article.outlet.owner or self.article.outlet.name

    @property
    def lends(self) -> bool:
        """Tell whether its words may be copied."""
        return self.article.kind in LENDING and self.article.status == "published"

    @property
    def link(self) -> Link:
        """Return the outlet's name with the report's address."""
        return Link(self.article.outlet.name, self.article.url)

    @cached_property
    def traits(self) -> tuple[SentenceTraits, ...]:
        """Return the traits of the report's sentences, in order."""
        if self.part is None:
            return self.analysis.traits
        span = self.part.span
        return tuple(one for one in self.analysis.traits if span.contains(one.span))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the report's sentences, in order."""
        return tuple(Sentence(self, index, one) for index, one in enumerate(self.traits))

    @cached_property
    def title_lemmas(self) -> frozenset[str]:
        """Return the content lemmas of the report's own title; a bullet has none."""
        return frozenset(self.analysis.title_lemmas) if self.is_whole else frozenset()

    @cached_property
    def title_traits(self) -> SentenceTraits | None:
        """Return the traits of the report's own title, by words alone where no model read it; a bullet has none."""
        if not self.is_whole or not self.article.title:
            return None
        title = self.article.title
        by_words = SentenceTraits(
            Span(0, len(title)), self.analysis.title_lemmas, problems=form_problems(title), verbs=likely_verbs(title)
        )
        return self.analysis.title_traits or by_words

    @cached_property
    def lead_lemmas(self) -> frozenset[str]:
        """Return the content lemmas of title and first sentence."""
        return self.title_lemmas.union(*(one.lemmas for one in self.traits[:1]))

    @cached_property
    def lead(self) -> str:
        """Return the report's own title and first two sentences, a line each, for looking at words and numbers."""
        title = (self.article.title,) if self.is_whole else ()
        return "\n".join((*title, *(one.text for one in self.sentences[:2])))

    @cached_property
    def full_names(self) -> dict[ActorId, str]:
        """Return each person's full name as the article first writes it, without title and possessive."""
        found: dict[ActorId, str] = {}
        for mention in self.analysis.mentions:
            if mention.type is MentionType.PERSON and mention.actor is not None and mention.actor not in found:
                name = _POSSESSIVE.sub("", mention.span.of(self.article.text))
                if _is_full(name):
                    found[mention.actor] = name
        return found

    def mentions_in(self, span: Span) -> tuple[Mention, ...]:
        """Return the names inside *span* of the text, in order."""
        return tuple(one for one in self.analysis.mentions if span.contains(one.span))


def account_of(key: ReportKey, material: Material) -> Account | None:
    """Return the report that *key* names, or None where its article, analysis or part is missing."""
    article, analysis = material.articles.get(key.article), material.analyses.get(key.article)
    if article is None or analysis is None:
        return None
    if not key.part:
        return Account(article, analysis)
    part = next((one for one in article.parts if one.number == key.part and one.role is PartRole.ITEM), None)
    return Account(article, analysis, part) if part is not None else None


def _is_full(name: str) -> bool:
    words = name.split()
    plain = all(word[0].isupper() and word.replace("-", "").replace("’", "").isalpha() for word in words)
    return 2 <= len(words) <= 4 and plain and words[0] not in _NO_GIVEN_NAMES
