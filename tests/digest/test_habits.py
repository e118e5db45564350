"""What is usual for a feed is learned from its reports: decks that run into the text, ledes, decks."""

from datetime import timedelta

import pytest

from bot.digest.account import Account
from bot.digest.edition import make_edition
from bot.digest.habits import FEWEST_REPORTS, habits_of
from bot.digest.wording import LOADED, OPINION, PICTURED, PRESUMED, is_feature
from tests.digest.newsroom import NOON, Newsroom, bridge, request

DECK = "Inquiry opens after night of rain in the valley"
LEDE = "Police said on Tuesday that Skelling Bridge in Arvania had collapsed and that four people had died there."


def accounts(newsroom: Newsroom) -> list[Account]:
    return [Account(article, newsroom.analyses[number]) for number, article in newsroom.articles.items()]


def glued(newsroom: Newsroom, count: int) -> None:
    for number in range(count):
        text = f"{DECK} The mayor of Port Calder has closed road {number}, Mira Voss said on Monday."
        newsroom.report(50 + number, "Glued Gazette", f"Road {number} closed in Port Calder", text, NOON)


def test_a_feed_whose_decks_run_into_its_text_is_known_by_some_of_them() -> None:
    newsroom = Newsroom()
    glued(newsroom, 2)
    for number in range(FEWEST_REPORTS):
        newsroom.report(
            80 + number, "Glued Gazette", f"Bridge {number} opened", f"Bridge {number} was opened in Arvania."
        )

    habits = habits_of(accounts(newsroom))

    assert habits.glued == {"Glued Gazette"}


def test_nothing_is_said_of_a_feed_with_few_reports() -> None:
    newsroom = Newsroom()
    glued(newsroom, FEWEST_REPORTS - 1)

    habits = habits_of(accounts(newsroom))

    assert habits.glued == frozenset()
    assert habits.lede == {}


def test_the_first_sentence_of_a_glued_feed_is_never_printed() -> None:
    newsroom = Newsroom()
    glued(newsroom, FEWEST_REPORTS)
    bridge(newsroom)
    newsroom.report(
        1, "Glued Gazette", "Skelling Bridge collapses, four dead", f"{DECK} {LEDE}", NOON + timedelta(hours=2)
    )

    edition = make_edition(newsroom.material(), request())

    assert all(DECK not in item.text for item in edition.items)


def test_a_lede_tells_its_headline_again_and_a_deck_does_not() -> None:
    newsroom = Newsroom()
    for number in range(FEWEST_REPORTS):
        title = f"Rail strike strands commuters in Port Calder, day {number}"
        newsroom.report(number, "Lede Post", title, f"A rail strike strands commuters in Port Calder on day {number}.")
        newsroom.report(
            90 + number, "Deck Post", title, "Nobody knows how long it will last, the union warned Arvania."
        )

    habits = habits_of(accounts(newsroom))

    assert habits.lede["Lede Post"] > 0.8
    assert habits.lede["Deck Post"] < 0.3


@pytest.mark.parametrize(
    "text",
    [
        "The comedy sketch show was watched by many.",
        "The mayor who had promised a bridge resigned.",
    ],
)
def test_who_or_what_is_presumed_is_seen(text: str) -> None:
    assert PRESUMED.match(text)


@pytest.mark.parametrize(
    "text", ["The mayor of Port Calder was charged.", "The Northern Assembly has voted.", "Two men were charged."]
)
def test_a_named_subject_presumes_nothing(text: str) -> None:
    assert PRESUMED.match(text) is None


def test_words_of_opinion_gossip_and_pictures_are_known() -> None:
    assert OPINION.search("The vote is shaping up as a duel")
    assert OPINION.search("Voters go to the polls in May") is None
    assert LOADED.search("She slammed the plan")
    assert PICTURED.search("the minister (pictured)")
    assert is_feature("Telescope celebrates 30 years")
    assert is_feature("Clip of a swimming cow goes viral")
