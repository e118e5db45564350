"""The double carries an unmodified discord.py client over real sockets: login, commands, buttons, menus, forms."""

import asyncio

import discord
import pytest

from bot.sandbox.double.interactions import NO_RESPONSE
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.double.slash import ImpossibleError
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import BareBot, connected


async def test_login_sync_command_and_suggestions(double: Double, owner: Member) -> None:
    async with connected(double):
        seen = await owner.slash("ping", word="hello")
        choices = await owner.type("ping", "word", "hel")

    assert (seen.text, seen.is_private) == ("pong hello", True)
    assert choices == [{"name": "hel!", "value": "hel"}]
    assert double.violations == []


async def test_every_kind_of_option_arrives(double: Double, guild: JsonObject, owner: Member, reader: Member) -> None:
    role = double.state.add_role(guild, "Editors", 0)
    async with connected(double):
        seen = await owner.slash(
            "echo", text="hi", count=3, ratio=1.5, flag=True, person=reader.user, place=owner.channel, role=role,
            file=owner.upload("feeds.opml", b"<opml/>"),
        )  # fmt: skip

    assert seen.text == "hi|3|1.5|True|ben|daily-news|Editors|7"


async def test_a_group_in_a_group_arrives(double: Double, owner: Member) -> None:
    async with connected(double):
        seen = await owner.slash("desk drawer open", width=4)

    assert seen.text == "open 4"
    assert seen.answer is not None
    assert seen.answer["interaction"]["name"] == "desk drawer open"


async def test_menus_of_messages_and_users_arrive(double: Double, owner: Member, reader: Member) -> None:
    message = reader.say("a rumour")
    async with connected(double):
        found = await owner.use_on("Find this", message)
        asked = await owner.use_on("Who is it", owner.user)

    assert found.text == "found a rumour"
    assert asked.text.startswith("ada ")


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
async def test_buttons_turn_their_message_at_once_or_later(double: Double, owner: Member, private: bool) -> None:
    async with connected(double):
        panel = (await owner.slash("panel", private=private)).shown[0]
        at_once = await owner.press(panel, "Turn")
        turned = panel["content"]
        later = await owner.press(panel, "later")

    assert (turned, panel["content"]) == ("turned", "turned later")
    assert at_once.text.startswith("turned")
    assert later.shown == []
    assert panel["edited_timestamp"] is not None


async def test_menus_of_a_message_send_what_was_chosen(double: Double, owner: Member) -> None:
    async with connected(double):
        panel = (await owner.slash("panel")).shown[0]
        one = await owner.choose(panel, "One", "2")
        place = await owner.choose(panel, owner.channel["id"], menu="Where")

    assert (one.text, place.text) == ("chose 1,2", "chose daily-news")


async def test_a_form_is_opened_and_submitted(double: Double, owner: Member) -> None:
    async with connected(double):
        opened = await owner.slash("form")
        sent = await owner.submit(opened, name="Ida", Size="Big")
        panel = (await owner.slash("panel")).shown[0]
        turned = await owner.submit(await owner.press(panel, "Form"), name="Ole", size="b")

    assert sent.text == "Ida/b"
    assert turned.message is panel
    assert panel["content"] == "Ole/b"


async def test_files_embeds_follow_ups_and_deletion(double: Double, owner: Member) -> None:
    async with connected(double):
        seen = await owner.slash("rich")
        await seen.until(lambda now: now.answer is None)

    assert [message["content"] for message in owner.sees] == ["two"]
    assert double.violations == []


async def test_silence_is_told_after_a_while(double: Double, owner: Member) -> None:
    double.interactions.acknowledge_seconds = 0.1

    async with connected(double):
        seen = await owner.slash("silent")

    assert seen.failure == NO_RESPONSE


async def test_a_client_does_not_let_people_do_what_cannot_be_done(double: Double, owner: Member) -> None:
    async with connected(double):
        panel = (await owner.slash("panel")).shown[0]
        for wrong in (
            owner.slash("nothing"),
            owner.slash("desk"),
            owner.slash("echo"),
            owner.slash("echo", text="x"),
            owner.slash("echo", text="xx", count=10),
            owner.slash("echo", text="xx", colour="red"),
            owner.type("echo", "text", "x"),
            owner.press(panel, "Off"),
            owner.press(panel, "Elsewhere"),
            owner.choose(panel, "Three"),
            owner.submit(await owner.slash("form"), name="I", size="b"),
        ):
            with pytest.raises(ImpossibleError):
                await wrong


async def test_a_wrong_token_is_refused(double: Double) -> None:
    bot = BareBot()

    with pytest.raises(discord.LoginFailure):
        await bot.start("wrong")
    await bot.close()


async def test_a_token_that_is_revoked_ends_the_connection(double: Double, channel: JsonObject) -> None:
    bot = BareBot()
    task = asyncio.ensure_future(bot.start(double.state.token))
    await asyncio.wait_for(double.gateway.identified.wait(), 10)

    double.revoke_token()

    with pytest.raises(discord.ConnectionClosed) as caught:
        await asyncio.wait_for(task, 10)
    await bot.close()
    assert caught.value.code == 4004
