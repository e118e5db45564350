"""Threads: how they begin, who may write in them, archived and locked ones."""

from typing import Any

import pytest

from bot.sandbox.double import objects
from bot.sandbox.double.members import Member
from bot.sandbox.double.permissions import (
    CREATE_PRIVATE_THREADS,
    CREATE_PUBLIC_THREADS,
    MANAGE_THREADS,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
)
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected
from tests.sandbox.double.conftest import Http


async def begun(http: Http, channel: JsonObject, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = await http.ask(
        "POST", f"/channels/{channel['id']}/threads", {"name": "t", "type": 11} | more
    )
    return made


def under(thread: dict[str, Any]) -> str:
    return f"/channels/{thread['id']}/messages"


async def test_a_thread_of_a_message_has_its_id_and_there_is_only_one(http: Http, channel: JsonObject) -> None:
    message = await http.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})
    path = f"/channels/{channel['id']}/messages/{message['id']}"

    thread = await http.ask("POST", f"{path}/threads", {"name": "More"})
    again = await http.refused("POST", f"{path}/threads", {"name": "More"})
    seen = await http.ask("GET", path)

    assert (thread["id"], thread["type"], thread["parent_id"]) == (message["id"], 11, channel["id"])
    assert again == (400, 160004)
    assert (seen["flags"] & 32, seen["thread"]["name"]) == (32, "More")


@pytest.mark.parametrize(
    ("kind", "denied"), [(11, CREATE_PUBLIC_THREADS), (12, CREATE_PRIVATE_THREADS)], ids=["public", "private"]
)
async def test_beginning_one_needs_its_permission(
    double: Double, http: Http, channel: JsonObject, kind: int, denied: int
) -> None:
    double.guilds.overwrite(channel, double.state.bot, deny=denied)

    assert await http.refused("POST", f"/channels/{channel['id']}/threads", {"name": "t", "type": kind}) == (403, 50013)


async def test_in_a_thread_its_own_sending_permission_counts(double: Double, http: Http, channel: JsonObject) -> None:
    thread = await begun(http, channel)
    double.guilds.overwrite(channel, double.state.bot, deny=SEND_MESSAGES)
    sent = await http.ask("POST", under(thread), {"content": "x"})
    double.guilds.overwrite(channel, double.state.bot, deny=SEND_MESSAGES_IN_THREADS)

    assert sent["channel_id"] == thread["id"]
    assert await http.refused("POST", under(thread), {"content": "x"}) == (403, 50013)


async def test_an_archived_thread_opens_when_written_to_but_nothing_in_it_can_be_changed(
    double: Double, http: Http, channel: JsonObject
) -> None:
    double.limits.off()
    thread = await begun(http, channel)
    message = await http.ask("POST", under(thread), {"content": "x"})
    path = f"/channels/{thread['id']}"
    await http.ask("PATCH", path, {"archived": True})

    edit = await http.refused("PATCH", f"{under(thread)}/{message['id']}", {"content": "y"})
    rename = await http.refused("PATCH", path, {"name": "u"})
    listed = await http.ask("GET", f"/channels/{channel['id']}/threads/archived/public")
    await http.ask("POST", under(thread), {"content": "z"})
    now = await http.ask("GET", path)

    assert (edit, rename) == ((400, 50083), (400, 50083))
    assert [one["id"] for one in listed["threads"]] == [thread["id"]]
    assert now["thread_metadata"]["archived"] is False
    assert now["message_count"] == 2


async def test_a_locked_thread_is_closed_to_those_who_do_not_manage_threads(
    double: Double, http: Http, owner: Member, channel: JsonObject
) -> None:
    double.limits.off()
    thread = await begun(http, channel)
    locked = double.state.channel(thread["id"])
    double.threads.update(locked, {"locked": True}, owner.user["id"])

    plain = await http.refused("POST", under(thread), {"content": "x"})
    double.threads.update(locked, {"archived": True}, owner.user["id"])
    archived = await http.refused("POST", under(thread), {"content": "x"})
    opening = await http.refused("PATCH", f"/channels/{thread['id']}", {"archived": False})
    double.guilds.overwrite(channel, double.state.bot, allow=MANAGE_THREADS)

    assert (plain, archived, opening) == ((400, 160005), (400, 50083), (403, 50013))
    assert await http.ask("POST", under(thread), {"content": "x"})


