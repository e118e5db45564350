"""What the model takes for a person is cut to the name, or dropped."""

import pytest

from bot.analysis.name_checks import checked, storms
from bot.analysis.names import Name
from bot.model.analysis import MentionType
from bot.model.spans import Span

GIVEN = {"ada", "kari"}
TEAMS = {"Herons"}


def person(text: str) -> Name:
    return Name(Span(5, 5 + len(text)), text, MentionType.PERSON)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ada Brask", "Ada Brask"),
        ("REUTERS Ada Brask", "Ada Brask"),
        ("NBA MVP Ada Brask", "Ada Brask"),
        ("JD Brask", "JD Brask"),
        ("Ada Brask he", "Ada Brask"),
        ("Ada van der Meer", "Ada van der Meer"),
        ("Brask", "Brask"),
    ],
)
def test_name_is_cut_to_what_belongs_to_it(text: str, left: str) -> None:
    name = checked(person(text), GIVEN, TEAMS)

    assert name is not None
    assert name.text == left
    assert len(name.span) == len(left)
    assert text[name.span.start - 5 : name.span.end - 5] == left


@pytest.mark.parametrize("text", ["Lecturer at", "ADA BRASK", "Storm Ada", "Katie Brask Show"])
def test_what_is_no_name_is_dropped(text: str) -> None:
    assert checked(person(text), GIVEN, TEAMS) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Herons", MentionType.ORGANISATION),
        ("Brask Tower", MentionType.PLACE),
        ("Brask Airlines", MentionType.ORGANISATION),
        ("Kari Lake", MentionType.PERSON),
    ],
)
def test_last_word_tells_another_type(text: str, kind: MentionType) -> None:
    name = checked(person(text), GIVEN, TEAMS)

    assert name is not None
    assert name.type is kind


def test_storms_bear_names_that_are_nobody_s() -> None:
    assert storms("Hurricane Lala and Tropical Storm Ada passed.") == {"Lala", "Ada"}
