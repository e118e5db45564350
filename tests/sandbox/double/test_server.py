"""The server: bodies, files, addresses, and a double that stands in somebody else's server."""

import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.double.rest import requests
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject


async def post(double: Double, channel: JsonObject, **body: Any) -> tuple[int, Any]:
    headers = {"Authorization": f"Bot {double.state.token}", **body.pop("headers", {})}
    url = f"{double.api}/channels/{channel['id']}/messages"
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers, **body) as answer:
        return answer.status, await answer.json()


def form(payload: JsonObject, *files: tuple[str, bytes]) -> aiohttp.FormData:
    made = aiohttp.FormData(quote_fields=False)
    made.add_field("payload_json", json.dumps(payload), content_type="application/json")
    for number, (name, content) in enumerate(files):
        made.add_field(f"files[{number}]", content, filename=name, content_type="application/octet-stream")
    return made


async def test_broken_json_is_told(double: Double, channel: JsonObject) -> None:
    status, answer = await post(double, channel, data=b"{", headers={"Content-Type": "application/json"})

    assert (status, answer["code"]) == (400, 50109)


async def test_a_wrong_token_is_told(double: Double, channel: JsonObject) -> None:
    status, _ = await post(double, channel, json={"content": "x"}, headers={"Authorization": "Bot wrong"})

    assert status == 401


async def test_files_are_named_described_and_served(double: Double, channel: JsonObject) -> None:
    wish = {"id": 1, "filename": "renamed.png", "description": "A picture"}
    status, message = await post(
        double, channel, data=form({"attachments": [wish]}, ("a.html", b"<b>"), ("b.png", b"png"))
    )
    page, picture = message["attachments"]

    async with aiohttp.ClientSession() as session:
        async with session.get(page["url"]) as answer:
            shown = answer.headers["Content-Disposition"], await answer.read()
        async with session.get(picture["url"]) as answer:
            inline = "Content-Disposition" in answer.headers
            kind = answer.content_type
        async with session.get(f"http://127.0.0.1:{double.port}/cdn/1/none") as answer:
            missing = answer.status

    assert status == 200
    assert (picture["filename"], picture["description"]) == ("renamed.png", "A picture")
    assert shown == ("attachment", b"<b>")
    assert (inline, kind, missing) == (False, "image/png", 404)


@pytest.mark.parametrize(
    ("files", "expected"),
    [([("a", b"x" * 11)], (413, 40005)), ([(str(number), b"x") for number in range(11)], (400, 30015))],
    ids=["too large", "too many"],
)
async def test_too_much_is_refused(
    double: Double,
    channel: JsonObject,
    monkeypatch: pytest.MonkeyPatch,
    files: list[tuple[str, bytes]],
    expected: tuple[int, int],
) -> None:
    monkeypatch.setattr(requests, "LARGEST_FILE", 10)

    status, answer = await post(double, channel, data=form({}, *files))

    assert (status, answer["code"]) == expected


async def test_a_double_can_stand_in_another_server() -> None:
    double = Double()
    app = web.Application()
    double.add_routes(app.router)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    double.at_port(runner.addresses[0][1])
    headers = {"Authorization": f"Bot {double.state.token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(f"{double.api}/gateway") as answer:
        found = await answer.json()
    await runner.cleanup()

    assert found == {"url": double.gateway_url}
