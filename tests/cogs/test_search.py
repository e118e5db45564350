"""/search as a reader sees it."""

from tests.cogs.town import Town, answer


async def test_search_turns_pages_with_the_longest_query(town: Town) -> None:
    query = ("“night talks” " * 9)[:100]
    shown = (await town.member.slash(town.channel, "search", query=query, outlet="Harbour Ledger")).response
    assert shown is not None

    turned = await town.member.click(shown, label="Next")

    assert "**Article number 5**" in answer(turned)
    assert town.news.asked[-1] == ("search", {"query": query, "outlet": "Harbour Ledger", "offset": 5})
