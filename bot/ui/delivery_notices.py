"""What admins and readers are told when digests stop, in words that say what to do."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.ui.components import text
from bot.ui.payload import Payload, boxed
from bot.ui.safe_text import discord_line
from bot.ui.times import moment

_SHOWN: Final = 10


def trouble_notice(troubles: Sequence[tuple[int, str, datetime]]) -> Payload:
    """Return what admins are told about channels (id, what is wrong, since when) that get no more digests."""
    lines = [
        f"- <#{channel}>: {discord_line(words, 120)}. (Since {moment(since)}.)"
        for channel, words, since in troubles[:_SHOWN]
    ]
    if len(troubles) > _SHOWN:
        lines.append(f"- and {len(troubles) - _SHOWN} more, see `/schedule list`")
    todo = (
        "-# Allow me View Channel and Send Messages there (Edit Channel → Permissions) and I go on by myself. For a "
        "channel that is gone: `/schedule remove`, then `/schedule add` with another one. I tell this once."
    )
    return boxed(text("## I can't post digests any more"), text("\n".join(lines)), text(todo))


def silence_notice(*, since: datetime | None, why: str | None, next_run: datetime | None) -> Payload:
    """Return what a channel is told that got no digest for days; *since* None: it never got one."""
    head = f"No digest was posted here since {moment(since, 'D')}." if since else "No digest was posted here yet."
    lines = [head + (f" The last one was left out: {discord_line(why, 160)}." if why else "")]
    lines.append(f"The next one is due {moment(next_run, 'F')}." if next_run else "None is planned.")
    return boxed(text("## It has been quiet here"), text("\n".join(lines)), text("-# `/status` says how I am doing."))
