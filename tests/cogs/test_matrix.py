"""Command × role × server: nobody changes a thing without Manage Server, and no server sees or touches another's.

The rows are built from the command tree itself: a command that is added is covered, and has to refuse members unless
it is named here as one for everybody.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from discord import AppCommandOptionType as Kind
from discord import app_commands

from bot.client import NewsBot
from bot.clock import ManualClock
from bot.model.editions import Length
from bot.news.allowance import Quotas
from bot.news.desk import Desk
from bot.news.packs import PackShelf
from bot.news.reading import News
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import EditionStore, Readers
from bot.storage.guilds import GuildStore
from bot.ui.help_text import leaves
from bot.ui.payload import walk
from bot.ui.setup import draft as moves
from bot.ui.setup.draft import Draft
from bot.ui.setup.forms import FORMS
from tests.cogs.fakes import FakeHash
from tests.cogs.place import PACK, Sources
from tests.cogs.town import texts
from tests.promises import Record
from tests.storage.samples import draft as article_draft
from tests.storage.samples import edition, item

FOR_EVERYBODY = {
    "actor",
    "compare",
    "digest latest",
    "digest now",
    "event",
    "events",
    "help",
    "quotes",
    "search",
    "status",
}
REFUSED = "You need the **Manage Server** permission"
HOME, ELSEWHERE = "CANARYHOME", "CANARYELSEWHERE"


@dataclass
class Server:
    """A server with a schedule, a feed and an edition whose every word names it."""

    handle: simcord.GuildHandle
    channel: simcord.ChannelHandle
    admins: simcord.RoleHandle
    admin: simcord.MemberActor
    member: simcord.MemberActor
    schedule: int
    feed: int
    edition: int


@dataclass
class Stage:
    """Two servers and the database below them."""

    env: simcord.Env
    database: Database
    home: Server
    elsewhere: Server

    @property
    def bot(self) -> NewsBot:
        assert isinstance(self.env.bot, NewsBot)
        return self.env.bot

    @property
    def commands(self) -> list[app_commands.Command[Any, ..., Any]]:
        return list(leaves(self.bot.tree.get_commands()))

    async def rows(self) -> str:
        """Return everything that is stored of both servers."""
        guilds = GuildStore(self.database)
        return json.dumps([await guilds.export(one.handle.id) for one in (self.home, self.elsewhere)])

    def open_to_everybody(self) -> None:
        """Let the owner of the server open every command to the member, as Discord's settings allow."""
        for name in {command.qualified_name.split()[0] for command in self.commands}:
            found = self.env.backend.find_command(name, self.home.handle.id, type=1)
            assert found is not None
            self.home.handle.set_command_permissions(int(found["id"]), {self.home.member: True})

    def demote(self) -> None:
        """Take Manage Server from the admin."""
        self.env.backend.remove_member_role(self.home.handle.id, self.home.admin.id, self.home.admins.id)

    def options(self, command: app_commands.Command[Any, ..., Any]) -> dict[str, Any]:
        """Return something for every option; where an id is asked for, it is one of the other server's."""
        return {option.display_name: self._value(option) for option in command.parameters}

    def _value(self, option: app_commands.Parameter) -> Any:
        known = {"feed": str(self.elsewhere.feed), "schedule": str(self.elsewhere.schedule), "time": "7am"}
        known |= {"url": "https://ledger.example/rss", "timezone": "Europe/Kyiv", "days": "daily", "query": "herring"}
        if option.display_name in known:
            return known[option.display_name]
        if option.choices:
            return option.choices[-1].value
        plain = {Kind.integer: 24, Kind.boolean: True, Kind.channel: self.home.channel}
        return plain.get(option.type, ELSEWHERE)


@pytest.fixture
async def stage(sqlite: Database, clock: ManualClock, tmp_path: Path) -> AsyncIterator[Stage]:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "harbours.opml").write_text(PACK, "utf-8")
    desk = Desk(sqlite, clock, Sources(), Quotas(25, 10, feed_adds=99), PackShelf(tmp_path / "packs"))
    env = simcord.Env(NewsBot(News(sqlite, clock), desk, hashes=FakeHash(), clock=clock), check_errors=False)
    await env.start()
    yield Stage(env, sqlite, await build(env, sqlite, desk, HOME), await build(env, sqlite, desk, ELSEWHERE))
    await env.shutdown()


