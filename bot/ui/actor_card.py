"""One actor: who they are, what they said, what was said about them, what they did."""

from collections.abc import Callable
from typing import Any, Final

from bot.model.answers import ActionLine, ActorPage, Page, QuoteLine, RoleLine
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.event_list import event_block
from bot.ui.fitting import joined
from bot.ui.links import source
from bot.ui.pages import LINES, ROWS, controls, page_of, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.quote_list import quote_block, quote_parts
from bot.ui.safe_text import discord_line
from bot.ui.times import count_words, moment

OVERVIEW: Final = "overview"
QUOTES_BY: Final = "quotes by"
QUOTES_ABOUT: Final = "quotes about"
POSITION: Final = "position"
ACTIONS: Final = "actions"
EVENTS: Final = "events"
VIEWS: Final = (OVERVIEW, QUOTES_BY, QUOTES_ABOUT, ACTIONS, EVENTS)

_PARTIAL: Final = "-# Read from sentences by rules: the list is not complete, and now and then wrong."


def actor_card(actor: ActorPage, ask: Ask) -> Payload:
    """Return the view of *actor* that *ask* names; quotes have a card of their own, :func:`actor_quotes`."""
    views: dict[str, Callable[[ActorPage, Ask], Payload]] = {ACTIONS: _actions, EVENTS: _events}
    return views.get(ask.view, _overview)(actor, ask)


def actor_quotes(actor: ActorPage, page: Page[QuoteLine], ask: Ask) -> Payload:
    """Return a page of quotes by or about *actor*."""
    by = ask.view == QUOTES_BY
    parts = quote_parts(page, speaker=not by)
    name = discord_line(actor.actor.name, 100)
    none = text(f"No stored quote {'by' if by else 'about'} {name}.")
    return _card(actor, ask, page, parts or [none])


def _overview(actor: ActorPage, ask: Ask) -> Payload:
    parts = [text(_role(role)) for role in actor.roles[:2]]
    if actor.latest_quotes:
        parts.append(text(f"**Latest quote**\n{quote_block(actor.latest_quotes[0], 700, speaker=False)}"))
    if actor.latest_about:
        parts.append(text(f"**Latest quote about them**\n{quote_block(actor.latest_about[0], 700)}"))
    if actor.related:
        names = [f"{discord_line(other.name, 80)} ({count:,})" for other, count in actor.related[:8]]
        parts.append(text(f"**Often in the same articles**\n{joined(names, 500)}"))
    return _card(actor, ask, None, parts or [text("Only mentioned so far: no quote, no role, no deed.")])


def _actions(actor: ActorPage, ask: Ask) -> Payload:
    page = page_of(actor.actions, ask.offset, ROWS)
    parts = [text(_action(line)) for line in page.rows]
    return _card(actor, ask, page, [*parts, text(_PARTIAL)] if parts else [text("No deed found in stored articles.")])


def _events(actor: ActorPage, ask: Ask) -> Payload:
    page = page_of(actor.events, ask.offset, LINES)
    parts = [text("\n".join(event_block(event, row_room(LINES)) for event in page.rows))] if page.rows else []
    return _card(actor, ask, page, parts or [text("No story with them is stored.")], step=LINES)


def _card(actor: ActorPage, ask: Ask, page: Page[Any] | None, parts: list[Component], *, step: int = ROWS) -> Payload:
    return boxed(text(_head(actor, page)), divider(), *parts, *controls(ask, page, views=VIEWS, step=step))


def _head(actor: ActorPage, page: Page[Any] | None) -> str:
    facts = [
        actor.actor.type.value,
        count_words(actor.articles, "article"),
        f"{count_words(actor.quotes_by, 'quote')} by and {actor.quotes_about:,} about them",
        *([f"last seen {moment(actor.last_seen, 'D')}"] if actor.last_seen else []),
    ]
    lines = [f"## {discord_line(actor.actor.name, 120)}", f"-# {' · '.join(facts)}"]
    others = [discord_line(alias, 60) for alias in actor.aliases if alias != actor.actor.name]
    if others and page is None:
        lines.append(f"-# Also written {joined(others[:12], 300, between=', ')}")
    if page is not None and where(page):
        lines.append(f"-# {where(page)}")
    return "\n".join(lines)


def _role(role: RoleLine) -> str:
    return f"{discord_line(role.text, 200)}, as of {moment(role.at, 'D')} ({source(role.outlet, role.url)})"


def _action(line: ActionLine) -> str:
    head = f"{moment(line.at, 'D')} · {source(line.outlet, line.url)} · {discord_line(line.action.action, 60)}"
    who = f"{discord_line(line.action.source_name, 60)} → {discord_line(line.action.target_name, 60)}"
    start = f"{head} · {who}" if line.action.source_name and line.action.target_name else head
    return f"{start}\n> {discord_line(line.sentence, max(1, row_room(ROWS) - len(start) - 4))}"
