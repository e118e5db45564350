"""/compare and the position view of /actor as a reader sees them."""

from tests.cogs.town import Town, answer


async def test_compare_passes_both_names_and_the_issue(town: Town) -> None:
    result = await town.member.slash(town.channel, "compare", first="Varrow", second="Okoro", issue="nets")

    assert town.news.asked == [("compare", {"one": "Varrow", "other": "Okoro", "issue": "nets"})]
    assert answer(result).startswith("## Ilsa Varrow and Ilsa Varrow on “nets”")


async def test_an_issue_opens_an_actors_position(town: Town) -> None:
    result = await town.member.slash(town.channel, "actor", name="Varrow", issue="nets")

    assert ("position", {"name": "person/ilsa-varrow", "issue": "nets", "offset": 0}) in town.news.asked
    assert answer(result).startswith("## Ilsa Varrow on “nets”")
