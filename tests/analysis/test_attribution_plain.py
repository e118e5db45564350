"""Without a language model only what is plain beside the marks is attributed."""

import pytest

from bot.analysis.language import RULES_ONLY, load_language
from tests.analysis.spoken import attributed

RULES = load_language(RULES_ONLY)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“The wall can rest,” Ilko Marrash told reporters.", "Ilko Marrash"),
        ("“The wall can rest,” added Ilko Marrash, referring to the dam.", "Ilko Marrash"),
        ("“The wall can rest,” the judge said.", "the judge"),
        ("“The wall can rest,” she said.", "she"),
        ("Ilko Marrash said: “The wall can rest.”", "Ilko Marrash"),
    ],
)
def test_plain_patterns_name_the_speaker(text: str, source: str) -> None:
    assert attributed(RULES, text)[0][0] == source


@pytest.mark.parametrize(
    "text", ["“The wall can rest.” It rained.", "A “wall” of rain fell.", "Marrash said the wall can rest."]
)
def test_anything_less_plain_is_left_out(text: str) -> None:
    assert attributed(RULES, text) == []


def test_second_sentence_goes_on() -> None:
    text = "“The wall can rest,” Ilko Marrash said. “We cannot, though we would like to.”"

    assert attributed(RULES, text) == [
        ("Ilko Marrash", ["“The wall can rest,”", "“We cannot, though we would like to.”"])
    ]
