"""First steps are ticked off when the double saw them done, and only then."""

from typing import Any

from bot.sandbox.double.interactions import Interaction, Kind
from tests.sandbox.page.stages import Frame, Theatre

CARD = [{"type": 17, "components": []}]


def answered(house: Theatre, name: str, *, components: list[Frame], **data: Any) -> Interaction:
    channel = house.readers.newsroom
    message = house.double.messages.builder.new(channel, house.double.state.bot, {"components": components})
    kind = Kind.COMMAND if name else Kind.COMPONENT
    return Interaction("1", "t", kind, data, house.readers.admin.user, channel, 0.0, name=name, answer=message)


async def test_asking_counts_when_the_bot_had_an_answer(house: Theatre) -> None:
    async with house.tab() as tab:
        await tab.hello()
        house.scene.guide.saw(answered(house, "actor", components=[]))
        before = set(house.scene.guide.done)
        house.scene.guide.saw(answered(house, "actor", components=CARD))
        told = await tab.until("guide")

    assert before == set()
    assert told["done"] == ["ask"]


async def test_looking_behind_an_edition_counts_as_reading_it_and_no_other_button_does(house: Theatre) -> None:
    house.scene.guide.saw(answered(house, "", components=CARD, custom_id="a1:share:"))
    other = set(house.scene.guide.done)
    house.scene.guide.saw(answered(house, "", components=CARD, custom_id="d1:src:7"))

    assert other == set()
    assert house.scene.guide.done == {"read"}


async def test_a_subscription_counts_when_its_first_edition_has_come(house: Theatre) -> None:
    guide, quay = house.scene.guide, house.readers.general
    options = [{"type": 1, "name": "add", "options": [{"type": 7, "name": "channel", "value": quay["id"]}]}]
    house.double.messages.say(quay["id"], "before", house.double.state.bot)

    guide.saw(answered(house, "schedule add", components=CARD, options=options))
    scheduled = (set(guide.done), guide.awaits_delivery)
    house.double.messages.say(quay["id"], "a person's word", house.readers.member.user)
    house.double.messages.say(house.readers.daily["id"], "elsewhere", house.double.state.bot)
    waiting = guide.awaits_delivery
    house.double.messages.say(quay["id"], "the edition", house.double.state.bot)

    assert scheduled == ({"scheduled"}, True)
    assert waiting is True
    assert guide.done == {"scheduled", "delivered", "subscribe"}


async def test_the_first_step_leads_to_the_newest_edition_and_marks_it_unread(house: Theatre) -> None:
    daily, bot = house.readers.daily["id"], house.double.state.bot
    texts = ("**What you need to know** on Monday", "the rest", "**What you need to know** on Tuesday", "the rest")
    ids = [house.double.messages.say(daily, text, bot)["id"] for text in texts]

    async with house.tab() as tab:
        state = await tab.hello()

    assert state["guide"]["steps"][0]["actions"][0]["message_id"] == ids[2]
    assert state["last_read"] == {daily: ids[1]}
