"""Vector: unit length, names and beginnings first, one word never decides alone."""

from hypothesis import given
from hypothesis import strategies as st

from bot.events.idf import StaticIdf
from bot.events.settings import FEEDS, LABELLED
from bot.events.vector import UNIT, Vector, dot, heaviest, read_words, weigh
from tests.events.samples import BANK, FERRY

ENGLISH = StaticIdf.load()


def vector(title: str, text: str) -> Vector:
    return weigh(read_words(title, text, LABELLED), ENGLISH, LABELLED)


def test_likeness_to_itself_is_one() -> None:
    ferry = vector("Ferry sinks", FERRY).weights

    assert abs(dot(ferry, ferry) / UNIT**2 - 1) < 0.001


def test_nothing_in_common_is_nought() -> None:
    assert dot(vector("", "gull reef").weights, vector("", "bank inflation").weights) == 0


def test_names_and_first_words_weigh_more() -> None:
    weights = vector("", "reef Reef2 " + "of " * 300 + "wreck").weights

    assert weights["reef"] > weights["wreck"]
    assert vector("", "Gull gull").weights == vector("", "Gull gull").weights


def test_only_the_heaviest_words_stay_heaviest_first() -> None:
    many = vector("", " ".join(f"bro{chr(97 + one)}{chr(97 + two)}x" for one in range(10) for two in range(10)))

    weights = list(many.weights.values())
    assert len(weights) == LABELLED.terms
    assert weights == sorted(weights, reverse=True)
    assert many.words == 100


def test_one_shared_word_is_cut_down_by_the_guard() -> None:
    one, other = {"help": 3.0, "ocean": 2.0}, {"help": 3.0, "carer": 2.0}

    assert dot(one, other) == 9
    assert dot(one, other, guard=0.3) == 0
    assert dot({"a": 3.0, "b": 3.0}, {"a": 3.0, "b": 3.0}, guard=0.3) == 18


def test_equal_weights_come_in_alphabetical_order() -> None:
    assert heaviest({"b": 1.0, "c": 2.0, "a": 1.0}, 2) == ["c", "a"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    a, b = (weigh(read_words(text, BANK, FEEDS), ENGLISH, FEEDS).weights for text in (one, other))

    assert dot(a, b, 0.3) == dot(b, a, 0.3)
    assert 0 <= dot(a, b) / UNIT**2 < 1.01
