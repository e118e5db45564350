"""A preview without news says what is read, how far that has come, and when it is worth looking again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.answers import FeedLine
from bot.model.editions import Edition
from bot.ui.setup.preview import Look, coming_card, look_again_at, nothing_card
from tests.ui.samples import END, QUIET, STANDARD
from tests.ui.test_cards import FAILING, FEED, FEED_LINE, words
from tests.ui.test_setup_cards import DRAFT, NOTHING, NOW, PACK, UNREAD

OFF = replace(UNREAD, feed=replace(UNREAD.feed, disabled=True))
FAILED = replace(UNREAD, feed=replace(FAILING, last_ok_at=None))
NO_STORY = replace(NOTHING, articles=86)


@pytest.mark.parametrize(
    ("edition", "feeds", "unread", "ready", "coming"),
    [
        (STANDARD, (UNREAD,), 9, True, True),
        (NO_STORY, (UNREAD,), 0, False, True),
        (NO_STORY, (FEED_LINE,), 86, False, True),
        (NO_STORY, (FEED_LINE,), 0, True, False),
        (QUIET, (), 0, True, False),
        (NOTHING, (FEED_LINE,), 0, False, False),
        (NOTHING, (OFF, FAILED), 0, False, False),
        (NOTHING, (), 86, False, False),
    ],
)
def test_edition_is_shown_once_it_has_a_story_or_all_is_read(
    edition: Edition, feeds: tuple[FeedLine, ...], unread: int, ready: bool, coming: bool
) -> None:
    look = Look(NOW, edition, feeds, unread)

    assert (look.is_ready, look.is_coming) == (ready, coming)


@given(st.lists(st.tuples(st.booleans(), st.integers(-500, 500)), max_size=5))
def test_looking_again_is_never_sooner_than_two_minutes_from_now(rows: list[tuple[bool, int]]) -> None:
    lines = [
        replace(
            FEED_LINE, feed=replace(FEED, last_ok_at=END if read else None, next_poll_at=NOW + timedelta(minutes=at))
        )
        for read, at in rows
    ]
    look = Look(NOW, NOTHING, tuple(lines))

    assert look_again_at(look) >= NOW + timedelta(minutes=2)
    if look.is_coming or not lines:
        assert look_again_at(look) == NOW + timedelta(minutes=2)


def test_reading_is_told_as_it_goes_on() -> None:
    card = words(coming_card(Look(NOW, NO_STORY, (FEED_LINE, UNREAD, UNREAD))))

    assert "I am reading: 1 of 3 feeds read, 86 articles from the last 24 hours so far." in card


def test_no_news_says_what_is_read_and_when_to_look_again() -> None:
    later = replace(FEED_LINE, feed=replace(FEED, next_poll_at=NOW + timedelta(minutes=8)))

    card = words(nothing_card(Look(NOW, NOTHING, (later,)), DRAFT))

    assert "I read 1 feed, last read <t:" in card
    assert "**Harbour Ledger**" in card
    assert f"Look again <t:{int((NOW + timedelta(minutes=10)).timestamp())}:R>; `/digest now` shows it too." in card


def test_no_news_before_saving_says_what_saving_brings() -> None:
    card = words(nothing_card(Look(NOW, NOTHING, (), 0, PACK), DRAFT))

    assert "Nothing is read yet" in card
    assert "Save, and I begin with the pack **World** (23 feeds)." in card
