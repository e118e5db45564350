"""What a page shows to one viewer: cut to what they may see and use."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.clock import ManualClock
from bot.sandbox.double import objects
from bot.sandbox.double.clockwork import Elapsed, SandboxClock, clock_shown, move_on, move_to
from bot.sandbox.double.events import BotStateChanged, CommandsChanged, Event, Exchange, Notice
from bot.sandbox.double.interactions import Interaction, Kind
from bot.sandbox.double.members import Member
from bot.sandbox.double.permissions import MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL
from bot.sandbox.double.server import Double
from bot.sandbox.double.slash import ImpossibleError
from bot.sandbox.double.snapshot import commands, hears, history, is_structural, snapshot, with_local_files
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def hidden(double: Double, guild: JsonObject) -> JsonObject:
    """A channel for staff alone."""
    channel = double.state.add_channel(guild, "staff")
    double.guilds.overwrite(channel, guild["roles"][0], deny=VIEW_CHANNEL)
    return channel


def names(shown: JsonObject) -> list[str]:
    return [channel["name"] for channel in shown["channels"]]


def test_channels_are_cut_to_the_viewer_and_say_what_they_are(
    double: Double, guild: JsonObject, owner: Member, reader: Member, hidden: JsonObject
) -> None:
    double.guilds.overwrite(reader.channel, reader.user, deny=SEND_MESSAGES)
    double.state.add_channel(guild, "Town", kind=objects.CATEGORY)
    thread = double.threads.start(reader.channel, {"name": "dam", "type": 11}, owner.user["id"])
    double.threads.update(thread, {"locked": True}, owner.user["id"])

    mine = snapshot(double, owner.user["id"], guild["id"])
    theirs = snapshot(double, reader.user["id"], guild["id"])

    assert names(mine) == ["daily-news", "staff", "Town", "dam"]
    assert names(theirs) == ["daily-news", "Town", "dam"]
    assert [channel.get("private", False) for channel in mine["channels"]] == [False, True, False, False]
    assert [channel.get("silent_reason") for channel in theirs["channels"]] == [
        "You may only read here", None, "This thread is locked",
    ]  # fmt: skip
    assert "silent_reason" not in mine["channels"][0]
    assert (mine["guilds"], mine["bot_state"]) == ([{"id": guild["id"], "name": "Readers"}], "offline")
    assert {member["user"]["username"] for member in mine["members"]} == {"ada", "ben", "needtoknow"}
    assert mine["roles"] == []


def test_commands_are_those_that_the_viewer_may_use_somewhere(
    double: Double, guild: JsonObject, owner: Member, reader: Member
) -> None:
    news: dict[str, Any] = {"name": "news", "description": "News."}
    double.commands.put_all(None, [news, news | {"name": "admin", "default_member_permissions": str(MANAGE_GUILD)}])

    assert [command["name"] for command in commands(double, owner.user["id"], guild["id"])] == ["news", "admin"]
    assert [command["name"] for command in commands(double, reader.user["id"], guild["id"])] == ["news"]


async def test_history_holds_own_private_answers_and_pages_backwards(
    double: Double, owner: Member, reader: Member
) -> None:
    said = [reader.say(str(number)) for number in range(60)]
    async with connected(double):
        await owner.slash("ping", word="x")
    here = owner.channel["id"]

    mine, theirs = history(double, owner.user["id"], here), history(double, reader.user["id"], here)
    older = history(double, reader.user["id"], here, before=said[20]["id"])

    assert (len(mine), mine[-1]["content"], theirs[-1]["content"]) == (50, "pong x", "59")
    assert [message["content"] for message in older] == [str(number) for number in range(20)]
    assert history(double, reader.user["id"], "1") == []


async def test_events_reach_those_who_may_see_them(
    double: Double, owner: Member, reader: Member, hidden: JsonObject
) -> None:
    events: list[Event] = []
    double.listeners.append(lambda notice: events.append(notice) if isinstance(notice, Event) else None)
    reader.say("for all")
    owner.at(hidden).say("for staff")
    async with connected(double):
        await owner.slash("ping", word="for one")

    heard = {
        name: [
            event.data["content"]
            for event in events
            if hears(double, event, viewer.user["id"]) and event.data.get("content")
        ]
        for name, viewer in {"owner": owner, "reader": reader}.items()
    }

    assert heard == {"owner": ["for all", "for staff", "pong for one"], "reader": ["for all"]}
    assert all(event.audience.guild == owner.channel["guild_id"] for event in events)


async def test_notices_that_change_more_than_messages_ask_for_a_new_snapshot(
    double: Double, guild: JsonObject, owner: Member
) -> None:
    notices: list[Notice] = []
    double.listeners.append(notices.append)

    owner.say("x")
    plain = [notice for notice in notices if is_structural(notice)]
    double.guilds.add_channel(guild, "more")
    async with connected(double):
        online = double.gateway.bot_state
    states = [notice.state for notice in notices if isinstance(notice, BotStateChanged)]
    kinds = {type(notice) for notice in notices if is_structural(notice)}

    assert plain == []
    assert kinds == {Event, CommandsChanged, BotStateChanged}
    assert any(isinstance(notice, Exchange) for notice in notices)
    assert (online, states) == ("online", ["starting", "online", "offline"])


def test_addresses_of_files_become_paths(double: Double, owner: Member) -> None:
    kept = owner.upload("a b.png", b"x")
    shown = with_local_files(double, {"attachments": [kept], "content": kept["url"] + " and more", "flags": 1})

    assert shown["attachments"][0]["url"] == f"/cdn/{kept['id']}/a%20b.png"
    assert shown["flags"] == 1


# ---- acting as a page does, with the data that it builds


async def raw(double: Double, owner: Member) -> tuple[Interaction, Interaction, Interaction]:
    command = next(command for command in owner.commands if command["name"] == "echo")
    values = [{"type": 3, "name": "text", "value": "hi"}, {"type": 4, "name": "count", "value": 2}]
    data = {"id": command["id"], "name": "echo", "type": 1, "options": values}
    echo = owner.start(Kind.COMMAND, data)
    await echo.settled()
    panel = (await owner.slash("panel")).shown[0]
    pressed = owner.start(Kind.COMPONENT, {"custom_id": "form", "component_type": 2}, message_id=panel["id"])
    await pressed.settled()
    fields = [
        {"type": 18, "component": {"type": 4, "custom_id": "name", "value": "Ida"}},
        {"type": 18, "component": {"type": 3, "custom_id": "size", "values": ["b"]}},
    ]
    submitted = owner.start(Kind.MODAL, {"custom_id": "x", "components": fields}, opened=pressed)
    return echo, pressed, await submitted.settled()


async def test_a_page_s_own_data_is_built_anew_and_sent(double: Double, owner: Member) -> None:
    async with connected(double):
        echo, pressed, submitted = await raw(double, owner)
        panel = (await owner.slash("panel")).shown[0]
        chosen = owner.start(
            Kind.COMPONENT, {"custom_id": "which", "component_type": 3, "values": ["1"]}, message_id=panel["id"]
        )
        typed = owner.start(Kind.AUTOCOMPLETE, _typing(owner))
        await chosen.settled()
        await typed.settled()
        menu = next(command for command in owner.commands if command["name"] == "Find this")
        found = owner.start(Kind.COMMAND, {"id": menu["id"], "type": 3, "target_id": panel["id"]})
        await found.settled()

    assert echo.text.startswith("hi|2|")
    assert pressed.modal is not None
    assert submitted.text == "Ida/b"
    assert (chosen.text, typed.choices, found.text) == ("chose 1", [{"name": "a!", "value": "a"}], "found panel")


def _typing(owner: Member) -> JsonObject:
    command = next(command for command in owner.commands if command["name"] == "ping")
    option = {"type": 3, "name": "word", "value": "a", "focused": True}
    return {"id": command["id"], "name": "ping", "type": 1, "options": [option]}


async def test_what_a_page_makes_up_is_refused(double: Double, owner: Member, reader: Member) -> None:
    async with connected(double):
        seen = await owner.slash("panel", private=True)
        press = {"custom_id": "turn", "component_type": 2}

        panel = seen.shown[0]["id"]
        made_up: list[tuple[Member, Kind, JsonObject, str | None, Interaction | None]] = [
            (owner, Kind.COMMAND, {"id": "1", "type": 1}, None, None),
            (reader, Kind.COMPONENT, press, panel, None),
            (owner, Kind.COMPONENT, press, None, None),
            (owner, Kind.COMPONENT, press | {"custom_id": "off"}, panel, None),
            (owner, Kind.MODAL, {"components": []}, None, seen),
        ]

        for who, kind, data, message_id, opened in made_up:
            with pytest.raises(ImpossibleError):
                who.start(kind, data, message_id=message_id, opened=opened)


# ---- the clock


def test_a_clock_is_moved_on_and_never_back() -> None:
    clock = ManualClock(START)
    kyiv = ZoneInfo("Europe/Kyiv")

    assert move_on(clock, timedelta(hours=1)) == START + timedelta(hours=1)
    assert move_to(clock, time(7), kyiv) == datetime(2026, 3, 3, 5, tzinfo=UTC)
    assert move_to(clock, time(7), kyiv) == datetime(2026, 3, 4, 5, tzinfo=UTC)
    assert clock_shown(clock, kyiv) == {"now": "2026-03-04T05:00:00+00:00", "speed": 0, "zone": "Europe/Kyiv"}
    with pytest.raises(ValueError, match="never back"):
        move_on(clock, timedelta(seconds=-1))


def test_a_sandbox_s_clock_runs_on_from_where_it_is_set() -> None:
    real = [100.0]
    clock = SandboxClock(START, speed=2.0, monotonic=lambda: real[0])
    real[0] += 5
    later = clock.now()
    clock.set(START)
    real[0] += 1

    assert later == START + timedelta(seconds=10)
    assert clock.now() == START + timedelta(seconds=2)
    assert clock_shown(clock, ZoneInfo("UTC"))["speed"] == 2.0


def test_elapsed_seconds_are_the_clocks_or_the_real_ones_whichever_are_more() -> None:
    real = [0.0]
    clock = ManualClock(START)
    elapsed = Elapsed(clock, monotonic=lambda: real[0])

    real[0] += 3
    assert elapsed.seconds() == 3
    clock.set(START + timedelta(minutes=1))
    assert elapsed.seconds() == 63
    clock.set(START)
    assert elapsed.seconds() == 63
