"""Gazetteer: longest match, whole words, and a test for every spelling that may be something else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.gazetteer import Gazetteer
from bot.model.analysis import ActorId, MentionType
from tests.analysis.known import demo_gazetteer, found, gazetteer
from tests.growth import grows_with_length


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("They flew from Niger to Nigeria.", [("Niger", "country/niger"), ("Nigeria", "country/nigeria")]),
        ("the House of Lords sat", [("House of Lords", "body/house-of-lords")]),
        ("the Ukrainian army held", [("Ukrainian army", "body/army-ukraine")]),
        ("Kenya's parliament rose", [("Kenya's parliament", "body/parliament-kenya")]),
        ("the Central Bank of Kenya", [("Central Bank of Kenya", "body/central-bank-kenya")]),
        ("the Philippines’ navy", [("Philippines’ navy", "body/navy-philippines")]),
        ("Israeli army units", [("Israeli army", "body/idf")]),
        ("demands from the U.S on each", [("U.S", "country/united-states")]),
        ("Danes and the Danish", [("Danes", "country/denmark"), ("Danish", "country/denmark")]),
        ("She moved to The Hague.", [("The Hague", "city/the-hague")]),
        (
            "Central and Eastern European states",
            [("Central and Eastern European", "region/central-and-eastern-europe")],
        ),
    ],
)
def test_longest_whole_name_is_found(text: str, hits: list[tuple[str, str]]) -> None:
    assert found(text) == hits


@pytest.mark.parametrize(
    "text",
    [
        "a pro-Russia rally",
        "write to me@Germany",
        "FRANCE AND SPAIN AGREE ON WINE",
        "Romania's neighbour Xromania",
        "see spain.example",
    ],
)
def test_words_joined_to_others_and_shouted_lines_do_not_count(text: str) -> None:
    assert [
        hit for hit in found(text) if hit[1] in {"country/russia", "country/germany", "country/france", "country/spain"}
    ] == []


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("US-China talks", ["country/united-states", "country/china"]),
        ("Russia-backed rebels", ["country/russia"]),
        ("Rep. Ann Poole (D-Ohio) spoke", ["us-state/ohio"]),
        ("born in Macon, Ga., in May", ["us-state/georgia"]),
    ],
)
def test_hyphens_that_join_names_leave_them_names(text: str, hits: list[str]) -> None:
    assert [actor for _, actor in found(text) if not actor.startswith("city/")] == hits


@pytest.mark.parametrize(
    "text", ["the Cold War ended", "on Monday", "an Airbus A320", "the University of Chicago", "Chicago Bulls win"]
)
def test_blocked_strings_and_pieces_of_longer_names_are_nobody(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "country", "hit"),
    [
        ("The Senate passed the bill.", "US", "body/us-senate"),
        ("The Senate passed the bill.", "AU", "body/australian-senate"),
        ("In Paris, France, the Senate passed the bill.", "US", "body/french-senate"),
        ("The Senate passed the bill.", None, None),
    ],
)
def test_country_rule_asks_the_document_then_the_outlet(text: str, country: str | None, hit: str | None) -> None:
    senate = [actor for words, actor in found(text, outlet_country=country) if words == "Senate"]

    assert senate == ([hit] if hit else [])


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("NATO met. Later the alliance spoke.", True),
        ("An orchard met. Later the alliance spoke.", False),
        ("Shell raised its oil output.", True),
        ("A shell fell. Shell it is.", False),
        ("talks between Russia and the West", True),
        ("Go West, they said", False),
        ("police in Sydney said", True),
        ("Sydney Barrow said", False),
        ("Polish farmers and French Polish", False),
    ],
)
def test_other_rules_read_the_words_around(text: str, counts: bool) -> None:
    wanted = {
        "igo/nato": "the alliance",
        "company/shell": "Shell",
        "region/west": "West",
        "city/sydney": "Sydney",
        "country/poland": "Polish",
    }

    hits = [words for words, actor in found(text) if wanted.get(actor) == words]

    assert bool(hits) is counts


def test_article_belongs_to_a_name_that_needs_it() -> None:
    assert ("the alliance", "igo/nato") in found("NATO said the alliance was ready.")


def test_title_helps_to_read_the_text() -> None:
    title, body = gazetteer().scan(("NATO ministers meet", "The talks of the alliance go on."))

    assert [hit.actor for hit in title] == ["igo/nato"]
    assert [hit.actor for hit in body] == ["igo/nato"]


def test_actor_of_a_pattern_acts_for_its_country() -> None:
    actor = gazetteer().actor(gazetteer().find("Kenya's parliament")[0].actor)

    assert actor is not None
    assert (actor.name, actor.acts_for, actor.type) == (
        "parliament of Kenya",
        "country/kenya",
        MentionType.ORGANISATION,
    )


def test_demo_world_is_read_by_the_same_rules() -> None:
    text = "Kestria’s parliament and the Mornavian army spoke to the alliance."

    hits = [(hit.span.of(text), hit.actor) for hit in demo_gazetteer().find(text)]

    assert hits == [
        ("Kestria’s parliament", "body/kestrian-assembly"),
        ("Mornavian army", "body/army-mornavia"),
        ("the alliance", "igo/aiss"),
    ]


def test_scanning_keeps_up_with_long_texts() -> None:
    sentence = "The Danish minister flew from Oslo to Kenya, where NATO and the Kenyan army wait for rain. "

    assert grows_with_length(Gazetteer.load().find, sentence, 200_000)


@given(
    st.lists(
        st.sampled_from(
            ["Kenya", "the", "House", "of", "Commons", "U.S.", "-", ", ", "\n", "’s", "army", "x", "Niger"]
        ),
        max_size=14,
    )
)
def test_hits_are_in_order_apart_and_inside_lines(pieces: list[str]) -> None:
    text = " ".join(pieces)

    hits = gazetteer().find(text)

    assert all(a.span.end <= b.span.start for a, b in pairwise(hits))
    assert all("\n" not in hit.span.of(text) and hit.span.of(text).strip() == hit.span.of(text) for hit in hits)
    assert all(gazetteer().actor(hit.actor) is not None for hit in hits)


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    assert all(hit.span.of(text) for hit in gazetteer().find(text))


def test_an_armed_wing_goes_by_a_name_of_its_own() -> None:
    wings = ("brigades", "armed wing", "military wing")
    rows = [gazetteer().actor(ActorId(actor)) for _, actor in found("Hamas and the al-Qassam Brigades left.")]

    assert [row.name for row in rows if row] == ["Hamas", "Izz ad-Din al-Qassam Brigades"]
    for row in gazetteer().actors():
        if not any(wing in row.name.lower() for wing in wings):
            assert not [alias for alias in row.aliases if any(wing in alias.lower() for wing in wings)], row.name
