"""What was announced and has happened since."""

from bot.digest.account import Account
from bot.digest.announced import done_since
from tests.digest.newsroom import Newsroom


def accounts(*texts: str) -> list[Account]:
    newsroom = Newsroom()
    for text in texts:
        newsroom.report(1, "Harbour Post", "Gates of Lake Orm", text)
    return [Account(one, newsroom.analyses[one.id]) for one in newsroom.articles.values()]


AHEAD = "The gates of Lake Orm will be closed on Thursday."
DONE = "Arvania closed the gates of Lake Orm on Thursday."
OTHER = "Schools were closed in Tolmark on Thursday."


def test_one_report_is_enough_for_what_the_reader_was_told() -> None:
    told = [sentence.traits for sentence in accounts(AHEAD)[0].sentences]

    assert "clos" in done_since(told, [], accounts(OTHER))


def test_one_report_is_enough_for_the_same_things() -> None:
    assert "clos" in done_since([], accounts(AHEAD), accounts(DONE))
    assert "clos" not in done_since([], accounts(AHEAD), accounts(OTHER))


def test_otherwise_two_must_say_so() -> None:
    assert "clos" in done_since([], accounts(AHEAD), accounts(OTHER, OTHER))


def test_what_was_done_before_is_not_done_now() -> None:
    assert done_since([], accounts(AHEAD, DONE), accounts(DONE, DONE)) == frozenset()
