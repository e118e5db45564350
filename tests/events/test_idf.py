"""Idf: rare words weigh, the words of earlier days do not, today's keep their weight."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.idf import UNKNOWN, DayCount, LaggedIdf, StaticIdf

MONDAY = date(2026, 3, 2)


class Flat:
    """Every stem weighs eight."""

    def weight(self, stem: str) -> float:
        return 8.0

    def advance(self, day: date) -> None:
        pass

    def count(self, stems: object) -> None:
        pass


def lagged(*days: int, reports: int = 600, spread: int = 1) -> LaggedIdf:
    """An IDF that counted *reports* reports on each of *days* after Monday; every *spread*-th says "lockdown"."""
    idf = LaggedIdf(Flat())
    for day in days:
        idf.advance(MONDAY + timedelta(days=day))
        for number in range(reports):
            idf.count(["lockdown"] if number % spread == 0 else ["weather"])
    return idf


def test_rare_words_weigh_more_than_common_ones() -> None:
    english = StaticIdf.load()

    assert english.weight("hous") < english.weight("kremlin") < english.weight("xqzt") == UNKNOWN
    assert english.weight("7") < english.weight("36")


def test_todays_words_keep_their_weight() -> None:
    assert lagged(0).weight("lockdown") == 8.0


def test_words_of_the_day_before_lose_it() -> None:
    idf = lagged(0)
    idf.advance(MONDAY + timedelta(days=1))

    assert idf.weight("lockdown") == pytest.approx(0.1)
    assert idf.weight("marigold") == 8.0


def test_a_handful_of_earlier_reports_says_nothing() -> None:
    idf = lagged(0, reports=9)
    idf.advance(MONDAY + timedelta(days=1))

    assert idf.weight("lockdown") == 8.0


def test_the_more_earlier_reports_the_more_they_are_believed() -> None:
    weights = []
    for reports in (9, 20, 200, 400, 600):
        idf = lagged(0, reports=reports)
        idf.advance(MONDAY + timedelta(days=1))
        weights.append(idf.weight("lockdown"))

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)


def test_rarer_words_lose_less() -> None:
    idf = lagged(0, spread=20)
    idf.advance(MONDAY + timedelta(days=1))

    assert 2.5 < idf.weight("lockdown") < 3.5


def test_words_are_forgotten_after_two_weeks() -> None:
    idf = lagged(0)
    idf.advance(MONDAY + timedelta(days=15))

    assert idf.weight("lockdown") == 8.0
    assert idf.days() == ()


def test_late_report_does_not_turn_the_day_back() -> None:
    idf = lagged(0, 1)
    before = idf.weight("lockdown")

    idf.advance(MONDAY)
    idf.count(["lockdown"])

    assert idf.weight("lockdown") == before
    assert [(row.day, row.reports) for row in idf.days()] == [(MONDAY, 600), (MONDAY + timedelta(days=1), 601)]


def test_counting_needs_a_day() -> None:
    with pytest.raises(ValueError, match="advance"):
        LaggedIdf(Flat()).count(["ferry"])


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["a", "b", "c"])), min_size=1, max_size=30))
def test_restored_weights_are_the_same(counted: list[tuple[int, str]]) -> None:
    idf, again = LaggedIdf(Flat()), LaggedIdf(Flat())
    for day, stem in counted:
        idf.advance(MONDAY + timedelta(days=day))
        for _ in range(200):
            idf.count([stem])

    again.restore(reversed(idf.days()))

    assert [again.weight(stem) for stem in "abc"] == [idf.weight(stem) for stem in "abc"]
    assert again.days() == idf.days()


def test_restoring_nothing_starts_anew() -> None:
    idf = lagged(0, 1)

    idf.restore([])

    assert idf.days() == ()
    idf.restore([DayCount(MONDAY, 1, {"ferry": 1})])
    assert [row.counts for row in idf.days()] == [{"ferry": 1}]
