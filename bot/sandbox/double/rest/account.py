"""Routes about the bot itself: account, application, gateway, direct channels."""

from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.core import Core
from bot.sandbox.double.errors import unknown
from bot.sandbox.double.rest.requests import Request
from bot.sandbox.double.rest.routes import Route

JsonObject = dict[str, Any]


def _me(core: Core, _: Request) -> JsonObject:
    core.gateway.begins()
    return objects.own_account(core.state.bot)


def _user(core: Core, request: Request) -> JsonObject:
    found = core.state.users.get(request.names["user_id"])
    if found is None:
        raise unknown("User", 10013)
    return found


def _application(core: Core, _: Request) -> JsonObject:
    guilds = [guild for guild in core.state.guilds.values() if core.state.is_in(guild)]
    return objects.application(core.state.bot, core.state.owner, len(guilds))


def _gateway(core: Core, _: Request) -> JsonObject:
    return {"url": core.gateway.url}


def _gateway_bot(core: Core, _: Request) -> JsonObject:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return {"url": core.gateway.url, "shards": core.gateway.shards, "session_start_limit": limit}


def _guilds(core: Core, _: Request) -> list[JsonObject]:
    mine = [guild for guild in core.state.guilds.values() if core.state.is_in(guild)]
    return [
        {
            "id": guild["id"], "name": guild["name"], "icon": guild["icon"], "banner": guild["banner"],
            "owner": guild["owner_id"] == core.state.bot["id"], "features": guild["features"],
            "permissions": str(core.state.guild_permissions_of(core.state.bot["id"], guild)),
        }
        for guild in mine
    ]  # fmt: skip


def _leave(core: Core, request: Request) -> None:
    core.guilds.leave(core.guilds.get(request.names["guild_id"]))


def _open_direct(core: Core, request: Request) -> JsonObject:
    return core.guilds.open_direct(str(request.json.get("recipient_id") or ""))


ROUTES: Final = (
    Route("GET", "/users/@me", _me),
    Route("GET", "/users/{user_id}", _user),
    Route("GET", "/users/@me/guilds", _guilds),
    Route("DELETE", "/users/@me/guilds/{guild_id}", _leave),
    Route("POST", "/users/@me/channels", _open_direct),
    Route("GET", "/applications/@me", _application),
    Route("GET", "/oauth2/applications/@me", _application),
    Route("GET", "/gateway", _gateway),
    Route("GET", "/gateway/bot", _gateway_bot),
)
