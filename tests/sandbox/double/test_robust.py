"""No body, however broken, breaks the double: it answers with a success or an error of Discord's."""

from typing import Any

from hypothesis import given

from bot.sandbox.double.checks.shapes import known_shapes
from bot.sandbox.double.errors import ApiError, refuse
from bot.sandbox.double.interactions import Kind
from bot.sandbox.double.rest.requests import Request
from bot.sandbox.double.rest.routes import Router, answered
from bot.sandbox.double.rest.table import ROUTES
from bot.sandbox.double.server import Double
from tests.sandbox.double.checks.bodies import CALLBACK, broken

ROUTER = Router(ROUTES)


def status_of(double: Double, key: str, names: dict[str, str], body: Any) -> int:
    """Return the status with which a request is answered."""
    method, template = key.split(" ")
    found = ROUTER.find(Request(method, template.format(**names), {"with_response": "true"}, body))
    assert found is not None
    route, request = found
    try:
        refuse(known_shapes().request_problems(route.key, body))
        return answered(route.handler(double, request)).status
    except ApiError as error:
        return error.status


@given(broken())
def test_every_body_is_answered(case: tuple[str, Any]) -> None:
    key, body = case
    double = Double()
    owner = double.state.add_user("ada")
    guild = double.state.add_guild("Readers", owner)
    channel = double.state.add_channel(guild, "news")
    message = double.messages.send(channel["id"], {"content": "x"}, (), double.state.bot)
    is_form = key == CALLBACK and isinstance(body, dict) and body.get("type") in (6, 7)
    kind = Kind.COMPONENT if is_form else Kind.COMMAND
    data = {"custom_id": "a", "component_type": 2} if is_form else {"id": "1", "name": "x", "type": 1}
    interaction = double.interactions.send(kind, data, owner, channel["id"], message=message if is_form else None)
    names = {
        "channel_id": channel["id"], "message_id": message["id"], "application_id": double.state.bot["id"],
        "interaction_id": interaction.id, "interaction_token": interaction.token,
    }  # fmt: skip

    assert status_of(double, key, names, body) in {200, 201, 204, 400, 403, 404}
