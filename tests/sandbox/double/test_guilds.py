"""Routes of servers, members and the account, and what the bot may change itself."""

from bot.sandbox.double.permissions import MANAGE_CHANNELS, VIEW_CHANNEL
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected
from tests.sandbox.double.conftest import Http


async def test_a_server_and_its_parts_are_read(
    double: Double, http: Http, guild: JsonObject, channel: JsonObject, ada: JsonObject
) -> None:
    path = f"/guilds/{guild['id']}"

    whole = await http.ask("GET", path, with_counts="true")
    channels, roles = await http.ask("GET", f"{path}/channels"), await http.ask("GET", f"{path}/roles")
    member = await http.ask("GET", f"{path}/members/{ada['id']}")
    mine = await http.ask("GET", "/users/@me/guilds")

    assert (whole["name"], whole["approximate_member_count"], "members" in whole) == ("Readers", 2, False)
    assert ([one["name"] for one in channels], [one["name"] for one in roles]) == (["daily-news"], ["@everyone"])
    assert (member["user"]["username"], mine[0]["owner"]) == ("ada", False)
    assert await http.refused("GET", f"{path}/members/1") == (404, 10007)
    assert (await http.ask("GET", f"/users/{ada['id']}"))["username"] == "ada"
    assert await http.refused("GET", "/users/1") == (404, 10013)
    assert (await http.ask("GET", "/gateway"))["url"] == double.gateway_url


async def test_the_bot_leaves_a_server_and_cannot_read_it_any_more(
    double: Double, http: Http, guild: JsonObject
) -> None:
    await http.ask("DELETE", f"/users/@me/guilds/{guild['id']}")

    assert await http.refused("GET", f"/guilds/{guild['id']}") == (404, 10004)
    assert await http.refused("GET", f"/guilds/{guild['id']}/channels") == (403, 50001)
    assert await http.refused("GET", "/guilds/1/channels") == (404, 10004)
    assert await http.ask("GET", "/users/@me/guilds") == []


async def test_a_channel_is_read_and_changed_as_far_as_allowed(double: Double, http: Http, channel: JsonObject) -> None:
    path = f"/channels/{channel['id']}"

    refused = await http.refused("PATCH", path, {"topic": "t"})
    double.guilds.overwrite(channel, double.state.bot, allow=MANAGE_CHANNELS)
    changed = await http.ask("PATCH", path, {"topic": "t"})
    await http.ask("POST", f"{path}/typing")
    deleted = await http.ask("DELETE", path)

    assert refused == (403, 50013)
    assert (changed["topic"], deleted["id"]) == ("t", channel["id"])


async def test_a_hidden_channel_is_not_read(double: Double, http: Http, channel: JsonObject) -> None:
    double.guilds.overwrite(channel, double.state.bot, deny=VIEW_CHANNEL)

    assert await http.refused("GET", f"/channels/{channel['id']}") == (403, 50001)


async def test_people_and_roles_come_and_go_and_are_announced(
    double: Double, guild: JsonObject, channel: JsonObject
) -> None:
    guild["system_channel_id"] = channel["id"]
    async with connected(double) as bot:
        eve = double.state.add_user("eve")
        double.guilds.add_member(guild, eve)
        role = double.guilds.add_role(guild, "Editors", 0)
        double.guilds.set_roles(guild, eve, [role])
        double.guilds.change_role(guild, role, VIEW_CHANNEL)
        await bot.hears("GUILD_ROLE_UPDATE")
        known = bot.guilds[0].get_role(int(role["id"]))
        member = double.state.member(guild, eve["id"])
        double.guilds.remove_member(guild, eve)

    assert known is not None
    assert known.permissions.view_channel
    assert member is not None
    assert member["roles"] == [role["id"]]
    assert [message["type"] for message in double.state.messages[channel["id"]].values()] == [7]
    assert "GUILD_MEMBER_ADD" not in bot.heard


async def test_an_unknown_route_is_not_found(http: Http) -> None:
    assert await http.refused("GET", "/nothing/here") == (404, 0)
