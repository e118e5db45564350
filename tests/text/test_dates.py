"""find_dates: the day that the words mean, no finer and no coarser."""

import json
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.dates import find_dates, heading_date
from bot.text.wordlist import words

WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=UTC)
CORPUS = Path(__file__).parent.parent / "corpus" / "dates.jsonl"
LABELLED = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]


def values(text: str, published: datetime = WEDNESDAY, **settings: Any) -> list[tuple[str, str]]:
    return [(mention.span.of(text), mention.value) for mention in find_dates(text, published, **settings)]


@pytest.mark.parametrize("case", LABELLED, ids=[case["text"][:50] for case in LABELLED])
def test_labelled_sentences(case: dict[str, Any]) -> None:
    published = datetime.fromisoformat(case["published"])

    assert values(case["text"], published) == [tuple(labelled) for labelled in case["dates"]]


def test_corpus_is_large_enough_to_mean_something() -> None:
    assert sum(len(case["dates"]) for case in LABELLED) >= 150


def test_a_governor_decides_where_the_words_around_do_not() -> None:
    text = "The chamber on Friday"

    assert values(text) == [("Friday", "2026-02-27")]
    assert values(text, governors=((text.index("Friday"), "future"),)) == [("Friday", "2026-03-06")]
    assert values("It will open on Friday", governors={16: "past"}) == [("Friday", "2026-03-06")]
    assert values("A decision to close it on Friday", governors={26: "past"}) == [("Friday", "2026-02-27")]


def test_the_outlets_zone_tells_which_day_it_is_there() -> None:
    late = datetime(2026, 3, 4, 20, tzinfo=UTC)

    assert values("It rained today.", late, zone=ZoneInfo("Pacific/Auckland")) == [("today", "2026-03-05")]


def test_only_dates_after_the_start_are_given_but_headings_before_it_count() -> None:
    text = "March 2: What to know\n\nThe vans came yesterday."

    assert values(text, start=text.index("The vans")) == [("yesterday", "2026-03-01")]


def test_ranges_cover_their_days_and_periods_theirs() -> None:
    days, month, week, decade = find_dates("On 12 to 15 March, in May, next week and in the 1990s.", WEDNESDAY)

    assert (days.start, days.end, days.kind) == (date(2026, 3, 12), date(2026, 3, 15), "date")
    assert (month.end, month.kind) == (date(2025, 5, 31), "period")
    assert (week.start, week.end) == (date(2026, 3, 9), date(2026, 3, 15))
    assert (decade.value, decade.start) == ("199X", date(1990, 1, 1))


def test_future_says_that_all_of_it_lies_ahead() -> None:
    today, friday, year = find_dates("Today they met. On Friday they will rest. The year 2026 is long.", WEDNESDAY)

    assert (today.future, friday.future, year.future) == (False, True, False)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Feb. 2: What you need to know today", date(2026, 2, 2)),
        ("2 February", date(2026, 2, 2)),
        ("Wednesday, March 4 — the day so far", date(2026, 3, 4)),
        ("What you need to know on March 3:", date(2026, 3, 3)),
        ("Tuesday: the vans leave", date(2026, 3, 3)),
        ("On 2 February the vans left.", None),
        ("• Feb. 2: A van left", None),
        ("A van left on Feb. 2", None),
        ("Feb. 30: no such day", None),
        ("March on the capital", None),
        ("", None),
    ],
)
def test_dated_headings(line: str, day: date | None) -> None:
    assert heading_date(line, WEDNESDAY) == day


_WORDS = st.sampled_from(
    sorted(
        words(
            """
            Monday on last next this March 3 12 2019 31 April weekend two weeks ago will said until by May 2026-02-30
            . , : the of ’70s first quarter summer tomorrow Feb. -
            """
        )
    )
)


@given(st.lists(_WORDS, max_size=25).map(" ".join), st.datetimes(timezones=st.just(UTC)))
def test_any_words_on_any_day_give_ordered_spans_with_days_in_order(text: str, published: datetime) -> None:
    found = find_dates(text, published)

    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
    assert all(mention.start and mention.end and mention.start <= mention.end for mention in found)


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert all(mention.span.end <= len(text) for mention in find_dates(text, WEDNESDAY))
