"""Callbacks: in time, once, in the right form; follow-ups as long as the token lives."""

import asyncio
from typing import Any

import pytest

from bot.sandbox.double.interactions import Interaction, Kind
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from tests.sandbox.double.conftest import Http

MESSAGE = {"type": 4, "data": {"content": "x"}}


@pytest.fixture
def sent(double: Double, owner: Member) -> Interaction:
    """A command that nobody has answered."""
    return double.interactions.send(Kind.COMMAND, {"id": "1", "name": "x", "type": 1}, owner.user, owner.channel["id"])


def callback(interaction: Interaction) -> str:
    return f"/interactions/{interaction.id}/{interaction.token}/callback"


def webhook(double: Double, interaction: Interaction, rest: str = "") -> str:
    return f"/webhooks/{double.state.bot['id']}/{interaction.token}{rest}"


async def test_an_answer_is_taken_once_and_told_where_it_is_asked_for(http: Http, sent: Interaction) -> None:
    answered = await http.ask("POST", callback(sent), MESSAGE, with_response="true")
    again = await http.refused("POST", callback(sent), MESSAGE)

    assert answered["resource"]["message"]["content"] == "x"
    assert answered["interaction"]["response_message_id"] == answered["resource"]["message"]["id"]
    assert again == (400, 40060)


async def test_three_seconds_are_all_there_is(double: Double, http: Http, owner: Member) -> None:
    double.interactions.acknowledge_seconds = 0.05
    data = {"id": "1", "name": "x", "type": 1}
    late = double.interactions.send(Kind.COMMAND, data, owner.user, owner.channel["id"])
    await asyncio.sleep(0.06)

    assert await http.refused("POST", callback(late), MESSAGE) == (404, 10062)
    assert await http.refused("POST", f"/interactions/{late.id}/nonsense/callback", MESSAGE) == (404, 10062)
    assert owner.sees == []


async def test_a_token_lives_for_fifteen_minutes(double: Double, http: Http, sent: Interaction) -> None:
    await http.ask("POST", callback(sent), {"type": 5})
    double.interactions.token_seconds = 0.0

    assert await http.refused("POST", webhook(double, sent), {"content": "x"}) == (401, 50027)
    assert await http.refused("POST", f"/webhooks/1/{sent.token}", {"content": "x"}) == (404, 10015)


async def test_nothing_follows_before_the_first_answer(double: Double, http: Http, sent: Interaction) -> None:
    assert await http.refused("POST", webhook(double, sent), {"content": "x"}) == (404, 10015)
    assert await http.refused("GET", webhook(double, sent, "/messages/@original")) == (404, 10008)


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
async def test_a_deferral_decides_who_sees_the_first_follow_up(
    double: Double, http: Http, sent: Interaction, owner: Member, reader: Member, private: bool
) -> None:
    double.limits.off()
    await http.ask("POST", callback(sent), {"type": 5, "data": {"flags": 64 if private else 0}})
    thinking = [message["flags"] & 128 for message in owner.sees]
    first = await http.ask("POST", webhook(double, sent), {"content": "one", "flags": 0 if private else 64})
    second = await http.ask("POST", webhook(double, sent), {"content": "two", "flags": 64})
    await http.ask("PATCH", webhook(double, sent, f"/messages/{second['id']}"), {"content": "2"})
    await http.ask("PATCH", webhook(double, sent, "/messages/@original"), {"content": "1"})
    read = await http.ask("GET", webhook(double, sent, f"/messages/{first['id']}"))

    assert thinking == [128]
    assert (read["content"], read["flags"] & 192) == ("1", 64 if private else 0)
    assert [message["content"] for message in owner.sees] == ["1", "2"]
    assert [message["content"] for message in reader.sees] == ([] if private else ["1"])
    await http.ask("DELETE", webhook(double, sent, f"/messages/{second['id']}"))
    await http.ask("DELETE", webhook(double, sent, "/messages/@original"))
    assert owner.sees == []


async def test_a_private_answer_can_be_dismissed(double: Double, http: Http, sent: Interaction, owner: Member) -> None:
    await http.ask("POST", callback(sent), {"type": 4, "data": {"content": "x", "flags": 64}})
    (message,) = owner.sees

    owner.dismiss(message)

    assert owner.sees == []


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"type": 4, "data": {"content": "x" * 2001}}, ("data", "content")),
        ({"type": 4, "data": {"content": ""}}, ()),
        ({"type": 6}, ("type",)),
        ({"type": 8, "data": {"choices": []}}, ("type",)),
        ({"type": 99}, ("type",)),
        ({"type": 12}, ("type",)),
        ({"type": 1}, ("type",)),
        ({"type": 9, "data": {"custom_id": "c", "title": "t" * 46, "components": []}}, ("data", "title")),
    ],
    ids=[
        "too long",
        "empty",
        "update of nothing",
        "choices for a command",
        "no such type",
        "an activity",
        "a pong",
        "long title",
    ],
)
async def test_an_answer_in_a_wrong_form_is_refused(
    double: Double, http: Http, sent: Interaction, body: dict[str, Any], at: tuple[str, ...]
) -> None:
    status, _ = await http.refused("POST", callback(sent), body)

    assert status == 400
    assert double.violations[0].problems[0].path == at


async def test_suggestions_are_checked(double: Double, http: Http, owner: Member) -> None:
    option = {"type": 4, "name": "n", "value": "1", "focused": True}
    data = {"id": "1", "name": "x", "type": 1, "options": [{"type": 1, "name": "y", "options": [option]}]}
    typed = double.interactions.send(Kind.AUTOCOMPLETE, data, owner.user, owner.channel["id"])
    many = [{"name": str(number), "value": number} for number in range(26)]

    assert await http.refused("POST", callback(typed), {"type": 8, "data": {"choices": many}}) == (400, 50035)
    wrong = {"type": 8, "data": {"choices": [{"name": "a", "value": "a"}]}}
    assert await http.refused("POST", callback(typed), wrong) == (400, 50035)
    await http.ask("POST", callback(typed), {"type": 8, "data": {"choices": many[:25]}})
    assert len(typed.choices) == 25
