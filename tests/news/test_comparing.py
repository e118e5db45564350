"""Positions over time and two actors side by side, out of a real database."""

from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.errors import UnknownActorError, UserError
from bot.model.analysis import Actor, ActorId, MentionType
from bot.news.reading import News
from bot.storage.actors import ActorStore
from bot.storage.database import Database
from bot.ui.comparison import comparison_card, position_list
from bot.ui.custom_ids import Ask
from bot.ui.limits import MESSAGE_TEXT
from tests.digest.newsroom import NOON, Newsroom
from tests.news.stored import store

WORDS = (
    (0, "Harbour Post", "“The dam will stay open for the whole winter,” Mira Voss told Petra Lindqvist in Tolmark."),
    (1, "Northern Bell", "“Nobody has asked about the railway for years,” Mira Voss said in Port Calder on Monday."),
    (2, "Delta Courier", "“The dam must be closed before the spring flood,” Mira Voss told reporters in Tolmark."),
    (3, "Radio Quay", "“The dam must be closed before the spring flood,” Mira Voss told reporters in Tolmark."),
    (3, "Harbour Post", "“I read about the dam in the paper like everyone,” Petra Lindqvist said in Tolmark."),
)


@pytest.fixture
async def news(sqlite: Database, clock: ManualClock) -> News:
    newsroom = Newsroom()
    for number, (day, outlet, words) in enumerate(WORDS, 1):
        newsroom.report(number, outlet, f"Words on day {day}", words, NOON + timedelta(days=day, minutes=number))
    people = (("person/mira-voss", "Mira Voss"), ("person/petra-lindqvist", "Petra Lindqvist"))
    await ActorStore(sqlite).put([Actor(ActorId(key), name, MentionType.PERSON, (name,)) for key, name in people])
    await store(newsroom, sqlite)
    return News(sqlite, clock)


async def test_a_position_is_told_in_time_and_each_wording_once(news: News) -> None:
    found = await news.position("Mira Voss", "dam")

    assert [quote.outlet for quote in found.rows] == ["Harbour Post", "Delta Courier"]
    assert [quote.at for quote in found.rows] == sorted(quote.at for quote in found.rows)
    assert found.total == 2
    assert (await news.position("Mira Voss")).total == 3


async def test_a_page_of_a_position_goes_on(news: News) -> None:
    found = await news.position("Mira Voss", "dam", limit=1, offset=1)

    assert [quote.outlet for quote in found.rows] == ["Delta Courier"]
    assert (found.total, found.offset) == (2, 1)


async def test_two_actors_stand_side_by_side_on_an_issue(news: News) -> None:
    found = await news.compare("Mira Voss", "Petra Lindqvist", "dam")

    assert [len(said) for said in found.said] == [3, 1]
    assert all("dam" in quote.text for said in found.said for quote in said)


async def test_the_same_or_an_unknown_actor_is_refused(news: News) -> None:
    with pytest.raises(UserError, match="both Mira Voss"):
        await news.compare("Mira Voss", "person/mira-voss")
    with pytest.raises(UnknownActorError):
        await news.compare("Mira Voss", "Nobody")


async def test_cards_show_the_words_with_their_sources(news: News) -> None:
    compared = comparison_card(await news.compare("Mira Voss", "Petra Lindqvist", "dam"))
    positions = position_list(
        await news.position("Mira Voss", "dam"), Ask("actor", ("person/mira-voss", "dam"), "position")
    )
    nothing = position_list(await news.position("Mira Voss", "moon"), Ask("actor", ("person/mira-voss",), "position"))

    assert "I read about the dam" in "\n".join(compared.texts)
    assert positions.texts[0].startswith("## Mira Voss on “dam”")
    assert "Delta Courier" in "\n".join(positions.texts)
    assert "No stored quote of theirs holds these words." in "\n".join(nothing.texts)
    assert compared.characters <= MESSAGE_TEXT
