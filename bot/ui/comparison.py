"""Two actors side by side, and one actor's words in time."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.model.answers import Comparison, Page, Position, QuoteLine
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.links import source
from bot.ui.pages import ROWS, controls, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.quote_list import quote_block
from bot.ui.safe_text import discord_line
from bot.ui.times import count_words, moment

_SIDE: Final = 2
_QUOTE_CHARACTERS: Final = 420
_LINE_CHARACTERS: Final = 260
_NAME: Final = 80


def position_list(position: Position, ask: Ask) -> Payload:
    """Return a page of an actor's words on an issue, oldest first."""
    page: Page[QuoteLine] = Page(position.rows, position.total, position.offset)
    issue = f" on “{discord_line(position.issue, 60)}”" if position.issue else ""
    head = " · ".join(part for part in (count_words(page.total, "quote"), "oldest first", where(page)) if part)
    parts: list[Component] = [text(f"## {discord_line(position.actor.name, _NAME)}{issue}\n-# {head}"), divider()]
    parts += [text(quote_block(quote, row_room(ROWS), speaker=False)) for quote in page.rows]
    if not page.rows:
        parts.append(text("No stored quote of theirs holds these words. Try one word of it, or `/actor` for all."))
    return boxed(*parts, *controls(ask, page, share=bool(page.rows)))


def comparison_card(found: Comparison) -> Payload:
    """Return two actors side by side: their words, what each says of the other, their dealings, shared stories."""
    names = [discord_line(each.name, _NAME) for each in (found.one, found.other)]
    issue = f" on “{discord_line(found.issue, 60)}”" if found.issue else ""
    parts: list[Component] = [text(f"## {names[0]} and {names[1]}{issue}"), divider()]
    for name, said in zip(names, found.said, strict=True):
        parts += _quotes(f"**{name}**", said)
    for (name, other), said in zip((names, names[::-1]), found.of_each_other, strict=True):
        parts += _quotes(f"**{name}** of {other}", said[:1])
    deeds = [
        f"- {discord_line(line.sentence, _LINE_CHARACTERS)} ({source(line.outlet, line.url)}, {moment(line.at, 'D')})"
        for line in found.dealings[:_SIDE]
    ]
    parts += _lines("**Their dealings**", deeds)
    parts += _lines("**In the same stories**", [f"- {discord_line(event.title, 120)}" for event in found.events])
    if len(parts) == 2:
        parts.append(text("Nothing stored of both: no quote, no deed, no common story."))
    return boxed(*parts)


def _quotes(label: str, said: Sequence[QuoteLine]) -> list[Component]:
    blocks = [quote_block(quote, _QUOTE_CHARACTERS, speaker=False) for quote in said[:_SIDE]]
    return [text("\n".join([label, *blocks[:1]])), *map(text, blocks[1:])] if blocks else []


def _lines(label: str, lines: Iterable[str]) -> list[Component]:
    rows = list(lines)
    return [text("\n".join([label, *rows]))] if rows else []
