"""/schedule: only for those who may, only where it works, and only in their own server."""

import discord
import pytest

from tests.cogs.town import Town, answer
from tests.ui.test_cards import SCHEDULE_LINE

_OF_ONE = ("remove", "pause", "resume", "skip")


async def test_channel_time_and_zone_are_enough(town: Town) -> None:
    result = await town.admin.slash(
        town.channel, "schedule add", channel=town.channel, time="7am", timezone="Europe/Kyiv"
    )

    words = answer(result)
    assert f"<#{town.channel.id}>: standard digest at 07:00 Europe/Kyiv, every day." in words
    assert words.count(":F>") == 3
    assert town.desk.asked == [
        (
            "add_schedule",
            {
                "guild": town.guild.id,
                "channel": town.channel.id,
                "at": "7am",
                "zone": "Europe/Kyiv",
                "days": "daily",
                "user": town.admin.id,
            },
        )
    ]


async def test_what_cannot_be_read_is_answered_in_words(town: Town) -> None:
    result = await town.admin.slash(
        town.channel, "schedule add", channel=town.channel, time="25:00", timezone="Europe/Kyiv"
    )

    assert answer(result) == "“25:00” is not a time. Try 07:00, 7am or noon."


async def test_member_without_manage_server_is_refused_in_every_command_and_suggestion(town: Town) -> None:
    town.open_to_everybody("schedule")
    town.desk.kept[town.guild.id] = [SCHEDULE_LINE]
    channel, member = town.channel, town.member

    results = [
        await member.slash(channel, "schedule add", channel=channel, time="7am", timezone="Europe/Kyiv"),
        await member.slash(channel, "schedule list"),
        *[await member.slash(channel, f"schedule {name}", schedule="5") for name in _OF_ONE],
    ]

    needs = "You need the **Manage Server** permission for that. Please ask an admin of this server."
    assert [answer(result) for result in results] == [needs] * 6
    assert [await member.autocomplete(channel, f"schedule {name}", "schedule", "0") for name in _OF_ONE] == [[]] * 4
    assert await member.autocomplete(channel, "schedule add", "timezone", "kyiv", channel=channel, time="7am") == []
    assert town.desk.asked == []
    assert town.desk.kept[town.guild.id] == [SCHEDULE_LINE]


@pytest.mark.parametrize(
    ("denied", "words"),
    [
        ({"embed_links": False}, "I am missing **Embed Links**."),
        ({"send_messages": False}, "I am missing **Send Messages**."),
        ({"view_channel": False}, "I am missing **View Channel**."),
        ({"embed_links": False, "read_message_history": False}, "**Embed Links** and **Read Message History**."),
    ],
)
async def test_what_the_bot_is_missing_is_named_before_anything_is_saved(
    town: Town, denied: dict[str, bool], words: str
) -> None:
    me = town.guild.me
    assert me is not None
    target = town.guild.create_text_channel("target", overwrites={me: discord.PermissionOverwrite(**denied)})

    result = await town.admin.slash(town.channel, "schedule add", channel=target, time="7am", timezone="Europe/Kyiv")

    assert answer(result).startswith(f"I can't post in <#{target.id}>: ")
    assert words in answer(result)
    assert "Edit Channel → Permissions" in answer(result)
    assert town.desk.asked == []


async def test_channel_where_the_member_may_not_post_is_refused(town: Town) -> None:
    everyone = discord.PermissionOverwrite(send_messages=False)
    target = town.guild.create_text_channel("staff", overwrites={town.guild.default_role: everyone})

    result = await town.admin.slash(town.channel, "schedule add", channel=target, time="7am", timezone="Europe/Kyiv")

    assert "because you can't post there yourself: you are missing **Send Messages**." in answer(result)
    assert town.desk.asked == []


async def test_list_shows_this_server_alone(town: Town) -> None:
    town.desk.kept[town.guild.id + 1] = [SCHEDULE_LINE]

    empty = await town.admin.slash(town.channel, "schedule list")
    town.desk.kept[town.guild.id] = [SCHEDULE_LINE]
    filled = await town.admin.slash(town.channel, "schedule list")

    assert "Nothing is scheduled here." in answer(empty)
    assert "at 07:00 Europe/Kyiv, every day" in answer(filled)


async def test_remove_takes_a_suggestion(town: Town) -> None:
    town.desk.kept[town.guild.id] = [SCHEDULE_LINE]
    (choice,) = await town.admin.autocomplete(town.channel, "schedule remove", "schedule", "07")

    result = await town.admin.slash(town.channel, "schedule remove", schedule=choice["value"])

    assert "## Schedule removed" in answer(result)
    assert town.desk.kept[town.guild.id] == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [("seven o'clock", "Please choose one of the suggestions."), ("99", "This server has no such schedule.")],
)
async def test_remove_of_something_else_says_what_to_do(town: Town, typed: str, words: str) -> None:
    result = await town.admin.slash(town.channel, "schedule remove", schedule=typed)

    assert words in answer(result)


async def test_zones_are_suggested_with_their_time(town: Town) -> None:
    choices = await town.admin.autocomplete(
        town.channel, "schedule add", "timezone", "kyi", channel=town.channel, time="7am"
    )

    assert [(one["name"], one["value"]) for one in choices] == [("Kyiv · now 07:02 (+3)", "Europe/Kyiv")]


async def test_a_schedule_is_paused_resumed_and_skipped_in_its_own_server(town: Town) -> None:
    town.desk.kept[town.guild.id] = [SCHEDULE_LINE]
    number = str(SCHEDULE_LINE.schedule.id)

    said = [answer(await town.admin.slash(town.channel, f"schedule {name}", schedule=number)) for name in _OF_ONE[1:]]
    unknown = answer(await town.admin.slash(town.channel, "schedule skip", schedule="404"))

    assert [words.partition("\n")[0] for words in said] == [
        "## Schedule paused", "## Schedule goes on", "## Digest skipped",
    ]  # fmt: skip
    assert f"none <t:{int(SCHEDULE_LINE.next_runs[0].timestamp())}:F>" in said[2]
    assert "no such schedule" in unknown
    assert {options["guild"] for _, options in town.desk.asked} == {town.guild.id}
