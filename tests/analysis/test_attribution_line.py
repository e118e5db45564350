"""A line knows which of its words stand between marks, and which stretches are titles."""

import pytest

from bot.analysis.language import Language
from tests.analysis.spoken import line_of


def test_words_between_marks_are_inside(language: Language) -> None:
    line = line_of(language, "“We agreed,” she said.")

    assert [word.text for word in line.words if line.inside[word.i]] == ['"', "We", "agreed", ",", '"']
    assert [line.outside(place) for place in (-1, 0, 5, len(line))] == [False, False, True, False]


def test_quote_knows_its_words_and_its_end(language: Language) -> None:
    (quote,) = line_of(language, "She said: “We agreed on 17 points.”").quotes

    assert (quote.words, quote.last, quote.capitalised) == (5, ".", True)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Her new film “The Salt Road” opens on Friday.", True),
        ("They dubbed “The Salt Road” a bore.", False),
        ("She said: “The Salt Road.”", False),
        ("She spoke of a “road of salt” that ends here.", False),
        ("“The Salt Road,” she said.", False),
    ],
)
def test_titles_of_works_are_told_from_speech(language: Language, text: str, title: bool) -> None:
    line = line_of(language, text)

    assert line.is_title(line.quotes[0]) is title
