"""A page's text takes the place of a feed's only where it is the same report, and more of it."""

from dataclasses import replace

import pytest

from bot.feeds.fuller import objection
from bot.model.articles import Article, Entry
from tests.digest.newsroom import Newsroom, bridge

ARTICLE = bridge(Newsroom())["courier"]
STORY = f"{ARTICLE.text}\n\n" + "\n\n".join(
    f"Span {number} of the bridge was inspected in the spring, and the town has asked for the papers."
    for number in range(6)
)


def entry(text: str, language: str | None = "en") -> Entry:
    return Entry(title="", text=text, language=language)


def test_the_whole_report_is_taken() -> None:
    assert objection(ARTICLE, entry(STORY)) is None
    assert objection(ARTICLE, entry(STORY, None)) is None


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        (STORY, "fr", "another language"),
        (STORY * 300, "en", "too long"),
        (f"{STORY}\n\nSubscribe to continue reading.", "en", "login"),
        (f"{STORY}\n\nAlready a subscriber? Sign in", "en", "login"),
        (STORY.replace(ARTICLE.text, ""), "en", "something else"),
        (ARTICLE.text, "en", "hardly longer"),
    ],
)
def test_what_is_not_the_whole_report_is_refused(text: str, language: str, why: str) -> None:
    assert why in str(objection(ARTICLE, entry(text, language)))


def test_where_the_feed_gives_no_text_the_title_tells() -> None:
    bare: Article = replace(ARTICLE, text="")

    assert objection(bare, entry(STORY)) is None
    assert "something else" in str(objection(bare, entry("A goat won a race in the hills. " * 20)))
