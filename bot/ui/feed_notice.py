"""What a server is told about its feeds: once, in plain words, with what can be done."""

from collections.abc import Sequence
from typing import Final

from bot.feeds.health import describe
from bot.model.answers import FeedNotice
from bot.ui.components import divider, text
from bot.ui.payload import COMPONENTS_V2, Payload, boxed
from bot.ui.safe_text import strong
from bot.ui.times import count_words, moment

SILENT: Final = 1 << 12
"""The message flag that rings nobody's phone (Discord API reference, "Message Flags")."""
_MOST: Final = 8
_GOES_ON: Final = "It stays on the list and is looked at again; when it works, it is read again by itself."
_ENDS: Final = {"gone": "It is not asked again."}


def feed_notice(notices: Sequence[FeedNotice]) -> Payload:
    """Return one message about all *notices* of a server."""
    rows = [text(_row(notice)) for notice in notices[:_MOST]]
    left = len(notices) - len(rows)
    more = f" {count_words(left, 'more feed has', 'more feeds have')} news, too." if left > 0 else ""
    foot = text(f"-# Said once; /feed list always shows how each feed is doing.{more}")
    message = boxed(text("## About your feeds"), divider(), *rows, foot)
    return Payload(message.components, COMPONENTS_V2 | SILENT)


def _row(notice: FeedNotice) -> str:
    name = strong(notice.name, 80)
    since = moment(notice.since, "f")
    if notice.kind == "recovered" or notice.code is None:
        return f"{name} can be read again since {since}."
    reason = describe(notice.code)
    if notice.kind == "disabled":
        return (
            f"{name} is switched off; it could not be read since {since}. {reason} {_ENDS.get(notice.code, _GOES_ON)}"
        )
    return f"{name} could not be read since {since}. {reason}"
