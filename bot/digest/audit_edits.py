"""Check that each edit of an item is one of the few that are allowed, and says what it may say."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from bot.digest.rebuild import source_text
from bot.model.articles import Article, ArticleId
from bot.model.editions import Edit, Item
from bot.text.fold import fold

_DAY: Final = re.compile(r" \[(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: (\d{4}))?\]")
_DAY_WORD: Final = re.compile(
    r"\b(?:(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|tonight)\Z", re.IGNORECASE
)
_NAME: Final = re.compile(r"\[([^\[\]\n\"“”]{3,60})\]")
_SURNAME: Final = re.compile(r"[^\W\d_][\w’'-]*")
_CONNECTIVE: Final = re.compile(r"[A-Z][a-z]+,\s+")
_CONNECTIVES: Final = frozenset(
    {"However", "Meanwhile", "Moreover", "Furthermore", "Separately", "Also", "Earlier", "Later", "Now"}
)
HALF_A_YEAR: Final = timedelta(days=183)  # a day without a year is the nearest one of that name
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")


def edit_problems(item: Item, articles: Mapping[ArticleId, Article]) -> Iterator[str]:
    """Yield the edits of *item* that no rule allows; they must fit into its spans."""
    for edit in item.edits:
        span = item.spans[edit.span]
        if not _is_allowed(edit, source_text(span, articles), articles[span.article], articles):
            yield f"no rule allows its edit of characters {edit.start}–{edit.end} to “{edit.text}”"
    resolved = [edit for edit in item.edits if edit.start == edit.end]
    if len({edit.span for edit in resolved}) < len(resolved):
        yield "it resolves more than one day of a sentence"
    if len({edit.text for edit in resolved}) < len(resolved):
        yield "it resolves one day twice"


def _is_allowed(edit: Edit, text: str, article: Article, articles: Mapping[ArticleId, Article]) -> bool:
    old = text[edit.start : edit.end]
    if not old:
        return _is_day(edit, text, article)
    if not edit.text:
        return old.split(",")[0] in _CONNECTIVES and _CONNECTIVE.fullmatch(old) is not None
    name = _NAME.fullmatch(edit.text)
    return name is not None and _is_name_of(name[1], old) and _is_stored(name[1], article, articles)


def _is_day(edit: Edit, text: str, article: Article) -> bool:
    """Tell whether a bracket right behind a day word names a day that exists and bears that weekday's name."""
    found, word = _DAY.fullmatch(edit.text), _DAY_WORD.search(text, 0, edit.start)
    if found is None or word is None:
        return False
    written = article.event_at.date()
    years = [int(found[3])] if found[3] else [written.year + step for step in (-1, 0, 1)]
    days = [_day(year, _MONTHS.index(found[2]) + 1, int(found[1])) for year in years]
    near = (day for day in days if day is not None and (found[3] or abs(day - written) < HALF_A_YEAR))
    return any(word[1] is None or _WEEKDAYS[day.weekday()] == word[1].lower() for day in near)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _is_name_of(full: str, old: str) -> bool:
    words = full.split()
    return len(words) > 1 and _SURNAME.fullmatch(old) is not None and fold(words[-1]) == fold(old)


def _is_stored(name: str, own: Article, articles: Mapping[ArticleId, Article]) -> bool:
    """Tell whether a stored article writes *name* so; the item's own is looked at first."""
    return any(name in article.text or name in article.title for article in (own, *articles.values()))
