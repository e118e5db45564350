"""Pins: newest first, with permission, told in the channel."""

from bot.sandbox.double.permissions import PIN_MESSAGES
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from tests.sandbox.double.bare import connected
from tests.sandbox.double.conftest import Http


async def test_a_message_is_pinned_listed_and_unpinned(double: Double, channel: JsonObject) -> None:
    double.guilds.overwrite(channel, double.state.bot, allow=PIN_MESSAGES)
    async with connected(double) as bot:
        place = bot.place(channel)
        sent = [await place.send(text) for text in ("one", "two")]
        for message in (*sent, sent[0]):
            await message.pin()
        pinned = [message.content async for message in place.pins()]
        await sent[1].unpin()
        left = [message.content async for message in place.pins()]
        await bot.hears("CHANNEL_PINS_UPDATE", times=3)
        kinds = [message.type.value async for message in place.history()]

    assert (pinned, left) == (["two", "one"], ["one"])
    assert kinds == [6, 6, 0, 0]


async def test_pinning_needs_its_permission(http: Http, channel: JsonObject) -> None:
    sent = await http.ask("POST", f"/channels/{channel['id']}/messages", {"content": "x"})

    assert await http.refused("PUT", f"/channels/{channel['id']}/messages/pins/{sent['id']}") == (403, 50013)
