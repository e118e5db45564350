"""timeline: dated sentences in order of their days, copied, each with one source."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.events.timeline import timeline
from bot.model.analysis import SentenceTraits
from bot.model.articles import Article, ItemKind
from tests.events.stories import analyses_of, article

SANK = article(1, "The ferry Marigold sank off Gull Point on Sunday evening. It was built in 1998 by a yard in Brod.")
LATER = article(2, "Divers found four more bodies in the wreck on Monday. Nobody knew of a cause.", hours=6)
TOLL = article(3, "The ferry Marigold sank off Gull Point on Sunday, and eleven people are dead.", hours=8)


def days(*articles: Article) -> list[tuple[date, str]]:
    return [(line.day, line.outlet) for line in timeline(articles, analyses_of(*articles))]


def test_days_are_resolved_and_in_order() -> None:
    assert days(LATER, SANK) == [
        (date(1998, 1, 1), "Outlet 1"),
        (date(2026, 3, 1), "Outlet 1"),
        (date(2026, 3, 2), "Outlet 2"),
    ]


def test_what_two_tell_of_one_day_comes_once_from_the_first() -> None:
    assert [line for line in days(TOLL, SANK) if line[0] == date(2026, 3, 1)] == [(date(2026, 3, 1), "Outlet 1")]


def test_a_day_keeps_two_sentences_at_most() -> None:
    texts = [
        "The bank of Norland lowered its rate on Sunday after a long debate.",
        "Striking workers blocked the harbour of Brod on Sunday at noon.",
        "Heavy snow closed the mountain road to Tesk on Sunday night.",
    ]

    assert len(days(*(article(number, text) for number, text in enumerate(texts, start=1)))) == 2


def test_lines_copy_their_article() -> None:
    for line in timeline([SANK, LATER], analyses_of(SANK, LATER)):
        source = SANK if line.article == SANK.id else LATER
        assert line.text == line.span.of(source.text)
        assert line.url == source.url


def test_opinion_and_withdrawn_articles_lend_nothing() -> None:
    assert days(article(1, SANK.text, kind=ItemKind.OPINION)) == []
    assert days(article(1, SANK.text, status="withdrawn")) == []


def test_articles_without_analysis_are_left_out() -> None:
    assert timeline([SANK], {}) == ()


def test_undated_sentences_and_durations_are_no_lines() -> None:
    assert days(article(1, "The search for the wreck took three days. Nobody knew of a cause.")) == []


def test_sentence_that_stands_alone_comes_before_one_that_does_not() -> None:
    own = article(1, "He told divers on Sunday that the wreck lay deep.")
    other = article(2, "Heavy snow closed the mountain road to Tesk on Sunday.", hours=1)
    third = article(3, "The harbour of Brod was blocked by workers on Sunday.", hours=2)
    analyses = analyses_of(own, other, third)
    span = analyses[own.id].sentences[0]
    analyses[own.id] = replace(analyses[own.id], traits=(SentenceTraits(span, problems=("pronoun start",)),))

    assert {line.article for line in timeline([own, other, third], analyses)} == {other.id, third.id}


@given(st.permutations([SANK, LATER, TOLL]), st.integers(0, 4))
def test_order_of_articles_does_not_matter_and_the_limit_holds(articles: list[Article], limit: int) -> None:
    lines = timeline(articles, analyses_of(*articles), limit=limit)

    assert lines == timeline([SANK, LATER, TOLL], analyses_of(SANK, LATER, TOLL), limit=limit)
    assert len(lines) <= limit
    assert [line.day for line in lines] == sorted(line.day for line in lines)


def test_other_items_of_a_newsletter_are_left_out() -> None:
    telling = [
        article(number, f"The ferry Marigold sank off Gull Point on {day} with seven people aboard.", hours=number)
        for number, day in enumerate(("Sunday evening", "Sunday night", "Sunday", "Sunday at nine"), start=1)
    ]
    letter = article(9, "The ferry Marigold sank. Inflation in Norland cooled a bit last month, a bank said.", hours=9)

    lines = timeline([*telling, letter], analyses_of(*telling, letter))

    assert lines
    assert not any("Inflation" in line.text for line in lines)
