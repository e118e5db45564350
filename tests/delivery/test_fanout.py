"""Many channels at once: as fast as allowed, no global 429, servers in turn, memory level; far more by arithmetic."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fanout import fan_out, simulate
from bot.delivery.plan import spread
from bot.delivery.rules import Rules
from bot.model.delivery import ScheduleId
from tests.promises import Record
from tests.storage.samples import DAY

PROMISE = "fan-out"
RULES = Rules()


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_fan_out_keeps_to_nine_tenths_of_the_allowed_rate(
    tmp_path: Path, record_promise: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("discord.http.Route.BASE", "")  # put back afterwards
    run = await fan_out(100, tmp_path, per_second=10.0)  # slow enough for a machine that has other things to do

    share = run.per_second / 10.0
    record_promise(
        PROMISE,
        f"100 channels over the double: {share:.0%} of the allowed rate, {run.global_429} global 429, {run.lost} lost, "
        f"{run.doubled} doubled, memory {run.growth:+.1f} MiB",
    )
    assert 0.9 <= share <= 1.05
    assert (run.global_429, run.lost, run.doubled) == (0, 0, 0)
    assert run.of_part(1)[50] < run.of_part(2)[50]
    assert run.growth < 8.0


def test_a_hundred_thousand_by_arithmetic(record_promise: Record) -> None:
    far, near = simulate(100_000, RULES), simulate(10_000, RULES)

    record_promise(
        PROMISE,
        f"10,000 simulated: first messages p99 {near.first_p99:.0f} s, all {near.whole:.0f} s; "
        f"100,000: {far.first_p99:.0f} s and {far.whole:.0f} s",
    )
    assert near.first_p99 <= 300
    assert near.whole <= 540
    assert far.whole <= 100_000 * 2 / RULES.per_second * 1.02
    # A quarter of the channels is every server's first one: none waits for another's second.
    assert far.latest_first_of_a_server <= 0.28 * far.first_p99


@given(st.integers(1, 10**6), st.integers(1, 50_000))
def test_what_is_due_together_is_spread_over_the_stated_window_at_most(schedule: int, together: int) -> None:
    offset = spread(ScheduleId(schedule), DAY, together, RULES)

    assert offset.total_seconds() <= min(RULES.spread.total_seconds(), together / RULES.per_second)
    assert spread(ScheduleId(schedule), DAY, together, RULES) == offset
    assert together > RULES.per_second or offset.total_seconds() == 0


def test_the_spread_is_even() -> None:
    offsets = sorted(spread(ScheduleId(number), DAY, 10_000, RULES).total_seconds() for number in range(4_000))

    quarters = [sum(15 * n <= offset < 15 * (n + 1) for offset in offsets) for n in range(4)]
    assert all(850 <= count <= 1150 for count in quarters)
