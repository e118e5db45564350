"""Read an edition's text line by line: each must be an item in its frame, or fixed words; nothing may be left over."""

import re
from collections.abc import Iterator
from typing import Final

from bot.digest import furniture
from bot.digest.export import to_text
from bot.model.editions import Edition, Excerpt, Item

_DAY: Final = r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?"
_MOMENT: Final = rf"{_DAY} \d\d:\d\d"
_COUNTS: Final = re.compile(
    rf"\d+ stor(?:y|ies) · \d+ articles? · \d+ outlets? · \d+-minute read · {_MOMENT} – {_MOMENT} (?P<zone>[\w+/-]+)"
    r"(?: · topic: (?P<topic>.*))?"
)
_QUIET: Final = re.compile(
    r"Quiet day: (?:\d+ stor(?:y|ies)|no story) met the bar \(\d+ articles? from \d+ outlets? read\)\."
    r"(?: · topic: (?P<topic>.*))?"
)
_MORE: Final = re.compile(r"Want more\? /digest now hours:\d+")
_FRAME: Final = re.compile(rf"(?:Background: |\d+\. (?:Update: )?|- (?:{_DAY}: )?)?")
_SOURCES: Final = re.compile(r"(?: \((?P<name>.*?)(?: \+\d+)?(?:, one outlet)?\))?")
_NEWS: Final = re.compile(rf"   New(?: since {_DAY})?: (?P<new>.*?)(?: \(was: (?P<was>.*)\))?")
_LABELS: Final = frozenset({"", furniture.ALSO, furniture.QUOTE, furniture.COMING, furniture.FOOTNOTE})


def text_problems(edition: Edition) -> Iterator[str]:
    """Yield the lines of the edition's text with anything besides items, outlets, dates, counts and fixed words."""
    yield from unexplained_lines(to_text(edition), edition)


def unexplained_lines(text: str, edition: Edition) -> Iterator[str]:
    """Yield a problem for each line of *text* that *edition* does not explain, and for items that are not in it."""
    waiting = list(edition.items)
    last: Item | None = None
    for number, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        if number <= 2:
            if not _is_head(line, number, edition):
                yield f"line {number} is not its title or its counts"
        elif waiting and _shows(line, waiting[0]):
            last = waiting.pop(0)
        elif not (line in _LABELS or _MORE.fullmatch(line) or _is_news(line, last)):
            yield f"line {number} holds words of no article: “{line[:60]}”"
    yield from (f"“{item.text[:40]}” is not in its text" for item in waiting)


def _is_head(line: str, number: int, edition: Edition) -> bool:
    if number == 1:
        return line == edition.title
    found = (_QUIET if edition.quiet else _COUNTS).fullmatch(line)
    return (
        found is not None and found["topic"] == edition.topic and found.groupdict().get("zone") in {None, edition.zone}
    )


def _shows(line: str, item: Item) -> bool:
    """Tell whether *line* is the frame, *item*'s text and its sources, and nothing else."""
    frame = _FRAME.match(line)
    start = frame.end() if frame else 0
    if not line.startswith(item.text, start):
        start = 0
        if not line.startswith(item.text):
            return False
    sources = _SOURCES.fullmatch(line, start + len(item.text))
    if sources is None:
        return False
    return sources["name"] in {link.name for link in item.links[:1]} | ({None} if not item.links else set())


def _is_news(line: str, item: Item | None) -> bool:
    found = _NEWS.fullmatch(line)
    if found is None or item is None:
        return False
    return found["new"] == _words(item.new) and (found["was"] or "") == _words(item.was)


def _words(excerpt: Excerpt | None) -> str:
    return excerpt.text if excerpt is not None else ""
