"""Long answers in pages: where we are, buttons to turn, and room for each row."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from bot.model.answers import Page
from bot.ui.components import PRIMARY, SUCCESS, button, row
from bot.ui.custom_ids import SHARE, Ask, spread
from bot.ui.limits import MESSAGE_TEXT, ROW_BUTTONS
from bot.ui.payload import Component

T = TypeVar("T")

ROWS: Final = 5
"""Rows on a page of quotes, articles, dated lines: a screenful, and room enough for each to be whole."""
LINES: Final = 10
"""Rows on a page of short lines."""
_FURNITURE: Final = 700
"""Characters kept for title, footer and the line that says who shared it."""


def row_room(rows: int) -> int:
    """Return how many characters one of *rows* may take, so that a page fits a message whatever it holds."""
    return (MESSAGE_TEXT - _FURNITURE) // rows


def page_of(rows: Sequence[T], offset: int, limit: int) -> Page[T]:
    """Return the page that starts at *offset* of *rows* that are all at hand."""
    return Page(tuple(rows[offset : offset + limit]), len(rows), offset)


def where(page: Page[Any]) -> str:
    """Return ``1–5 of 41``; empty where one page holds everything."""
    if not page.rows or len(page.rows) == page.total:
        return ""
    return f"{page.offset + 1}–{page.offset + len(page.rows)} of {page.total:,}"


def controls(
    ask: Ask, page: Page[Any] | None = None, *, views: tuple[str, ...] = (), share: bool = True, step: int = ROWS
) -> list[Component]:
    """Return the rows of buttons under an answer: its other *views*, page turning where there is more, Share.

    A question too long to be remembered gets the Share button alone.
    """
    turns: tuple[str, ...] = ()
    if page is not None and page.total > step:
        turns = (f"o{max(0, page.offset - step)}", f"o{page.offset + step}")
    moves = (*(f"v{view}" for view in views), *turns, *((SHARE,) if share else ()))
    ids = spread(ask, moves)
    if ids is None:
        return [row(button("Share", f"a1:{SHARE}:", style=SUCCESS))] if share else []
    made = [_control(move, custom_id, ask, page) for move, custom_id in zip(moves, ids, strict=True)]
    tabs, rest = made[: len(views)], made[len(views) :]
    return [row(*part) for part in (tabs[:ROW_BUTTONS], rest) if part]


def _control(move: str, custom_id: str, ask: Ask, page: Page[Any] | None) -> Component:
    if move == SHARE:
        return button("Share", custom_id, style=SUCCESS)
    if move.startswith("v"):
        here = move[1:] == ask.view
        return button(move[1:].capitalize(), custom_id, style=PRIMARY if here else 2, disabled=here)
    target = int(move[1:])
    offset, more = (0, False) if page is None else (page.offset, page.has_more)
    if target > offset:
        return button("Next", custom_id, disabled=not more)
    return button("Previous", custom_id, disabled=offset == 0)
