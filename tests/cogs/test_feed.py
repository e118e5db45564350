"""/feed: sources of one server."""

from dataclasses import replace

from tests.cogs.town import Town, answer, texts
from tests.ui.test_cards import FEED_LINE


async def test_feed_is_added_and_its_address_not_repeated(town: Town) -> None:
    url = "https://ledger.example/rss?key=secret"

    result = await town.admin.slash(town.channel, "feed add", url=url, name="Ledger", topic="harbour")

    assert "**Ledger** · ledger.example · topic: harbour" in answer(result)
    assert "secret" not in answer(result)
    assert town.desk.asked == [
        ("add_feed", {"guild": town.guild.id, "url": url, "name": "Ledger", "topic": "harbour", "user": town.admin.id})
    ]


async def test_feeds_are_removed_by_suggestion(town: Town) -> None:
    town.desk.subscribed[town.guild.id] = [FEED_LINE]
    (choice,) = await town.admin.autocomplete(town.channel, "feed remove", "feed", "led")

    result = await town.admin.slash(town.channel, "feed remove", feed=choice["value"])

    assert "## Feed removed" in answer(result)
    assert town.desk.subscribed[town.guild.id] == []


async def test_id_of_another_server_is_none_of_ours(town: Town) -> None:
    town.desk.subscribed[town.guild.id + 1] = [FEED_LINE]

    result = await town.admin.slash(town.channel, "feed remove", feed="3")

    assert answer(result) == "This server has no such feed. See /feed list."
    assert await town.admin.autocomplete(town.channel, "feed remove", "feed", "") == []


async def test_pages_are_turned_by_admins_only_even_by_button(town: Town) -> None:
    town.desk.subscribed[town.guild.id] = [replace(FEED_LINE, id=number, name=f"Feed {number}") for number in range(12)]
    shown = (await town.admin.slash(town.channel, "feed list")).response
    assert shown is not None

    turned = await town.admin.click(shown, label="Next")

    assert "11–12 of 12" in answer(turned)
    assert "**Feed 11**" in answer(turned)
    town.demote()
    refused = await town.admin.click(shown, label="Previous")
    (refusal,) = refused.followups
    assert refusal.ephemeral
    assert "You need the **Manage Server** permission" in texts(refusal)


async def test_member_without_manage_server_is_refused(town: Town) -> None:
    town.open_to_everybody("feed")

    result = await town.member.slash(town.channel, "feed add", url="https://ledger.example/rss")

    assert "You need the **Manage Server** permission" in answer(result)
    assert await town.member.autocomplete(town.channel, "feed remove", "feed", "") == []
    assert town.desk.asked == []
