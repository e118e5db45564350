"""One story: its sentences, its dated lines, all its reports, who is in it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.events.topic import topics
from bot.model.answers import EventPage, Page, ReportLine
from bot.model.events import Disagreement, Event, Reason, TimelineLine
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.fitting import joined
from bot.ui.links import source
from bot.ui.pages import ROWS, controls, page_of, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, strong
from bot.ui.times import count_words, date_words, day_words, moment

SUMMARY: Final = "summary"
TIMELINE: Final = "timeline"
SOURCES: Final = "sources"
ACTORS: Final = "actors"
_DISPUTED: Final = 3
_CLAIMS: Final = 4
VIEWS: Final = (SUMMARY, TIMELINE, SOURCES, ACTORS)


def event_card(event: EventPage, ask: Ask) -> Payload:
    """Return the view of *event* that *ask* names, the summary where it names none."""
    views: dict[str, Callable[[EventPage, Ask], Payload]] = {TIMELINE: _timeline, SOURCES: _sources, ACTORS: _actors}
    return views.get(ask.view, _summary)(event, ask)


def _summary(event: EventPage, ask: Ask) -> Payload:
    lines = [_sentence(words, source(told.name, told.url)) for words, told in event.summary[:ROWS]]
    lines += [_disagreement(each) for each in event.disagreements[:_DISPUTED]]
    if event.event.reasons:
        lines.append(f"-# It ranks where it does for: {_reasons(event.event.reasons, 500)}")
    return _card(event, ask, None, lines, "No sentence of its reports can stand alone. See its sources.")


def _timeline(event: EventPage, ask: Ask) -> Payload:
    page = page_of(event.timeline, ask.offset, ROWS)
    lines = [_dated(line) for line in page.rows]
    if event.storyline:
        lines.append(f"-# In the same storyline: {joined([_beside(each) for each in event.storyline], 900)}")
    return _card(event, ask, page, lines, "No report names a day.")


def _sources(event: EventPage, ask: Ask) -> Payload:
    page = page_of(event.reports, ask.offset, ROWS)
    return _card(event, ask, page, [_report(line) for line in page.rows], "Its reports are no longer stored.")


def _actors(event: EventPage, ask: Ask) -> Payload:
    names = [f"{strong(actor.name, 80)} ({actor.type.value})" for actor in event.actors]
    lines = [joined(names, 2500)] if names else []
    return _card(event, ask, None, lines, "No actor was recognised in its reports.")


def _card(event: EventPage, ask: Ask, page: Page[Any] | None, lines: list[str], none: str) -> Payload:
    parts: list[Component] = [text(line) for line in lines or [none]]
    return boxed(text(_head(event, page)), divider(), *parts, *controls(ask, page, views=VIEWS))


def _head(event: EventPage, page: Page[Any] | None) -> str:
    told = event.event
    facts = [
        count_words(len(told.outlets), "outlet"),
        count_words(len(told.reports), "report"),
        f"{moment(told.start)} – {moment(told.end)}",
        *([discord_line(told.place, 60)] if told.place else []),
        *(topics()[topic].name for topic in told.topics if topic in topics()),
        *([where(page)] if page is not None and where(page) else []),
    ]
    lines = [f"## {discord_line(told.title, 250)}", f"-# {' · '.join(facts)}"]
    if event.redirected_from is not None:
        lines.append(f"-# Story {event.redirected_from} turned out to be this one, story {told.id}.")
    return "\n".join(lines)


def _sentence(words: str, told_by: str) -> str:
    return f"{discord_line(words, row_room(ROWS) - len(told_by) - 3)} ({told_by})"


def _dated(line: TimelineLine) -> str:
    day = f"**{date_words(line.value, line.day)}** · "
    told_by = source(line.outlet, line.url)
    return f"{day}{discord_line(line.text, row_room(ROWS) - len(told_by) - len(day) - 3)} ({told_by})"


def _disagreement(disputed: Disagreement) -> str:
    claims = [f"{_figure(claim.value)} ({source(claim.outlet, claim.url)})" for claim in disputed.claims[:_CLAIMS]]
    return f"**Outlets disagree** · {discord_line(disputed.what, 40)}: {joined(claims, 600, between=' · ')}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,}"


def _beside(event: Event) -> str:
    return f"{day_words(event.start.date(), year=True)} {discord_line(event.title, 120)}"


def _report(line: ReportLine) -> str:
    facts = [source(line.outlet, line.url), moment(line.at)]
    if line.why:
        facts.append(f"grouped for: {_reasons(line.why, 200)}")
    return f"{strong(line.title, 150)}\n-# {' · '.join(facts)}"


def _reasons(reasons: Sequence[Reason], room: int) -> str:
    return joined([discord_line(reason.text, 100) for reason in reasons], room, between=", ")
