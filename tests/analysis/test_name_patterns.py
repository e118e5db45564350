"""Names that shape alone makes plain, with no language model."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.language import RULES_ONLY, load_language
from bot.analysis.name_patterns import capital_runs, patterned_names
from bot.model.analysis import MentionType
from tests.analysis.known import gazetteer

RULES = load_language(RULES_ONLY)


def names(text: str) -> list[tuple[str, MentionType]]:
    parsed = RULES.parse(text)
    found = patterned_names(parsed, gazetteer())
    assert all(name.span.of(parsed.plain) == name.text for name in found)
    return [(name.text, name.type) for name in found]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Prime Minister Tova Mellin said no.", "Tova Mellin"),
        ("In March the transport minister Ulto Brask resigned.", "Ulto Brask"),
        ("Mrs. Brask disagreed.", "Brask"),
        ("Peter Quandel left.", "Peter Quandel"),
        ("Halda Orrin, head of the harbour office, agreed.", "Halda Orrin"),
        ("They met Orlan T. Brask there.", "Orlan T. Brask"),
        ("Ursula van der Meer's plan", "Ursula van der Meer"),
    ],
)
def test_title_given_name_and_apposition_show_a_person(text: str, person: str) -> None:
    assert (person, MentionType.PERSON) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Attorney General for the south",
        "The General Assembly met.",
        "President Street is wet.",
        "On Monday Tuesday came.",
        "PRESIDENT BRASK QUITS AT LAST",
        "The President spoke.",
    ],
)
def test_titles_before_other_things_show_nobody(text: str) -> None:
    assert [text for text, kind in names(text) if kind is MentionType.PERSON] == []


@pytest.mark.parametrize(
    ("text", "organisation"),
    [
        ("The Upland Dam Authority closed.", "Upland Dam Authority"),
        ("The Union of Lowland Bakers wants more.", "Union of Lowland Bakers"),
        ("Peter Quandel of the Meadow Party spoke.", "Meadow Party"),
    ],
)
def test_first_or_last_word_shows_an_organisation(text: str, organisation: str) -> None:
    assert (organisation, MentionType.ORGANISATION) in names(text)


@given(
    st.lists(
        st.sampled_from(["Mr", "Ada", "Brask", "the", "of", "van", "J.", "BBC", "said", ",", ".", "\n", "’s", "Party"]),
        max_size=16,
    )
)
def test_runs_are_stretches_of_one_line_in_order(pieces: list[str]) -> None:
    plain = " ".join(pieces)

    runs = list(capital_runs(plain))

    assert all(run.part(0)[0].of(plain) == run.part(0)[1] for run in runs)
    assert all(a.part(0)[0].end <= b.start for a, b in pairwise(runs))
    assert all("\n" not in run.part(0)[1] for run in runs)
