"""/event and /events as a reader sees them."""

from datetime import timedelta

from tests.cogs.town import Town, answer


async def test_event_opens_by_title_and_changes_views(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "event", event="dam")).response
    assert shown is not None

    assert "1–5 of 12" in answer(await town.member.click(shown, label="Sources"))
    assert "**Dam report 6**" in answer(await town.member.click(shown, label="Next"))
    assert "No event “flood”." in answer(await town.member.slash(town.channel, "event", event="flood"))


async def test_events_open_from_their_menu(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "events", period="week", min_outlets=3)).response
    assert shown is not None
    _, options = town.news.asked[-1]
    assert options == {"actor": None, "since": town.clock.now() - timedelta(days=7), "min_outlets": 3, "offset": 0}
    await town.restart()

    opened = await town.member.select(shown, ["7"])

    assert answer(opened).startswith("## Karse dam overflows")
