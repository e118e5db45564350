"""Routes of messages, and of the bot's answers to interactions."""

from typing import Any, Final

from bot.sandbox.double.callbacks import ORIGINAL
from bot.sandbox.double.core import Core
from bot.sandbox.double.errors import unknown
from bot.sandbox.double.rest.requests import Request
from bot.sandbox.double.rest.routes import Route

JsonObject = dict[str, Any]


def _ids(request: Request) -> tuple[str, str]:
    return request.names["channel_id"], request.names["message_id"]


def _send(core: Core, request: Request) -> JsonObject:
    return core.messages.send(request.names["channel_id"], request.json, request.uploads, core.state.bot)


def _history(core: Core, request: Request) -> list[JsonObject]:
    return core.messages.history(request.names["channel_id"], core.state.bot["id"], request.query)


def _get(core: Core, request: Request) -> JsonObject:
    return core.messages.get(*_ids(request))


def _edit(core: Core, request: Request) -> JsonObject:
    return core.messages.edit(*_ids(request), request.json, request.uploads)


def _delete(core: Core, request: Request) -> None:
    core.messages.delete(*_ids(request), core.state.bot["id"])


def _crosspost(core: Core, request: Request) -> JsonObject:
    return core.messages.crosspost(*_ids(request))


def _pins(core: Core, request: Request) -> JsonObject:
    return core.pins.listed(request.names["channel_id"])


def _pin(core: Core, request: Request) -> None:
    core.pins.pin(*_ids(request))


def _unpin(core: Core, request: Request) -> None:
    core.pins.unpin(*_ids(request))


def _callback(core: Core, request: Request) -> JsonObject | None:
    names = request.names
    response = core.callbacks.callback(
        names["interaction_id"], names["interaction_token"], request.json, request.uploads
    )
    return response if request.asks("with_response") else None


def _token(core: Core, request: Request) -> str:
    if request.names["webhook_id"] != core.state.bot["id"]:
        raise unknown("Webhook", 10015)
    return request.names["webhook_token"]


def _follow_up(core: Core, request: Request) -> JsonObject:
    return core.callbacks.follow_up(_token(core, request), request.json, request.uploads)


def _answer(core: Core, request: Request) -> JsonObject:
    return core.callbacks.get(_token(core, request), request.names.get("message_id", ORIGINAL))


def _edit_answer(core: Core, request: Request) -> JsonObject:
    message_id = request.names.get("message_id", ORIGINAL)
    return core.callbacks.edit(_token(core, request), message_id, request.json, request.uploads)


def _delete_answer(core: Core, request: Request) -> None:
    core.callbacks.delete(_token(core, request), request.names.get("message_id", ORIGINAL))


_OF_A_CHANNEL: Final = "/channels/{channel_id}/messages"
_OF_A_TOKEN: Final = "/webhooks/{webhook_id}/{webhook_token}"  # noqa: S105 - a path
ROUTES: Final = (
    Route("GET", _OF_A_CHANNEL, _history),
    Route("POST", _OF_A_CHANNEL, _send),
    Route("GET", f"{_OF_A_CHANNEL}/pins", _pins),
    Route("PUT", f"{_OF_A_CHANNEL}/pins/{{message_id}}", _pin),
    Route("DELETE", f"{_OF_A_CHANNEL}/pins/{{message_id}}", _unpin),
    Route("GET", f"{_OF_A_CHANNEL}/{{message_id}}", _get),
    Route("PATCH", f"{_OF_A_CHANNEL}/{{message_id}}", _edit),
    Route("DELETE", f"{_OF_A_CHANNEL}/{{message_id}}", _delete),
    Route("POST", f"{_OF_A_CHANNEL}/{{message_id}}/crosspost", _crosspost),
    Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", _callback),
    Route("POST", _OF_A_TOKEN, _follow_up),
    *(
        Route(method, f"{_OF_A_TOKEN}/messages/{which}", handler)
        for which in (ORIGINAL, "{message_id}")
        for method, handler in (("GET", _answer), ("PATCH", _edit_answer), ("DELETE", _delete_answer))
    ),
)
