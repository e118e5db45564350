"""find_quotes: verbatim words, honest speakers, kinds and subjects."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.quotes import find_quotes, read_lines, telling
from bot.model.analysis import MentionType, Quote, QuoteKind
from bot.model.spans import Span
from tests.analysis.spoken import mentions_of, quotes_of

MARKS = frozenset('“”"„«»')


def shown(quote: Quote, text: str) -> tuple[QuoteKind, list[str], str | None]:
    return quote.kind, [span.of(text) for span in quote.content], quote.speaker_name


def test_direct_partial_and_reported_are_told_apart(language: Language) -> None:
    text = (
        "“Rivers move,” said Sabina Ruzhko. She called the stones “a joke in granite”.\n\n"
        "Linden House said it expected no surprises."
    )
    house = mentions_of(text, "Linden House", type=MentionType.ORGANISATION)

    quotes = quotes_of(language, text, *mentions_of(text, "Sabina Ruzhko"), *house)

    assert [shown(quote, text) for quote in quotes] == [
        (QuoteKind.DIRECT, ["Rivers move,"], "Sabina Ruzhko"),
        (QuoteKind.PARTIAL, ["the stones", "a joke in granite"], "Sabina Ruzhko"),
        (QuoteKind.REPORTED, ["it expected no surprises"], "Linden House"),
    ]


def test_quotes_know_whom_they_are_about(language: Language) -> None:
    text = "Sabina Ruzhko said that Nadja Korrin had kept the map."

    (quote,) = quotes_of(language, text, *mentions_of(text, "Sabina Ruzhko", "Nadja Korrin"))

    assert (quote.speakers, quote.about) == (("person/sabina-ruzhko",), ("person/nadja-korrin",))


def test_cue_and_source_are_spans_of_the_text(language: Language) -> None:
    text = "“Rivers move,” added Sabina Ruzhko, the water minister."

    (quote,) = quotes_of(language, text, *mentions_of(text, "Sabina Ruzhko"))

    assert quote.cue is not None
    assert quote.source is not None
    assert (quote.cue.of(text), quote.source.of(text)) == ("added", "Sabina Ruzhko")


def test_quotes_stand_in_the_order_of_the_text(language: Language) -> None:
    text = "Ruzhko said it was late. “Rivers move,” Korrin said. Linde said nothing was lost."

    quotes = quotes_of(language, text)

    assert [quote.content[0].start for quote in quotes] == sorted(quote.content[0].start for quote in quotes)


@pytest.mark.parametrize(
    ("kind", "words", "verbatim"),
    [
        (QuoteKind.PARTIAL, ("hopes to", "find a way", "today"), "hopes to “find a way” today"),
        (QuoteKind.PARTIAL, ("find a way", "bad"), "“find a way” … “bad”"),
        (QuoteKind.PARTIAL, ("bad",), "bad"),
        (QuoteKind.DIRECT, ("find a way", "bad"), "find a way … bad"),
    ],
)
def test_pieces_are_shown_as_they_stand(kind: QuoteKind, words: tuple[str, ...], verbatim: str) -> None:
    text = "He hopes to “find a way” today, adding that it is “bad”."
    content = tuple(Span(text.index(word), text.index(word) + len(word)) for word in words)

    assert Quote(kind, content).verbatim(text) == verbatim


PIECES = st.sampled_from(
    [
        "“", "”", '"', "‘", "’", "„", "''", ": ", ", ", ". ", "? ", "! ", "— ", "\n", "\n\n", "• ", " ", " and ",
        "Sabina Ruzhko", "she", "the minister", "It", "rivers move", "We agreed on 17 points", " said ", " told them ",
        "according to ", " that ", " called ", " adding ", "warned of ", "has been dismissed by ", "said", "RUZHKO: ",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)
RULES = load_language(RULES_ONLY)


@given(TEXTS)
def test_quotes_are_verbatim_apart_and_without_marks(language: Language, text: str) -> None:
    check(language, text)


@given(TEXTS)
def test_quotes_without_a_model_are_as_sound(text: str) -> None:
    check(RULES, text)


def check(language: Language, text: str) -> None:
    parsed = language.parse(text)
    paragraphs = [paragraph.span for paragraph in parsed.paragraphs]

    quotes = find_quotes(parsed, mentions_of(text, "Sabina Ruzhko"), {"sabina": "f"})

    for quote in quotes:
        assert quote.content
        assert all(any(paragraph.contains(span) for paragraph in paragraphs) for span in quote.content)
        assert all(one.end <= other.start for one, other in pairwise(quote.content))
        assert all(span.of(text).strip() == span.of(text) for span in quote.content)
        assert not any(has_lone_mark_at_an_end(span.of(text)) for span in quote.content)
        assert len(set(quote.speakers)) == len(quote.speakers) <= len(quote.sources)


def has_lone_mark_at_an_end(words: str) -> bool:
    return sum(mark in MARKS for mark in words) == 1 and (words[0] in MARKS or words[-1] in MARKS)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Oskane announced her own exit.", 0),
        ("Oskane announced that she would leave.", 1),
        ("Oskane vowed to share the data.", 1),
        ("Oskane announced “a second cut”.", 1),
        ("Oskane warned of a long dispute.", 1),
        ("Oskane announced an inquiry.", 1),
    ],
)
def test_reported_words_that_only_name_something_tell_nothing(language: Language, text: str, kept: int) -> None:
    parsed = language.parse(text)
    quotes = find_quotes(parsed, ())

    assert len(quotes) == 1
    assert len(telling(quotes, read_lines(parsed))) == kept
