"""Stories in a list, with a menu that opens one."""

from bot.model.answers import Page
from bot.model.events import Event
from bot.ui.components import Option, divider, menu, row, text
from bot.ui.custom_ids import Ask, open_id
from bot.ui.pages import LINES, controls, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, strong
from bot.ui.times import count_words, moment


def event_list(page: Page[Event], ask: Ask) -> Payload:
    """Return a page of stories, most important first as they come, or what to try where there are none."""
    head = " · ".join(part for part in (count_words(page.total, "story", "stories"), where(page)) if part)
    parts: list[Component] = [text(f"## Stories\n-# {head}"), divider()]
    if page.rows:
        parts.append(text("\n".join(event_block(event, row_room(LINES)) for event in page.rows)))
        options = [Option(event.title, str(event.id), count_words(len(event.outlets), "outlet")) for event in page.rows]
        parts.append(row(menu(open_id("event"), "Open a story", options)))
    else:
        parts.append(text("No stored story matches. Try a longer period, fewer outlets, or no actor."))
    return boxed(*parts, *controls(ask, page, share=bool(page.rows), step=LINES))


def event_block(event: Event, room: int) -> str:
    """Return one story in at most *room* characters: its title, and how many report it until when."""
    facts = [count_words(len(event.outlets), "outlet"), count_words(len(event.reports), "report"), moment(event.end)]
    if event.reasons:
        facts.append(discord_line(event.reasons[0].text, 80))
    tail = f"\n-# {' · '.join(facts)}"
    return f"- {strong(event.title, max(1, room - len(tail) - 6))}{tail}"
