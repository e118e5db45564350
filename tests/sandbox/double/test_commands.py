"""Commands: registering, replacing, the rules, and who is offered which."""

from typing import Any

import pytest

from bot.sandbox.double.members import Member
from bot.sandbox.double.permissions import ADMINISTRATOR, MANAGE_GUILD, USE_APPLICATION_COMMANDS, VIEW_CHANNEL
from bot.sandbox.double.server import Double
from bot.sandbox.double.slash import ImpossibleError
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected
from tests.sandbox.double.conftest import Http

NEWS: dict[str, Any] = {"name": "news", "description": "News.", "options": []}


def everywhere(double: Double) -> str:
    return f"/applications/{double.state.bot['id']}/commands"


async def test_a_command_keeps_its_id_while_it_is_registered(double: Double, http: Http) -> None:
    first, second = await http.ask("PUT", everywhere(double), [NEWS, {"name": "Menu it", "type": 3}])
    (again,) = await http.ask("PUT", everywhere(double), [NEWS])
    changed, is_new = double.commands.put(None, NEWS | {"description": "Other."})

    assert (again["id"], again["version"]) == (first["id"], first["version"])
    assert (changed["id"], changed["version"] == first["version"], is_new) == (first["id"], False, False)
    assert second["description"] == ""
    assert len(await http.ask("GET", everywhere(double))) == 1


async def test_one_is_added_changed_read_and_removed(double: Double, http: Http, guild: JsonObject) -> None:
    base = f"/applications/{double.state.bot['id']}/guilds/{guild['id']}/commands"
    made = await http.ask("POST", base, NEWS)
    one = f"{base}/{made['id']}"

    changed = await http.ask("PATCH", one, {"description": "Other.", "name_localizations": {"uk": "новини"}})
    plain = await http.ask("GET", base)
    whole = await http.ask("GET", base, with_localizations="true")
    await http.ask("DELETE", one)

    assert (changed["description"], changed["name"], made["guild_id"]) == ("Other.", "news", guild["id"])
    assert ("name_localizations" in plain[0], whole[0]["name_localizations"]) == (False, {"uk": "новини"})
    assert await http.refused("GET", one) == (404, 10063)
    assert await http.refused("GET", "/applications/1/commands") == (403, 20012)


async def test_a_set_that_breaks_a_rule_is_refused_whole(double: Double, http: Http) -> None:
    await http.ask("PUT", everywhere(double), [NEWS])

    refused = await http.refused("PUT", everywhere(double), [NEWS | {"name": "fine"}, NEWS | {"name": "Wrong"}])

    assert refused == (400, 50035)
    assert [command["name"] for command in double.commands.everywhere] == ["news"]
    assert [problem.path for problem in double.violations[0].problems] == [(1, "name")]


@pytest.fixture
def place(double: Double, channel: JsonObject) -> JsonObject:
    double.commands.put_all(None, [NEWS, {**NEWS, "name": "admin", "default_member_permissions": str(MANAGE_GUILD)}])
    return channel


def names(member: Member) -> list[str]:
    return [command["name"] for command in member.commands]


async def test_who_is_offered_what(double: Double, place: JsonObject, owner: Member, reader: Member) -> None:
    guild = double.state.guilds[place["guild_id"]]
    admin = double.commands.everywhere[1]

    assert names(owner) == ["news", "admin"]
    assert names(reader) == ["news"]
    double.commands.allow(admin, guild, reader.user, allowed=True)
    assert names(reader) == ["news", "admin"]
    double.commands.allow(admin, guild, reader.user, allowed=False)
    double.state.add_role(guild, "Admins", ADMINISTRATOR)
    assert names(reader) == ["news"]
    double.guilds.overwrite(place, reader.user, deny=USE_APPLICATION_COMMANDS)
    assert names(reader) == []


async def test_roles_open_commands_and_zero_closes_them(double: Double, place: JsonObject, reader: Member) -> None:
    guild = double.state.guilds[place["guild_id"]]
    role = double.state.add_role(guild, "Editors", 0)
    double.guilds.set_roles(guild, reader.user, [role])
    command, _ = double.commands.put(guild["id"], {**NEWS, "name": "closed", "default_member_permissions": "0"})

    before = names(reader)
    double.commands.allow(command, guild, role, allowed=True)

    assert (before, names(reader)) == (["news"], ["closed", "news"])


async def test_a_servers_own_command_hides_the_global_one_and_direct_channels_have_theirs(
    double: Double, place: JsonObject, owner: Member
) -> None:
    own, _ = double.commands.put(place["guild_id"], NEWS | {"description": "Ours."})
    double.commands.put(None, {**NEWS, "name": "anywhere", "contexts": [0, 1]})
    double.commands.put(None, {**NEWS, "name": "here", "contexts": [0]})
    direct = owner.at(double.guilds.open_direct(owner.user["id"]))

    assert [command["id"] for command in owner.commands if command["name"] == "news"] == [own["id"]]
    assert names(direct) == ["news", "admin", "anywhere"]


async def test_a_command_that_is_not_offered_cannot_be_used(double: Double, owner: Member, reader: Member) -> None:
    async with connected(double):
        double.guilds.overwrite(reader.channel, reader.user, deny=VIEW_CHANNEL)

        with pytest.raises(ImpossibleError):
            await reader.slash("ping", word="x")
        assert (await owner.slash("ping", word="x")).text == "pong x"


async def test_a_command_in_a_direct_channel_is_answered_there(
    double: Double, guild: JsonObject, owner: Member
) -> None:
    async with connected(double):
        direct = owner.at(double.guilds.open_direct(owner.user["id"]))
        seen = await direct.slash("desk drawer open", width=2)

    assert seen.text == "open 2"
    assert [message["content"] for message in direct.sees] == ["open 2"]
