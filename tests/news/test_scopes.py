"""What an edition keeps to: a topic, an actor, a storyline, outlets, a server's own feeds."""

from datetime import timedelta

import pytest

from bot.clock import ManualClock
from bot.errors import UserError
from bot.model.delivery import Schedule, ScheduleId
from bot.model.editions import Edition
from bot.news.reading import News
from bot.news.scope import Kind, read_scope, topic_names
from bot.storage.database import Database
from bot.storage.guild_log import By
from bot.storage.schedules import ScheduleStore
from bot.storage.subscriptions import SubscriptionStore
from tests.digest.newsroom import MORNING, NOON, Newsroom, bridge, strike, talks
from tests.news.stored import store

HERE, ELSEWHERE = 10, 20


@pytest.fixture
async def news(sqlite: Database, clock: ManualClock) -> News:
    newsroom = Newsroom()
    for tell in (bridge, talks, strike):
        tell(newsroom)
    await store(newsroom, sqlite, e1=("disaster",), e2=("politics",), e3=("economy", "disaster"))
    return News(sqlite, clock)


def events_of(edition: Edition) -> set[int | None]:
    return {item.event for item in (*edition.bullets, *edition.also)}


@pytest.mark.parametrize(
    ("scope", "kept"),
    [
        (None, {1, 2, 3}),
        ("disaster", {1, 3}),
        ("Disasters and accidents", {1, 3}),
        ("topic: politics", {2}),
        ("lake orm", {2}),
        ("storyline: 3", {3}),
        ("story: Rail strike strands commuters", {3}),
        ("outlets: Radio Quay", {2}),
        ("outlets: Radio Quay, Northern Bell", {1, 2, 3}),
        ("nothing of the kind", set()),
    ],
)
async def test_a_scope_keeps_what_belongs_to_it(news: News, scope: str | None, kept: set[int]) -> None:
    edition = await news.digest(at=MORNING, topic=scope)

    assert events_of(edition) == kept
    assert edition.audit.ok
    assert edition.topic == scope


async def test_a_scope_of_outlets_copies_from_them_alone(news: News) -> None:
    edition = await news.digest(at=MORNING, topic="outlets: Northern Bell")

    assert {link.name for item in edition.items for link in item.links} == {"Northern Bell"}
    assert edition.outlets == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("topic: gardening", "There is no topic “gardening”"),
        ("actor:", "What actor do you mean?"),
        ("actor: Nobody At All", "no actor called “Nobody At All”"),
        ("outlets: Harbor Past", "No outlet is called “Harbor Past”. There are “Harbour Post”"),
        ("storyline: 99", "no story “99”"),
    ],
)
async def test_what_is_not_known_is_said(news: News, typed: str, said: str) -> None:
    with pytest.raises(UserError, match=r"[.?]") as refused:
        await news.digest(at=MORNING, topic=typed)

    assert said in str(refused.value)


def test_words_without_a_colon_are_anything() -> None:
    assert read_scope("  Kestria: votes ").kind is Kind.ANY
    assert read_scope("actor: NATO").value == "NATO"
    assert "Health" in topic_names("hea")


async def test_a_server_with_feeds_reads_them_alone(news: News, sqlite: Database) -> None:
    await SubscriptionStore(sqlite).add(HERE, "https://quay.example/feed", "Radio Quay", by=By(None, MORNING))

    mine = await news.digest(at=MORNING, guild=HERE)
    theirs = await news.digest(at=MORNING, guild=ELSEWHERE)

    assert events_of(mine) == {2}
    assert events_of(theirs) == {1, 2, 3}


async def test_many_reports_of_others_hide_no_story_from_a_server_with_feeds(
    sqlite: Database, clock: ManualClock
) -> None:
    newsroom = Newsroom()
    bridge(newsroom)
    for number in range(60):
        text = f"Skelling Bridge in Arvania collapsed on Tuesday and report {number} told of four dead people."
        at = NOON + timedelta(minutes=number + 1)
        newsroom.report(1, f"Outlet {number}", "Skelling Bridge collapses", text, at)
    await store(newsroom, sqlite)
    await SubscriptionStore(sqlite).add(HERE, "https://bell.example/feed", "Northern Bell", by=By(None, MORNING))

    edition = await News(sqlite, clock).digest(at=MORNING, guild=HERE)

    assert events_of(edition) == {1}
    assert {link.name for item in edition.items for link in item.links} == {"Northern Bell"}


async def test_a_schedule_keeps_its_scope_and_its_servers_feeds(news: News, sqlite: Database) -> None:
    for url, name in (("https://bell.example/feed", "Northern Bell"), ("https://quay.example/feed", "Radio Quay")):
        await SubscriptionStore(sqlite).add(HERE, url, name, by=By(None, MORNING))
    plain = Schedule(ScheduleId(0), HERE, 5, MORNING.time(), "UTC", topic="disaster")
    made = await ScheduleStore(sqlite).add(plain, by=By(None, MORNING))
    assert made is not None

    edition = await news.edition_for(made, MORNING)

    assert events_of(edition) == {1, 3}
    assert edition.outlets == 1


async def test_a_digest_of_one_weekday_looks_back_a_week(news: News, sqlite: Database) -> None:
    weekly = Schedule(ScheduleId(0), HERE, 5, MORNING.time(), "UTC", days=frozenset({2}))
    made = await ScheduleStore(sqlite).add(weekly, by=By(None, MORNING))
    assert made is not None

    edition = await news.edition_for(made, MORNING)

    assert (edition.window[1] - edition.window[0]).days == 7
