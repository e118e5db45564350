"""Routes of channels, threads and servers."""

from collections.abc import Callable
from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.core import Core
from bot.sandbox.double.errors import missing_access, unknown
from bot.sandbox.double.permissions import VIEW_CHANNEL
from bot.sandbox.double.rest.answers import Answer
from bot.sandbox.double.rest.requests import Request
from bot.sandbox.double.rest.routes import Route

JsonObject = dict[str, Any]


def _channel(core: Core, request: Request) -> JsonObject:
    channel = core.state.channel(request.names["channel_id"])
    core.state.require(core.state.bot["id"], channel, VIEW_CHANNEL)
    return channel


def _change(core: Core, request: Request) -> JsonObject:
    return core.guilds.update_by_bot(request.names["channel_id"], request.json)


def _remove(core: Core, request: Request) -> JsonObject:
    return core.guilds.remove_by_bot(request.names["channel_id"])


def _typing(core: Core, request: Request) -> None:
    _channel(core, request)


def _start_thread(core: Core, request: Request) -> Answer:
    channel, bot = _channel(core, request), core.state.bot
    if channel["type"] in objects.FORUMS:
        return Answer(201, core.messages.post_in_forum(channel["id"], request.json, request.uploads, bot))
    return Answer(201, core.threads.start(channel, request.json, bot["id"]))


def _start_thread_from(core: Core, request: Request) -> Answer:
    message = core.messages.get(request.names["channel_id"], request.names["message_id"])
    return Answer(201, core.threads.start_from(message, request.json, core.state.bot["id"]))


def _archived_threads(core: Core, request: Request) -> JsonObject:
    channel = _channel(core, request)
    threads = (core.state.guild_of(channel) or {}).get("threads", ())
    under = [thread for thread in threads if thread["parent_id"] == channel["id"]]
    public = [thread for thread in under if thread["type"] != objects.PRIVATE_THREAD]
    return core.threads.listed(filter(_is_archived, public), core.state.bot["id"])


def _join_thread(core: Core, request: Request) -> None:
    core.threads.join(_channel(core, request), core.state.bot["id"])


def _leave_thread(core: Core, request: Request) -> None:
    core.threads.leave(_channel(core, request), core.state.bot["id"])


def _is_archived(thread: JsonObject) -> bool:
    return bool(thread["thread_metadata"]["archived"])


def _guild(core: Core, request: Request) -> JsonObject:
    guild = core.guilds.get(request.names["guild_id"])
    return objects.guild_over_http(guild, counts=request.asks("with_counts"))


def _of_guild(pick: Callable[[Core, JsonObject], Any]) -> Callable[[Core, Request], Any]:
    """Return a handler that answers with a part of a server that the bot is in."""

    def handler(core: Core, request: Request) -> Any:  # noqa: ANN401 - any JSON
        guild = core.state.guilds.get(request.names["guild_id"])
        if guild is None or not core.state.is_in(guild):
            raise missing_access() if guild else unknown("Guild", 10004)
        return pick(core, guild)

    return handler


def _member(core: Core, request: Request) -> JsonObject:
    guild = core.guilds.get(request.names["guild_id"])
    member = core.state.member(guild, request.names["user_id"])
    if member is None:
        raise unknown("Member", 10007)
    return member


def _active_threads(core: Core, guild: JsonObject) -> JsonObject:
    active = [thread for thread in guild["threads"] if not _is_archived(thread)]
    listed = core.threads.listed(active, core.state.bot["id"])
    return {key: listed[key] for key in ("threads", "members")} | {"has_more": False}


_THREAD_MEMBER: Final = "/channels/{channel_id}/thread-members/@me"
ROUTES: Final = (
    Route("GET", "/channels/{channel_id}", _channel),
    Route("PATCH", "/channels/{channel_id}", _change),
    Route("DELETE", "/channels/{channel_id}", _remove),
    Route("POST", "/channels/{channel_id}/typing", _typing),
    Route("POST", "/channels/{channel_id}/threads", _start_thread),
    Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", _start_thread_from),
    Route("GET", "/channels/{channel_id}/threads/archived/public", _archived_threads),
    Route("PUT", _THREAD_MEMBER, _join_thread),
    Route("DELETE", _THREAD_MEMBER, _leave_thread),
    Route("GET", "/guilds/{guild_id}", _guild),
    Route("GET", "/guilds/{guild_id}/channels", _of_guild(lambda _, guild: list(guild["channels"]))),
    Route("GET", "/guilds/{guild_id}/roles", _of_guild(lambda _, guild: list(guild["roles"]))),
    Route("GET", "/guilds/{guild_id}/threads/active", _of_guild(_active_threads)),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", _member),
)