async def test_a_private_thread_is_seen_by_its_members_alone(
    double: Double, owner: Member, reader: Member, channel: JsonObject
) -> None:
    double.guilds.overwrite(channel, reader.user, allow=CREATE_PRIVATE_THREADS)
    thread = double.threads.start(channel, {"name": "secret", "type": 12}, reader.user["id"])
    bot = double.state.bot["id"]

    before = double.state.permissions_of(bot, thread)
    double.threads.add_member(thread, bot)

    assert before == 0
    assert double.state.permissions_of(bot, thread)
    assert double.state.permissions_of(owner.user["id"], thread)


async def test_a_forum_post_is_a_thread_with_its_first_message(double: Double, http: Http, guild: JsonObject) -> None:
    tag = {"id": "77", "name": "news", "moderated": False, "emoji_id": None, "emoji_name": None}
    forum = double.state.add_channel(guild, "forum", kind=objects.FORUM, available_tags=[tag], flags=1 << 4)
    path, body = f"/channels/{forum['id']}/threads", {"name": "Post", "message": {"content": "x"}}

    untagged = await http.refused("POST", path, body)
    unknown = await http.refused("POST", path, body | {"applied_tags": ["78"]})
    empty = await http.refused("POST", path, {"name": "Post", "message": {}, "applied_tags": ["77"]})
    thread = await http.ask("POST", path, body | {"applied_tags": ["77"]})
    messages = await http.ask("GET", under(thread))

    assert await http.refused("POST", path, {"name": "Post", "applied_tags": ["77"]}) == (400, 50035)
    assert (untagged, unknown, empty) == ((400, 40067), (404, 10087), (400, 50006))
    assert (thread["message"]["id"], messages[0]["content"]) == (thread["id"], "x")


async def test_threads_are_listed_joined_left_and_deleted(
    double: Double, http: Http, guild: JsonObject, channel: JsonObject, owner: Member
) -> None:
    thread = double.threads.start(channel, {"name": "theirs", "type": 11}, owner.user["id"])
    member = f"/channels/{thread['id']}/thread-members/@me"

    await http.ask("PUT", member)
    joined = await http.ask("GET", f"/guilds/{guild['id']}/threads/active")
    await http.ask("DELETE", member)
    left = await http.ask("GET", f"/guilds/{guild['id']}/threads/active")
    double.guilds.remove_channel(thread)

    assert [len(joined["members"]), len(left["members"])] == [1, 0]
    assert await http.refused("GET", f"/channels/{thread['id']}") == (404, 10003)
    assert guild["threads"] == []


async def test_a_client_hears_of_threads_that_it_sees(double: Double, channel: JsonObject, owner: Member) -> None:
    async with connected(double) as bot:
        thread = double.threads.start(channel, {"name": "t", "type": 11}, owner.user["id"])
        await bot.hears("THREAD_CREATE")
        double.threads.update(thread, {"name": "u"}, owner.user["id"])
        await bot.hears("THREAD_UPDATE")
        hidden = double.threads.start(channel, {"name": "secret"}, owner.user["id"])
        known = {one.name for one in bot.guilds[0].threads}
        double.guilds.remove_channel(thread)
        await bot.hears("THREAD_DELETE")

    assert hidden["type"] == 12
    assert known == {"u"}
    assert bot.heard.count("THREAD_CREATE") == 1


async def test_threads_hang_under_text_channels_only(double: Double, http: Http, guild: JsonObject) -> None:
    place = double.state.add_channel(guild, "voice", kind=objects.VOICE)

    assert await http.refused("POST", f"/channels/{place['id']}/threads", {"name": "t"}) == (400, 50024)
