"""Everything that people can do, over real sockets, with the bot as its own process."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.double.checks.component_rules import BUTTON, STRING_SELECT, walk
from bot.sandbox.double.faults import Fault
from bot.sandbox.double.interactions import Interaction
from bot.sandbox.double.members import Member
from bot.sandbox.double.state import JsonObject
from tests.app.running import Running

pytestmark = pytest.mark.asyncio(loop_scope="module")

SORRY = "Something went wrong on my side"
_CHANNEL_SELECT = 8
_NESTED = {1, 2}


@dataclass(frozen=True)
class Suggested:
    """The first suggestion for what is typed."""

    typed: str


# Every command with options that fit, in an order in which what is removed was added before.
COMMANDS: dict[str, dict[str, Any]] = {
    "help": {},
    "status": {},
    "setup": {},
    "settings": {},
    "privacy": {},
    "digest now": {"hours": 36, "length": "long"},
    "digest latest": {},
    "actor": {"name": Suggested("kes")},
    "compare": {"first": Suggested("kes"), "second": Suggested("mor")},
    "event": {"event": Suggested("")},
    "events": {"actor": None, "period": "week"},
    "quotes": {"by": None},
    "search": {"query": "the"},
    "feed add": {"url": "", "name": "Tidewire"},
    "feed list": {},
    "feed remove": {"feed": Suggested("")},
    "schedule add": {"time": "18:00", "timezone": Suggested("kyiv")},
    "schedule list": {},
    "schedule pause": {"schedule": Suggested("")},
    "schedule resume": {"schedule": Suggested("")},
    "schedule skip": {"schedule": Suggested("")},
    "schedule remove": {"schedule": Suggested("")},
}

_CHANGING = (
    "schedule add",
    "schedule pause",
    "schedule resume",
    "schedule skip",
    "schedule remove",
    "feed add",
    "feed remove",
)


def leaves(commands: list[JsonObject], above: tuple[str, ...] = ()) -> Iterator[tuple[str, JsonObject]]:
    """Yield every command that can be used, with its whole name."""
    for command in commands:
        path = (*above, command["name"])
        inner = [option for option in command.get("options") or () if option["type"] in _NESTED]
        if inner:
            yield from leaves(inner, path)
        else:
            yield " ".join(path), command


async def options_of(stage: Running, name: str, member: Member) -> dict[str, Any]:
    """Return the options for a command, with the suggestions of the bot itself."""
    options = dict(COMMANDS[name])
    if name == "feed add":
        options["url"] = stage.newsroom.feeds["Tidewire"]
    if name == "schedule add":
        options["channel"] = member.channel
    for option, value in options.items():
        if isinstance(value, Suggested):
            others = {other: given for other, given in options.items() if not isinstance(given, Suggested)}
            options[option] = (await member.type(name, option, value.typed, **others))[0]["value"]
    return {option: value for option, value in options.items() if value is not None}


async def posted(member: Member, count: int = 1) -> list[JsonObject]:
    """Wait until the bot has written *count* messages that *member* sees, and return them."""
    async with asyncio.timeout(20):
        while True:
            found = [message for message in member.sees if message["author"].get("bot") and message["components"]]
            if len(found) >= count:
                return found
            await asyncio.sleep(0.02)


async def use(member: Member, message: JsonObject, component: Mapping[str, Any]) -> Interaction | None:
    """Press or choose; None where it is switched off, or gone because the message was turned meanwhile."""
    known = {part["custom_id"]: part for part in walk(message["components"]) if "custom_id" in part}
    now = known.get(component["custom_id"])
    if now is None or now.get("disabled"):
        return None
    if now["type"] == BUTTON:
        return await member.press(message, now["custom_id"])
    values = {STRING_SELECT: now.get("options", [{}])[0].get("value"), _CHANNEL_SELECT: member.channel["id"]}
    return await member.choose(message, values[now["type"]], menu=now["custom_id"])


@pytest.fixture
def hall(stage: Running) -> Member:
    """The owner in a channel of the test's own."""
    return stage.admin.at(stage.double.guilds.add_channel(stage.guilds[0], "hall"))


