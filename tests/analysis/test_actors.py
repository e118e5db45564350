"""Actors and genders are told from the document's own words."""

import pytest

from bot.analysis.actors import actors_of, gender_before, gender_of_name, organisation_id
from bot.analysis.linking import People
from bot.model.analysis import ActorId, Mention, MentionType
from bot.model.spans import Span
from tests.analysis.known import gazetteer


@pytest.mark.parametrize(
    ("before", "gender"),
    [
        ("Mrs ", "f"),
        ("said Mr. ", "m"),
        ("the actress ", "f"),
        ("Crown Prince ", "m"),
        ("Mayor ", None),
        ("", None),
        ("Dr ", None),
    ],
)
def test_title_before_a_name_tells_the_gender(before: str, gender: str | None) -> None:
    assert gender_before(before + "Brask", len(before), gazetteer()) == gender


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Peter Brask", "m"), ("Anna Brask", "f"), ("Alex Brask", None), ("Peter", None), ("Qwyx Brask", None)],
)
def test_given_name_tells_the_gender(name: str, gender: str | None) -> None:
    assert gender_of_name(name, gazetteer()) == gender


def test_actor_has_the_other_names_of_the_document() -> None:
    people = People(gazetteer().nicknames)
    for name in ("Joe Quandel", "Joseph R. Quandel"):
        people.add(name)
    bakers = organisation_id("Union of Bakers")
    mentions = [
        Mention(Span(0, 1), MentionType.PERSON, ActorId("person/joseph-r-quandel"), "Joseph R. Quandel"),
        Mention(Span(2, 3), MentionType.ORGANISATION, bakers, "Union of Bakers"),
        Mention(Span(4, 5), MentionType.PLACE, None, "Oslo"),
    ]

    actors = actors_of(mentions, people, {bakers: {"UB"}}, gazetteer())

    assert [(actor.name, actor.aliases) for actor in actors] == [
        ("Joseph R. Quandel", ("Joe Quandel",)),
        ("Union of Bakers", ("UB",)),
    ]
