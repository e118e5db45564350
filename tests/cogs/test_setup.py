"""/setup: three clicks to a digest, by those who may, where it works, once, and through a restart."""

from dataclasses import replace

import pytest
import simcord

from bot.ui.payload import walk
from bot.ui.setup import draft as moves
from bot.ui.setup.zone_guess import _ZONES
from tests.cogs.place import KYIV, Place, labels
from tests.cogs.town import texts
from tests.ui.samples import QUIET

NOTHING = replace(QUIET, articles=0, outlets=0, background=(), bullets=(), also=(), quote=None, coming=())
NEEDS = "You need the **Manage Server** permission for that. Please ask an admin of this server."


async def test_three_clicks_and_save_make_one_digest_and_read_the_pack(place: Place) -> None:
    shown = await place.start()
    first = texts(shown)
    await place.admin.click(shown, label="Continue")
    second = texts(shown)
    await place.admin.select(shown, ["harbours"])
    await place.admin.select(shown, [KYIV], custom_id=place.id_of(moves.ZONE, "harbours"))
    third = texts(shown)
    before = (await place.saved(), await place.feeds())
    await place.admin.click(shown, label="Save")

    assert shown.ephemeral
    assert f"Step 1 of 3 · where\nI can post in <#{place.channel.id}>. Go on" in first
    assert "Step 2 of 3 · what to read" in second
    assert f"**07:00 {KYIV}** in <#{place.channel.id}>, from the pack **Harbours** (2 feeds)." in third
    assert "First digest: <t:1772514000:F>" in third
    assert before == ([], [])
    assert await place.saved() == [(place.channel.id, "07:00", KYIV)]
    assert await place.feeds() == ["Harbour Ledger", "Northline Wire"]
    assert texts(shown).startswith("## All set")
    assert "**Harbours**: 2 feeds added." in texts(shown)
    assert list(labels(shown)) == ["Preview now"]


async def test_language_of_discord_saves_the_click_for_the_zone(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_ZONES, "en-US", KYIV)
    shown = await place.start()
    await place.admin.click(shown, label="Continue")
    await place.admin.select(shown, ["harbours"])

    assert f"**07:00 {KYIV}**" in texts(shown)
    assert not labels(shown)["Save"]


async def test_restart_between_any_two_clicks_changes_nothing(place: Place) -> None:
    shown = await place.start()
    await place.restart()
    await place.admin.click(shown, label="Continue")
    await place.restart()
    await place.admin.select(shown, ["harbours"])
    await place.restart()
    await place.admin.select(shown, [KYIV], custom_id=place.id_of(moves.ZONE, "harbours"))
    await place.restart()
    await place.admin.click(shown, label="Save")

    assert await place.saved() == [(place.channel.id, "07:00", KYIV)]
    assert await place.feeds() == ["Harbour Ledger", "Northline Wire"]


async def test_restart_while_a_form_is_open_changes_nothing(place: Place) -> None:
    shown = await place.last_step()
    form = await place.admin.click(shown, label="Another time…")
    await place.restart()
    await place.admin.submit_modal(form, {"words": "7.30 pm"})

    assert f"**19:30 {KYIV}**" in texts(shown)


async def test_nothing_of_the_wizard_stays_in_memory(place: Place) -> None:
    shown = await place.last_step()
    await place.admin.click(shown, label="Another time…")

    store = place.bot._connection._view_store

    assert (store._views, store._synced_message_views, store._modals) == ({}, {}, {})


async def test_second_press_on_save_does_nothing_more(place: Place) -> None:
    shown = await place.last_step()
    place.bot.once.begin(("setup", shown.id))

    result = await place.admin.click(shown, label="Save")

    assert result.acknowledged
    assert await place.saved() == []


async def test_saving_the_same_from_two_wizards_is_one_digest(place: Place) -> None:
    for _ in range(2):
        await place.admin.click(await place.last_step(), label="Save")

    assert await place.saved() == [(place.channel.id, "07:00", KYIV)]
    assert len(await place.feeds()) == 2


async def test_save_that_fails_can_be_pressed_again(place: Place) -> None:
    shown = await place.last_step()
    place.env.inject_error("PATCH", "/webhooks/*", status=500)

    failed = await place.admin.click(shown, label="Save")
    await place.admin.click(shown, label="Save")

    assert "Something went wrong on my side" in texts(failed.followups[0])
    assert texts(shown).startswith("## All set")
    assert len(await place.saved()) == 1


