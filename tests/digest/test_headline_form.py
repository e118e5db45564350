"""Headlines that can be printed as they are, and decks that may follow."""

import pytest

from bot.digest.brief import Brief, brief_of
from bot.digest.headline_form import headlines, trimmed, with_decks
from bot.digest.signature import Rarity
from bot.digest.story import stories_of
from bot.digest.window import window_of
from bot.model.articles import ItemKind
from tests.digest.newsroom import Newsroom, request

TEXT = "Four people died when Skelling Bridge in Arvania collapsed on Tuesday, the police said."


def brief(title: str, text: str = TEXT, kind: ItemKind = ItemKind.NEWS) -> Brief:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", title, text, kind=kind)
    story = stories_of(newsroom.material(), window_of(request()))[0]
    return brief_of(story, Rarity.among(story.fresh))


def test_a_plain_headline_in_sentence_case_is_printed_as_published() -> None:
    (found,) = headlines(brief("Four die as Skelling Bridge collapses in Arvania"))

    assert found.text == "Four die as Skelling Bridge collapses in Arvania"


@pytest.mark.parametrize(
    "title",
    [
        "Bridge collapse: four die in Arvania at night",
        "Why four died as Skelling Bridge collapsed in Arvania",
        "Did four die as Skelling Bridge collapsed in Arvania?",
        "Four Die As Old Bridge Collapses In Big City At Night",
        "Four die as Skelling Bridge COLLAPSES in Arvania",
        "Rail strike enters Day 12 and strands commuters in Port Calder",
        "Four die as bridge collapses... and nobody knows why",
        "Bridge news",
        "The long grey bridge of Port Calder in the rain",
    ],
    ids=["label", "teaser", "question", "title case", "shouting", "a counter", "dots", "too short", "no verb"],
)
def test_headlines_that_need_a_change_to_be_printed_are_left_out(title: str) -> None:
    assert headlines(brief(title)) == ()


@pytest.mark.parametrize(
    "title",
    [
        "IS claims attack on Skelling Bridge in Arvania",
        "WHO has declared an emergency at Skelling Bridge in Arvania",
        "Viral fever has killed four people near Skelling Bridge",
    ],
)
def test_organisations_in_capitals_and_hard_news_are_printed(title: str) -> None:
    assert [found.text for found in headlines(brief(title))] == [title]


def test_headlines_of_opinion_are_left_out() -> None:
    assert headlines(brief("Four died because nobody cared in Arvania", kind=ItemKind.OPINION)) == ()


def test_words_are_counted_for_one_liners() -> None:
    title = "Four die as Skelling Bridge collapses in Arvania in the night from Monday"

    assert headlines(brief(title)) != ()
    assert headlines(brief(title), 12) == ()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Breaking: Bridge collapses in Arvania", "Bridge collapses in Arvania"),
        ("Bridge collapses in Arvania - Harbour Post", "Bridge collapses in Arvania"),
        ("Bridge collapses in Arvania | Harbour Post", "Bridge collapses in Arvania"),
        ("Bridge collapses in Arvania", "Bridge collapses in Arvania"),
    ],
)
def test_what_stands_around_a_headline_is_cut(title: str, shown: str) -> None:
    assert trimmed(title).of(title) == shown


def test_a_deck_follows_only_where_it_says_more_than_its_headline() -> None:
    deck = "Police said that divers will search the river under the bridge for a lorry until Friday."
    telling = brief("Four die as Skelling Bridge collapses in Arvania", deck)
    echo = brief("Four people die as Skelling Bridge collapses", "Four people died as Skelling Bridge collapsed.")

    assert [found.deck.text for found in with_decks(headlines(telling)) if found.deck] == [deck]
    assert list(with_decks(headlines(echo))) == []
