"""The sentence that tells the story, chosen over all its reports."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.analysis import problems
from bot.digest.brief import Brief, brief_of
from bot.digest.sentence_choice import candidates, is_stale, judged, stands_alone
from bot.digest.signature import Rarity
from bot.digest.story import stories_of
from bot.digest.window import window_of
from bot.model.articles import ItemKind
from tests.digest.newsroom import NOON, Newsroom, bridge, request


def brief(newsroom: Newsroom) -> Brief:
    story = stories_of(newsroom.material(), window_of(request()))[0]
    return brief_of(story, Rarity.among(story.fresh))


def chosen(newsroom: Newsroom) -> str:
    made = brief(newsroom)
    return candidates(made, frozenset(made.story.full_names))[0].sentence.text


def told(outlet: str, text: str, title: str = "Skelling Bridge collapses, four dead", **options: object) -> Newsroom:
    """Return a bridge that is reported by three outlets and, last, by one more."""
    newsroom = Newsroom()
    bridge(newsroom)
    newsroom.report(1, outlet, title, text, NOON + timedelta(minutes=1), **options)  # type: ignore[arg-type]
    return newsroom


BEST = "Four people died on Tuesday as Skelling Bridge in Arvania collapsed in the dark, said the police of Arvania."


def test_the_sentence_may_come_from_any_report() -> None:
    assert chosen(told("Radio Quay", BEST)) == BEST


@pytest.mark.parametrize(
    "kind", [ItemKind.OPINION, ItemKind.LIVE, ItemKind.VIDEO, ItemKind.SPORT, ItemKind.PROMO, ItemKind.QUIZ]
)
def test_only_news_lends_its_words(kind: ItemKind) -> None:
    assert chosen(told("Radio Quay", BEST, kind=kind)) != BEST


def test_a_withdrawn_report_lends_no_words() -> None:
    newsroom = told("Radio Quay", BEST)
    newsroom.change(list(newsroom.articles.values())[-1], status="withdrawn")

    assert chosen(newsroom) != BEST


@pytest.mark.parametrize(
    "text",
    [
        "Did four people die as Skelling Bridge in Arvania collapsed in the dark on Tuesday, as police have said?",
        "Read more: four people died as Skelling Bridge in Arvania collapsed in the dark on Tuesday, police said.",
        "We know four people died as Skelling Bridge in Arvania collapsed in the dark on Tuesday, said our reporter.",
        "Four people died as Skelling Bridge in Arvania collapsed The police said on Tuesday in the dark of Arvania.",
        "Four people died as Skelling Bridge in Arvania collapsed in the “dark on Tuesday, the police of Arvania said.",
        "Four died: Skelling Bridge in Arvania collapsed in the dark on Tuesday, said the police of Arvania.",
    ],
    ids=["question", "promotion", "first person", "glued deck", "broken quotation", "label"],
)
def test_a_sentence_with_a_fault_of_form_is_never_chosen(text: str) -> None:
    assert chosen(told("Radio Quay", text)) != text


def test_a_sentence_that_leans_on_another_does_not_stand_alone() -> None:
    sentence = brief(told("Radio Quay", BEST)).story.lending[-1].sentences[0]
    leaning = replace(sentence, traits=replace(sentence.traits, problems=("dangling definite: ship",)))
    however = replace(sentence, traits=replace(sentence.traits, problems=(problems.CONNECTIVE_START,)))

    assert stands_alone(sentence)
    assert not stands_alone(leaning)
    assert not stands_alone(however)
    assert not stands_alone(replace(sentence, traits=replace(sentence.traits, finite=False)))


def test_a_toll_that_no_longer_holds_costs() -> None:
    newsroom = told("Radio Quay", BEST.replace("Four", "Three"))
    made = brief(newsroom)
    low, right = made.story.lending[-1].sentences[0], made.story.lending[0].sentences[0]

    assert made.toll == 4
    assert judged(low, made).score < judged(right, made).score - 0.2


def test_neutral_words_win_over_loaded_ones() -> None:
    loaded = BEST.replace("collapsed", "collapsed in shocking chaos")

    assert chosen(told("Radio Quay", loaded)) != loaded


def test_the_person_whom_every_title_names_must_be_in_it() -> None:
    newsroom = Newsroom()
    text = "Assembly member Mira Voss resigned in Arvania on Tuesday after a vote on fishing rights failed."
    other = "An assembly member has resigned in Arvania on Tuesday after a vote on fishing rights had failed there."
    newsroom.report(1, "Harbour Post", "Mira Voss resigns after fishing vote", other)
    newsroom.report(1, "Radio Quay", "Voss resigns in Arvania", text)

    assert chosen(newsroom) == text


def test_what_was_still_to_come_gives_way_once_a_title_says_it_is_done() -> None:
    newsroom = Newsroom()
    ahead = "Skelling Bridge in Arvania will reopen on Tuesday after a year of repairs, the police of Arvania said."
    done = "Skelling Bridge in Arvania reopened on Tuesday after repairs that took a year, police said."
    newsroom.report(1, "Harbour Post", "Skelling Bridge to reopen in Arvania", ahead)
    newsroom.report(1, "Radio Quay", "Skelling Bridge reopens in Arvania", done, NOON + timedelta(hours=6))

    assert chosen(newsroom) == done


def test_a_day_long_before_the_newest_report_is_stale() -> None:
    newsroom = told("Radio Quay", "Skelling Bridge in Arvania collapsed on 24 February and four people died there.")
    made = brief(newsroom)

    assert is_stale(made.story.lending[-1].sentences[0], made)
    assert not is_stale(made.story.lending[0].sentences[0], made)


def test_a_bare_surname_opens_only_where_its_full_name_is_known() -> None:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "Voss resigns in Arvania", "Voss resigned on Tuesday in Arvania over fishing.")
    made = brief(newsroom)

    assert candidates(made, frozenset()) == ()
    assert candidates(made, frozenset({made.story.lending[0].sentences[0].mentions[0].actor or ""})) != ()  # type: ignore[arg-type]
