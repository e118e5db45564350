"""Routes of the bot's commands, global ones and those of single servers."""

from typing import Any, Final

from bot.sandbox.double.commands import require_own_application, shown
from bot.sandbox.double.core import Core
from bot.sandbox.double.rest.answers import Answer
from bot.sandbox.double.rest.requests import Request
from bot.sandbox.double.rest.routes import Route

JsonObject = dict[str, Any]


def _place(core: Core, request: Request) -> str | None:
    """Return the place that a request is about."""
    require_own_application(core.state, request.names["application_id"])
    guild_id = request.names.get("guild_id")
    return None if guild_id is None else str(core.guilds.get(guild_id)["id"])


def _list(core: Core, request: Request) -> list[JsonObject]:
    commands = core.commands.in_place(_place(core, request))
    return [shown(command, localisations=request.asks("with_localizations")) for command in commands]


def _put_all(core: Core, request: Request) -> list[JsonObject]:
    return core.commands.put_all(_place(core, request), request.body)


def _put(core: Core, request: Request) -> Answer:
    command, is_new = core.commands.put(_place(core, request), request.json)
    return Answer(201 if is_new else 200, command)


def _get(core: Core, request: Request) -> JsonObject:
    return core.commands.get(_place(core, request), request.names["command_id"])


def _change(core: Core, request: Request) -> JsonObject:
    return core.commands.change(_place(core, request), request.names["command_id"], request.json)


def _remove(core: Core, request: Request) -> None:
    core.commands.remove(_place(core, request), request.names["command_id"])


_HANDLERS: Final = (("GET", _list), ("PUT", _put_all), ("POST", _put))
_HANDLERS_OF_ONE: Final = (("GET", _get), ("PATCH", _change), ("DELETE", _remove))
_PLACES: Final = ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}")
ROUTES: Final = (
    *(Route(method, f"{place}/commands", handler) for place in _PLACES for method, handler in _HANDLERS),
    *(
        Route(method, f"{place}/commands/{{command_id}}", handler)
        for place in _PLACES
        for method, handler in _HANDLERS_OF_ONE
    ),
)
