"""/quotes as a reader sees it."""

from tests.cogs.town import Town


async def test_quotes_pass_their_filters_through_the_pages(town: Town) -> None:
    shown = (
        await town.member.slash(town.channel, "quotes", by="Varrow", about="Estmark", contains="a+b c", kind="direct")
    ).response
    assert shown is not None
    await town.restart()

    await town.member.click(shown, label="Next")

    first, second = (options for _, options in town.news.asked)
    assert first == {"by": "Varrow", "about": "Estmark", "contains": "a+b c", "kind": "direct", "offset": 0}
    assert second == {**first, "offset": 5}
