"""Our own bot on the double: nothing that it sends breaks a rule of Discord's, and every button works."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from bot.client import NewsBot
from bot.delivery.poster import DiscordPoster
from bot.model.editions import EditionId
from bot.sandbox.double.checks.component_rules import BUTTON, STRING_SELECT, walk
from bot.sandbox.double.checks.rules import message_problems
from bot.sandbox.double.checks.shapes import known_shapes
from bot.sandbox.double.checks.spec import Spec
from bot.sandbox.double.interactions import Interaction
from bot.sandbox.double.members import Member
from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject
from bot.ui.digest_message import digest_message
from bot.ui.welcome import welcome
from tests.cogs.fakes import FakeDesk, FakeHash, FakeNews
from tests.sandbox.double.checks.bodies import SEND
from tests.ui import samples

COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("help", {}),
    ("status", {}),
    ("digest now", {"hours": 24, "length": "short"}),
    ("digest latest", {}),
    ("actor", {"name": "Varrow"}),
    ("actor", {"name": "Varrow", "view": "quotes by"}),
    ("actor", {"name": "nobody"}),
    ("event", {"event": "dam"}),
    ("event", {"event": "dam", "view": "timeline"}),
    ("events", {"period": "week", "min_outlets": 2}),
    ("quotes", {"by": "Varrow", "kind": "direct"}),
    ("search", {"query": "dam"}),
    ("schedule list", {}),
    ("feed list", {}),
]
# They suggest what the server has, and it has nothing.
OF_WHAT_IS_THERE = {"pause", "remove", "resume", "skip"}


@pytest.fixture
async def bot(double: Double, guild: JsonObject) -> AsyncIterator[NewsBot]:
    """Our bot, connected, over fakes that know one edition of the server."""
    news = FakeNews(editions={(int(guild["id"]), EditionId(12)): samples.STANDARD})
    client = NewsBot(news, FakeDesk(), hashes=FakeHash())
    client._connection.guild_ready_timeout = 0.05  # discord.py waits so long for one more server before it is ready
    task = asyncio.ensure_future(client.start(double.state.token))
    async with asyncio.timeout(10):
        await double.gateway.identified.wait()
        await client.wait_until_ready()
    yield client
    await client.close()
    with suppress(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("name", samples.EDITIONS)
def test_editions_keep_every_rule(name: str) -> None:
    spec = Spec.from_environment()
    for payload in (*digest_message(samples.EDITIONS[name], share=True), welcome()):
        body = payload.to_dict() | {"nonce": "n" * 25, "enforce_nonce": True}

        assert message_problems(body) == []
        assert known_shapes().request_problems(SEND, body) == []
        assert spec is None or spec.request_problems(SEND, body) == []


@pytest.mark.usefixtures("bot")
async def test_the_commands_are_registered_and_answered_in_private(double: Double, owner: Member) -> None:
    double.limits.off()
    for command, options in COMMANDS:
        seen = await owner.slash(command, **options)

        assert seen.failure is None, command
        assert seen.is_private, command
        assert seen.text, command

    assert double.violations == []


@pytest.mark.usefixtures("bot")
async def test_every_option_with_suggestions_makes_some(double: Double, owner: Member) -> None:
    double.limits.off()
    asked = [one for one in suggesting(owner.commands) if one[0].split()[-1] not in OF_WHAT_IS_THERE]
    for command, option in asked:
        assert await owner.type(command, option, "a"), (command, option)

    assert len(asked) > 3
    assert double.violations == []


def suggesting(commands: list[JsonObject], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield each option that makes suggestions, with the whole name of its command."""
    for command in commands:
        path = (*above, command["name"])
        for option in command.get("options") or ():
            if option.get("autocomplete"):
                yield " ".join(path), option["name"]
        yield from suggesting([option for option in command.get("options") or () if option["type"] in {1, 2}], path)


@pytest.mark.usefixtures("bot")
async def test_every_button_and_menu_of_every_answer_works(double: Double, owner: Member) -> None:
    double.limits.off()
    used = 0
    for command, options in COMMANDS:
        message = (await owner.slash(command, **options)).shown[0]
        for component in [part for part in walk(message["components"]) if part.get("custom_id")]:
            seen = await use(owner, message, component)
            used += seen is not None
            assert seen is None or seen.failure is None, (command, component)

    assert used > 10
    assert double.violations == []


async def use(member: Member, message: JsonObject, component: Mapping[str, Any]) -> Interaction | None:
    """Press or choose; None where it is switched off, or gone because the message was turned meanwhile."""
    known = {part["custom_id"]: part for part in walk(message["components"]) if "custom_id" in part}
    now = known.get(component["custom_id"])
    if now is None or now.get("disabled"):
        return None
    if now["type"] == BUTTON:
        return await member.press(message, now["custom_id"])
    if now["type"] == STRING_SELECT:
        return await member.choose(message, now["options"][0]["value"], menu=now["custom_id"])
    return None


async def test_a_posted_edition_comes_once_and_its_buttons_answer(
    double: Double, bot: NewsBot, owner: Member, channel: JsonObject
) -> None:
    double.limits.off()
    poster = DiscordPoster(bot.http)
    payloads = digest_message(samples.STANDARD)
    for _ in range(2):
        for number, payload in enumerate(payloads):
            await poster.post(int(channel["id"]), payload.to_json(), f"nonce-{number}")
    first, *_ = owner.sees
    answers = [await owner.press(first, label) for label in ("Sources", "Why these stories?")]

    assert len(owner.sees) == len(payloads) + len(answers)
    assert all(answer.is_private and answer.text for answer in answers)
    assert [first["mentions"], first["mention_roles"], first["mention_everyone"]] == [[], [], False]
    assert double.violations == []


@pytest.mark.usefixtures("bot")
async def test_a_new_server_is_welcomed_in_its_system_channel(double: Double, ada: JsonObject) -> None:
    other = double.state.add_guild("Others", ada, joined=False)
    double.state.add_channel(other, "first")
    system = double.state.add_channel(other, "hall")
    other["system_channel_id"] = system["id"]
    member = double.member(ada, system)

    double.guilds.join(other)
    async with asyncio.timeout(8):
        while len(member.sees) < 2:  # noqa: ASYNC110 - the double has no event for this
            await asyncio.sleep(0.01)

    assert [message["type"] for message in member.sees] == [7, 0]
    assert double.violations == []


@pytest.mark.usefixtures("bot")
async def test_a_member_without_manage_server_is_offered_nothing_to_configure(owner: Member, reader: Member) -> None:
    offered = {command["name"] for command in reader.commands}

    assert {"schedule", "feed"} & offered == set()
    assert {"schedule", "feed", "digest", "actor"} <= {command["name"] for command in owner.commands}
