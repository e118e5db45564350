"""StorylineStore: storylines and word counts come back."""

from dataclasses import replace
from datetime import date, timedelta

from bot.storage.database import Database
from bot.storage.storylines import DayFrequency, Storyline, StorylineStore
from tests.storage.samples import DAY


async def test_storylines_with_news_since_a_day_come_back(database: Database) -> None:
    store = StorylineStore(database)
    old = await store.new_storyline("The strike", DAY - timedelta(days=9), DAY - timedelta(days=5))
    ferry = await store.new_storyline("The ferry", DAY - timedelta(days=1), DAY, {"core": ["ferry"]})

    assert await store.list_since(DAY) == (
        Storyline(ferry, "The ferry", DAY - timedelta(days=1), DAY, {"core": ["ferry"]}),
    )
    assert [line.id for line in await store.list_since(date(2000, 1, 1))] == [old, ferry]


async def test_storyline_goes_on(database: Database) -> None:
    store = StorylineStore(database)
    number = await store.new_storyline("The ferry", DAY, DAY)
    grown = Storyline(number, "The ferry sails", DAY, DAY + timedelta(days=1), [1, 2])

    await store.put(grown)

    assert await store.list_since(DAY + timedelta(days=1)) == (grown,)


async def test_word_counts_of_a_day_are_replaced(database: Database) -> None:
    store = StorylineStore(database)
    days = [DayFrequency(DAY + timedelta(days=n), 10 + n, {"ferry": n, "zürich": 1}) for n in range(3)]
    for day in reversed(days):
        await store.put_frequency(day)

    await store.put_frequency(replace(days[1], articles=99))

    assert await store.frequencies(DAY + timedelta(days=1)) == (replace(days[1], articles=99), days[2])
