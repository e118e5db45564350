"""Events: many outlets' reports of one thing that happened."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from bot.model.analysis import ActorId
from bot.model.articles import ArticleId
from bot.model.spans import Span

EventId = NewType("EventId", int)


@dataclass(frozen=True, slots=True)
class ReportKey:
    """One report: an article, or one part (bullet) of a round-up. ``part`` 0 is the whole article."""

    article: ArticleId
    part: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event ranks where it does, or why a report belongs to it; ``weight`` is its share of the score."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Event:
    """A stored event. ``start`` and ``end`` are the first and last report's ``event_at``.

    ``outlets`` are names of independent outlets (feeds of one owner count once), in order of their first report.
    ``topics`` are keys of ``config/topics.toml``, the weightiest first; ``place`` is where it takes place, as the
    reports name it, None where they do not agree.
    """

    id: EventId
    title: str
    start: datetime
    end: datetime
    reports: tuple[ReportKey, ...]
    outlets: tuple[str, ...]
    actors: tuple[ActorId, ...] = ()
    importance: float = 0.0
    reasons: tuple[Reason, ...] = ()
    storyline: int | None = None
    topics: tuple[str, ...] = ()
    place: str | None = None

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """Return the ids of the articles that report it, without repeats, in order of arrival."""
        return tuple(dict.fromkeys(report.article for report in self.reports))


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One dated sentence of an event: ``day`` is what the sentence says, resolved; the span copies its words."""

    day: date
    value: str
    article: ArticleId
    span: Span
    text: str
    outlet: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure with the sentence that gives it (a span of the article) and the outlets that give it too."""

    value: float
    article: ArticleId
    span: Span
    text: str
    outlet: str
    url: str | None
    at: datetime
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures for ``what`` ("dead", "aboard", "crowd") that do not agree, the smallest first."""

    what: str
    claims: tuple[Claim, ...]
