"""The fixed words around the items of an edition as text; the audit takes everything else for somebody's words."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.digest.edits import day_label
from bot.model.editions import Edition, Item

HEADING: Final = "What you need to know"
BACKGROUND: Final = "Background"
UPDATE: Final = "Update:"
ALSO: Final = "Also"
QUOTE: Final = "Quote of the day"
COMING: Final = "Coming up"
ONE_OUTLET: Final = "one outlet"
FOOTNOTE: Final = "Every sentence is copied from the linked article; [brackets] mark what the bot filled in."
WORDS_A_MINUTE: Final = 220
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def parted(item: Item) -> tuple[str, str, str]:
    """Return the text of *item* before its bold part, that part, and what follows; else all of it, and nothing."""
    if item.bold is None:
        return item.text, "", ""
    return item.text[: item.bold.start], item.bold.of(item.text), item.text[item.bold.end :]


def title_of(at: datetime, zone: ZoneInfo) -> str:
    """Return the edition's title on the reader's day: "What you need to know — Wed 2 Feb 2022"."""
    day = at.astimezone(zone).date()
    return f"{HEADING} — {_WEEKDAYS[day.weekday()]} {day_label(day)} {day.year}"


def summary_of(edition: Edition) -> str:
    """Return the second line: stories, articles, outlets, minutes and the window in the reader's time."""
    if edition.quiet:
        return quiet_line(edition)
    minutes = max(1, round(sum(len(item.text.split()) for item in edition.items) / WORDS_A_MINUTE))
    counts = (
        _count(len(edition.bullets), "story", "stories"),
        _count(edition.articles, "article", "articles"),
        _count(edition.outlets, "outlet", "outlets"),
        f"{minutes}-minute read",
        window_words(edition),
    )
    return " · ".join((*counts, *_topic(edition)))


def quiet_line(edition: Edition) -> str:
    """Return the second line of a quiet day, which says how much was read for how little."""
    met = _count(len(edition.bullets), "story", "stories") if edition.bullets else "no story"
    read = f"{_count(edition.articles, 'article', 'articles')} from {_count(edition.outlets, 'outlet', 'outlets')} read"
    return " · ".join((f"Quiet day: {met} met the bar ({read}).", *_topic(edition)))


def window_words(edition: Edition) -> str:
    """Return the window in the reader's time: "1 Feb 20:00 – 2 Feb 20:00 Europe/Kyiv"."""
    zone = ZoneInfo(edition.zone)
    start, end = (_moment(at, zone) for at in edition.window)
    return f"{start} – {end} {edition.zone}"


def more_line(edition: Edition) -> str:
    """Return what ends a quiet edition: how to see more."""
    start, end = edition.window
    hours = max(72, min(168, 3 * round((end - start) / timedelta(hours=1))))
    return f"Want more? /digest now hours:{hours}"


def news_label(item: Item) -> str:
    """Return the label of the line that says what is new, with the day of the edition that told it before."""
    return f"New since {day_label(item.was.day)}:" if item.was is not None and item.was.day is not None else "New:"


def sources_of(item: Item) -> str:
    """Return the brackets behind an item: its first outlet and how many more, or that it is the only one."""
    if not item.links:
        return ""
    more = len(item.links) - 1 + item.more
    return f"({item.links[0].name}{f' +{more}' if more else ''}{f', {ONE_OUTLET}' if item.one_outlet else ''})"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{day_label(local.date())} {local:%H:%M}"


def _topic(edition: Edition) -> tuple[str, ...]:
    return (f"topic: {edition.topic}",) if edition.topic else ()


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
