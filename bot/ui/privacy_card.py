"""What is held of a server, in words and as a file, and what is gone once it was deleted."""

import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.ui.components import text
from bot.ui.payload import Payload, boxed
from bot.ui.safe_text import discord_line
from bot.ui.times import count_words

Held = Mapping[str, Sequence[Mapping[str, Any]]]

_WORDS: Final = {
    "schedule": ("schedule", "schedules"),
    "subscription": ("feed", "feeds"),
    "edition": ("posted digest", "posted digests"),
    "config_log": ("logged change of settings", "logged changes of settings"),
    "channel": ("channel with trouble", "channels with trouble"),
    "feed_notice": ("notice about a feed", "notices about feeds"),
    "occurrence": ("day of a schedule", "days of schedules"),
    "outbox_part": ("message of a digest", "messages of digests"),
    "correction": ("correction", "corrections"),
    "message_edit": ("edit of a posted message", "edits of posted messages"),
}
_NEVER: Final = "I hold no messages of members, no list of members, and nothing of what people ask me."
_KEPT: Final = (
    "When I am removed from a server, all of it is deleted after 30 days; `/privacy action:delete` does it now."
)


def held_card(held: Held) -> Payload:
    """Return what is held of a server, why, and how to get it or be rid of it."""
    why = "To post on time and only once: ids of this server and its channels, and the id of whoever changed a setting."
    return boxed(text(f"## What I hold of this server\n{_counts(held)}\n{why}\n{_NEVER}\n-# {_KEPT}"))


def confirm_card(held: Held, name: str) -> Payload:
    """Return what would be deleted and how to say that it is meant."""
    shown = discord_line(name, 100)
    ask = f"Run it again with the name of this server in `confirm`: {shown}"
    return boxed(text(f"## Delete all of it?\n{_counts(held)}\nThis can't be undone. {ask}"))


def forgotten_card(held: Held) -> Payload:
    """Return what was deleted."""
    after = "I post nothing here until somebody sets me up again. Backups of the operator keep it until they run out."
    return boxed(text(f"## Deleted\n{_counts(held)}\n-# {after}"))


def export_file(guild: int, held: Held) -> discord.File:
    """Return all rows that are held of a server as a JSON file."""
    body = json.dumps(held, ensure_ascii=False, indent=1).encode()
    return discord.File(io.BytesIO(body), filename=f"needtoknow-{guild}.json")


def _counts(held: Held) -> str:
    parts = [count_words(len(held[name]), *words) for name, words in _WORDS.items() if held.get(name)]
    return f"{', '.join(parts)}." if parts else "Nothing but that I am here."
