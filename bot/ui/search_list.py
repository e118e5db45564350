"""Articles that a search found, each with the words around what was looked for."""

from bot.model.answers import Page, SearchHit
from bot.model.spans import Span
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.links import source
from bot.ui.pages import ROWS, controls, row_room, where
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, emphasised, strong
from bot.ui.times import count_words, moment


def search_list(query: str, page: Page[SearchHit], ask: Ask) -> Payload:
    """Return a page of articles, best match first as they come, or what to try where there are none."""
    head = " · ".join(part for part in (count_words(page.total, "article"), where(page)) if part)
    parts: list[Component] = [text(f"## Search: {discord_line(query, 100)}\n-# {head}"), divider()]
    parts += [text(_hit(hit)) for hit in page.rows]
    if not page.rows:
        parts.append(
            text("No stored article holds all of these words. Try fewer, or the beginning of one with a star.")
        )
    return boxed(*parts, *controls(ask, page, share=bool(page.rows)))


def _hit(hit: SearchHit) -> str:
    head = f"{strong(hit.title, 150)}\n-# {source(hit.outlet, hit.url)} · {moment(hit.at)}"
    return f"{head}\n{_snippet(hit, row_room(ROWS) - len(head) - 1)}"


def _snippet(hit: SearchHit, room: int) -> str:
    """Return the snippet with what was looked for in bold, or, where that is too long, its beginning without."""
    marked = emphasised(hit.snippet, _apart(hit.marks))
    return marked if len(marked) <= room else discord_line(hit.snippet, room)


def _apart(marks: tuple[Span, ...]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for mark in sorted(marks):
        if len(mark) and (not kept or mark.start >= kept[-1].end):
            kept.append(mark)
    return tuple(kept)