async def test_every_command_answers_in_private_and_none_is_forgotten(stage: Running) -> None:
    assert set(COMMANDS) == {name for name, _ in leaves(stage.double.commands.everywhere)}
    for name in COMMANDS:
        seen = await stage.admin.slash(name, **await options_of(stage, name, stage.admin))

        assert seen.failure is None, name
        assert seen.is_private, name
        assert seen.text, name
        assert SORRY not in seen.text, name


async def test_every_option_with_suggestions_makes_some(stage: Running) -> None:
    for name in ("feed add", "schedule add"):
        await stage.admins[1].slash(name, **await options_of(stage, name, stage.admins[1]))
    suggesting = [
        (name, option["name"])
        for name, command in leaves(stage.double.commands.everywhere)
        for option in command.get("options") or ()
        if option.get("autocomplete")
    ]
    for name, option in suggesting:
        suggestions = await stage.admins[1].type(name, option, "")

        assert suggestions, (name, option)
        assert len(suggestions) <= 25

    assert len(suggesting) >= 8


@pytest.mark.parametrize("name", [name for name in COMMANDS if not name.startswith(_CHANGING)])
async def test_every_button_and_menu_under_an_answer_works(stage: Running, hall: Member, name: str) -> None:
    message = (await hall.slash(name, **await options_of(stage, name, hall))).shown[0]
    for component in [part for part in walk(message["components"]) if part.get("custom_id")]:
        seen = await use(hall, message, component)

        assert seen is None or seen.failure is None, component
        assert seen is None or SORRY not in seen.text, component


async def test_an_answer_turns_its_pages_and_is_shared_with_everybody(stage: Running, hall: Member) -> None:
    opened = await hall.slash("search", query="the")
    message = opened.shown[0]
    pages = [opened.text, *[(await hall.press(message, label)).text for label in ("Next", "Previous")]]
    shared = await hall.press(message, "Share")

    assert ["1–5 of" in page for page in pages] == [True, False, True]
    assert ["6–10 of" in page for page in pages] == [False, True, False]
    assert not shared.shown[0]["flags"] & 64
    assert f"<@{stage.ada['id']}>" in shared.text


def newcomer_of(stage: Running, *, shard: int) -> tuple[JsonObject, Member]:
    """A server that one of the two shards would hold and that has not invited the bot yet, and its owner."""
    id_ = next(id_ for id_ in iter(stage.double.state.ids.new, "") if (int(id_) >> 22) % 2 == shard)
    guild = stage.double.state.add_guild("Newcomers", stage.ada, joined=False, guild_id=id_)
    system = stage.double.state.add_channel(guild, "hall")
    guild["system_channel_id"] = system["id"]
    return guild, stage.admin.at(system)


@pytest.mark.parametrize("shard", [0, 1])
async def test_a_server_that_invites_us_is_greeted_with_a_button_that_opens_the_wizard(
    stage: Running, shard: int
) -> None:
    guild, newcomer = newcomer_of(stage, shard=shard)

    stage.double.guilds.join(guild)
    greeting = (await posted(newcomer))[0]
    wizard = await newcomer.press(greeting, "Set up")

    assert "What you need to know" in str(greeting["components"])
    assert wizard.is_private
    assert "Step 1 of 3" in wizard.text


async def test_the_wizard_plans_a_daily_digest(stage: Running, hall: Member) -> None:
    await hall.slash("feed add", url=stage.newsroom.feeds["KBH News"])
    card = (await hall.slash("setup")).shown[0]
    await hall.press(card, "Continue")
    feeds = next(part["label"] for part in walk(card["components"]) if str(part.get("label")).startswith("Keep our"))
    await hall.press(card, feeds)
    form = await hall.press(card, "Another time…")
    assert form.modal is not None
    field = next(part["custom_id"] for part in walk(form.modal["components"]) if "custom_id" in part)
    await hall.submit_fields(form, {field: "6:45 am"})
    await hall.choose(card, "Europe/London", menu="On which clock?")
    preview = await hall.press(card, "Preview now")
    saved = await hall.press(card, "Save")
    listed = await hall.slash("schedule list")

    assert preview.is_private
    assert "All set" in saved.text
    assert f"<#{hall.channel['id']}>" in listed.text
    assert "06:45" in listed.text


