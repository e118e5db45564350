"""A server's feeds and how they are doing."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.model.answers import FeedLine
from bot.model.articles import Feed
from bot.ui.components import divider, text
from bot.ui.custom_ids import Ask
from bot.ui.hosts import ascii_host
from bot.ui.pages import LINES, controls, page_of, where
from bot.ui.payload import Payload, boxed
from bot.ui.safe_text import discord_line, strong
from bot.ui.times import count_words, moment

_WHY = {
    "timeout": "it did not answer in time",
    "too_large": "it is too large",
    "blocked_address": "its address is not a public one",
    "too_many_redirects": "it redirects too often",
    "bad_scheme": "its address is not http or https",
    "bad_port": "its port is not one of the web",
    "dns_error": "its name could not be found",
    "not_a_feed": "there is no feed at this address",
    "bad_encoding": "its text cannot be decoded",
    "http_error": "the site answers with an error",
    "protocol_error": "the site does not speak HTTP properly",
    "gone": "the site says that it is gone for good",
    "rate_limited": "the site asks us to come less often",
    "parse_error": "it cannot be read as a feed",
    "parse_timeout": "it takes too long to read",
    "auth_required": "the site wants a password",
    "tls_error": "its certificate is not valid",
}


def feed_added(line: FeedLine) -> Payload:
    """Return the confirmation of a new subscription."""
    told = "Its articles count from the next digest on; nothing old is posted."
    return boxed(text(f"## Feed added\n{_name(line)}\n-# {told} /feed list shows them all."))


def feed_removed(line: FeedLine) -> Payload:
    """Return the confirmation that a subscription has ended."""
    return boxed(text(f"## Feed removed\n{_name(line)}\n-# Articles that were read already stay."))


def feed_list(lines: Sequence[FeedLine], ask: Ask) -> Payload:
    """Return a page of a server's feeds with their health, or how to add the first one."""
    if not lines:
        return boxed(text("## Feeds\nNo feed is added here. `/feed add` takes the address of a feed or of a site."))
    page = page_of(lines, ask.offset, LINES)
    head = " · ".join(part for part in (count_words(page.total, "feed"), where(page)) if part)
    rows = [
        text(f"{_name(line)}\n-# {_health(line.feed)} · {count_words(line.articles, 'article')}") for line in page.rows
    ]
    return boxed(text(f"## Feeds\n-# {head}"), divider(), *rows, *controls(ask, page, share=False, step=LINES))


def host_of(url: str) -> str:
    """Return the host of *url* alone: what follows it may hold a subscriber's key."""
    try:
        return ascii_host(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def failure_words(feed: Feed) -> str:
    """Return why *feed* is not read at the moment, in plain words; empty where it is."""
    if feed.disabled:
        return f"switched off: {_why(feed)}"
    if not feed.failures:
        return ""
    since = f" since {moment(feed.failing_since, 'f')}" if feed.failing_since else ""
    coming = f"; next try {moment(feed.next_poll_at, 'R')}" if feed.next_poll_at else ""
    return f"{_why(feed)}{since}; {count_words(feed.failures, 'try', 'tries')}{coming}"


def _why(feed: Feed) -> str:
    return _WHY.get(feed.code or "", "it could not be read")


def _health(feed: Feed) -> str:
    failure = failure_words(feed)
    if failure:
        return failure
    return f"read {moment(feed.last_ok_at, 'R')}" if feed.last_ok_at else "not read yet"


def _name(line: FeedLine) -> str:
    parts = [strong(line.name, 80), discord_line(host_of(line.url), 80)]
    if line.topic:
        parts.append(f"topic: {discord_line(line.topic, 40)}")
    return " · ".join(part for part in parts if part)
