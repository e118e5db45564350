"""A preview fills itself in, for the asker alone, and where there is no news says what is read."""

from dataclasses import replace

from bot.model.editions import Length
from bot.ui.setup.preview import PAUSES_SECONDS
from tests.cogs.place import KYIV, Place
from tests.cogs.town import answer, texts
from tests.ui.samples import QUIET, STANDARD

NOTHING = replace(QUIET, articles=0, outlets=0, background=(), bullets=(), also=(), quote=None, coming=())
NEEDS = "You need the **Manage Server** permission for that. Please ask an admin of this server."


async def test_preview_shows_the_last_day_to_the_asker_alone_and_leaves_the_wizard(place: Place) -> None:
    shown = await place.last_step()

    result = await place.admin.click(shown, label="Preview now")

    assert answer(result).startswith("## What you need to know — Sun 16 Aug 2026")
    assert texts(result.followups[0]).startswith("**Also**")
    assert result.followups[0].ephemeral
    asked = {"zone": KYIV, "hours": 24, "length": Length.STANDARD, "topic": None, "guild": place.guild.id}
    assert place.news.asked[-1] == ("digest", asked)
    assert "Step 3 of 3" in texts(shown)
    assert await place.saved() == []


async def test_preview_without_news_fills_in_when_the_first_reading_brings_some(place: Place) -> None:
    shown = await place.last_step()
    await place.admin.click(shown, label="Save")
    place.news.coming = (NOTHING, NOTHING, NOTHING, STANDARD)

    result = await place.admin.click(shown, label="Preview now")
    waiting = answer(result)
    await place.env.advance_time(20)

    assert "I am reading: 0 of 2 feeds read, 0 articles from the last 24 hours so far." in waiting
    assert answer(result).startswith("## What you need to know")
    assert [what for what, _ in place.news.asked].count("digest") == 4


async def test_preview_without_news_ends_with_what_is_read_and_when_to_look_again(place: Place) -> None:
    shown = await place.last_step()
    await place.admin.click(shown, label="Save")
    place.news.coming = (NOTHING,)

    result = await place.admin.click(shown, label="Preview now")
    await place.env.advance_time(sum(PAUSES_SECONDS))
    words = answer(result)
    place.news.coming = (STANDARD,)
    assert result.response is not None
    later = await place.admin.click(result.response, label="Look again")

    assert "I read 2 feeds, not read yet: **Harbour Ledger**, **Northline Wire**." in words
    assert "Look again <t:1772452920:R>" in words
    assert later.response is not None
    assert texts(later.response).startswith("## What you need to know")


async def test_preview_before_anything_is_read_says_what_saving_brings(place: Place) -> None:
    shown = await place.last_step()
    place.news.coming = (NOTHING,)

    result = await place.admin.click(shown, label="Preview now")

    assert "Save, and I begin with the pack **Harbours** (2 feeds)." in answer(result)
    assert [what for what, _ in place.news.asked].count("digest") == 1


async def test_second_press_on_preview_while_it_fills_in_does_nothing(place: Place) -> None:
    shown = await place.last_step()
    place.bot.once.begin(("preview", shown.id))

    result = await place.admin.click(shown, label="Preview now")

    assert result.acknowledged
    assert result.followups == []
    assert place.news.asked == []
