"""SteeredClock: two processes with one monotonic clock agree on the time."""

from datetime import UTC, datetime, timedelta

from bot.clock import SteeredClock

MORNING = datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_it_runs_on_from_the_reading_it_was_given() -> None:
    reading = [100.0]
    clock = SteeredClock(MORNING, 98.0, monotonic=lambda: reading[0])

    first = clock.now()
    reading[0] += 60
    second = clock.now()
    clock.set(MORNING + timedelta(hours=2), 160.0)

    assert first == MORNING + timedelta(seconds=2)
    assert second == MORNING + timedelta(seconds=62)
    assert clock.now() == MORNING + timedelta(hours=2)
