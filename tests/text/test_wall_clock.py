"""Times and weekdays as people type them."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.text.wall_clock import parse_days, parse_time


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("07:00", time(7)),
        ("7am", time(7)),
        ("7.30 pm", time(19, 30)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("19h30", time(19, 30)),
        ("0700", time(7)),
        ("7", time(7)),
        (" 7 AM ", time(7)),
        ("７：００", time(7)),
        ("23:59", time(23, 59)),
        ("7 o’clock", time(7)),
    ],
)
def test_times_are_read_as_typed(typed: str, at: time) -> None:
    assert parse_time(typed) == at


@pytest.mark.parametrize("typed", ["25:00", "24:00", "13pm", "0am", "7:60", "7:5", "", "soon", "-7", "7:00 UTC"])
def test_what_is_no_time_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_time(typed)

    assert str(refused.value) == f"“{typed}” is not a time. Try 07:00, 7am or noon."


@given(st.times())
def test_every_minute_can_be_written_and_read(at: time) -> None:
    assert parse_time(f"{at:%H:%M}") == at.replace(second=0, microsecond=0)
    assert parse_time(f"{at:%I:%M %p}") == at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("daily", range(7)),
        ("weekdays", range(5)),
        ("mon-fri", range(5)),
        ("Mon, Wed", (0, 2)),
        ("sat sun", (5, 6)),
        ("Fri–Mon", (4, 5, 6, 0)),
        ("Tuesdays and Thursdays", (1, 3)),
        ("weekends, mon", (5, 6, 0)),
        ("Mon. to Wed.", (0, 1, 2)),
        ("every day", range(7)),
        ("su", (6,)),
    ],
)
def test_days_are_read_as_typed(typed: str, days: range | tuple[int, ...]) -> None:
    assert parse_days(typed) == frozenset(days)


@pytest.mark.parametrize("typed", ["", "x", "mon-xyz", "monkey", "7", "Mon, Blursday"])
def test_what_is_no_day_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UserError, match="Try daily, weekdays, mon-fri or Mon, Wed"):
        parse_days(typed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(typed: str) -> None:
    with suppress(UserError):
        assert isinstance(parse_time(typed), time)
    with suppress(UserError):
        assert 1 <= len(parse_days(typed)) <= 7


@given(st.text(min_size=41, max_size=2000))
def test_refusals_stay_short(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_time(f"x{typed}")

    assert len(str(refused.value)) < 120
