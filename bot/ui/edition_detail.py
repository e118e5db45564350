"""What stands behind an edition: every outlet of every bullet, and why each story is there."""

from typing import Final

from bot.model.answers import Page
from bot.model.editions import Edition, Item
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.fitting import joined
from bot.ui.links import link
from bot.ui.pages import ROWS, controls, page_of, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line
from bot.ui.times import count_words, day_words

_WORDS_CHARACTERS: Final = 160


def sources_list(edition: Edition, ask: Ask) -> Payload:
    """Return every bullet of *edition* with all the outlets that report it, linked."""
    return _detail("Sources", edition, ask, [_sources(item) for item in edition.bullets])


def why_list(edition: Edition, ask: Ask) -> Payload:
    """Return every bullet of *edition* with the reasons for which it was chosen."""
    return _detail("Why these stories?", edition, ask, [_reasons(item) for item in edition.bullets])


def _detail(title: str, edition: Edition, ask: Ask, details: list[str]) -> Payload:
    page: Page[tuple[int, Item, str]] = page_of(
        [(number, item, detail) for number, (item, detail) in enumerate(zip(edition.bullets, details, strict=True), 1)],
        ask.offset,
        ROWS,
    )
    head = " · ".join(part for part in (f"Edition of {day_words(edition.day, year=True)}", where(page)) if part)
    parts: list[Component] = [text(f"## {title}\n-# {head}"), divider()]
    for number, item, detail in page.rows:
        parts.append(text(f"**{number}.** {discord_line(item.text, _WORDS_CHARACTERS)}\n{detail}"))
    if not page.rows:
        parts.append(text("This edition has no bullets: nothing in its window had a sentence that can be published."))
    return boxed(*parts, *controls(ask, page))


def _sources(item: Item) -> str:
    links = [link(source.name, source.url, query=False) for source in item.links]
    more = [f"and {count_words(item.more, 'outlet')} more"] if item.more else []
    return f"-# {joined([*links, *more], row_room(ROWS) - _WORDS_CHARACTERS - 20)}"


def _reasons(item: Item) -> str:
    reasons = [discord_line(reason, 200) for reason in item.reasons]
    return f"-# {joined(reasons, row_room(ROWS) - _WORDS_CHARACTERS - 20) or 'No reason was kept for this one.'}"
