"""next_poll: often where news comes, seldom where none does, patient with failures."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import REASON_CODES
from bot.feeds.polling import DISABLE_AFTER_FAILURES, LONGEST_SECONDS, SHORTEST_SECONDS, Notice, Poll, next_poll
from bot.model.articles import Feed, FeedId, Outlet, OutletId

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED = Feed(FeedId(1), "https://a.example/feed", Outlet(OutletId(1), "A"))


def remembered(feed: Feed, poll: Poll) -> Feed:
    return replace(
        feed,
        interval_seconds=poll.interval_seconds, failures=poll.failures, code=poll.code,
        failing_since=poll.failing_since, disabled=poll.disabled, next_poll_at=poll.next_poll_at,
    )  # fmt: skip


def wait(poll: Poll, now: datetime = NOW) -> float:
    assert poll.next_poll_at is not None
    return (poll.next_poll_at - now).total_seconds()


def test_news_brings_the_next_look_forward_and_silence_puts_it_off() -> None:
    sooner, later = next_poll(FEED, NOW, new=3), next_poll(FEED, NOW, new=0)

    assert sooner.interval_seconds < FEED.interval_seconds < later.interval_seconds
    assert wait(sooner) < wait(later)


def test_feed_settles_at_a_few_looks_for_each_story() -> None:
    feed, now, looks, told = FEED, NOW, 0, NOW
    hours = 6
    while now < NOW + timedelta(days=30):
        new = int((now - NOW) / timedelta(hours=hours)) - int((told - NOW) / timedelta(hours=hours))
        told = now
        poll = next_poll(feed, now, new=new)
        feed = remembered(feed, poll)
        now += timedelta(seconds=wait(poll, now))
        looks += 1

    assert 3 < looks / (30 * 24 / hours) < 8


def test_failures_wait_longer_each_time_and_tell_once() -> None:
    feed, now = FEED, NOW
    waits, notices = [], []
    for _ in range(16):
        poll = next_poll(feed, now, code="timeout")
        feed = remembered(feed, poll)
        waits.append(wait(poll, now))
        notices.append(poll.notice)
        now += timedelta(seconds=waits[-1])

    assert waits[:5] == sorted(waits[:5])
    assert notices.count(Notice.FAILING) == 1
    assert notices.count(Notice.DISABLED) == 1
    assert notices.index(Notice.DISABLED) >= DISABLE_AFTER_FAILURES - 1
    assert feed.disabled
    assert waits[-1] == timedelta(days=7).total_seconds()


def test_disabled_feed_heals_by_itself() -> None:
    feed = replace(FEED, failures=20, code="dns_error", failing_since=NOW - timedelta(days=30), disabled=True)

    poll = next_poll(feed, NOW, new=1)

    assert (poll.disabled, poll.failures, poll.code, poll.failing_since) == (False, 0, None, None)
    assert poll.notice is Notice.RECOVERED


def test_short_trouble_is_never_mentioned() -> None:
    feed = remembered(FEED, next_poll(FEED, NOW, code="http_error"))

    assert next_poll(FEED, NOW, code="http_error").notice is None
    assert next_poll(feed, NOW).notice is None


def test_many_quick_failures_do_not_disable_a_feed() -> None:
    feed = replace(FEED, failures=50, failing_since=NOW - timedelta(hours=3))

    assert not next_poll(feed, NOW, code="timeout").disabled


def test_feed_that_is_gone_is_not_asked_again() -> None:
    poll = next_poll(FEED, NOW, code="gone")

    assert (poll.next_poll_at, poll.disabled, poll.notice) == (None, True, Notice.DISABLED)
    assert next_poll(remembered(FEED, poll), NOW, code="gone").notice is None


@pytest.mark.parametrize(
    ("asked", "least", "most"),
    [
        (7200, 7200, 7200),
        (1e18, 86400, 86400),
        (-5, 300, 1200),
        (float("inf"), 86400, 86400),
        (float("nan"), 300, 1200),
    ],
)
def test_what_the_server_asks_for_is_honoured_within_a_day(asked: float, least: float, most: float) -> None:
    assert least <= wait(next_poll(FEED, NOW, code="rate_limited", retry_after=asked)) <= most


def test_feeds_of_one_moment_do_not_come_due_together() -> None:
    times = {next_poll(replace(FEED, url=f"https://a.example/{n}"), NOW).next_poll_at for n in range(100)}

    assert len(times) > 90


@given(
    interval=st.integers(-10, 10**9),
    failures=st.integers(0, 10**6),
    new=st.integers(0, 10**6),
    code=st.sampled_from([None, *sorted(REASON_CODES - {"gone"})]),
    retry_after=st.none() | st.floats(),
    disabled=st.booleans(),
)
def test_every_wait_is_within_bounds(
    interval: int, failures: int, new: int, code: str | None, retry_after: float | None, disabled: bool
) -> None:
    feed = replace(FEED, interval_seconds=interval, failures=failures, disabled=disabled)

    poll = next_poll(feed, NOW, new=new, code=code, retry_after=retry_after)

    assert SHORTEST_SECONDS <= poll.interval_seconds <= LONGEST_SECONDS
    assert SHORTEST_SECONDS <= wait(poll) <= (timedelta(days=7).total_seconds() if poll.disabled else LONGEST_SECONDS)
    assert next_poll(feed, NOW, new=new, code=code, retry_after=retry_after) == poll
