"""Which events a session hears of, and how much of a message it reads; see "Gateway Intents" in the API reference."""

from typing import Any, Final

JsonObject = dict[str, Any]

GUILDS: Final = 1 << 0
GUILD_MEMBERS: Final = 1 << 1
GUILD_PRESENCES: Final = 1 << 8
GUILD_MESSAGES: Final = 1 << 9
DIRECT_MESSAGES: Final = 1 << 12
MESSAGE_CONTENT: Final = 1 << 15
PRIVILEGED: Final = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
KNOWN: Final = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25

_ALWAYS: Final = frozenset({"READY", "RESUMED", "INTERACTION_CREATE", "USER_UPDATE", "GUILD_MEMBERS_CHUNK"})
_OF_GUILDS: Final = frozenset(
    {
        "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE",
        "CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE", "CHANNEL_PINS_UPDATE", "THREAD_CREATE", "THREAD_UPDATE",
        "THREAD_DELETE", "THREAD_LIST_SYNC", "THREAD_MEMBER_UPDATE",
    }
)  # fmt: skip
_OF_MEMBERS: Final = frozenset({"GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"})
_OF_MESSAGES: Final = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "CHANNEL_PINS_UPDATE"})
_CONTENT: Final[JsonObject] = {"content": "", "embeds": [], "attachments": [], "components": []}


def is_heard(kind: str, data: JsonObject, intents: int, *, bot_id: str) -> bool:
    """Tell whether a session with *intents* hears of an event; of its own membership a bot always does."""
    if kind in _ALWAYS:
        return True
    is_own = data.get("user", {}).get("id") == bot_id
    if kind == "GUILD_MEMBER_UPDATE" and is_own:
        return True
    needed = 0
    if kind in _OF_GUILDS and data.get("guild_id", data.get("id")):
        needed |= GUILDS
    if kind in _OF_MEMBERS:
        needed |= GUILD_MEMBERS
    if kind in _OF_MESSAGES:
        needed |= GUILD_MESSAGES if data.get("guild_id") else DIRECT_MESSAGES
    return bool(intents & needed)


def cut_to(data: JsonObject, intents: int, *, bot_id: str) -> JsonObject:
    """Return a message as a session with *intents* may read it: its own, direct and mentioning ones whole."""
    is_open = (
        bool(intents & MESSAGE_CONTENT)
        or not data.get("guild_id")
        or data.get("author", {}).get("id") == bot_id
        or any(user["id"] == bot_id for user in data.get("mentions", ()))
    )
    return data if is_open or "content" not in data else data | _CONTENT
