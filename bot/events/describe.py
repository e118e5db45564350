"""Say what an event is, from its reports: title, times, outlets, actors, importance, topics, place."""

from collections.abc import Sequence
from typing import Final

from bot.events.copies import independent_outlets
from bot.events.idf import Idf
from bot.events.importance import score
from bot.events.report import Report
from bot.events.title import best_title
from bot.events.topic import place_of, topics_of
from bot.model.analysis import ActorId
from bot.model.events import Event, EventId

_MOST_ACTORS: Final = 40


def describe(event: EventId, reports: Sequence[Report], idf: Idf, *, storyline: int | None = None) -> Event:
    """Return *event* as its *reports* tell it; there must be at least one."""
    # As of its own last report: how old an event is tells the reader, not how much it mattered.
    latest = max(report.at for report in reports)
    importance, reasons = score(reports, latest)
    return Event(
        id=event,
        title=best_title(reports, idf),
        start=min(report.at for report in reports),
        end=latest,
        reports=tuple(report.key for report in reports),
        outlets=tuple(independent_outlets(reports)),
        actors=_actors(reports),
        importance=importance,
        reasons=reasons,
        storyline=storyline,
        topics=topics_of(reports),
        place=place_of(reports),
    )


def _actors(reports: Sequence[Report]) -> tuple[ActorId, ...]:
    """Return the actors that most reports name first."""
    counts: dict[ActorId, int] = {}
    for report in reports:
        for actor in report.actors:
            counts[actor] = counts.get(actor, 0) + 1
    return tuple(sorted(counts, key=lambda actor: -counts[actor])[:_MOST_ACTORS])
