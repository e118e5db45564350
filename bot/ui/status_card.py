"""How the bot is doing, for people and not for machines."""

import re
from collections.abc import Sequence
from typing import Final

from bot.model.answers import DeliveryLine, FeedLine, Status
from bot.model.delivery import Schedule
from bot.ui.components import divider, text
from bot.ui.feed_card import failure_words
from bot.ui.payload import Component, Payload, boxed
from bot.ui.safe_text import discord_line, strong
from bot.ui.times import count_words, day_words, moment

_SHOWN: Final = 5
_CREDENTIALS: Final = re.compile(r"(?<=://)[^/@\s]*@")


def status_card(status: Status) -> Payload:
    """Return what is stored, what was read last, what fails, what comes next and what was posted last."""
    parts: list[Component] = [text(_head(status)), divider(), text(_counts(status))]
    if status.feeds_failing:
        parts.append(text(_failing(status.feeds_failing)))
    if status.next_runs:
        lines = [f"- <#{schedule.channel}> {moment(at, 'F')}" for schedule, at in status.next_runs[:_SHOWN]]
        parts.append(text("\n".join(["**Next digests**", *lines, *_more(status.next_runs)])))
    if status.last_deliveries:
        lines = [_delivery(line) for line in status.last_deliveries[:_SHOWN]]
        parts.append(text("\n".join(["**Last digests**", *lines])))
    return boxed(*parts)


def _head(status: Status) -> str:
    database = discord_line(_CREDENTIALS.sub("", status.database), 80)
    facts = [f"version {discord_line(status.version, 40)}", discord_line(status.language_model, 80), database]
    return f"## Status\n-# {' · '.join(facts)}"


def _counts(status: Status) -> str:
    stored = [
        count_words(status.articles, "article"),
        count_words(status.events, "story", "stories"),
        count_words(status.actors, "actor"),
        count_words(status.quotes, "quote"),
        count_words(status.feeds, "feed"),
    ]
    lines = [" · ".join(stored)]
    lines.append(
        f"Feeds were last read {moment(status.last_ingest, 'R')}." if status.last_ingest else "No feed read yet."
    )
    if status.last_article:
        lines.append(f"The newest article is from {moment(status.last_article, 'f')}.")
    if status.waiting_analysis:
        lines.append(f"{count_words(status.waiting_analysis, 'article')} still to be understood.")
    return "\n".join(lines)


def _failing(lines: Sequence[FeedLine]) -> str:
    rows = [f"- {strong(line.name, 80)}: {failure_words(line.feed) or 'failing'}" for line in lines[:_SHOWN]]
    return "\n".join(["**Feeds that fail**", *rows, *_more(lines)])


def _more(rows: Sequence[FeedLine] | Sequence[tuple[Schedule, object]]) -> list[str]:
    left = len(rows) - _SHOWN
    return [f"-# and {left} more"] if left > 0 else []


def _delivery(line: DeliveryLine) -> str:
    at = f" {moment(line.at, 'f')}" if line.at else ""
    note = f": {discord_line(line.note, 100)}" if line.note else ""
    return f"- <#{line.channel}> for {day_words(line.local_date)}: {discord_line(line.state, 20)}{at}{note}"
