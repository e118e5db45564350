"""Moments are tokens, days are English."""

from datetime import UTC, date, datetime

from bot.ui.times import count_words, day_words, moment


def test_times_are_tokens_and_days_are_english() -> None:
    assert moment(datetime(2022, 2, 2, tzinfo=UTC), "R") == "<t:1643760000:R>"
    assert (day_words(date(2022, 2, 2)), day_words(date(2022, 2, 2), year=True)) == ("2 Feb", "2 Feb 2022")
    assert [count_words(1, "story", "stories"), count_words(2310, "story", "stories")] == ["1 story", "2,310 stories"]
    assert count_words(0, "outlet") == "0 outlets"