async def test_pack_fills_what_room_is_left_and_says_so(place: Place) -> None:
    await place.desk.add_feeds(place.guild.id, ["a.example", "b.example"], place.admin.id)
    shown = await place.last_step()

    await place.admin.click(shown, label="Save")

    assert "**Harbours**: 1 feed added." in texts(shown)
    assert "1 found no room" in texts(shown)


async def test_own_feeds_are_read_and_those_that_cannot_be_are_named(place: Place) -> None:
    shown = await place.start()
    await place.admin.click(shown, label="Continue")
    form = await place.admin.click(shown, label="My own feeds…")
    await place.admin.submit_modal(form, {"words": "skerry.example\nbroken.example"})

    assert "Step 3 of 3" in texts(shown)
    assert "Added: **The Skerry Post**." in texts(shown)
    assert "- I can't read broken.example: The server did not answer in time." in texts(shown)
    assert "from your 1 feed." in texts(shown)
    assert await place.feeds() == ["The Skerry Post"]


async def test_own_feeds_of_which_none_works_stay_at_their_step(place: Place) -> None:
    shown = await place.start()
    await place.admin.click(shown, label="Continue")
    form = await place.admin.click(shown, label="My own feeds…")
    await place.admin.submit_modal(form, {"words": "broken.example"})
    many = await place.admin.submit_modal(
        await place.admin.click(shown, label="My own feeds…"), {"words": "a b c d e f"}
    )

    assert "Step 2 of 3" in texts(shown)
    assert "I can't read broken.example" in texts(shown)
    assert "I take 5 at a time" in texts(many.followups[0])


async def test_feeds_that_are_there_can_be_kept(place: Place) -> None:
    await place.desk.add_feeds(place.guild.id, ["a.example"], place.admin.id)
    shown = await place.start()
    await place.admin.click(shown, label="Continue")
    await place.admin.click(shown, label="Keep our 1 feed")
    await place.admin.select(shown, [KYIV], custom_id=place.id_of(moves.ZONE))
    await place.admin.click(shown, label="Save")

    assert await place.feeds() == ["The Skerry Post"]
    assert await place.saved() == [(place.channel.id, "07:00", KYIV)]


async def test_time_is_chosen_or_typed_and_nonsense_is_answered(place: Place) -> None:
    shown = await place.last_step()
    await place.admin.select(shown, ["1800"], custom_id=place.id_of(moves.AT, "harbours", zone=KYIV))
    chosen = texts(shown)
    wrong = await place.admin.submit_modal(await place.admin.click(shown, label="Another time…"), {"words": "25:00"})
    kept = texts(shown)
    await place.admin.submit_modal(await place.admin.click(shown, label="Another time…"), {"words": "7.30 am"})

    assert f"**18:00 {KYIV}**" in chosen
    assert texts(wrong.followups[0]) == "“25:00” is not a time. Try 07:00, 7am or noon."
    assert kept == chosen
    assert f"**07:30 {KYIV}**" in texts(shown)


async def test_zone_is_found_by_city_several_are_offered_and_nonsense_is_answered(place: Place) -> None:
    shown = await place.last_step()

    async def look_for(words: str) -> simcord.InteractionResult:
        return await place.admin.submit_modal(
            await place.admin.click(shown, label="Find my time zone…"), {"words": words}
        )

    await look_for("Lisbon")
    one = texts(shown)
    await look_for("EST")
    several = texts(shown)
    menu = place.id_of(moves.ZONE, "harbours", zone="Europe/Lisbon")
    await place.admin.select(shown, ["America/Toronto"], custom_id=menu)
    wrong = await look_for("xyzzy")

    assert "**07:00 Europe/Lisbon**" in one
    assert "That may be several places" in several
    assert "**07:00 America/Toronto**" in texts(shown)
    assert "“xyzzy” is no time zone I know." in texts(wrong.followups[0])


async def test_back_keeps_what_was_chosen(place: Place) -> None:
    shown = await place.last_step()
    await place.admin.click(shown, label="Back")
    await place.admin.click(shown, label="Back")
    first = texts(shown)
    await place.admin.click(shown, label="Continue")
    await place.admin.select(shown, ["harbours"])

    assert "Step 1 of 3" in first
    assert f"**07:00 {KYIV}**" in texts(shown)


async def test_zone_that_is_no_usual_one_stays_chosen_in_the_menu(place: Place) -> None:
    shown = await place.last_step()
    form = await place.admin.click(shown, label="Find my time zone…")
    await place.admin.submit_modal(form, {"words": "Asia/Kathmandu"})

    chosen = [line["value"] for part in walk(shown.components) for line in part.get("options", ()) if line["default"]]

    assert chosen == ["0700", "Asia/Kathmandu"]
