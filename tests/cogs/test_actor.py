"""/actor as a reader sees it."""

import pytest

from tests.cogs.town import Town, answer, texts


async def test_actor_answers_and_its_views_work_after_a_restart(town: Town) -> None:
    shown = (await town.member.slash(town.channel, "actor", name="Varrow")).response
    assert shown is not None
    assert "## Ilsa Varrow" in texts(shown)
    await town.restart()

    assert "“Quote number 0.”" in answer(await town.member.click(shown, label="Quotes by"))
    assert "“Quote number 5.”" in answer(await town.member.click(shown, label="Next"))
    assert town.news.asked[-1] == (
        "quotes",
        {"by": "person/ilsa-varrow", "about": None, "contains": None, "kind": None, "offset": 5},
    )


@pytest.mark.parametrize(
    ("view", "words"),
    [("quotes about", "1–5 of 12"), ("actions", "Criticise · Ilsa Varrow"), ("events", "Karse dam overflows")],
)
async def test_actor_opens_in_the_view_that_was_asked_for(town: Town, view: str, words: str) -> None:
    assert words in answer(await town.member.slash(town.channel, "actor", name="Varrow", view=view))


async def test_unknown_actor_gets_suggestions_and_typed_text_stays_words(town: Town) -> None:
    result = await town.member.slash(town.channel, "actor", name="**Varow** @everyone")

    assert answer(result) == r"No actor called “\*\*Varow\*\* ＠everyone”. Did you mean “Ilsa Varrow”?"


async def test_names_are_suggested_wherever_they_are_typed(town: Town) -> None:
    channel, member = town.channel, town.member

    offered = [
        await member.autocomplete(channel, "actor", "name", "var"),
        await member.autocomplete(channel, "events", "actor", "var"),
        await member.autocomplete(channel, "quotes", "by", "var"),
        await member.autocomplete(channel, "quotes", "about", "var"),
        await member.autocomplete(channel, "event", "event", "dam"),
        await member.autocomplete(channel, "search", "outlet", "har", query="nets"),
    ]

    assert [choices[0]["value"] for choices in offered] == ["person/ilsa-varrow"] * 4 + ["7", "Harbour Ledger"]
