"""The speaker above the words in the parse tree."""

import pytest

from bot.analysis.attribution_tree import climb, find_behind
from bot.analysis.language import Language
from tests.analysis.spoken import line_of, said_by


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Lena Ordway called the walkout “a strike against children”.", "Lena Ordway", "called"),
        ("Vasarik said that Danchik had called the talks “frank”.", "Vasarik", "said"),
        ("Vasarik issued a warning that the flood would have “grave consequences”.", "Vasarik", "warning"),
        ("Vasarik’s claim that the gates were “wide open” was false.", "Vasarik", "claim"),
        ("The charge was dismissed by Mornavia as “complete fog”.", "Mornavia", "was dismissed"),
        ("For years, Vasarik said, many have believed that “rivers never move”.", "Vasarik", "said"),
    ],
)
def test_outermost_speech_above_the_words_wins(language: Language, text: str, source: str, cue: str) -> None:
    line = line_of(language, text)

    assert said_by(climb(line, line.quotes[0], 0), text) == (source, cue)


def test_full_stop_closes_words_to_what_follows(language: Language) -> None:
    text = "“Money always has a name.” Palsen denies taking it."
    line = line_of(language, text)

    assert find_behind(line, line.quotes[0]) is None


def test_words_may_be_a_part_of_what_follows(language: Language) -> None:
    text = "“Open hands” is what Ruzhko said she would bring"
    line = line_of(language, text)

    assert said_by(find_behind(line, line.quotes[0]), text) == ("Ruzhko", "said")
