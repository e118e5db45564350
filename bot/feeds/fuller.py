"""Is the text of an article's page that article, and more of it than the feed gave? Pure decisions over texts."""

import re
from typing import Final

from bot.model.articles import Article, Entry
from bot.text.fold import fold

_MORE: Final = 1.3
_MORE_CHARACTERS: Final = 200
_LONGEST: Final = 100_000  # characters; what is longer is an archive, not a report
_WORDS_FOUND: Final = 0.85
_FEWEST_WORDS: Final = 6
_TITLE_WORDS_FOUND: Final = 0.6  # a headline says it in other words than the report
# What stands where a text is broken off for those who have not paid or are not logged in.
_WALL: Final = re.compile(
    r"(?:(?:subscribe|register|sign up|sign in|log ?in) (?:now |today )?to (?:continue|keep|read|unlock|access|view)"
    r"|already (?:a subscriber|subscribed|have an account|registered)"
    r"|(?:this|the) (?:article|content|story) is (?:only |reserved )?(?:for|available to)"
    r" (?:\w+ )?(?:subscribers|members)"
    r"|to (?:continue|read on)[^.]{0,60}(?:subscri|log ?in|sign in|register))",
    re.IGNORECASE,
)


def objection(article: Article, page: Entry) -> str | None:
    """Return why the text of *page* must not take the place of *article*'s; None where it may.

    It may where it is markedly longer, in the same language as far as the page says, holds nearly all words of the
    text that the feed gave (or of the title, where that text is too short to tell), and no invitation to log in.
    """
    objections = (
        (page.language is not None and page.language[:2] != article.language[:2], "it is in another language"),
        (len(page.text) > _LONGEST, "it is too long for a report"),
        (_WALL.search(page.text) is not None, "it is behind a login"),
        (not _tells_of(article, page.text), "it tells something else"),
        (len(page.text) < _least(article), "it is hardly longer than what the feed gives"),
    )
    return next((why for holds, why in objections if holds), None)


def _least(article: Article) -> float:
    return max(_MORE * len(article.text), len(article.text) + _MORE_CHARACTERS)


def _tells_of(article: Article, text: str) -> bool:
    """Tell whether nearly all words that are known of *article* stand in *text*."""
    known, least = set(fold(article.text).split()), _WORDS_FOUND
    if len(known) < _FEWEST_WORDS:
        known, least = known | set(fold(article.title).split()), _TITLE_WORDS_FOUND
    return bool(known) and len(known & set(fold(text).split())) >= least * len(known)
