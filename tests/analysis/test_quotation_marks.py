"""pair_marks: what stands between quotation marks, whatever became of them on their way."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.quotation_marks import Quoted, pair_marks
from bot.model.spans import Span


def lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip()
        if body:
            spans.append(Span(start, start + len(body)))
        start += len(line)
    return spans


def inner(text: str) -> list[str]:
    return [quoted.inner.of(text) for quoted in pair_marks(text, lines(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The wall rests,” he said. “I do not.”", ["The wall rests,", "I do not."]),
        ('"The wall rests," he said. "I do not."', ["The wall rests,", "I do not."]),
        ("``The wall rests,'' he said.", ["The wall rests,"]),
        ("«The wall rests», he said.", ["The wall rests"]),
        ("“As she says, “never again”, and means it,” he said.", ["As she says, “never again”, and means it,"]),
        ("\"Her 'open hands' are empty,\" he said.", ["Her 'open hands' are empty,"]),
        ("”The wall rests.” ― Ilko Marrash", ["The wall rests."]),
        ('The board is 5\'10" wide and 6" thick.', []),
        ("It was called the so-called “wall”.", ["wall"]),
        ("No marks here.", []),
        ('“” ““”” "" “ , ”', []),
        ("", []),
    ],
)
def test_stretches_between_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_nickname_in_a_name_is_no_quote() -> None:
    assert inner("Marit “Mo” Oskane leads the union. Mirko “Bees” said no.") == ["Bees"]


def test_stretch_that_the_next_paragraph_goes_on_with_is_open() -> None:
    text = "“We rest tonight.\n\n“We march tomorrow,” she said."

    first, second = pair_marks(text, lines(text))

    assert (first.goes_on, second.goes_on) == (True, False)
    assert first.inner.of(text) == "We rest tonight."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We rest tonight, he said.", ["We rest tonight, he said."]),
        ("He said: “We rest tonight.", ["We rest tonight."]),
        ("He spoke of “rest and went.", []),
        ("“" + "word " * 400, []),
    ],
    ids=["at the start", "behind a colon", "in the middle", "too long"],
)
def test_lost_closing_mark_counts_only_where_speech_is_likely(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


MARKED = st.lists(st.sampled_from(["“", "”", '"', "„", "''", "``", "a", "Bo", " ", ", ", ". ", "\n", "’"]), max_size=40)


@given(MARKED.map("".join))
def test_stretches_are_verbatim_ordered_and_apart(text: str) -> None:
    paragraphs = lines(text)

    found: tuple[Quoted, ...] = pair_marks(text, paragraphs)

    assert all(quoted.outer.contains(quoted.inner) for quoted in found)
    assert all(any(paragraph.contains(quoted.outer) for paragraph in paragraphs) for quoted in found)
    assert all(one.outer.end <= other.outer.start for one, other in pairwise(found))
