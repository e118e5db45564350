"""/settings and /privacy: limits in words, notices where they are wanted, data shown, given and deleted."""

import json

from bot.model.editions import Length
from tests.cogs.place import Place
from tests.cogs.town import answer


async def filled(place: Place) -> None:
    await place.desk.add_feeds(place.guild.id, ["https://a.example/rss?key=s3cret"], place.admin.id)
    await place.desk.add_schedule(
        place.guild.id, place.channel.id, at="6am", zone="UTC", days="daily", length=Length.SHORT, topic=None,
        user=place.admin.id,
    )  # fmt: skip


async def test_limits_and_what_is_used_of_them_are_shown(place: Place) -> None:
    await filled(place)

    said = answer(await place.admin.slash(place.channel, "settings"))

    assert "Feeds: 1 of 3 · schedules: 1 of 2" in said
    assert "the channel of the oldest schedule" in said


async def test_notices_go_where_an_admin_wants_them(place: Place) -> None:
    target = place.guild.create_text_channel("bot-notices")

    said = answer(await place.admin.slash(place.channel, "settings", notices=target))

    assert f"go to <#{target.id}>" in said
    assert (await place.desk.room(place.guild.id)).notice_channel == target.id


async def test_notices_cannot_go_where_we_cannot_post(place: Place) -> None:
    said = answer(
        await place.admin.slash(place.channel, "settings", notices=place.channel_without(send_messages=False))
    )

    assert "I can't post in" in said
    assert (await place.desk.room(place.guild.id)).notice_channel is None


async def test_what_is_held_is_shown_without_secrets(place: Place) -> None:
    await filled(place)

    said = answer(await place.admin.slash(place.channel, "privacy"))

    assert "1 schedule, 1 feed, 2 logged changes of settings." in said
    assert "no messages of members" in said


async def test_all_that_is_held_comes_as_a_file(place: Place) -> None:
    await filled(place)

    result = await place.admin.slash(place.channel, "privacy", action="export")

    sent = result.response or result.followups[0]
    (file,) = sent.attachments
    rows = json.loads(await file.read())
    assert sent.ephemeral
    assert file.filename == f"needtoknow-{place.guild.id}.json"
    assert [row["channel_id"] for row in rows["schedule"]] == [place.channel.id]
    assert "s3cret" not in json.dumps(rows)


async def test_deleting_wants_the_name_of_the_server(place: Place) -> None:
    await filled(place)

    for confirm in ({}, {"confirm": "something else"}):
        said = answer(await place.admin.slash(place.channel, "privacy", action="delete", **confirm))

        assert "Delete all of it?" in said
        assert "Port Ellery Readers" in said
    assert await place.feeds() == ["The Skerry Post"]


async def test_deleting_leaves_nothing_and_the_server_can_begin_anew(place: Place) -> None:
    await filled(place)

    said = answer(await place.admin.slash(place.channel, "privacy", action="delete", confirm="Port Ellery Readers"))

    assert "## Deleted" in said
    assert not any((await place.desk.held(place.guild.id)).values())
    await filled(place)
    assert await place.feeds() == ["The Skerry Post"]
