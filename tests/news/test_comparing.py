"""Positions over time and two actors side by side, out of a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.errors import UnknownActorError, UserError
from bot.model.analysis import Action, Actor, ActorId, Analysis, MentionType, Quote, QuoteKind
from bot.model.events import EventId, ReportKey
from bot.model.spans import Span
from bot.news.reading import News
from bot.storage.actors import ActorStore
from bot.storage.analyses import AnalysisStore
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.events import EventStore
from bot.ui.comparison import comparison_card, position_list
from bot.ui.custom_ids import Ask
from bot.ui.limits import MESSAGE_TEXT
from tests.digest.newsroom import NOON, Newsroom
from tests.news.stored import store
from tests.storage.samples import COUNCIL, HOLM, QUILL, SKERRY, numbered

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


async def test_far_more_words_deeds_and_events_with_others_hide_nothing(database: Database, clock: ManualClock) -> None:
    """210 reports are newer than the one that names both Skerry and the council; all are Enna Quill's words."""
    stored = await ArticleStore(database).put_many(numbered(211))
    both = Action(SKERRY.id, "ACCUSE", "ACCUSE", COUNCIL.id, Span(0, 4), "Skerry", "Council")
    alone = replace(both, target=HOLM.id, target_name="Holm")
    says = Quote(QuoteKind.DIRECT, (Span(0, 20),), None, (), (QUILL.id,), "Enna Quill")
    found = Analysis(actors=(QUILL, SKERRY, HOLM, COUNCIL), quotes=(says,), version="1")
    analyses = {one.id: replace(found, actions=(alone if number else both,)) for number, one in enumerate(stored)}
    await AnalysisStore(database).put_many(analyses)
    events = EventStore(database)
    await events.assign_many({ReportKey(one.id): (EventId(one.id), None) for one in stored}, at=NOON)
    first, *others = [await events.get(EventId(one.id)) for one in stored]
    assert first is not None
    await events.put(replace(first, actors=(SKERRY.id, COUNCIL.id), importance=0.1))
    for event in others:
        assert event is not None
        await events.put(replace(event, actors=(SKERRY.id, HOLM.id), importance=5.0))
    news = News(database, clock)

    ways = [await news.compare("Skerry", "Council of Skerry"), await news.compare("Council of Skerry", "Skerry")]
    position = await news.position("Enna Quill", limit=2)

    assert [[line.action.target for line in found.dealings] for found in ways] == [[COUNCIL.id]] * 2
    assert [[event.id for event in found.events] for found in ways] == [[first.id]] * 2
    assert position.total == 211
    assert [quote.article for quote in position.rows] == [stored[0].id, stored[1].id]
