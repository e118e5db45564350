"""find_actions: facts between two known actors, with the clause that tells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.actions import find_actions, find_title_actions, load_lexicon, sentences_of
from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.model.analysis import Action, Mention, MentionType
from tests.analysis.spoken import GENDERS, mentions_of, words_of

PEOPLE = ("Ilena Vasarik", "Oskar Brandel", "Tobin Wrede")
COUNTRIES = ("Kestria", "Mornavia", "Vessaly")


def mentions(text: str) -> list[Mention]:
    found = [*mentions_of(text, *PEOPLE), *mentions_of(text, *COUNTRIES, type=MentionType.COUNTRY)]
    return sorted(found, key=lambda mention: mention.span)


def actions(language: Language, text: str, title: str | None = None) -> tuple[Action, ...]:
    headline = language.parse(title) if title is not None else None
    return find_actions(language.parse(text), mentions(text), load_lexicon(), headline, genders=GENDERS)


def shown(action: Action) -> tuple[str, str, str]:
    return action.source_name, action.action, action.target_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kestria accused Mornavia of theft.", [("Kestria", "DISAPPROVE", "Mornavia")]),
        ("Mornavia was accused of theft by Kestria.", [("Kestria", "DISAPPROVE", "Mornavia")]),
        (
            "Kestria accused Mornavia and Vessaly of theft.",
            [("Kestria", "DISAPPROVE", "Mornavia"), ("Kestria", "DISAPPROVE", "Vessaly")],
        ),
        ("Kestria and Mornavia met in town.", [("Kestria", "CONSULT", "Mornavia")]),
        ("Ilena Vasarik came. She accused Tobin Wrede of theft.", [("Ilena Vasarik", "DISAPPROVE", "Tobin Wrede")]),
        ("Ilena Vasarik came. Tobin Wrede accused her of theft.", [("Tobin Wrede", "DISAPPROVE", "Ilena Vasarik")]),
        ("Kestria said it will impose sanctions on Mornavia.", [("Kestria", "THREATEN", "Mornavia")]),
        ("The ministers of Kestria held talks with Mornavia.", [("Kestria", "CONSULT", "Mornavia")]),
        ("Mornavia faces demands from Kestria.", [("Kestria", "DEMAND", "Mornavia")]),
    ],
)
def test_deeds_between_known_actors(language: Language, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [shown(action) for action in actions(language, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kestria accused a farmer of theft.",
        "Kestria accused itself of theft.",
        "Kestria might accuse Mornavia of theft.",
        "Kestria beat Mornavia in the quarterfinal and accused Mornavia of theft.",
        "Kestria sent a plane.",
        "It rained in Kestria and in Mornavia.",
    ],
)
def test_no_deed_between_two_known_actors(language: Language, text: str) -> None:
    assert actions(language, text) == ()


def test_article_about_sport_has_none(language: Language) -> None:
    text = "Kestria accused Mornavia of theft."

    assert actions(language, text, title="Kestria reach cup final") == ()
    assert len(actions(language, text, title="Kestria is angry")) == 1


def test_deed_is_told_once_with_its_clause_and_both_class_names(language: Language) -> None:
    text = (
        "On Monday, Kestria urged Mornavia to close the gates. Rain fell. Again Kestria urged Mornavia to close them."
    )

    (action,) = actions(language, text)

    assert action.span.of(text) == "On Monday, Kestria urged Mornavia to close the gates"
    assert (action.action, action.plover) == ("DEMAND", "REQUEST")


def test_investigate_keeps_its_name(language: Language) -> None:
    (action,) = actions(language, "Kestria investigates Mornavia.")

    assert (action.action, action.plover) == ("INVESTIGATE", "INVESTIGATE")


def test_title_tells_its_own_deeds(language: Language) -> None:
    title = "Kestria Accuses Mornavia Of Stealing The River"

    (action,) = find_title_actions(language.parse(title), mentions(title), load_lexicon())

    assert shown(action) == ("Kestria", "DISAPPROVE", "Mornavia")
    assert action.span.of(title).startswith("Kestria Accuses Mornavia")


def test_sentences_cover_a_line(language: Language) -> None:
    words = words_of(language, "Kestria voted. Mornavia did not. It rained.")

    assert [sentence[0].text for sentence in sentences_of(words)] == ["Kestria", "Mornavia", "It"]
    assert [word for sentence in sentences_of(words) for word in sentence] == list(words)


def test_endless_chain_of_nouns_is_survived(language: Language) -> None:
    text = "Kestria accused " + "one of " * 1000 + "Mornavia."

    assert len(actions(language, text)) <= 1


PIECES = st.sampled_from(
    [
        "Kestria", "Mornavia", "Ilena Vasarik", " accused ", " was accused by ", " and ", " met ", " held talks with ",
        " of ", " will impose sanctions on ", "She", "he", " who ", ", ", ". ", "\n", "“", "”", "to kill ", "?",
        " the ", " faces demands from ", "dozens of ", "troops ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_actions_have_two_ends_and_a_clause_of_the_text(language: Language, text: str) -> None:
    known = {mention.actor for mention in mentions(text)}

    for action in actions(language, text):
        assert action.source != action.target
        assert {action.source, action.target} <= known
        assert action.span.of(text).strip()
        assert "\n" not in action.span.of(text)


@given(TEXTS)
def test_without_a_model_there_are_none(text: str) -> None:
    assert actions(RULES, text) == ()


RULES = load_language(RULES_ONLY)
