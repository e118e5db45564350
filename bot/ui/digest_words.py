"""The fixed words of an edition's messages, as a reader sees them and without Markdown.

They are those of the edition as text (:mod:`bot.digest.furniture`), but for moments, which each reader sees in their
own zone. Renderer and audit both take them from here; everything else in a message is an item's own text.
"""

from dataclasses import replace
from datetime import datetime

from bot.digest import furniture
from bot.model.editions import Edition, Item
from bot.ui.plain_text import plain
from bot.ui.times import moment

BACKGROUND = furniture.BACKGROUND
UPDATE = furniture.UPDATE
ALSO = furniture.ALSO
QUOTE = furniture.QUOTE
COMING = furniture.COMING
FOOTNOTE = furniture.FOOTNOTE


def title(edition: Edition) -> str:
    """Return the first line."""
    return plain(edition.title)


def summary(edition: Edition) -> str:
    """Return the second line: what the edition holds, out of how much, from when; or that it is a quiet day."""
    topic = plain(edition.topic or "")
    if edition.quiet:
        return furniture.quiet_line(replace(edition, topic=topic or None))
    parts = [
        _count(len(edition.bullets), "story", "stories"),
        _count(edition.articles, "article", "articles"),
        _count(edition.outlets, "outlet", "outlets"),
        f"{minutes(edition)}-minute read",
        " – ".join(moment(at) for at in edition.window),
        *([f"topic: {topic}"] if topic else []),
    ]
    return " · ".join(parts)


def minutes(edition: Edition) -> int:
    """Return how many minutes it takes to read the edition, at least one."""
    words = sum(len(item.text.split()) for item in edition.items)
    return max(1, round(words / furniture.WORDS_A_MINUTE))


def trailer(item: Item) -> tuple[str, str]:
    """Return what follows the first outlet inside the brackets: how many more, and that it is the only one.

    Only the first outlet is linked, so every other one is counted.
    """
    more = max(0, len(item.links) - 1) + item.more
    return (f" +{more}" if more else "", f" · {furniture.ONE_OUTLET}" if item.one_outlet else "")


def news_label(item: Item) -> str:
    """Return the label of the line that says what is new: ``New since 14 Aug:`` where the day is known."""
    return furniture.news_label(item)


def wider(edition: Edition) -> str:
    """Return how to see more after a quiet edition."""
    return furniture.more_line(edition)


def next_edition(at: datetime) -> str:
    """Return when the next edition comes."""
    return f"Next edition {moment(at, 'F')}."


def late(due: datetime) -> str:
    """Return the note on an edition that could not be posted when it was due."""
    return f"Late: this edition was due {moment(due)}."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
