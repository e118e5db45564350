"""Night: time goes by in strides that a slow reader can follow, and stops where something is due."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import ManualClock
from bot.errors import NeedToKnowError
from bot.sandbox.night import STRIDE, Night, next_stop, next_wall_time
from tests.sandbox.page.stages import Walker

EVENING = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@given(now=instants, ahead=st.timedeltas(timedelta(seconds=1), timedelta(days=3)), due=st.none() | instants)
def test_a_stop_lies_ahead_within_a_stride_and_passes_nothing_that_is_due(
    now: datetime, ahead: timedelta, due: datetime | None
) -> None:
    stop = next_stop(now, now + ahead, due)

    assert now < stop <= now + min(ahead, STRIDE)
    assert due is None or not now < due < stop


@given(now=instants)
def test_something_due_is_met_a_second_before_and_then_to_the_point(now: datetime) -> None:
    due = now + timedelta(minutes=5)
    goal = now + timedelta(minutes=10)
    stops = [now]
    while stops[-1] < due:
        stops.append(next_stop(stops[-1], goal, due))

    assert stops[-2:] == [due - timedelta(seconds=1), due]


@pytest.mark.parametrize(
    ("zone", "now", "goal"),
    [
        ("UTC", EVENING, MORNING),
        ("UTC", MORNING, MORNING + timedelta(days=1)),
        ("America/New_York", MORNING, datetime(2026, 3, 3, 12, tzinfo=UTC)),
    ],
    ids=["tomorrow", "at seven sharp: the day after", "later today, there"],
)
def test_the_next_morning_is_the_next_one_on_that_wall(zone: str, now: datetime, goal: datetime) -> None:
    assert next_wall_time(now, time(7), ZoneInfo(zone)) == goal


async def test_a_night_passes_in_strides_and_everybody_is_told() -> None:
    clock = ManualClock(EVENING)
    walker, told = Walker(clock), list[tuple[bool, datetime]]()
    async with Night(clock, walker) as night:
        night.told = lambda: told.append((night.is_passing, clock.now()))
        await night.pass_until(MORNING)

    hours = [23, 1, 3, 5, 7]
    assert [at.hour for at in walker.stops] == hours
    assert told[0] == (True, EVENING)
    assert told[-1] == (False, MORNING)
    assert [at.hour for _, at in told[1:-1]] == hours


async def test_the_night_goes_on_while_something_is_awaited_but_a_day_at_most() -> None:
    clock = ManualClock(EVENING)
    noon = MORNING + timedelta(hours=5)
    async with Night(clock, Walker(clock, noon)) as night:
        await night.pass_until(MORNING, awaited=lambda: clock.now() < noon)
        first = clock.now()
        await night.pass_until(MORNING + timedelta(days=1), awaited=lambda: True)

    assert first == noon
    assert clock.now() == MORNING + timedelta(days=2)


async def test_only_one_night_passes_at_a_time_and_a_lost_bot_is_told_of() -> None:
    clock = ManualClock(EVENING)
    failed: asyncio.Queue[NeedToKnowError] = asyncio.Queue()

    class Gone(Walker):
        async def follow(self) -> None:
            await super().follow()
            raise NeedToKnowError("The bot has stopped.")

    walker = Gone(clock)
    async with Night(clock, walker) as night:
        night.failed = failed.put_nowait
        night.begin(MORNING)
        night.begin(MORNING + timedelta(days=9))
        async with asyncio.timeout(5):
            error = await failed.get()

    assert str(error) == "The bot has stopped."
    assert failed.empty()
    assert len(walker.stops) == 1