async def build(env: simcord.Env, database: Database, desk: Desk, mark: str) -> Server:
    guild = env.create_guild(f"Readers {mark}")
    await env.settle()
    admins = guild.create_role("Admins", permissions=discord.Permissions(manage_guild=True))
    channel = guild.create_text_channel("daily-news")
    admin = guild.add_member(env.create_user(f"admin{mark[6:].lower()}"), roles=[admins])
    member = guild.add_member(env.create_user(f"member{mark[6:].lower()}"))
    line = await desk.add_schedule(
        guild.id, channel.id, at="6am", zone="UTC", days="daily", length=Length.SHORT, topic=mark, user=admin.id
    )
    feed = await desk.add_feed(guild.id, f"https://{mark.lower()}.example/rss?key={mark}", mark, mark, admin.id)
    article = await ArticleStore(database).put(article_draft())
    number = await EditionStore(database).put(
        edition(item(article.id, None)), readers=Readers(guild.id, channel.id, line.schedule.id),
        made_at=line.next_runs[0],
    )  # fmt: skip
    return Server(guild, channel, admins, admin, member, line.schedule.id, feed.id, number)


def said(result: simcord.InteractionResult) -> str:
    """Return everything that an answer shows, ids of its buttons included."""
    messages = [message for message in (result.response, *result.followups) if message is not None]
    shown = [f"{message.content} {message.components} {message.embeds}" for message in messages]
    return " ".join([*shown, *(texts(message) for message in messages if message.components or message.content)])


async def test_members_change_nothing_and_only_read_what_is_for_everybody(stage: Stage) -> None:
    stage.open_to_everybody()
    before = await stage.rows()
    names = {command.qualified_name for command in stage.commands}

    refused = set()
    for command in stage.commands:
        result = await stage.home.member.slash(stage.home.channel, command.qualified_name, **stage.options(command))
        if REFUSED in said(result):
            refused.add(command.qualified_name)

    assert refused == names - FOR_EVERYBODY
    assert names > FOR_EVERYBODY
    assert await stage.rows() == before


async def test_members_are_suggested_nothing_of_what_they_may_not_change(stage: Stage) -> None:
    stage.open_to_everybody()
    asked = 0
    for command, option in suggesting(stage):
        if command.qualified_name in FOR_EVERYBODY:
            continue
        choices = await stage.home.member.autocomplete(stage.home.channel, command.qualified_name, option, "")
        asked += 1

        assert choices == [], command.qualified_name

    assert asked >= 3


def suggesting(stage: Stage) -> Iterator[tuple[app_commands.Command[Any, ..., Any], str]]:
    for command in stage.commands:
        for option in command.parameters:
            if option.autocomplete:
                yield command, option.display_name


async def test_an_admin_sees_and_touches_nothing_of_another_server(stage: Stage, record_promise: Record) -> None:
    guilds = GuildStore(stage.database)
    before = await guilds.export(stage.elsewhere.handle.id)
    rows = 0
    for command in stage.commands:
        result = await stage.home.admin.slash(stage.home.channel, command.qualified_name, **own_words(stage, command))
        rows += 1

        assert ELSEWHERE.lower() not in said(result).lower(), command.qualified_name
    for command, option in suggesting(stage):
        for typed in ("", ELSEWHERE[:6], str(stage.elsewhere.feed)):
            found = await stage.home.admin.autocomplete(stage.home.channel, command.qualified_name, option, typed)
            rows += 1

            assert ELSEWHERE.lower() not in str(found).lower(), command.qualified_name

    assert await guilds.export(stage.elsewhere.handle.id) == before
    record_promise("9 tenants", f"{rows} questions of an admin: 0 leaks, 0 writes elsewhere")


def own_words(stage: Stage, command: app_commands.Command[Any, ..., Any]) -> dict[str, Any]:
    """Return the options with the other server's ids, but none of its words: what was typed may be shown again."""
    return {name: "Varrow" if value == ELSEWHERE else value for name, value in stage.options(command).items()}


