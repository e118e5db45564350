"""A story that was told before returns only with something new."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.digest.brief import Brief, brief_of
from bot.digest.edition import make_edition
from bot.digest.figures import figures_of
from bot.digest.signature import Rarity
from bot.digest.story import stories_of
from bot.digest.update import new_words, news_of, tells, told_before, told_words
from bot.digest.window import window_of
from bot.model.editions import Edition, Excerpt, Item
from bot.model.spans import Span
from tests.digest.newsroom import MORNING, NOON, Newsroom, bridge, request, strike, talks

DAY = timedelta(days=1)
NEXT = NOON + DAY


def told_yesterday() -> Newsroom:
    """Return a newsroom whose bridge, talks and strike were told this morning."""
    newsroom = Newsroom()
    bridge(newsroom)
    talks(newsroom)
    strike(newsroom)
    newsroom.remember(make_edition(newsroom.material(), request()))
    return newsroom


def tomorrow(newsroom: Newsroom) -> Edition:
    return make_edition(newsroom.material(), request(MORNING + DAY))


def about(edition: Edition, event: int) -> Item | None:
    return next((item for item in edition.bullets if item.event == event), None)


def words(excerpt: Excerpt | None) -> str:
    return excerpt.text.lower() if excerpt else ""


def brief(newsroom: Newsroom) -> tuple[Brief, Rarity]:
    story = stories_of(newsroom.material(), window_of(request(MORNING + DAY)))[0]
    rarity = Rarity.among(story.fresh)
    return brief_of(story, rarity), rarity


def test_a_new_number_in_two_reports_is_an_update_with_what_was_told() -> None:
    newsroom = told_yesterday()
    newsroom.report(
        1, "Harbour Post", "Skelling Bridge toll rises to nine",
        "The death toll from Skelling Bridge in Arvania rose to nine on Wednesday, the police said.", NEXT,
    )  # fmt: skip
    newsroom.report(
        1, "Northern Bell", "Nine now dead in Arvania bridge collapse",
        "Nine people died at Skelling Bridge in Arvania, the police said on Wednesday.", NEXT,
    )  # fmt: skip

    item = about(tomorrow(newsroom), 1)

    assert item is not None
    assert item.update
    assert "nine" in words(item.new)
    assert "four people died" in words(item.was)
    assert item.was is not None
    assert item.was.day == date(2026, 3, 4)


def test_other_words_for_what_was_told_are_no_news() -> None:
    newsroom = told_yesterday()
    newsroom.report(
        1, "Harbour Post", "Four dead in Arvania after Skelling Bridge collapse",
        "Skelling Bridge collapsed in Arvania and four people died, the police said on Wednesday.", NEXT,
    )  # fmt: skip
    newsroom.report(
        1, "Northern Bell", "Skelling Bridge collapse killed four people in Arvania",
        "Four people died as Skelling Bridge in Arvania collapsed, the police said again.", NEXT,
    )  # fmt: skip

    edition = tomorrow(newsroom)

    assert about(edition, 1) is None
    assert any(one.event == 1 and not one.kept and "nothing new" in one.rule for one in edition.verdicts)


def test_one_report_with_new_words_is_not_enough() -> None:
    newsroom = told_yesterday()
    newsroom.report(
        1, "Radio Quay", "Families mourn on the banks at Skelling Bridge",
        "Families mourned with candles and songs at Skelling Bridge in Arvania on Wednesday evening.", NEXT,
    )  # fmt: skip

    assert about(tomorrow(newsroom), 1) is None


def test_what_was_announced_and_is_done_is_an_update() -> None:
    newsroom = told_yesterday()
    newsroom.report(
        2, "Harbour Post", "Arvania and Tolmark open talks",
        "Arvania and Tolmark opened talks on fishing in Lake Orm on Wednesday, both governments said.", NEXT,
    )  # fmt: skip
    newsroom.report(
        2, "Radio Quay", "Fishing talks on Lake Orm begin",
        "Fishing talks on Lake Orm between Arvania and Tolmark opened on Wednesday, Petra Lindqvist said.", NEXT,
    )  # fmt: skip

    item = about(tomorrow(newsroom), 2)

    assert item is not None
    assert item.update
    assert "will open" in words(item.was)


def test_a_counter_of_one_outlet_that_ticks_on_is_no_story() -> None:
    newsroom = Newsroom()
    bridge(newsroom, at=NEXT)
    newsroom.report(4, "Harbour Post", "Dock strike enters Day 12", "A dock strike closed Port Calder on Monday.", NOON)
    newsroom.report(4, "Harbour Post", "Dock strike enters Day 13", "A dock strike closed Port Calder again.", NEXT)

    edition = tomorrow(newsroom)

    assert about(edition, 4) is None
    assert all(item.event != 4 for item in edition.also)


def test_a_story_told_under_another_event_is_known_by_its_words() -> None:
    newsroom = told_yesterday()
    bridge(newsroom, event=77, at=NEXT)
    found, rarity = brief(newsroom)

    told = told_before(found, newsroom.material(), rarity)

    assert found.story.id == 77
    assert told is not None
    assert told.event == 1


def test_excerpts_are_copied_words() -> None:
    newsroom = told_yesterday()
    newsroom.report(
        1, "Harbour Post", "Skelling Bridge toll rises to nine",
        "The death toll from Skelling Bridge in Arvania rose to nine on Wednesday, the police said.", NEXT,
    )  # fmt: skip
    found, rarity = brief(newsroom)
    told = told_before(found, newsroom.material(), rarity)
    assert told is not None
    news = news_of(found, told, newsroom.material(), rarity)
    sentence = found.story.fresh[0].sentences[0]

    new, was = new_words(sentence, news), told_words(news, sentence, newsroom.material(), ZoneInfo("UTC"))

    assert not tells(sentence, news)
    assert new is not None
    assert was is not None
    for excerpt in (new, was):
        (span,) = excerpt.spans
        assert span.span.of(newsroom.articles[span.article].text) == excerpt.text


@pytest.mark.parametrize(
    ("text", "marked", "new"),
    [
        ("The port raised its offer to 6.5 per cent, both sides said.", ["raised", "to 6.5 per cent"],
         "raised its offer to 6.5 per cent"),
        ("Two ports ended two days of talks in Port Ansel.", ["ended two days"], "ended two days of talks"),
        ("The mayor left, and the bridge rose to 12 metres.", ["left", "to 12 metres"], "to 12 metres"),
    ],
)  # fmt: skip
def test_what_is_new_is_said_in_words_that_stand_alone(text: str, marked: list[str], new: str) -> None:
    clauses = tuple(Span(text.index(words), text.index(words) + len(words)) for words in marked)
    newsroom = told_yesterday()
    newsroom.report(1, "Harbour Post", "Talks", text, NEXT)
    found, rarity = brief(newsroom)
    told = told_before(found, newsroom.material(), rarity)
    assert told is not None
    news = replace(news_of(found, told, newsroom.material(), rarity), figures=figures_of(text))
    sentence = found.story.fresh[0].sentences[0]

    excerpt = new_words(replace(sentence, traits=replace(sentence.traits, clauses=clauses)), news)

    assert excerpt is not None
    assert excerpt.text == new
