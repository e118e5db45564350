"""Messages: who may send what where, nonces, history, edits, publishing."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import discord
import pytest

from bot.clock import ManualClock
from bot.sandbox.double import objects
from bot.sandbox.double.members import Member
from bot.sandbox.double.permissions import (
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
)
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected
from tests.sandbox.double.conftest import Http

EMBED = {"embeds": [{"title": "T", "description": "D"}]}


def to(channel: JsonObject, rest: str = "") -> str:
    return f"/channels/{channel['id']}/messages{rest}"


async def test_a_message_is_stored_and_read_again(http: Http, channel: JsonObject) -> None:
    sent = await http.ask("POST", to(channel), {"content": "hello", **EMBED, "flags": 4096})
    read = await http.ask("GET", to(channel, f"/{sent['id']}"))

    assert read == sent
    assert (read["content"], read["embeds"][0]["title"], read["flags"]) == ("hello", "T", 4096)


@pytest.mark.parametrize(
    ("denied", "body", "expected"),
    [
        (VIEW_CHANNEL, {"content": "x"}, (403, 50001)),
        (SEND_MESSAGES, {"content": "x"}, (403, 50013)),
        (EMBED_LINKS, EMBED, (403, 50013)),
        (READ_MESSAGE_HISTORY, {"content": "x", "message_reference": {"message_id": "1"}}, (403, 50013)),
    ],
    ids=["not seen", "no sending", "no embeds", "no replies"],
)
async def test_what_is_denied_is_refused(
    double: Double, http: Http, channel: JsonObject, denied: int, body: dict[str, Any], expected: tuple[int, int]
) -> None:
    double.guilds.overwrite(channel, double.state.bot, deny=denied)

    assert await http.refused("POST", to(channel), body) == expected
    assert double.state.messages.get(channel["id"]) is None


async def test_files_need_their_permission_and_can_be_fetched(double: Double, channel: JsonObject) -> None:
    async with connected(double) as bot:
        place = bot.place(channel)
        sent = await place.send("see", file=discord.File(BytesIO(b"a,b\n"), "table.csv", description="Numbers"))
        read = await sent.attachments[0].read()
        double.guilds.overwrite(channel, double.state.bot, deny=ATTACH_FILES)
        with pytest.raises(discord.Forbidden):
            await place.send("see", file=discord.File(BytesIO(b"a,b\n"), "table.csv"))

    assert (read, sent.attachments[0].description) == (b"a,b\n", "Numbers")


@pytest.mark.parametrize(
    ("body", "expected", "at"),
    [
        ({"content": ""}, 50006, ""),
        ({"content": "  \n"}, 50006, ""),
        ({"content": "x" * 2001}, 50035, "content"),
        ({"content": "x", "nonce": "n" * 26}, 50035, "nonce"),
        ({"content": "x", "nonsense": 1}, 50035, "nonsense"),
        ({"embeds": [{"title": "x" * 257}]}, 50035, "embeds.0.title"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, 50035, "embeds"),
        ({"components": [{"type": 10, "content": "x"}]}, 50035, "components"),
        ({"content": 5}, 50035, "content"),
    ],
    ids=["empty", "blank", "long", "long nonce", "unknown field", "long title", "6000", "V2 flag", "wrong type"],
)
async def test_a_body_that_breaks_a_rule_is_told_and_recorded(
    double: Double, http: Http, channel: JsonObject, body: dict[str, Any], expected: int, at: str
) -> None:
    assert await http.refused("POST", to(channel), body) == (400, expected)

    (violation,) = double.violations
    assert violation.path == to(channel)
    assert ".".join(map(str, violation.problems[0].path)) == at


async def test_the_error_is_nested_as_discord_nests_it(http: Http, channel: JsonObject) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await http.ask("POST", to(channel), {"embeds": [{"title": "x" * 257}]})

    assert "In embeds.0.title: Must be 256 or fewer in length." in caught.value.text


async def test_an_enforced_nonce_keeps_a_copy_away_until_it_expires(
    http: Http, double: Double, channel: JsonObject
) -> None:
    double.limits.off()
    body = {"content": "x", "nonce": "n1", "enforce_nonce": True}

    first = await http.ask("POST", to(channel), body)
    again = await http.ask("POST", to(channel), body)
    other = await http.ask("POST", to(channel), body | {"nonce": "n2"})
    unforced = await http.ask("POST", to(channel), {"content": "x", "nonce": "n1"})
    double.messages.nonce_window = timedelta()
    later = await http.ask("POST", to(channel), body)

    assert first["id"] == again["id"]
    assert len({first["id"], other["id"], unforced["id"], later["id"]}) == 4


async def test_a_nonce_expires_by_the_clock_too() -> None:
    clock = ManualClock(datetime(2026, 3, 2, tzinfo=UTC))
    double = Double(clock)
    channel = double.state.add_channel(double.state.add_guild("G", double.state.add_user("ida")), "news")
    body = {"content": "x", "nonce": "n", "enforce_nonce": True}

    def send() -> str:
        return str(double.messages.send(channel["id"], body, (), double.state.bot)["id"])

    first = send()
    clock.set(clock.now() + timedelta(minutes=4))
    within = send()
    clock.set(clock.now() + timedelta(minutes=2))
    after = send()

    assert first == within
    assert after != first


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, [6, 5, 4, 3, 2, 1, 0]),
        ({"limit": 2}, [6, 5]),
        ({"before": 3, "limit": 2}, [2, 1]),
        ({"after": 3, "limit": 2}, [5, 4]),
        ({"around": 3, "limit": 4}, [5, 4, 3, 2]),
        ({"around": 0, "limit": 3}, [1, 0]),
    ],
    ids=["all", "limit", "before", "after", "around", "around the first"],
)
async def test_history_is_newest_first(
    http: Http, reader: Member, channel: JsonObject, query: dict[str, int], expected: list[int]
) -> None:
    ids = [reader.say(str(number))["id"] for number in range(7)]
    asked = {key: value if key == "limit" else ids[value] for key, value in query.items()}

    found = await http.ask("GET", to(channel), **asked)

    assert [int(message["content"]) for message in found] == expected


@pytest.mark.parametrize("query", [{"limit": 101}, {"limit": 0}, {"limit": "x"}, {"before": "x"}, {"around": "-1"}])
async def test_a_wrong_query_is_refused(http: Http, channel: JsonObject, query: dict[str, Any]) -> None:
    assert await http.refused("GET", to(channel), **query) == (400, 50035)


async def test_history_is_empty_without_its_permission(double: Double, http: Http, owner: Member) -> None:
    owner.say("x")
    double.guilds.overwrite(owner.channel, double.state.bot, deny=READ_MESSAGE_HISTORY)

    assert await http.ask("GET", to(owner.channel)) == []


async def test_an_edit_keeps_what_it_does_not_name_and_checks_the_result(
    double: Double, http: Http, channel: JsonObject
) -> None:
    double.limits.off()
    sent = await http.ask("POST", to(channel), {"content": "one", **EMBED})
    path = to(channel, f"/{sent['id']}")

    changed = await http.ask("PATCH", path, {"content": "two"})
    empty = await http.refused("PATCH", path, {"content": None, "embeds": []})
    v2 = await http.refused("PATCH", path, {"flags": 32768, "components": [{"type": 10, "content": "three"}]})
    whole = {"flags": 32768, "content": None, "embeds": [], "components": [{"type": 10, "content": "three"}]}
    turned = await http.ask("PATCH", path, whole)
    stays = await http.refused("PATCH", path, {"content": "four"})

    assert (changed["content"], len(changed["embeds"]), changed["edited_timestamp"] is None) == ("two", 1, False)
    assert (empty, v2, stays) == ((400, 50006), (400, 50035), (400, 50035))
    assert turned["components"] == [{"type": 10, "content": "three", "id": 1}]


async def test_another_s_message_is_not_edited_and_deleted_only_with_permission(
    double: Double, http: Http, reader: Member
) -> None:
    message = reader.say("mine")
    path = to(reader.channel, f"/{message['id']}")

    edit = await http.refused("PATCH", path, {"content": "yours"})
    delete = await http.refused("DELETE", path)
    double.guilds.overwrite(reader.channel, double.state.bot, allow=MANAGE_MESSAGES)
    await http.ask("DELETE", path)

    assert (edit, delete) == ((403, 50005), (403, 50013))
    assert await http.refused("GET", path) == (404, 10008)


async def test_a_message_is_published_once_and_only_from_an_announcement_channel(
    double: Double, http: Http, guild: JsonObject, channel: JsonObject
) -> None:
    news = double.state.add_channel(guild, "announcements", kind=objects.ANNOUNCEMENT)
    here = await http.ask("POST", to(channel), {"content": "x"})
    there = await http.ask("POST", to(news), {"content": "x"})

    refused = await http.refused("POST", to(channel, f"/{here['id']}/crosspost"))
    published = await http.ask("POST", to(news, f"/{there['id']}/crosspost"))
    again = await http.refused("POST", to(news, f"/{there['id']}/crosspost"))

    assert (refused, again) == ((400, 50024), (400, 40033))
    assert published["flags"] & 1


async def test_categories_and_forums_take_no_messages(double: Double, http: Http, guild: JsonObject) -> None:
    for kind in (objects.CATEGORY, objects.FORUM):
        place = double.state.add_channel(guild, "place", kind=kind)

        assert await http.refused("POST", to(place), {"content": "x"}) == (400, 50008)


async def test_a_channel_that_is_gone_or_was_left_is_refused(
    double: Double, http: Http, guild: JsonObject, channel: JsonObject
) -> None:
    double.guilds.leave(guild)
    left = await http.refused("POST", to(channel), {"content": "x"})
    double.guilds.join(guild)
    double.guilds.remove_channel(channel)

    assert left == (403, 50001)
    assert await http.refused("POST", to(channel), {"content": "x"}) == (404, 10003)


async def test_an_outage_answers_503(double: Double, http: Http, guild: JsonObject, channel: JsonObject) -> None:
    double.guilds.begin_outage(guild)
    status, _ = await http.refused("POST", to(channel), {"content": "x"})
    double.guilds.end_outage(guild)

    assert status == 503
    assert await http.ask("POST", to(channel), {"content": "x"})


async def test_direct_messages_reach_those_who_take_them(
    double: Double, http: Http, ada: JsonObject, guild: JsonObject
) -> None:
    stranger = double.state.add_user("eve")
    channel = await http.ask("POST", "/users/@me/channels", {"recipient_id": ada["id"]})
    sent = await http.ask("POST", to(channel), {"content": "x"})
    double.messages.closed_to_strangers.add(ada["id"])
    closed = await http.refused("POST", to(channel), {"content": "x"})
    unknown = await http.ask("POST", "/users/@me/channels", {"recipient_id": stranger["id"]})

    assert sent["content"] == "x"
    assert closed == (403, 50007)
    assert await http.refused("POST", to(unknown), {"content": "x"}) == (403, 50278)


async def test_who_is_pinged_is_what_is_written_allowed_and_permitted(
    double: Double, http: Http, guild: JsonObject, ada: JsonObject, channel: JsonObject
) -> None:
    role = double.state.add_role(guild, "Editors", 0)
    open_role = double.state.add_role(guild, "Readers", 0, mentionable=True)
    text = f"<@{ada['id']}> <@&{role['id']}> <@&{open_role['id']}> @everyone"

    loud = await http.ask("POST", to(channel), {"content": text})
    quiet = await http.ask("POST", to(channel), {"content": text, "allowed_mentions": {"parse": []}})
    named = await http.ask("POST", to(channel), {"content": text, "allowed_mentions": {"roles": [open_role["id"]]}})

    assert [user["id"] for user in loud["mentions"]] == [ada["id"]]
    assert (loud["mention_roles"], loud["mention_everyone"]) == ([open_role["id"]], False)
    assert (quiet["mentions"], quiet["mention_roles"], quiet["mention_everyone"]) == ([], [], False)
    assert (named["mentions"], named["mention_roles"]) == ([], [open_role["id"]])


async def test_components_get_their_ids_and_media_their_addresses(double: Double, channel: JsonObject) -> None:
    gallery = discord.ui.MediaGallery[Any](discord.MediaGalleryItem("attachment://a.png", description="Alt"))
    file = discord.ui.File[Any]("attachment://b.csv")
    section = discord.ui.Section[Any]("words", accessory=discord.ui.Thumbnail("https://ledger.example/t.png"))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.Container(section, gallery, file, discord.ui.Separator()))
    files = [discord.File(BytesIO(b"p"), "a.png"), discord.File(BytesIO(b"c"), "b.csv")]
    async with connected(double) as bot:
        await bot.place(channel).send(view=view, files=files)

    ((container,),) = [message["components"] for message in double.state.messages[channel["id"]].values()]
    _, shown_gallery, shown_file, _ = container["components"]
    assert container["id"] == 1
    assert shown_gallery["items"][0]["media"]["url"].startswith(f"http://127.0.0.1:{double.port}/cdn/")
    assert (shown_file["name"], shown_file["size"]) == ("b.csv", 1)
    assert double.violations == []
