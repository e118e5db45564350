"""What one viewer sees of the double, for a page that shows it.

A page keeps a viewer and a server, sends :func:`snapshot` whole at the start and after every notice that
:func:`is_structural`, and :func:`history` for a channel that is opened. It listens with ``double.listeners``; of the
other events it sends on those that :func:`hears` lets through. All that it sends goes through :func:`with_local_files`.
What the viewer does goes to ``double.member(user, channel).start(...)``; the interaction that comes back tells by
``acknowledged``, ``callback``, ``choices``, ``modal`` and ``failure`` what became of it.
"""

from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.core import Core
from bot.sandbox.double.events import BotStateChanged, CommandsChanged, Event, Notice
from bot.sandbox.double.files import CDN
from bot.sandbox.double.members import visible_messages
from bot.sandbox.double.permissions import SEND_MESSAGES, SEND_MESSAGES_IN_THREADS, VIEW_CHANNEL, channel_permissions

JsonObject = dict[str, Any]

PAGE: Final = 50
"""How many messages a piece of history has at most."""
_MESSAGES: Final = frozenset({"MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"})
_SHOWN_OF_MEMBERS: Final = ("user", "nick", "roles")


def snapshot(core: Core, viewer_id: str, guild_id: str) -> JsonObject:
    """Return a server as a viewer sees it, under the names of the page's ``state`` frame.

    Channels are those that the viewer sees, in the server's order; one that others do not see has ``private``, one
    where the viewer cannot write a ``silent_reason``. Commands are those that the viewer may use in any of them.
    """
    guild = core.state.guilds[guild_id]
    channels = [channel for channel in _ordered(guild) if _sees(core, viewer_id, channel)]
    return {
        "guilds": [_named(known) for known in core.state.guilds.values() if core.state.member(known, viewer_id)],
        "guild": _named(guild),
        "channels": [_shown_channel(core, viewer_id, guild, channel) for channel in channels],
        "roles": [role for role in guild["roles"] if role["id"] != guild["id"]],
        "members": [{key: member[key] for key in _SHOWN_OF_MEMBERS} for member in guild["members"]],
        "bot": core.state.bot,
        "bot_state": core.gateway.bot_state,
        "commands": commands(core, viewer_id, guild_id),
        "viewer_id": viewer_id,
    }


def commands(core: Core, viewer_id: str, guild_id: str) -> list[JsonObject]:
    """Return the commands that a viewer may use in any channel of a server, each once."""
    usable: dict[str, JsonObject] = {}
    for channel in _ordered(core.state.guilds[guild_id]):
        if channel["type"] in objects.WRITABLE:
            usable |= {command["id"]: command for command in core.commands.usable_by(viewer_id, channel)}
    return list(usable.values())


def history(core: Core, viewer_id: str, channel_id: str, *, before: str | None = None) -> list[JsonObject]:
    """Return the latest messages of a channel before one of them, oldest first, own ephemeral ones included.

    Empty where the viewer does not see the channel, or there is none.
    """
    channel = core.state.channels.get(channel_id)
    seen = visible_messages(core, viewer_id, channel) if channel else []
    return [message for message in seen if before is None or int(message["id"]) < int(before)][-PAGE:]


def hears(core: Core, event: Event, viewer_id: str) -> bool:
    """Tell whether a viewer sees an event of a channel: its messages, and what was said to them alone."""
    place = event.audience
    if place.user is not None:
        return place.user == viewer_id
    channel = core.state.channels.get(place.channel or "")
    return event.kind in _MESSAGES and channel is not None and _sees(core, viewer_id, channel)


def is_structural(notice: Notice) -> bool:
    """Tell whether a notice may change what a viewer sees besides messages, so that they need a whole new snapshot."""
    if isinstance(notice, Event):
        return notice.kind not in _MESSAGES
    return isinstance(notice, CommandsChanged | BotStateChanged)


def with_local_files(core: Core, data: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return *data* with the addresses of kept files as bare paths, for a page of the same origin."""
    if isinstance(data, dict):
        return {key: with_local_files(core, value) for key, value in data.items()}
    if isinstance(data, list):
        return [with_local_files(core, value) for value in data]
    if isinstance(data, str) and data.startswith(f"{core.files.origin}{CDN}/"):
        return data.removeprefix(core.files.origin)
    return data


def _named(guild: JsonObject) -> JsonObject:
    return {"id": guild["id"], "name": guild["name"]}


def _ordered(guild: JsonObject) -> list[JsonObject]:
    channels = sorted(guild["channels"], key=lambda channel: (channel["position"], int(channel["id"])))
    return [*channels, *guild["threads"]]


def _sees(core: Core, user_id: str, channel: JsonObject) -> bool:
    return bool(core.state.permissions_of(user_id, channel) & VIEW_CHANNEL)


def _shown_channel(core: Core, viewer_id: str, guild: JsonObject, channel: JsonObject) -> JsonObject:
    shown = dict(channel)
    if _is_private(core, guild, channel):
        shown["private"] = True
    if reason := _silent_reason(core, viewer_id, channel):
        shown["silent_reason"] = reason
    return shown


def _is_private(core: Core, guild: JsonObject, channel: JsonObject) -> bool:
    """Tell whether somebody without any role does not see a channel."""
    nobody: JsonObject = {"user": {"id": "0"}, "roles": [], "communication_disabled_until": None}
    parent = core.state.channels.get(channel.get("parent_id") or "") if channel["type"] in objects.THREADS else None
    granted = channel_permissions(guild, nobody, channel, parent=parent, now=core.clock.now())
    return channel["type"] == objects.PRIVATE_THREAD or not granted & VIEW_CHANNEL


def _silent_reason(core: Core, viewer_id: str, channel: JsonObject) -> str | None:
    if channel["type"] not in objects.WRITABLE:
        return None
    is_thread = channel["type"] in objects.THREADS
    if is_thread and channel["thread_metadata"]["locked"]:
        return "This thread is locked"
    needed = SEND_MESSAGES_IN_THREADS if is_thread else SEND_MESSAGES
    granted = core.state.permissions_of(viewer_id, channel)
    return None if granted & needed else "You may only read here"
