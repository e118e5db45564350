"""Which stories rank, and which have no place in an edition."""

import pytest

from bot.digest.edition import make_edition
from bot.digest.select import LOOKED_AT, bar_of, ranked, unfit
from bot.digest.story import Story, stories_of
from bot.digest.window import window_of
from bot.model.articles import ItemKind, Part, PartRole
from bot.model.events import EventId, ReportKey
from bot.model.spans import Span
from tests.digest.newsroom import MORNING, Newsroom, bridge, ordinary_day, request


def stories(newsroom: Newsroom) -> tuple[Story, ...]:
    return stories_of(newsroom.material(), window_of(request()))


def test_independent_outlets_decide() -> None:
    order = [one.story.id for one in ranked(stories(ordinary_day()), MORNING)]

    assert order[0] == 1


def test_outlets_of_one_owner_count_once() -> None:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "A vote in Arvania", "Arvania has voted for it.", owner="Quay Group")
    newsroom.report(1, "Evening Post", "Arvania votes", "Arvania voted for it on Tuesday.", owner="Quay Group")

    (one,) = ranked(stories(newsroom), MORNING)

    assert one.is_single
    assert one.reasons


@pytest.mark.parametrize(
    ("kinds", "rule"),
    [
        ([ItemKind.SPORT, ItemKind.NEWS], "sport"),
        ([ItemKind.NEWS, ItemKind.NEWS, ItemKind.SPORT], None),
        ([ItemKind.SOFT, ItemKind.NEWS], "soft news"),
        ([ItemKind.OPINION, ItemKind.LIVE], "opinion, live page or video"),
        ([ItemKind.OPINION, ItemKind.NEWS], None),
        ([ItemKind.PROMO], "quiz, newsletter or promotion"),
    ],
)
def test_a_story_is_judged_by_the_share_of_its_reports(kinds: list[ItemKind], rule: str | None) -> None:
    newsroom = Newsroom()
    for number, kind in enumerate(kinds):
        newsroom.report(1, f"Outlet {number}", "Arvania votes", "Arvania voted for it on Tuesday.", kind=kind)

    assert unfit(stories(newsroom)[0]) == rule


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Viral haemorrhagic fever kills eight in Arvania", None),
        ("Police fire on marchers at coup anniversary, 12 dead", None),
        ("Arvanian president resigns over affair with aide", None),
        ("Tributes to a skipper who died off Tolmark", "a private life, an anniversary or pictures"),
        ("Clip of a swimming cow goes viral in Arvania", "a private life, an anniversary or pictures"),
        ("Port Calder marks the anniversary of its lighthouse", "a private life, an anniversary or pictures"),
    ],
)
def test_hard_news_is_no_feature_whatever_words_it_shares_with_one(title: str, rule: str | None) -> None:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", title, "Arvania has told of it.")

    assert unfit(stories(newsroom)[0]) == rule


@pytest.mark.parametrize(
    ("title", "private"),
    [
        ("Arvania hosts ceasefire talks", False),
        ("Kestria hosts ferry builders", False),
        ("State actors hacked the ministry", False),
        ("State actor broke into a mail server", False),
        ("Ten babies die in hospital fire", False),
        ("Kestrian model predicts a dry summer", False),
        ("Fossil fuels lose ground in Arvania", False),
        ("Breakfast host leaves after a decade", True),
        ("Former model opens a bakery", True),
        ("Singer and actor buy a house in Tolmark", True),
    ],
)
def test_people_on_screens_are_told_from_states_and_forecasts(title: str, private: bool) -> None:
    newsroom = Newsroom()
    for outlet in ("Harbour Post", "Northern Bell"):
        newsroom.report(1, outlet, title, "Arvania has told of it.")

    (one,) = ranked(stories(newsroom), MORNING)

    assert any("on screens" in reason.text for reason in one.reasons) == private


def test_the_bullets_of_a_round_up_keep_its_order() -> None:
    newsroom = Newsroom()
    lines = ["Fish sold well in Tolmark.", "Four people died in Arvania.", "A vote was won in Port Calder."]
    text = "\n".join(f"• {line}" for line in lines)
    starts = [text.index(line) for line in lines]
    parts = [
        Part(i + 1, PartRole.ITEM, Span(at, at + len(line)))
        for i, (at, line) in enumerate(zip(starts, lines, strict=True))
    ]
    newsroom.report(10, "Harbour Post", "What happened today", text, parts=tuple(parts))

    order = [one.story.id for one in ranked(stories(newsroom), MORNING)]

    assert order == [10, 11, 12]


def test_bullets_of_a_round_up_that_were_put_into_one_event_are_told_apart() -> None:
    newsroom = Newsroom()
    lines = ["Arvania has raised its price for nets in summer.", "Arvania has raised its price for boats in summer."]
    text = "\n".join(f"• {line}" for line in lines)
    parts = [
        Part(i + 1, PartRole.ITEM, Span(text.index(line), text.index(line) + len(line))) for i, line in enumerate(lines)
    ]
    article = newsroom.report(10, "Harbour Post", "What happened today", text, parts=tuple(parts))
    newsroom.reports = {EventId(10): [ReportKey(article.id, 1), ReportKey(article.id, 2)]}

    edition = make_edition(newsroom.material(), request())

    assert [item.text for item in edition.bullets] == lines


def test_no_more_stories_are_weighed_than_may_be_shown() -> None:
    newsroom = Newsroom()
    bridge(newsroom, event=500)
    for number in range(LOOKED_AT + 20):
        newsroom.report(number + 1, "Harbour Post", f"Vote {number}", "Arvania has voted for it.")

    found = ranked(stories(newsroom), MORNING)

    assert len(found) == LOOKED_AT
    assert found[0].story.id == 500


def test_the_bar_follows_the_first_three_stories() -> None:
    found = ranked(stories(ordinary_day()), MORNING)

    assert 0 < bar_of(found) < found[1].weight
    assert bar_of(found[:2]) == 0
