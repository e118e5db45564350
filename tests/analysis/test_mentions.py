"""Mentions of whole articles: types mended, people linked, places told from actors."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.linking import is_local
from bot.analysis.mentions import Names, find_mentions, find_names
from bot.model.analysis import MentionType
from tests.analysis.known import demo_gazetteer, gazetteer

RULES = load_language(RULES_ONLY)


def read(language: Language, text: str, title: str | None = None) -> Names:
    return find_names(language.parse(text), gazetteer(), title=language.parse(title) if title else None)


def actors(language: Language, text: str) -> dict[str, str | None]:
    return {mention.span.of(text): mention.actor for mention in find_mentions(language.parse(text), gazetteer())}


def test_later_surname_is_the_person_of_the_full_name(language: Language) -> None:
    text = (
        "Foreign Minister Tova Mellin flew to Oslo on Monday.\n\nMellin said the talks went well. Mellin’s aide agreed."
    )

    names = read(language, text)

    people = [(m.span.of(text), m.actor, m.type) for m in names.mentions if m.actor == "person/tova-mellin"]
    assert [words for words, _, _ in people] == ["Tova Mellin", "Mellin", "Mellin"]
    assert {kind for _, _, kind in people} == {MentionType.PERSON}


def test_surname_in_the_title_is_the_person_of_the_text(language: Language) -> None:
    title = "Mellin flies to Oslo"

    names = read(language, "Foreign Minister Tova Mellin flew to Oslo on Monday.", title)

    assert ("Mellin", "person/tova-mellin") in [(m.span.of(title), m.actor) for m in names.title_mentions]


def test_titles_possessives_and_marks_are_no_part_of_a_mention(language: Language) -> None:
    text = "“No,” said Danish Prime Minister Tova Mellin’s aide. Mr. Orrin agreed."

    words = [m.span.of(text) for m in read(language, text).mentions]

    assert "Tova Mellin" in words
    assert "Orrin" in words


def test_mr_and_mrs_of_one_surname_are_two(language: Language) -> None:
    text = "Mr Orrin came early. Mrs Orrin came late."

    ids = [m.actor for m in read(language, text).mentions if m.span.of(text) == "Orrin"]

    assert len(set(ids)) == 2


def test_surname_without_full_name_is_good_in_this_article_only(language: Language) -> None:
    one = "Mr Orrin came early, said Mr Orrin."
    ids = {m.actor for m in read(language, one).mentions if m.span.of(one) == "Orrin"}
    other = {m.actor for m in read(language, one + " It rained.").mentions if m.type is MentionType.PERSON}

    assert len(ids) == 1
    assert all(actor is not None and is_local(actor) for actor in ids)
    assert ids.isdisjoint(other)


def test_acronym_leads_to_the_name_it_stands_for(language: Language) -> None:
    text = "The Union of Lowland Bakers (ULB) wants more. ULB has 900 members."

    found = actors(language, text)

    assert found["ULB"] == found["Union of Lowland Bakers"] == "organisation/union-of-lowland-bakers"


def test_city_is_a_place_until_it_acts(language: Language) -> None:
    text = "It rained in Moscow. Moscow rejected the plan. The Kremlin denied it."

    moscow = [(m.actor, m.name) for m in read(language, text).mentions if m.span.of(text) == "Moscow"]

    assert moscow == [(None, "Moscow"), ("city/moscow", None)]
    assert actors(language, text)["Kremlin"] == "metonym/kremlin"


def test_brussels_is_the_union_unless_belgium_is_near(language: Language) -> None:
    union = "Brussels rejected the plan."
    belgium = "Belgian ministers met. Brussels rejected the plan."

    assert actors(language, union)["Brussels"] == "city/brussels"
    assert actors(language, belgium)["Brussels"] == "country/belgium"


def test_adjective_leads_to_its_country_without_being_its_name(language: Language) -> None:
    text = "Danish farmers and the Danes came."

    forms = {m.span.of(text): (m.actor, m.form) for m in read(language, text).mentions}

    assert forms == {"Danish": ("country/denmark", "adjective"), "Danes": ("country/denmark", "people")}


def test_genders_come_from_titles_and_given_names(language: Language) -> None:
    names = read(language, "Mrs Tova Mellin met Peter Quandel and Orl Brimm, the engineer.")

    assert names.genders["person/tova-mellin"] == "f"  # type: ignore[index]
    assert names.genders["person/peter-quandel"] == "m"  # type: ignore[index]


def test_actors_stand_once_in_the_order_of_their_mentions(language: Language) -> None:
    names = read(language, "Peter Quandel left Kenya. Quandel liked Kenya.")

    assert [actor.id for actor in names.actors] == ["person/peter-quandel", "country/kenya"]
    assert [actor.known for actor in names.actors] == [False, True]


def test_headline_in_title_case_lends_no_odd_names(language: Language) -> None:
    title = "Why Peter Quandel Never Really Left Kenya Alone"

    names = read(language, "Peter Quandel came back to Kenya on Monday.", title)

    assert [(m.span.of(title), m.actor) for m in names.title_mentions] == [
        ("Peter Quandel", "person/peter-quandel"),
        ("Kenya", "country/kenya"),
    ]


def test_without_a_model_tables_and_shapes_still_find_names() -> None:
    text = "Kestria’s Prime Minister Tova Mellin met the alliance in Halvern. Mellin was glad."

    mentions = find_mentions(RULES.parse(text), demo_gazetteer())

    assert [(m.span.of(text), m.actor) for m in mentions] == [
        ("Kestria", "country/kestria"),
        ("Tova Mellin", "person/tova-mellin"),
        ("the alliance", "igo/aiss"),
        ("Halvern", None),
        ("Mellin", "person/tova-mellin"),
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "• ", "BREAKING NEWS", "…", "“”"])
def test_texts_without_names_have_none(language: Language, text: str) -> None:
    assert read(language, text).mentions == ()


PIECES = [
    "Ada Brask",
    "Brask",
    "Mr",
    "President",
    "Kenya",
    "the Kremlin",
    "Moscow",
    "said",
    "in",
    ".",
    "\n",
    "’s",
    "“",
    "”",
    "• None ",
    "(ULB)",
    "Union of Lowland Bakers",
]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_mentions_are_in_order_apart_and_inside_lines(pieces: list[str]) -> None:
    text = " ".join(pieces)

    mentions = find_mentions(RULES.parse(text), gazetteer())

    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
    assert all("\n" not in m.span.of(text) and m.span.of(text) == m.span.of(text).strip() for m in mentions)
    assert all(not m.span.of(text).endswith(("'s", "’s")) for m in mentions)
