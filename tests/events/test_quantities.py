"""quantities: numbers whose sentence says what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.quantities import quantities


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("At least seven people died in the fire.", [("dead", 7)]),
        ("Seven people are dead and 12 missing after a storm.", [("dead", 7), ("missing", 12)]),
        ("The death toll from the quake rose to 1,204 on Monday.", [("dead", 1204)]),
        ("The storm killed 14 and left 5,100 people displaced.", [("dead", 14), ("moved", 5100)]),
        ("Police arrested about 30 marchers.", [("arrested", 30)]),
        ("The ship was carrying 186 people to Brae.", [("aboard", 186)]),
        ("Some 20,000 people marched, organisers said; the police counted 8,000.", [("crowd", 20000), ("crowd", 8000)]),
        ("The list names 191 people aboard, not 186.", [("aboard", 191), ("aboard", 186)]),
        ("Divers found three more bodies among the dead.", []),
        ("The bank cut its rate to 4.25 per cent.", []),
        ("One died.", []),
    ],
)
def test_what_is_counted(sentence: str, found: list[tuple[str, float]]) -> None:
    assert [(each.what, each.value) for each in quantities(sentence)] == found


def test_denied_figure_is_marked() -> None:
    assert [each.denied for each in quantities("The list names 191 people aboard, not 186.")] == [False, True]


@given(st.text(alphabet="0123456789 ,.;notdieaboard", max_size=120))
def test_spans_index_the_sentence(sentence: str) -> None:
    for each in quantities(sentence):
        assert each.span.of(sentence).strip()
