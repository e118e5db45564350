"""The speaker named before the words in the same sentence."""

import pytest

from bot.analysis.attribution_head import find_head
from bot.analysis.language import Language
from tests.analysis.spoken import line_of, said_by


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Marrash said: “The wall can rest.”", "Marrash", "said"),
        ("Said Marrash: “The wall can rest.”", "Marrash", "Said"),
        ("Marit Oskane: “We asked for bread.”", "Marit Oskane", ":"),
        ("Oskane, who keeps bees, told the radio, “We asked for bread.”", "Oskane", "told"),
        ("According to Ilko Marrash, “the wall can rest”.", "Ilko Marrash", "According to"),
        ("My late aunt, who kept a mill, used to say: “Rivers move.”", "My late aunt", "to say"),
        ("Oskane saw that Ordway had said trains would run “like rivers”.", "Ordway", "had said"),
    ],
)
def test_speaker_before_the_words(language: Language, text: str, source: str, cue: str) -> None:
    line = line_of(language, text)

    assert said_by(find_head(line, line.quotes[0]), text) == (source, cue)


def test_words_of_an_earlier_sentence_name_nobody(language: Language) -> None:
    line = line_of(language, "Marrash said so. “The wall can rest.”")

    assert find_head(line, line.quotes[0]) is None
