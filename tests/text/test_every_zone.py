"""One digest a local day in every time zone there is, through every clock change of ten years."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.delivery.plan import plan
from bot.model.delivery import OccurrenceState, Schedule, ScheduleId
from bot.text.occurrences import due_on
from tests.promises import Record

ZONES = files("tzdata").joinpath("zones").read_text("utf-8").split()
TIMES = (time(0), time(1, 30), time(2, 30), time(3, 30))
FIRST, LAST = date(2011, 1, 1), date(2020, 12, 31)
# Zones of clock changes at midnight, of half an hour, in the other half of the year, over the date line, and of none.
ODD = (
    "Pacific/Apia", "Pacific/Fakaofo", "Africa/Cairo", "America/Santiago", "Asia/Beirut", "America/Havana",
    "America/Asuncion", "Australia/Lord_Howe", "America/New_York", "Europe/Dublin", "Asia/Gaza", "Africa/Casablanca",
    "Antarctica/Troll", "America/Caracas", "Asia/Pyongyang", "UTC",
)  # fmt: skip
PROMISE = "2 one digest a schedule and local day"


def every_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def is_skipped(day: date, zone: ZoneInfo) -> bool:
    """Tell whether *zone* never showed *day*, by looking at every quarter of an hour around it."""
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    moments = (noon + timedelta(minutes=15 * number) for number in range(-4 * 48, 4 * 48))
    return all(moment.astimezone(zone).date() != day for moment in moments)


def counted(names: Iterable[str], first: date, last: date) -> tuple[int, int, list[str]]:
    """Return how many local days have exactly one instant, how many were skipped by their zone, and what is wrong."""
    once = skipped = 0
    wrong: list[str] = []
    for name in names:
        zone = ZoneInfo(name)
        for at in TIMES:
            instants = []
            for day in every_day(first, last):
                due = due_on(day, at, zone)
                if due is None:
                    skipped += 1
                    if not is_skipped(day, zone):
                        wrong.append(f"{name} {day} {at}: none")
                    continue
                once += 1
                instants.append(due)
                if due.astimezone(zone).date() != day:
                    wrong.append(f"{name} {day} {at}: falls on another day")
            wrong += [f"{name} {at}: {a} is not before {b}" for a, b in pairwise(instants) if a >= b]
    return once, skipped, wrong


def test_odd_zones_and_a_few_others_for_a_year(record_promise: Record) -> None:
    names = sorted({*ODD, *Random(2).sample(ZONES, 8)})

    once, skipped, wrong = counted(names, date(2011, 1, 1), date(2011, 12, 31))

    record_promise(
        PROMISE, f"{len(names)} zones × 1 year × 4 times: {once} days with exactly 1, {skipped} skipped with 0"
    )
    assert wrong == []
    assert skipped == 2 * len(TIMES)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_zone_for_ten_years(record_promise: Record) -> None:
    once, skipped, wrong = counted(ZONES, FIRST, LAST)

    record_promise(
        PROMISE, f"{len(ZONES)} zones × 10 years × 4 times: {once} days with exactly 1, {skipped} skipped with 0"
    )
    assert wrong == []
    assert once + skipped == len(ZONES) * len(TIMES) * ((LAST - FIRST).days + 1)


@pytest.mark.parametrize("zone", ODD)
def test_who_looks_again_and_again_plans_each_local_day_once(zone: str) -> None:
    schedule = Schedule(ScheduleId(1), guild=1, channel=1, at=time(2, 30), zone=zone)
    begin = datetime(2011, 12, 20, tzinfo=UTC)
    dice = Random(zone)
    rows: dict[date, OccurrenceState] = {}
    now = begin
    while now < begin + timedelta(days=100):
        now += timedelta(minutes=dice.choice((1, 20, 45, 170)))
        looked = now + timedelta(hours=dice.choice((0, 0, 0, 0, -1, 1)))  # a clock that is wrong now and then
        for row in plan([replace(schedule, created_at=begin)], looked, timedelta(hours=6)):
            rows.setdefault(row.local_date, row.state)

    days = [day for day in every_day(min(rows), max(rows)) if not is_skipped(day, ZoneInfo(zone))]
    assert sorted(rows) == days
    assert set(rows.values()) == {OccurrenceState.DUE}
