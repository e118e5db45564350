"""/digest as a reader sees it."""

from tests.cogs.town import Town, answer, texts
from tests.ui.samples import QUIET, STANDARD
from tests.ui.test_cards import SCHEDULE_LINE


async def test_now_shows_the_edition_to_the_asker_alone_in_two_messages(town: Town) -> None:
    result = await town.member.slash(town.channel, "digest now")

    assert answer(result).startswith("## What you need to know — Sun 16 Aug 2026")
    (rest,) = result.followups
    assert rest.ephemeral
    assert texts(rest).startswith("**Also**")


async def test_now_passes_its_options_and_lives_in_the_servers_zone(town: Town) -> None:
    town.desk.kept[town.guild.id] = [SCHEDULE_LINE]

    await town.member.slash(town.channel, "digest now", hours=72, length="short", topic="fishing")

    assert town.news.asked == [
        (
            "digest",
            {"zone": "Europe/Kyiv", "hours": 72, "length": "short", "topic": "fishing", "guild": town.guild.id},
        )
    ]


async def test_latest_has_buttons_that_work_after_a_restart(town: Town) -> None:
    town.news.editions[town.guild.id, 12] = STANDARD
    shown = (await town.member.slash(town.channel, "digest latest")).response
    assert shown is not None
    await town.restart()

    sources = await town.member.click(shown, label="Sources")
    why = await town.member.click(shown, label="Why these stories?")

    assert answer(sources).startswith("## Sources")
    assert "Northline Wire" in answer(sources)
    assert "6 independent outlets" in answer(why)


async def test_sources_turn_pages(town: Town) -> None:
    town.news.editions[town.guild.id, 12] = STANDARD
    latest = (await town.member.slash(town.channel, "digest latest")).response
    assert latest is not None
    sources = (await town.member.click(latest, label="Sources")).response
    assert sources is not None

    turned = await town.member.click(sources, label="Next")

    assert "6–7 of 7" in answer(turned)


async def test_edition_of_another_server_is_not_told(town: Town) -> None:
    town.news.editions[town.guild.id, 12] = STANDARD
    shown = (await town.member.slash(town.channel, "digest latest")).response
    assert shown is not None
    town.news.editions = {(town.guild.id + 1, 12): STANDARD}

    result = await town.member.click(shown, label="Sources")

    assert answer(result) == "I no longer have that digest. `/digest latest` shows the newest one."


async def test_latest_without_any_says_what_to_do(town: Town) -> None:
    result = await town.member.slash(town.channel, "digest latest")

    assert answer(result) == "No digest was posted here yet. `/schedule add` plans one, `/digest now` makes one."
    assert [options["channel"] for _, options in town.news.asked] == [town.channel.id, None]


async def test_quiet_edition_is_one_message(town: Town) -> None:
    town.news.editions[town.guild.id, 13] = QUIET

    result = await town.member.slash(town.channel, "digest latest")

    assert "Quiet day: 2 stories met the bar" in answer(result)
    assert result.followups == []