async def test_a_planned_edition_is_posted_once_when_it_is_due_and_its_buttons_answer(
    stage: Running, hall: Member
) -> None:
    due = (stage.clock.now() + timedelta(hours=1)).replace(second=0, microsecond=0)
    await hall.slash("schedule add", channel=hall.channel, time=f"{due:%H:%M}", timezone="UTC")
    before = len(hall.sees)

    for later in (due - timedelta(seconds=30), due, due + timedelta(minutes=1), due + timedelta(minutes=2)):
        stage.clock.set(later)
        await stage.bot.follow()
    edition = [message for message in (await posted(hall)) if not message["flags"] & 64]
    answers = [await hall.press(edition[0], label) for label in ("Sources", "Why these stories?")]
    latest = await hall.slash("digest latest")

    assert before < len(hall.sees)
    assert sum("## " in str(message["components"]) for message in edition) == 1
    assert edition[0]["mentions"] == []
    assert all(answer.is_private and answer.text for answer in answers)
    assert latest.failure is None
    assert "http" in answers[0].text


async def test_two_shards_are_two_sessions_of_one_process_and_each_brings_its_server(stage: Running) -> None:
    sessions = stage.double.gateway.sessions.values()

    answers = [await admin.slash("help") for admin in stage.admins]

    assert sorted(stage.identified[-2:]) == [[0, 2], [1, 2]]
    assert sorted(session.shard for session in sessions if session.is_connected) == [(0, 2), (1, 2)]
    assert [answer.failure for answer in answers] == [None, None]
    assert all(answer.text for answer in answers)


@pytest.mark.parametrize("lost", [0, 1])
async def test_a_lost_shard_resumes_while_the_other_answers(stage: Running, lost: int) -> None:
    resumes, identifies = stage.resumes, len(stage.identified)

    stage.double.gateway.drop(shard=lost)
    answers = [await stage.admins[shard].slash("status") for shard in (1 - lost, lost)]

    assert [answer.failure for answer in answers] == [None, None]
    assert all(answer.text for answer in answers)
    assert stage.resumes == resumes + 1
    assert len(stage.identified) == identifies


async def test_a_server_that_invites_us_right_after_a_start_is_greeted_too(stage: Running) -> None:
    await stage.stop()
    guild, newcomer = newcomer_of(stage, shard=1)
    await stage.start()

    stage.double.guilds.join(guild)

    assert "What you need to know" in str((await posted(newcomer))[0]["components"])


@pytest.mark.parametrize("fault", [Fault.GATEWAY_DROP, Fault.RECONNECT])
async def test_it_resumes_and_answers_what_was_asked_while_the_gateway_was_down(stage: Running, fault: Fault) -> None:
    before, identifies = stage.resumes, len(stage.identified)

    stage.double.strike(fault)
    seen = await stage.admin.slash("status")

    await stage.resumed(before + 2)
    assert seen.failure is None
    assert seen.text
    assert len(stage.identified) == identifies


async def test_failures_of_discords_that_pass_do_not_keep_an_answer_back(stage: Running, hall: Member) -> None:
    for fault in (Fault.INTERNAL, Fault.BAD_GATEWAY, Fault.RATE_LIMITED):
        stage.double.faults.arm(fault, method="POST|PATCH", path=r"^/webhooks/", seconds=0.1)
        seen = await hall.slash("search", query="ferry")

        assert seen.failure is None, fault
        assert seen.text, fault


async def test_it_ends_in_time_does_not_sync_again_and_answers_buttons_of_its_former_life(
    stage: Running, hall: Member
) -> None:
    search = (await hall.slash("search", query="the")).shown[0]
    events = (await hall.slash("events", period="week")).shown[0]

    code, seconds = await stage.stop()
    await stage.start()
    turned = await hall.press(search, "Next")
    opened = await use(hall, events, _menu(events))
    shared = await hall.press(events, "Share")

    assert code == 0
    assert seconds < 5
    assert stage.syncs == 1
    assert "6–10 of" in turned.text
    assert opened is not None
    assert opened.is_private
    assert not shared.shown[0]["flags"] & 64


def _menu(message: JsonObject) -> Mapping[str, Any]:
    return next(part for part in walk(message["components"]) if part["type"] == STRING_SELECT)
