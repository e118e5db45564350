"""The sandbox talks to its own page and to the bot; any other page in the browser is kept out."""

import aiohttp
import pytest

from bot.sandbox.stage.guard import policy, refusal
from tests.sandbox.page.stages import Theatre

PORT = 8123


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost:8123"])
def test_its_own_names_are_let_in(host: str) -> None:
    assert refusal(host, None, PORT) is None
    assert refusal(host, f"http://{host}", PORT) is None


@pytest.mark.parametrize("host", ["evil.example:8123", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8123.evil.example", ""])
def test_a_name_that_somebody_made_point_to_us_is_refused(host: str) -> None:
    assert refusal(host, None, PORT) is not None


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1:8123",
        "http://127.0.0.1:8124",
        "http://localhost:8123.evil.example",
    ],
)
def test_another_pages_script_is_refused(origin: str) -> None:
    assert refusal("127.0.0.1:8123", origin, PORT) is not None


def test_the_policy_lets_no_script_be_made_of_text_and_nothing_come_from_outside() -> None:
    parts = dict(part.split(" ", 1) for part in policy(PORT).split("; "))

    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == "'self'"
    assert parts["require-trusted-types-for"] == "'script'"
    assert parts["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy(PORT)


async def test_the_page_comes_with_its_policy(house: Theatre) -> None:
    async with house.session.get(house.stage.address) as answer:
        text, headers = await answer.text(), answer.headers

    assert "<title>Sandbox" in text
    assert headers["Content-Security-Policy"] == policy(house.stage.port)
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["", "sandbox/socket", "api/v10/users/@me", "cdn/1/a.png"])
async def test_a_foreign_host_reaches_nothing(house: Theatre, path: str) -> None:
    async with house.session.get(house.stage.address + path, headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403


async def test_a_foreign_page_gets_no_socket_and_leaves_no_file(house: Theatre) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await house.session.ws_connect(f"{house.stage.address}sandbox/socket", origin="http://evil.example")
    headers = {"Origin": "http://evil.example", "X-Filename": "a.txt"}
    async with house.session.post(f"{house.stage.address}sandbox/files", data=b"x", headers=headers) as answer:
        status, allowed = answer.status, "Access-Control-Allow-Origin" in answer.headers

    assert caught.value.status == 403
    assert (status, allowed) == (403, False)


async def test_only_the_pages_own_files_are_served(house: Theatre) -> None:
    for path in ("js/../../server.py", "../double/state.py", "%2e%2e/__init__.py", "js/", "nothing.js"):
        async with house.session.get(house.stage.address + path) as answer:
            assert answer.status == 404
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