async def test_buttons_and_menus_ask_again_who_presses(stage: Stage, record_promise: Record) -> None:
    shown = []
    for command in stage.commands:
        if command.qualified_name not in FOR_EVERYBODY and not any(option.required for option in command.parameters):
            result = await stage.home.admin.slash(stage.home.channel, command.qualified_name)
            shown += [(command.qualified_name, message) for message in (result.response, *result.followups) if message]
    forged = [f"a1:o0:{json.dumps(['feeds', '', 0])}", *(Draft(stage.home.channel.id).id_for(move) for move in MOVES)]
    stage.demote()
    before = await stage.rows()

    presses = 0
    for name, message in shown:
        for part in list(controls(message)):
            pressed = await press(stage.home, message, part)
            presses += 1

            assert REFUSED in said(pressed), (name, part)
    target = next(message for _, message in shown if list(controls(message)))
    for custom_id in forged:
        forge(stage, target, custom_id)
        pressed = await stage.home.admin.click(target, custom_id=custom_id)
        presses += 1

        assert REFUSED in said(pressed), custom_id

    assert presses > len(forged)
    assert await stage.rows() == before
    record_promise("9 tenants", f"{presses} buttons, menus and forms pressed by a member: 0 writes")


MOVES = sorted(
    {getattr(moves, name) for name in dir(moves) if name.isupper() and isinstance(getattr(moves, name), str)}
)


def controls(message: Any) -> Iterator[dict[str, Any]]:
    parts = walk(part if isinstance(part, dict) else part.to_dict() for part in message.components)
    yield from (part for part in parts if part.get("custom_id") and not part.get("disabled"))


async def press(server: Server, message: Any, part: dict[str, Any]) -> simcord.InteractionResult:
    who = server.admin
    if part["type"] == 2:
        return await who.click(message, custom_id=part["custom_id"])
    values = [part["options"][0]["value"]] if part.get("options") else [server.channel]
    return await who.select(message, values, custom_id=part["custom_id"])


def forge(stage: Stage, message: Any, custom_id: str) -> None:
    """Put *custom_id* on the first button of *message*, as somebody who speaks to Discord by hand can."""
    parts = walk(stage.env.backend.get_message(message.channel_id, message.id).components)
    next(part for part in parts if part["type"] == 2)["custom_id"] = custom_id


async def test_forms_are_refused_when_they_are_sent(stage: Stage) -> None:
    card = (await stage.home.admin.slash(stage.home.channel, "setup")).response
    assert card is not None
    opened = []
    for move in FORMS:
        custom_id = Draft(stage.home.channel.id, "harbours").id_for(move)
        forge(stage, card, custom_id)
        opened.append(await stage.home.admin.click(card, custom_id=custom_id))
    stage.demote()
    before = await stage.rows()

    for form in opened:
        assert form.modal is not None
        fields = re.findall(r"'custom_id': '(\w+)'", str(form.modal["components"]))
        sent = await stage.home.admin.submit_modal(form, dict.fromkeys(fields, "07:00"))

        assert REFUSED in said(sent)

    assert len(opened) == len(FORMS) > 0
    assert await stage.rows() == before


@pytest.mark.parametrize("what", ["src", "why"])
async def test_an_edition_of_another_server_opens_for_nobody_here(stage: Stage, what: str) -> None:
    card = (await stage.home.admin.slash(stage.home.channel, "setup")).response
    assert card is not None
    answers = []
    for number in (stage.home.edition, stage.elsewhere.edition):
        forge(stage, card, f"d1:{what}:{number}")
        answers.append(said(await stage.home.admin.click(card, custom_id=f"d1:{what}:{number}")))

    assert "I no longer have that digest" not in answers[0]
    assert "I no longer have that digest" in answers[1]


async def test_a_target_channel_is_checked_for_the_member_and_for_the_bot(stage: Stage) -> None:
    me = stage.home.handle.me
    assert me is not None
    silent = discord.PermissionOverwrite(send_messages=False)
    channels = stage.home.handle.create_text_channel
    quiet = channels("staff", overwrites={stage.home.handle.default_role: silent})
    closed = channels("closed", overwrites={me: silent})
    before = await stage.rows()

    takes_channel = 0
    for command in stage.commands:
        for option in command.parameters:
            if option.type is not Kind.channel:
                continue
            takes_channel += 1
            for channel, words in ((quiet, "you can't post there yourself"), (closed, "I can't post in")):
                given = stage.options(command) | {option.display_name: channel}
                result = await stage.home.admin.slash(stage.home.channel, command.qualified_name, **given)

                assert words in said(result), command.qualified_name

    assert takes_channel >= 2
    assert await stage.rows() == before
