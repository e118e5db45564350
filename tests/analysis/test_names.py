"""Names are trimmed to the name, and fitted to what the tables know."""

import pytest

from bot.analysis.names import Name, fitted, titles_length, trimmed, without_overlaps
from bot.model.analysis import ActorId, MentionType
from bot.model.spans import Span
from tests.analysis.known import gazetteer

TITLES = gazetteer().titles


@pytest.mark.parametrize(
    ("text", "kind", "left"),
    [
        ("the Meadow Party's", MentionType.ORGANISATION, "Meadow Party"),
        ('"Brask,"', MentionType.PERSON, "Brask"),
        ("Former Prime Minister Ada Brask", MentionType.PERSON, "Ada Brask"),
        ("Lt. Gen. Ada Brask's", MentionType.PERSON, "Ada Brask"),
        ("rookie Ada Brask", MentionType.PERSON, "Ada Brask"),
        ("Pope Anselm", MentionType.PERSON, "Pope Anselm"),
        ("Brask Inc.", MentionType.ORGANISATION, "Brask Inc."),
    ],
)
def test_marks_articles_possessives_and_titles_are_no_part_of_a_name(text: str, kind: MentionType, left: str) -> None:
    name = trimmed(text, 0, len(text), kind, TITLES)

    assert name is not None
    assert name.text == left
    assert name.span.of(text) == left


@pytest.mark.parametrize("text", ["the", "ALL THE SHOUTING", "Ada/Getty", "some words", "President"])
def test_what_holds_no_name_is_dropped(text: str) -> None:
    assert trimmed(text, 0, len(text), MentionType.PERSON, TITLES) is None


def test_length_of_titles_stops_before_the_name() -> None:
    assert titles_length("President Ada Brask", TITLES) == len("President ")
    assert titles_length("Ada Brask", TITLES) == 0


def known(text: str, words: str, kind: MentionType, form: str = "name") -> Name:
    start = text.index(words)
    return Name(Span(start, start + len(words)), words, kind, ActorId(f"x/{words.lower()}"), form, "table")


def seen(text: str, words: str, kind: MentionType) -> Name:
    start = text.index(words)
    return Name(Span(start, start + len(words)), words, kind)


@pytest.mark.parametrize(
    ("text", "table", "model", "left"),
    [
        (
            "Danish Ada Brask",
            ("Danish", MentionType.COUNTRY, "adjective"),
            ("Danish Ada Brask", MentionType.PERSON),
            ["Danish", "Ada Brask"],
        ),
        (
            "Jordan Brask",
            ("Jordan", MentionType.COUNTRY, "name"),
            ("Jordan Brask", MentionType.PERSON),
            ["Jordan Brask"],
        ),
        (
            "Danish Rope Company",
            ("Danish", MentionType.COUNTRY, "adjective"),
            ("Danish Rope Company", MentionType.ORGANISATION),
            ["Danish Rope Company"],
        ),
        ("eastern Kenya", ("Kenya", MentionType.COUNTRY, "name"), ("eastern Kenya", MentionType.PLACE), ["Kenya"]),
        ("Kenya", ("Kenya", MentionType.COUNTRY, "name"), ("Kenya", MentionType.PERSON), ["Kenya"]),
    ],
)
def test_known_name_wins_unless_it_is_a_piece_of_a_longer_one(
    text: str, table: tuple[str, MentionType, str], model: tuple[str, MentionType], left: list[str]
) -> None:
    names = fitted([known(text, *table)], [seen(text, *model)], TITLES)

    assert [name.text for name in names] == left


def test_two_known_names_stay_two() -> None:
    text = "Kenya and Chad"

    names = fitted(
        [known(text, "Kenya", MentionType.COUNTRY), known(text, "Chad", MentionType.COUNTRY)],
        [seen(text, "Kenya and Chad", MentionType.ORGANISATION)],
        TITLES,
    )

    assert [name.text for name in names] == ["Kenya", "Chad"]


def test_of_two_that_overlap_the_longer_stays() -> None:
    text = "Ada Brask"

    names = without_overlaps([seen(text, "Brask", MentionType.PERSON), seen(text, "Ada Brask", MentionType.PERSON)])

    assert [name.text for name in names] == ["Ada Brask"]
