"""The connection: few rights, commands told once, errors answered once, a clean end."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
import simcord
from discord import app_commands

from bot.client import COGS, NewsBot
from bot.clock import ManualClock
from bot.errors import UserError
from bot.ui.help_text import leaves
from tests.cogs.fakes import FakeDesk, FakeHash, FakeNews
from tests.cogs.town import Town, answer, build_town

FOR_ADMINS = {"feed", "privacy", "schedule", "settings", "setup"}


@pytest.fixture
async def env(clock: ManualClock) -> AsyncIterator[simcord.Env]:
    env = simcord.Env(NewsBot(FakeNews(), FakeDesk(), hashes=FakeHash(), clock=clock), check_errors=False)
    await env.start()
    yield env
    await env.shutdown()


@pytest.fixture
def town(env: simcord.Env, clock: ManualClock) -> Town:
    bot = env.bot
    assert isinstance(bot, NewsBot)
    assert isinstance(bot.news, FakeNews)
    assert isinstance(bot.desk, FakeDesk)
    assert isinstance(bot._hashes, FakeHash)
    return build_town(env, bot.news, bot.desk, bot._hashes, clock)


def definitions(bot: NewsBot) -> list[dict[str, Any]]:
    return [command.to_dict(bot.tree) for command in bot.tree.get_commands()]


def reason(code: int, status: int = 404) -> discord.HTTPException:
    class Response:
        reason = "no"

        def __init__(self) -> None:
            self.status = status

    kind = discord.NotFound if status == 404 else discord.HTTPException
    return kind(Response(), {"code": code, "message": "x"})  # type: ignore[arg-type]


async def test_asks_for_guilds_alone_and_pings_nobody() -> None:
    bot = NewsBot(FakeNews(), FakeDesk())

    assert bot.intents.value == 1
    assert bot.allowed_mentions is not None
    assert json.dumps(bot.allowed_mentions.to_dict()) == '{"parse": []}'


async def test_every_cog_of_the_list_is_loaded_and_answers_questions(town: Town) -> None:
    bot = town.bot

    assert set(bot.extensions) == set(COGS)
    assert set(bot.answers) == {"sources", "why", "feeds", "actor", "event", "events", "quotes", "search"}


async def test_commands_are_for_servers_and_inside_discords_limits(town: Town) -> None:
    made = definitions(town.bot)

    assert [one["name"] for one in sorted(made, key=lambda one: str(one["name"]))] == [
        "actor", "compare", "digest", "event", "events", "feed", "help", "privacy", "quotes", "schedule", "search",
        "settings", "setup", "status",
    ]  # fmt: skip
    for one in made:
        assert (one["contexts"], one["integration_types"], one["dm_permission"]) == ([0], [0], False)
        assert one["default_member_permissions"] == (32 if one["name"] in FOR_ADMINS else None)
        assert len(json.dumps(one)) < 8000
    for command in leaves(town.bot.tree.get_commands()):
        assert len(command.description) <= 100
        assert all(0 < len(option.description) <= 100 and option.description != "…" for option in command.parameters)
        required = [option.required for option in command.parameters]
        assert required == sorted(required, reverse=True)


async def test_commands_are_told_again_only_when_they_changed(town: Town) -> None:
    hashes = town.hashes
    assert hashes.puts == 1

    await town.restart()
    told_after_plain_restart = hashes.puts
    changed = town.new_bot()

    @changed.tree.command(name="extra", description="One more")
    async def extra(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("x")

    await town.env.restart_bot(changed)

    assert told_after_plain_restart == 1
    assert hashes.puts == 2
    assert sum("commands" in entry.path and entry.method == "PUT" for entry in town.env.http_requests) == 2


async def test_without_a_memory_commands_are_told_at_every_start(clock: ManualClock) -> None:
    env = simcord.Env(NewsBot(FakeNews(), FakeDesk(), clock=clock))
    await env.start()
    await env.restart_bot(NewsBot(FakeNews(), FakeDesk(), clock=clock))

    assert sum(entry.method == "PUT" for entry in env.http_requests) == 2
    await env.shutdown()


async def test_other_errors_are_logged_once_and_answered_in_one_sentence(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.news.failure = KeyError("secret detail")

    with caplog.at_level(logging.WARNING):
        result = await town.member.slash(town.channel, "quotes")

    assert answer(result) == "Something went wrong on my side. It has been logged. Please try again in a minute."
    (record,) = [record for record in caplog.records if record.exc_info]
    assert "what=quotes" in record.getMessage()


async def test_long_answer_to_a_mistake_is_cut_to_what_fits(town: Town) -> None:
    town.news.failure = UserError("*" * 5000)

    words = answer(await town.member.slash(town.channel, "quotes"))

    assert len(words) <= 2000
    assert re.fullmatch(r"(?:\\\*)+…", words)


@pytest.mark.parametrize(("code", "status"), [(10062, 404), (40060, 400), (50027, 401)])
async def test_answer_that_comes_too_late_is_one_line_in_the_log(
    town: Town, caplog: pytest.LogCaptureFixture, code: int, status: int
) -> None:
    town.news.failure = reason(code, status)

    with caplog.at_level(logging.INFO):
        result = await town.member.slash(town.channel, "quotes")

    assert result.followups == []
    ours = [record for record in caplog.records if record.name == "bot.ui.failures"]
    assert [record.getMessage() for record in ours] == [
        f"answer came too late: what=quotes guild={town.guild.id} code={code}"
    ]
    assert all(record.exc_info is None for record in ours)


async def test_answer_that_cannot_be_given_is_one_line_in_the_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.news.failure = UserError("Try again.")
    town.env.inject_error("POST", "/webhooks/*", status=404, code=10015)

    with caplog.at_level(logging.INFO):
        await town.member.slash(town.channel, "quotes")

    assert f"could not tell: what=quotes guild={town.guild.id} code=10015" in caplog.text


async def test_suggestion_that_comes_too_late_leaves_no_traceback(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    town.news.failure = reason(10062)

    with caplog.at_level(logging.INFO):
        await town.member.autocomplete(town.channel, "actor", "name", "x")

    assert "Ignoring exception in autocomplete" in caplog.text
    assert "Traceback" not in caplog.text


async def test_suggestion_that_fails_for_another_reason_keeps_its_traceback(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    town.news.failure = RuntimeError("index gone")

    with caplog.at_level(logging.INFO):
        await town.member.autocomplete(town.channel, "actor", "name", "x")

    assert "RuntimeError: index gone" in caplog.text


async def test_outdated_command_is_explained(town: Town) -> None:
    bot = town.bot
    bot.tree.remove_command("status")

    result = await town.member.slash(town.channel, "status")

    assert answer(result) == "This command has changed since Discord last looked. Please try again in a minute."


async def test_direct_messages_are_refused_even_if_discord_lets_them_through(town: Town) -> None:
    interaction: Any = discord.Object(1)
    interaction.guild_id = None

    with pytest.raises(app_commands.CheckFailure, match="only work inside a server"):
        await town.bot.tree.interaction_check(interaction)


async def test_close_can_be_called_twice_and_leaves_no_task(clock: ManualClock) -> None:
    before = asyncio.all_tasks()
    bot = NewsBot(FakeNews(), FakeDesk(), clock=clock)

    await bot.close()
    await bot.close()

    assert asyncio.all_tasks() == before
    assert bot.is_closed()
