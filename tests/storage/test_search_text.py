"""Queries mean words and nothing else; snippets are copied text with honest marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.model.spans import Span
from bot.storage.search_postgres import tsquery
from bot.storage.search_sqlite import match
from bot.storage.search_text import Term, find_marks, fold_word, folded_words, parse_query, snippet
from tests.storage.samples import FERRY

_TEXTS = st.text(st.characters(codec="utf-8"), max_size=400)


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("Ferry", (Term(("ferry",)),)),
        ("ferry ferry HOLM", (Term(("ferry",)), Term(("holm",)))),
        ("harb*", (Term(("harb",), prefix=True),)),
        ('"Spare  parts"', (Term(("spare", "parts")),)),
        ("“spare parts” holm", (Term(("spare", "parts")), Term(("holm",)))),
        ('"spare par*"', (Term(("spare", "par"), prefix=True),)),
        ('"unclosed phrase', (Term(("unclosed", "phrase")),)),
        ("covid-19", (Term(("covid", "19")),)),
        ("Zoë's", (Term(("zoe", "s")),)),
        ("title:x OR NOT (a AND b) NEAR", tuple(Term((word,)) for word in ("x", "or", "not", "a", "and", "b", "near"))),
        ('a"b"c', (Term(("a",)), Term(("b",)), Term(("c",)))),
    ],
)
def test_query_is_words_prefixes_and_phrases(typed: str, terms: tuple[Term, ...]) -> None:
    parsed = parse_query(typed)

    assert parsed == (terms if typed[0] != "t" else (Term(("title", "x")), *terms[1:]))


@pytest.mark.parametrize("typed", ["", "   ", "***", '""', "!? -- ()", "\0"])
def test_query_without_a_word_says_what_to_try(typed: str) -> None:
    with pytest.raises(UserError, match="Try a name"):
        parse_query(typed)


@given(_TEXTS)
def test_no_query_reaches_an_index_as_syntax(typed: str) -> None:
    try:
        terms = parse_query(typed)
    except UserError:
        return

    words = [word for term in terms for word in term.words]
    assert all(word.isalnum() for word in words)
    assert set(match(terms)) - set("".join(words)) <= set('" *')
    assert set(tsquery(terms)) - set("".join(words)) <= set("'()<->&:* ")


@given(_TEXTS)
def test_folded_words_fold_no_further(text: str) -> None:
    assert folded_words(folded_words(text)) == folded_words(text)


@pytest.mark.parametrize(("word", "folded"), [("Zürich", "zurich"), ("KYIV", "kyiv"), ("Ångström", "angstrom")])
def test_case_and_accents_do_not_count(word: str, folded: str) -> None:
    assert fold_word(word) == folded


def test_marks_cover_exactly_what_was_looked_for() -> None:
    terms = parse_query('skerry "spare parts" harb*')

    assert [mark.of(FERRY) for mark in find_marks(FERRY, terms)] == ["Harbour", "Skerry", "Skerry", "spare parts"]


@given(_TEXTS, st.lists(st.sampled_from(["the", "ferry", "harb*", "zoë", "19"]), min_size=1, max_size=3))
def test_snippet_is_copied_text_within_one_line(text: str, words: list[str]) -> None:
    copied, marks = snippet(text, parse_query(" ".join(words)))

    assert copied in text
    assert "\n" not in copied
    assert all(mark.end <= len(copied) for mark in marks)


def test_snippet_shows_the_line_with_most_terms_cut_at_words() -> None:
    filler = "Waves came and went along the pier all day long. " * 8
    text = f"The ferry is old.\n\n{filler}Skerry accused Holm of delaying the ferry’s parts. {filler}"

    copied, marks = snippet(text, parse_query("ferry holm"))

    assert [mark.of(copied) for mark in marks] == ["Holm", "ferry"]
    assert len(copied) <= 240
    at = text.index(copied)
    assert text[at - 1] == " "
    assert text[at + len(copied)] == " "


def test_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("First line.\nSecond line.", parse_query("ferry")) == ("First line.", ())
    assert snippet("", parse_query("ferry")) == ("", ())
    assert snippet("x" * 500, parse_query("ferry"))[0] == "x" * 500


def test_overlapping_terms_are_marked_once() -> None:
    assert find_marks("spare parts", parse_query('spare "spare parts" spa*')) in {
        (Span(0, 5),), (Span(0, 11),),
    }  # fmt: skip
