"""The wizard refuses what may not or cannot be done, in words, before anything is saved."""

from dataclasses import replace

import discord
import pytest

from bot.model.editions import Length
from bot.ui.setup import draft as moves
from bot.ui.setup.draft import Draft
from tests.cogs.place import KYIV, Place, labels
from tests.cogs.town import answer, texts
from tests.ui.samples import QUIET

NOTHING = replace(QUIET, articles=0, outlets=0, background=(), bullets=(), also=(), quote=None, coming=())
NEEDS = "You need the **Manage Server** permission for that. Please ask an admin of this server."


async def test_member_without_manage_server_is_refused_at_every_step(place: Place) -> None:
    found = place.env.backend.find_command("setup", place.guild.id, type=1)
    assert found is not None
    place.guild.set_command_permissions(int(found["id"]), {place.member: True})
    shown = await place.last_step()
    place.env.backend.remove_member_role(place.guild.id, place.admin.id, place.admins.id)

    refused = [await place.member.slash(place.channel, "setup")]
    refused += [await place.admin.click(shown, label=label) for label, off in labels(shown).items() if not off]
    refused.append(await place.admin.select(shown, ["0900"], custom_id=place.id_of(moves.AT, "harbours", zone=KYIV)))

    assert len(refused) == 7
    assert [answer(one) for one in refused] == [NEEDS] * 7
    assert (await place.saved(), await place.feeds()) == ([], [])


@pytest.mark.parametrize("denied", ["embed_links", "read_message_history"])
async def test_what_is_missing_is_named_before_anything_else_and_looked_at_again(place: Place, denied: str) -> None:
    place.deny(**{denied: False})
    shown = await place.start()
    first = texts(shown)
    await place.admin.click(shown, label="Check again")
    still = texts(shown)
    place.deny(**{denied: None})
    await place.admin.click(shown, label="Check again")

    name = denied.replace("_", " ").title()
    assert f"I can't post in <#{place.channel.id}>: I am missing **{name}**. Allow me that" in first
    assert first == still
    assert "Step 2 of 3" in texts(shown)


async def test_another_channel_is_checked_before_it_is_taken(place: Place) -> None:
    target = place.channel_without(send_messages=False)
    shown = await place.start()

    await place.admin.select(shown, [target])

    assert f"I can't post in <#{target.id}>: I am missing **Send Messages**." in texts(shown)
    assert "Step 1 of 3" in texts(shown)


async def test_channel_where_the_admin_may_not_post_is_refused(place: Place) -> None:
    quiet = discord.PermissionOverwrite(send_messages=False)
    target = place.guild.create_text_channel("staff", overwrites={place.guild.default_role: quiet})
    shown = await place.start()

    await place.admin.select(shown, [target])

    assert "because you can't post there yourself" in texts(shown)


async def test_permission_that_went_missing_stops_the_save(place: Place) -> None:
    shown = await place.last_step()
    place.deny(embed_links=False)

    result = await place.admin.click(shown, label="Save")

    assert "I am missing **Embed Links**." in answer(result)
    assert (await place.saved(), await place.feeds()) == ([], [])


async def test_channel_that_is_gone_is_named(place: Place) -> None:
    shown = await place.start()
    gone = Draft(place.channel.id + 1, "harbours", zone=KYIV)
    place.env.backend.get_message(shown.channel_id, shown.id).components[0]["components"][-1]["components"][0][
        "custom_id"
    ] = gone.id_for(moves.SAVE)

    result = await place.admin.click(shown, custom_id=gone.id_for(moves.SAVE))

    assert answer(result) == "I can't see that channel. Choose another one, or let me see it."


async def test_full_quota_of_feeds_is_said_and_nothing_is_saved(place: Place) -> None:
    shown = await place.last_step()
    await place.desk.add_feeds(place.guild.id, ["a.example", "b.example", "c.example"], place.admin.id)

    result = await place.admin.click(shown, label="Save")

    assert texts(result.followups[0]) == (
        "This server has 3 feeds, which is all it may have. Remove one first: /feed remove."
    )
    assert await place.saved() == []


async def test_full_quota_of_digests_is_said_and_nothing_is_saved(place: Place) -> None:
    for at in ("6am", "8am"):
        await place.desk.add_schedule(
            place.guild.id, place.channel.id, at=at, zone="UTC", days="daily", length=Length.SHORT, topic=None, user=1
        )
    shown = await place.start()
    planned = texts(shown)
    await place.admin.click(shown, label="Continue")
    await place.admin.select(shown, ["harbours"])

    result = await place.admin.click(shown, label="Save")

    assert "2 digests are planned here already" in planned
    assert "This server has 2 schedules" in texts(result.followups[0])
    assert await place.feeds() == []


async def test_buttons_of_another_version_are_left_alone(place: Place) -> None:
    shown = await place.start()
    row = place.env.backend.get_message(shown.channel_id, shown.id).components[0]["components"][-1]
    row["components"][0]["custom_id"] = "s9:here:1"

    result = await place.admin.click(shown, custom_id="s9:here:1")

    assert not result.acknowledged
