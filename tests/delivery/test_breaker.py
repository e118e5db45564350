"""Breaker and Pace: never near a ban, never faster than allowed."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.breaker import INVALID_AT_MOST, Breaker, Pace

VIA = {"Via": "1.1 google"}


class Time:
    """A monotonic clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_fifty_invalid_requests_in_ten_minutes_and_then_rest() -> None:
    time = Time()
    breaker = Breaker(time)

    for _ in range(INVALID_AT_MOST):
        assert breaker.room > 0
        breaker.note(403, VIA)
        time.now += 1.0

    assert (breaker.room, breaker.rest_seconds) == (0, 550.0)
    time.now = 600.0
    assert breaker.room == 1


@pytest.mark.parametrize(("asked", "rest"), [("", 600.0), ("30", 600.0), ("3600", 3600.0), ("soon", 600.0)])
def test_a_ban_is_waited_out_for_ten_minutes_at_least(asked: str, rest: float) -> None:
    breaker = Breaker(Time())

    breaker.note(429, {"Retry-After": asked})

    assert (breaker.room, breaker.rest_seconds) == (0, rest)


def test_what_discord_does_not_count_does_not_count() -> None:
    breaker = Breaker(Time())

    for status, headers in ((200, VIA), (500, VIA), (404, VIA), (429, VIA | {"X-RateLimit-Scope": "shared"})):
        breaker.note(status, headers)

    assert (breaker.invalid, breaker.rest_seconds) == (0, 0.0)


@given(st.lists(st.tuples(st.floats(0, 700), st.sampled_from([200, 401, 403, 429])), max_size=300))
def test_never_more_than_fifty_in_any_ten_minutes_for_who_keeps_to_the_room(steps: list[tuple[float, int]]) -> None:
    time = Time()
    breaker = Breaker(time)
    invalid: list[float] = []

    for wait, status in steps:
        time.now += wait / 50
        if breaker.room > 0:
            breaker.note(status, VIA)
            if status != 200:
                invalid.append(time.now)

    assert all(sum(at - 600 < other <= at for other in invalid) <= INVALID_AT_MOST for at in invalid)


async def test_no_second_holds_more_than_the_allowed_and_its_few_late_ones() -> None:
    loop = asyncio.get_running_loop()
    pace, at = Pace(200), []

    async def go() -> None:
        await pace.turn()
        at.append(loop.time())

    await asyncio.gather(*(go() for _ in range(60)))

    assert all(sum(begin <= other < begin + 0.1 for other in at) <= 20 + 5 + 1 for begin in at)
