"""Buttons: shared once, never somebody else's mouth, and answered in words when they fail."""

import logging

import discord
import pytest

from bot.errors import UserError
from bot.ui.payload import walk
from tests.cogs.town import Town, texts


async def test_shared_answer_is_public_without_buttons_and_says_by_whom(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "quotes", by="Varrow")).response
    assert shown is not None

    result = await town.member.click(shown, label="Share")

    (public,) = result.followups
    assert not public.ephemeral
    assert "“Quote number 0.”" in texts(public)
    assert texts(public).endswith(f"-# Shared by <@{town.member.id}>")
    assert "custom_id" not in str(public.components)
    assert result.response is not None
    (button,) = [part for part in walk(result.response.components) if part.get("custom_id", "").startswith("a1:share")]
    assert (button["label"], button["disabled"]) == ("Shared", True)


async def test_second_press_on_share_posts_nothing(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "quotes", by="Varrow")).response
    assert shown is not None
    bot = town.bot
    bot.once.begin(("share", shown.id))

    result = await town.member.click(shown, label="Share")

    assert result.followups == []
    assert result.acknowledged


async def test_share_that_fails_can_be_tried_again(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "quotes", by="Varrow")).response
    assert shown is not None
    town.env.inject_error("POST", "/webhooks/*", status=500)

    failed = await town.member.click(shown, label="Share")
    again = await town.member.click(shown, label="Share")

    assert "Something went wrong on my side" in texts(failed.followups[0])
    assert not again.followups[0].ephemeral


async def test_reader_who_may_not_post_cannot_share(town: Town) -> None:
    quiet = town.guild.create_text_channel(
        "read-only", overwrites={town.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    shown = (await town.member.slash(quiet, "quotes", by="Varrow")).response
    assert shown is not None

    result = await town.member.click(shown, label="Share")

    (refusal,) = result.followups
    assert refusal.ephemeral
    assert texts(refusal) == "You can't post in this channel, so I can't share it here for you."


async def test_error_behind_a_button_is_answered_and_logged_once(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    shown = (await town.member.slash(town.channel, "actor", name="Varrow")).response
    assert shown is not None
    town.news.failure = RuntimeError("broken pipe to nowhere")

    with caplog.at_level(logging.ERROR):
        result = await town.member.click(shown, label="Quotes by")

    assert texts(result.followups[0]).startswith("Something went wrong on my side. It has been logged.")
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.exc_info is not None
    assert record.exc_info[1] is town.news.failure


async def test_what_the_person_can_mend_is_said_and_not_logged(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    shown = (await town.member.slash(town.channel, "actor", name="Varrow")).response
    assert shown is not None
    town.news.failure = UserError("Nobody *here* is called that.")

    with caplog.at_level(logging.WARNING):
        result = await town.member.click(shown, label="Quotes by")

    assert texts(result.followups[0]) == r"Nobody \*here\* is called that."
    assert [record for record in caplog.records if record.name.startswith("bot.")] == []


async def test_buttons_of_a_question_nobody_answers_any_more_say_so(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "actor", name="Varrow")).response
    assert shown is not None
    del town.bot.answers["actor"]

    result = await town.member.click(shown, label="Actions")

    assert "I can't answer that any more." in texts(result.followups[0])


async def test_nothing_of_an_answer_stays_in_memory(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "quotes", by="Varrow")).response
    assert shown is not None
    await town.member.click(shown, label="Next")
    await town.member.slash(town.channel, "help")

    store = town.bot._connection._view_store

    assert store._views == {}
    assert store._synced_message_views == {}
