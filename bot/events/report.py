"""One report as grouping sees it: an article, or one bullet of a round-up."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.events.attributes import (
    Attribute,
    day_values,
    number_values,
    ordinal_values,
    person_values,
    place_values,
    year_values,
)
from bot.model.analysis import ActorId, Analysis, Mention, MentionType
from bot.model.articles import Article, ItemKind, Part, PartRole
from bot.model.events import ReportKey
from bot.model.spans import Span
from bot.text.numbers import find_numbers

Attack = tuple[str, str]
"""Who attacks whom: two actor ids, in that order."""

_LEAD_CHARACTERS: Final = 400
_WHERE: Final = frozenset({MentionType.PLACE, MentionType.COUNTRY})
_BEFORE: Final = 40
_IN: Final = re.compile(
    r"\b(?:in|at|near|off|outside|across|around|over|hits?|strikes?|rocks?|(?:coast|town|city|village|port|island|province"
    r"|region|state|capital) of)\s+(?:(?:the|central|northern|southern|eastern|western|north|south|east|west|downtown"
    r"|nearby|neighbouring|neighboring)\s+){0,2}$",
    re.IGNORECASE,
)
_DATELINE: Final = re.compile(r"(?:,[\w .]{0,30})? (?:\([\w .]{1,30}\) )?[-–—] ")
# A strike's "Day 12" counts days, not anything that happened.
_DAY_COUNT: Final = re.compile(r"\bdays?\s+\d+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """A report with the facts that tell look-alikes apart.

    ``at`` is the instant by which it counts (UTC); ``owner`` the group that the outlet belongs to, else the outlet
    itself; ``country`` the outlet's. A bullet of a round-up has no title. ``attack`` holds pairs of agent and patient.
    ``countries`` are the actors that its headline and beginning name, and the countries these belong to; ``scenes`` the
    names of places that it says something happened in, in order, without repeats.
    """

    key: ReportKey
    title: str
    text: str
    at: datetime
    outlet: str
    owner: str
    kind: ItemKind = ItemKind.NEWS
    persons: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    ordinals: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    attack: frozenset[Attack] = frozenset()
    country: str | None = None
    actors: tuple[ActorId, ...] = ()
    countries: frozenset[ActorId] = frozenset()
    scenes: tuple[str, ...] = ()

    @property
    def attributes(self) -> Mapping[Attribute, frozenset[str]]:
        """Return the facts by kind, in a fixed order."""
        return {
            Attribute.PERSON: self.persons,
            Attribute.PLACE: self.places,
            Attribute.NUMBER: self.numbers,
            Attribute.DAY: self.days,
            Attribute.YEAR: self.years,
            Attribute.ORDINAL: self.ordinals,
        }


def report_from(article: Article, part: Part | None, analysis: Analysis) -> Report:
    """Return the report that *article*, or one *part* of it (None: the whole), makes; linear in its length.

    Mentions, attacks and actors are those inside the part. Numbers, days, years and ordinals are read from its words.
    """
    whole = part is None or part.role is PartRole.WHOLE
    span = Span(0, len(article.text)) if part is None or whole else part.span
    title, text = article.title if whole else "", span.of(article.text)
    titled = analysis.title_mentions if whole else ()
    inside = [mention for mention in analysis.mentions if span.contains(mention.span)]
    named = [(article.title, mention) for mention in titled] + [(article.text, mention) for mention in inside]
    full = f"{title}\n{text}" if title else text
    lead = span.start + _LEAD_CHARACTERS
    return Report(
        key=ReportKey(article.id, 0 if part is None else part.number),
        title=title,
        text=text,
        at=article.event_at,
        outlet=article.outlet.name,
        owner=article.outlet.owner or article.outlet.name,
        kind=article.kind,
        persons=person_values(named),
        places=place_values(named),
        numbers=number_values(value for _, value in find_numbers(_DAY_COUNT.sub(" ", full))),
        ordinals=ordinal_values(full[:_LEAD_CHARACTERS]),
        days=day_values(full),
        years=year_values(full),
        attack=_attacks(analysis, span, whole=whole),
        country=article.outlet.country,
        actors=_actors(mention for _, mention in named),
        countries=_countries([*titled, *(each for each in inside if each.span.start < lead)], analysis),
        scenes=_scenes(named),
    )


def reports_of(article: Article, analysis: Analysis) -> tuple[Report, ...]:
    """Return the reports that *article* makes: itself, or the bullets of a round-up one by one."""
    items = [part for part in article.parts if part.role is PartRole.ITEM]
    if not items:
        return (report_from(article, None, analysis),)
    return tuple(report_from(article, part, analysis) for part in items)


def _attacks(analysis: Analysis, span: Span, *, whole: bool) -> frozenset[Attack]:
    told = (role for role in analysis.attacks if (whole if role.in_title else span.contains(role.span)))
    return frozenset((role.agent, role.patient) for role in told)


def _actors(mentions: Iterable[Mention]) -> tuple[ActorId, ...]:
    return tuple(dict.fromkeys(mention.actor for mention in mentions if mention.actor is not None))


def _countries(mentions: Iterable[Mention], analysis: Analysis) -> frozenset[ActorId]:
    belongs = {actor.id: actor.country for actor in analysis.actors}
    named = {mention.actor for mention in mentions if mention.actor is not None}
    return frozenset(named | {country for actor in named if (country := belongs.get(actor)) is not None})


def _scenes(named: Iterable[tuple[str, Mention]]) -> tuple[str, ...]:
    places = (
        mention.name or mention.span.of(text)
        for text, mention in named
        if mention.type in _WHERE and mention.form == "name" and _is_scene(text, mention.span)
    )
    return tuple(dict.fromkeys(places))


def _is_scene(text: str, span: Span) -> bool:
    before = text[max(0, span.start - _BEFORE) : span.start]
    return _IN.search(before) is not None or (not before.strip() and _DATELINE.match(text, span.end) is not None)
