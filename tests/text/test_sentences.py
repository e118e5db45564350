"""split: whole sentences, exact offsets, nothing that was cut off."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.sentences import is_sentence, pieces, split

_TEXTS = st.text(alphabet='aB. !?“”"‘’\n•…:(U.S', max_size=160)


def words(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "He met Mr. Holm in the U.S. on Feb. 2. Then he left.",
            ["He met Mr. Holm in the U.S. on Feb. 2.", "Then he left."],
        ),
        ("A heading\n\nA sentence.\nAnother", ["A sentence."]),
        ("• None One van left.\n• None of them stayed.", ["One van left.", "None of them stayed."]),
        ("“We are late,” she said. “Run!”", ["“We are late,” she said.", "“Run!”"]),
        ("It cost 4.25 per cent at 5 p.m. EST. Fine.", ["It cost 4.25 per cent at 5 p.m. EST.", "Fine."]),
        ("Ms. Varga left at 8 p.m. Tuesday. She ran.", ["Ms. Varga left at 8 p.m. Tuesday.", "She ran."]),
        ("The end is missing because the", []),
        ("And so it went on…", []),
        ('The clerk sat down. "Who owns the goose, he asked', ["The clerk sat down."]),
    ],
)
def test_sentences_are_found_line_by_line(text: str, sentences: list[str]) -> None:
    assert words(text) == sentences


def test_pieces_keep_headings_and_fragments_too() -> None:
    text = "A heading\n\nA sentence. A fragment of"

    assert [span.of(text) for span in pieces(text)] == ["A heading", "A sentence.", "A fragment of"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Done.", True),
        ("“Done.”", True),
        ("Done?)", True),
        ("Done…", False),
        ("Done...", False),
        ("Done", False),
        ("!", False),
    ],
)
def test_a_sentence_ends_with_an_end_mark(text: str, verdict: bool) -> None:
    assert is_sentence(text) is verdict


@given(_TEXTS)
def test_pieces_are_in_order_apart_and_hold_every_letter(text: str) -> None:
    found = pieces(text)

    assert all(a.end <= b.start for a, b in pairwise(found))
    held = "".join(span.of(text) for span in found)
    assert [x for x in held if x.isalnum()] == [x for x in text if x.isalnum()]


@given(_TEXTS)
def test_no_sentence_crosses_a_line(text: str) -> None:
    assert not any("\n" in span.of(text) for span in split(text))


def test_lone_surrogates_and_very_long_lines_are_survived() -> None:
    assert len(pieces("a \ud800 b. " * 3000)) > 1
    assert pieces("“" * 20_000) == ()
