"""Moments are tokens, days are English."""

from datetime import UTC, date, datetime

import pytest

from bot.text.dates import values
from bot.ui.times import count_words, date_words, day_words, moment


def test_times_are_tokens_and_days_are_english() -> None:
    assert moment(datetime(2022, 2, 2, tzinfo=UTC), "R") == "<t:1643760000:R>"
    assert (day_words(date(2022, 2, 2)), day_words(date(2022, 2, 2), year=True)) == ("2 Feb", "2 Feb 2022")
    assert [count_words(1, "story", "stories"), count_words(2310, "story", "stories")] == ["1 story", "2,310 stories"]
    assert count_words(0, "outlet") == "0 outlets"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (values.day_value(date(2022, 2, 2)), "2 Feb 2022"),
        (values.week_value(date(2022, 2, 2)), "week of 31 Jan 2022"),
        (values.weekend_value(date(2022, 2, 2)), "weekend of 5 Feb 2022"),
        (values.month_value(2022, 2), "Feb 2022"),
        (values.quarter_value(2022, 4), "Oct–Dec 2022"),
        (values.season_value(2022, "winter"), "winter 2022"),
        (values.year_value(1998), "1998"),
        (values.decade_value(1998), "the 1990s"),
    ],
)
def test_date_is_told_no_more_exactly_than_the_text_has_it(value: values.Value, words: str) -> None:
    assert date_words(value.text, value.start) == words
