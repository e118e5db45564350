"""The page's protocol, over a real WebSocket, with a bare discord.py client as the bot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.errors import UsageError
from bot.sandbox.double.faults import Fault
from bot.sandbox.stage.server import Stage
from tests.sandbox.double.bare import BareBot, connected
from tests.sandbox.page.stages import Frame, Tab, Theatre


@asynccontextmanager
async def with_bot(house: Theatre) -> AsyncIterator[tuple[Tab, Frame]]:
    """Connect a bot, open a tab as the admin, and yield it with its state."""
    async with connected(house.double), house.tab() as tab:
        yield tab, await tab.hello()


def command(state: Frame, name: str, *options: Frame) -> Frame:
    found = next(row for row in state["commands"] if row["name"] == name)
    return {"id": found["id"], "name": name, "type": 1, "options": list(options)}


def text(name: str, value: str, **more: Any) -> Frame:
    return {"type": 3, "name": name, "value": value, **more}


async def test_hello_is_answered_with_the_whole_state_of_the_admin(house: Theatre) -> None:
    async with house.tab() as tab:
        state = await tab.hello()

    names = [channel["name"] for channel in state["channels"]]
    assert [frame["op"] for frame in tab.frames] == ["hello", "state"]
    assert state["viewer_id"] == house.readers.admin.user["id"]
    assert {"daily-news", "newsroom"} <= set(names)
    assert [viewer["label"] for viewer in state["viewers"]] == ["Admin", "Member", "Stranger"]
    assert state["clock"] == {"now": "2026-03-03T07:00:00+00:00", "speed": 0, "zone": "UTC", "moving": False}
    assert [step["id"] for step in state["guide"]["steps"]] == ["read", "ask", "subscribe"]
    assert state["bot_state"] == "offline"


async def test_a_member_sees_no_staff_room_and_a_stranger_may_not_write(house: Theatre) -> None:
    async with house.tab() as tab:
        member = await tab.hello(house.readers.member.user["id"])
        await tab.send("view", viewer_id=house.readers.stranger.user["id"])
        stranger = await tab.until("state")
        await tab.send("say", channel_id=house.readers.general["id"], content="hello")
        note = await tab.until("note")

    assert "newsroom" not in {channel["name"] for channel in member["channels"]}
    assert all(channel.get("silent_reason") for channel in stranger["channels"] if channel["type"] == 0)
    assert note == {"op": "note", "text": "Missing Permissions", "level": "error"}


async def test_nobody_else_can_be_looked_through(house: Theatre) -> None:
    async with house.tab() as tab:
        state = await tab.hello(house.double.state.bot["id"])

    assert state["viewer_id"] == house.readers.admin.user["id"]


async def test_what_a_member_writes_comes_to_every_tab_that_sees_the_channel(house: Theatre) -> None:
    async with house.tab() as mira, house.tab() as jonas:
        await mira.hello()
        await jonas.hello(house.readers.member.user["id"])
        await mira.send("say", channel_id=house.readers.newsroom["id"], content="among us")
        await mira.send("say", channel_id=house.readers.general["id"], content="for all")
        seen = await jonas.until("dispatch")

    assert (seen["t"], seen["d"]["content"]) == ("MESSAGE_CREATE", "for all")


async def test_history_comes_in_pages_oldest_first(house: Theatre) -> None:
    channel = house.readers.general["id"]
    for number in range(60):
        house.double.messages.say(channel, str(number), house.readers.admin.user)
    async with house.tab() as tab:
        await tab.hello()
        await tab.send("history", channel_id=channel)
        latest = await tab.until("history")
        await tab.send("history", channel_id=channel, before=latest["messages"][0]["id"])
        older = await tab.until("history")

    assert [message["content"] for message in latest["messages"]] == [str(number) for number in range(10, 60)]
    assert [message["content"] for message in older["messages"]] == [str(number) for number in range(10)]
    assert (latest["more"], older["more"]) == (True, False)


async def test_a_command_is_settled_at_once_and_its_answer_comes_to_this_member_alone(house: Theatre) -> None:
    async with with_bot(house) as (tab, state), house.tab() as other:
        await other.hello(house.readers.member.user["id"])
        data = command(state, "ping", text("word", "hello"))
        await tab.send("interact", nonce="n1", type=2, channel_id=house.readers.general["id"], data=data)
        settled = await tab.until("settled")
        answer = await tab.until("dispatch", lambda frame: "pong" in frame["d"]["content"])
        await other.settle()

    assert settled == {"op": "settled", "nonce": "n1", "ok": True, "message": None}
    assert answer["d"]["content"] == "pong hello"
    assert answer["d"]["interaction"]["name"] == "ping"
    assert not [frame for frame in other.frames if frame["op"] == "dispatch"]


async def test_suggestions_come_with_the_nonce_of_the_question(house: Theatre) -> None:
    async with with_bot(house) as (tab, state):
        data = command(state, "ping", text("word", "he", focused=True))
        await tab.send("interact", nonce="n2", type=4, channel_id=house.readers.general["id"], data=data)
        choices = await tab.until("choices")

    assert choices == {"op": "choices", "nonce": "n2", "choices": [{"name": "he!", "value": "he"}]}


async def test_a_form_is_opened_and_what_it_holds_reaches_the_bot(house: Theatre) -> None:
    channel = house.readers.general["id"]
    fields = [
        {"type": 4, "custom_id": "name", "value": "Saint Orla"},
        {"type": 3, "custom_id": "size", "values": ["b"]},
    ]
    components = [{"type": 18, "component": field} for field in fields]
    async with with_bot(house) as (tab, state):
        await tab.send("interact", nonce="n3", type=2, channel_id=channel, data=command(state, "form"))
        form = await tab.until("modal")
        answers = {"custom_id": form["data"]["custom_id"], "components": components}
        await tab.send("interact", nonce="n4", type=5, channel_id=channel, data=answers, answers="n3")
        shown = await tab.until("dispatch")

    assert (form["nonce"], form["data"]["title"]) == ("n3", "A form")
    assert shown["d"]["content"] == "Saint Orla/b"


async def test_buttons_and_menus_are_answered_and_the_message_turns(house: Theatre) -> None:
    channel = house.readers.general["id"]
    async with with_bot(house) as (tab, state):
        await tab.send("interact", nonce="a", type=2, channel_id=channel, data=command(state, "panel"))
        panel = (await tab.until("dispatch"))["d"]
        chosen = {"component_type": 3, "custom_id": "which", "values": ["1", "2"]}
        await tab.send("interact", nonce="b", type=3, channel_id=channel, message_id=panel["id"], data=chosen)
        answer = await tab.until("dispatch", lambda frame: frame["t"] == "MESSAGE_CREATE")
        pressed = {"component_type": 2, "custom_id": "turn"}
        await tab.send("interact", nonce="c", type=3, channel_id=channel, message_id=panel["id"], data=pressed)
        turned = await tab.until("dispatch", lambda frame: frame["t"] == "MESSAGE_UPDATE")

    assert (answer["d"]["content"], answer["d"]["flags"] & 64) == ("chose 1,2", 64)
    assert (turned["d"]["id"], turned["d"]["content"]) == (panel["id"], "turned")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"id": "1", "name": "nothing", "type": 1, "options": []}, "no such command here"),
        ({"name": "ping"}, None),
    ],
)
async def test_what_a_client_would_not_let_one_do_fails_with_a_reason(
    house: Theatre, data: Frame, why: str | None
) -> None:
    async with with_bot(house) as (tab, _):
        await tab.send("interact", nonce="n", type=2, channel_id=house.readers.general["id"], data=data)
        answer = await tab.until("settled" if why else "note")

    assert answer.get("message") == why
    assert answer.get("ok", False) is False


async def test_a_bot_that_stays_silent_fails_after_three_seconds(house: Theatre) -> None:
    async with with_bot(house) as (tab, state):
        await tab.send(
            "interact", nonce="n", type=2, channel_id=house.readers.general["id"], data=command(state, "silent")
        )
        settled = await tab.until("settled")

    assert settled == {"op": "settled", "nonce": "n", "ok": False, "message": "The application did not respond"}


async def test_a_private_answer_is_in_its_history_until_it_is_dismissed(house: Theatre) -> None:
    channel = house.readers.general["id"]
    async with with_bot(house) as (tab, state):
        await tab.send(
            "interact", nonce="n", type=2, channel_id=channel, data=command(state, "ping", text("word", "x"))
        )
        shown = await tab.until("dispatch", lambda frame: frame["d"]["content"] == "pong x")
        await tab.send("history", channel_id=channel)
        before = await tab.until("history")
        await tab.send("dismiss", message_id=shown["d"]["id"])
        await tab.send("history", channel_id=channel)
        after = await tab.until("history")

    assert [message["content"] for message in before["messages"]] == ["pong x"]
    assert after["messages"] == []


async def test_a_file_is_kept_and_shown_from_the_pages_own_origin(house: Theatre) -> None:
    async with with_bot(house) as (tab, state):
        headers = {"X-Filename": "tide%20table.txt"}
        async with house.session.post(f"{house.stage.address}sandbox/files", data=b"high", headers=headers) as answer:
            file_id = (await answer.json())["id"]
        data = command(state, "echo", text("text", "look"), {"type": 11, "name": "file", "value": file_id})
        await tab.send("interact", nonce="n", type=2, channel_id=house.readers.general["id"], data=data)
        echoed = await tab.until("dispatch")
        await tab.send(
            "interact", nonce="m", type=2, channel_id=house.readers.general["id"], data=command(state, "rich")
        )
        rich = await tab.until("dispatch", lambda frame: bool(frame["d"].get("embeds")))
        address = rich["d"]["embeds"][0]["image"]["proxy_url"]
        async with house.session.get(house.stage.address.rstrip("/") + address) as picture:
            content, kind = await picture.read(), picture.content_type

    assert echoed["d"]["content"].endswith("|4")
    assert address.startswith("/cdn/")
    assert (content, kind) == (b"png", "image/png")


async def test_requests_and_broken_rules_are_told_to_every_page(house: Theatre) -> None:
    headers = {"Authorization": f"Bot {house.double.state.token}"}
    async with with_bot(house) as (tab, _):
        url = f"{house.double.api}/channels/{house.readers.general['id']}/messages"
        async with house.session.post(url, json={"content": "x" * 2001}, headers=headers) as answer:
            status = answer.status
        violation = await tab.until("violation")
        request = await tab.until("request", lambda frame: frame["status"] == 400)

    assert status == 400
    assert violation["errors"] == [{"at": "content", "text": "Must be 2000 or fewer in length."}]
    assert request["path"].endswith("/messages")


async def test_faults_are_armed_taken_back_and_used_up_before_all_eyes(house: Theatre) -> None:
    async with house.tab() as tab, house.tab() as other:
        await tab.hello()
        await other.hello()
        await tab.send("fault", arm={"kind": "503", "route": "send", "count": 2})
        armed = (await other.until("faults"))["faults"]["armed"]
        await tab.send("fault", disarm=armed[0]["id"])
        left = (await other.until("faults"))["faults"]["armed"]
        await tab.send("fault", random={"on": True, "seed": 3, "percent": 20})
        chance = (await other.until("faults"))["faults"]["random"]

    assert [(fault["kind"], fault["route"], fault["left"]) for fault in armed] == [(Fault.UNAVAILABLE, "send", 2)]
    assert left == []
    assert chance == {"on": True, "seed": 3, "percent": 20}


async def test_the_bots_coming_and_its_commands_are_told(house: Theatre) -> None:
    async with house.tab() as tab:
        empty = await tab.hello()
        async with connected(house.double, BareBot()):
            commands = await tab.until("commands")
            online = await tab.until("presence", lambda frame: frame["bot_state"] == "online")
        gone = await tab.until("presence", lambda frame: frame["bot_state"] == "offline")

    assert empty["commands"] == []
    assert {"ping", "panel"} <= {row["name"] for row in commands["commands"]}
    assert (online["bot_state"], gone["bot_state"]) == ("online", "offline")


async def test_a_new_channel_comes_as_a_state_that_keeps_the_messages(house: Theatre) -> None:
    async with house.tab() as tab:
        await tab.hello()
        house.double.guilds.add_channel(house.readers.guild, "lighthouse")
        state = await tab.until("state")

    assert state["keep"] is True
    assert "lighthouse" in {channel["name"] for channel in state["channels"]}


async def test_another_server_is_shown_only_to_its_members(house: Theatre) -> None:
    async with house.tab() as tab:
        await tab.hello()
        await tab.send("guild", guild_id=house.readers.school["id"])
        school = await tab.until("state")
        await tab.send("view", viewer_id=house.readers.member.user["id"])
        home = await tab.until("state")

    assert school["guild"]["name"] == "Skarn Head School"
    assert home["guild"]["name"] == "Inner Sea Readers"


@pytest.mark.parametrize("frame", ["no json", "[]", '{"op": "unheard of"}', '{"op": "history"}', '{"op": "fault"}'])
async def test_a_frame_that_makes_no_sense_gets_a_note_and_nothing_breaks(house: Theatre, frame: str) -> None:
    async with house.tab() as tab:
        await tab.hello()
        await tab.send_text(frame)
        note = await tab.until("note")
        await tab.settle()

    assert note["level"] == "error"


async def test_a_port_that_is_taken_is_named(house: Theatre) -> None:
    with pytest.raises(UsageError, match=rf"--port {house.stage.port} cannot be used: Address already in use"):
        async with Stage(house.scene, port=house.stage.port):
            pass
