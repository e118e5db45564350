"""What a member may do in a channel, computed as Discord computes it.

The order is that of "Permission Hierarchy" in the API reference: everyone's role, the member's roles, then the
channel's overwrites for everyone, for the roles together, for the member. Owners and administrators may do all.
Then comes what is denied along with something else: "Implicit Permissions".
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

JsonObject = dict[str, Any]

ADMINISTRATOR: Final = 1 << 3
MANAGE_CHANNELS: Final = 1 << 4
MANAGE_GUILD: Final = 1 << 5
ADD_REACTIONS: Final = 1 << 6
VIEW_CHANNEL: Final = 1 << 10
SEND_MESSAGES: Final = 1 << 11
SEND_TTS_MESSAGES: Final = 1 << 12
MANAGE_MESSAGES: Final = 1 << 13
EMBED_LINKS: Final = 1 << 14
ATTACH_FILES: Final = 1 << 15
READ_MESSAGE_HISTORY: Final = 1 << 16
MENTION_EVERYONE: Final = 1 << 17
USE_EXTERNAL_EMOJIS: Final = 1 << 18
USE_APPLICATION_COMMANDS: Final = 1 << 31
MANAGE_THREADS: Final = 1 << 34
CREATE_PUBLIC_THREADS: Final = 1 << 35
CREATE_PRIVATE_THREADS: Final = 1 << 36
SEND_MESSAGES_IN_THREADS: Final = 1 << 38
PIN_MESSAGES: Final = 1 << 51
ALL: Final = (1 << 53) - 1
NEWCOMER: Final = (
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY | ADD_REACTIONS
    | USE_EXTERNAL_EMOJIS | USE_APPLICATION_COMMANDS | CREATE_PUBLIC_THREADS | SEND_MESSAGES_IN_THREADS
)  # fmt: skip
"""What everyone may do in a new server."""

_GONE_WITH_SENDING: Final = MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS
_LEFT_IN_TIMEOUT: Final = VIEW_CHANNEL | READ_MESSAGE_HISTORY
_THREADS: Final = frozenset({10, 11, 12})


def guild_permissions(guild: JsonObject, member: JsonObject) -> int:
    """Return what *member* may do in *guild* where no channel says otherwise."""
    if member["user"]["id"] == guild["owner_id"]:
        return ALL
    granted = 0
    for role in guild["roles"]:
        if role["id"] == guild["id"] or role["id"] in member["roles"]:
            granted |= int(role["permissions"])
    return ALL if granted & ADMINISTRATOR else granted


def channel_permissions(
    guild: JsonObject, member: JsonObject, channel: JsonObject, *, parent: JsonObject | None = None, now: datetime
) -> int:
    """Return what *member* may do in *channel* at *now*; without View Channel, nothing.

    A thread has no overwrites of its own: *parent* is the channel that it hangs under.
    """
    granted = guild_permissions(guild, member)
    if granted == ALL:
        return ALL
    overwrites = {entry["id"]: entry for entry in (parent or channel).get("permission_overwrites", ())}
    granted = _applied(granted, [overwrites[guild["id"]]] if guild["id"] in overwrites else ())
    granted = _applied(granted, [overwrites[role] for role in member["roles"] if role in overwrites])
    own = overwrites.get(member["user"]["id"])
    granted = _applied(granted, [own] if own else ())
    return _without_implied(granted, channel) & (_LEFT_IN_TIMEOUT if _is_timed_out(member, now) else ALL)


def _applied(granted: int, overwrites: Iterable[JsonObject]) -> int:
    allow = deny = 0
    for overwrite in overwrites:
        allow |= int(overwrite["allow"])
        deny |= int(overwrite["deny"])
    return granted & ~deny | allow


def _without_implied(granted: int, channel: JsonObject) -> int:
    if not granted & VIEW_CHANNEL:
        return 0
    sending = SEND_MESSAGES_IN_THREADS if channel["type"] in _THREADS else SEND_MESSAGES
    return granted if granted & sending else granted & ~_GONE_WITH_SENDING


def _is_timed_out(member: JsonObject, now: datetime) -> bool:
    until = member.get("communication_disabled_until")
    return until is not None and datetime.fromisoformat(until) > now
