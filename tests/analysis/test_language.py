"""Language: offsets index the stored text, whatever stands in front of a line."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.language import LONGEST_PARAGRAPH, RULES_ONLY, Language, load_language
from bot.errors import ConfigError
from bot.model.spans import Span

RULES = load_language(RULES_ONLY)


def words(language: Language, text: str) -> list[str]:
    parsed = language.parse(text)
    return [text[p.offset + t.idx :][: len(t)] for p in parsed.paragraphs for t in p.doc]


def test_tokens_index_the_stored_text(language: Language) -> None:
    text = "• None “We are ready,” Ms Ardel said.\n\nSHORE (Skywire) - It’s raining.\n"

    parsed = language.parse(text)

    for paragraph in parsed.paragraphs:
        for token in paragraph.doc:
            start = paragraph.offset + token.idx
            assert parsed.plain[start : start + len(token)] == token.text
    assert [p.doc[0].text for p in parsed.paragraphs] == ['"', "It"]
    assert len(parsed.plain) == len(text)


def test_none_is_kept_where_no_bullet_stands_before_it(language: Language) -> None:
    assert words(language, "None of the leaders came.")[0] == "None"
    assert words(language, "• None of the leaders came.")[0] == "of"


def test_each_line_is_a_document_of_its_own(language: Language) -> None:
    parsed = language.parse("A heading\n\nThe first. The second.\nThe third.")

    assert [p.doc.text for p in parsed.paragraphs] == ["A heading", "The first. The second.", "The third."]
    assert [s.of(parsed.text) for s in parsed.sentences] == ["The first.", "The second.", "The third."]


def test_paragraph_is_found_by_offset_and_gives_its_tokens(language: Language) -> None:
    text = "One line.\n\nAda Brenk spoke."

    parsed = language.parse(text)
    paragraph = parsed.paragraph_at(text.index("Brenk"))

    assert paragraph is not None
    assert parsed.paragraph_at(10) is None
    tokens = paragraph.tokens(Span(text.index("Ada"), text.index(" spoke")))
    assert tokens is not None
    assert tokens.text == "Ada Brenk"


def test_overlong_line_is_cut_and_loses_nothing() -> None:
    text = "Word and word. " * 2_000

    parsed = RULES.parse(text)

    assert all(len(p.doc.text) <= LONGEST_PARAGRAPH for p in parsed.paragraphs)
    assert "".join(p.doc.text for p in parsed.paragraphs) == text.rstrip()


def test_rules_only_needs_no_model() -> None:
    assert RULES.name == RULES_ONLY
    assert not RULES.has_model
    assert not RULES.parse("Oslo is wet.").paragraphs[0].doc.ents


def test_best_model_there_is_gets_loaded(language: Language) -> None:
    assert language.has_model
    assert language.version.count(".") == 2


@pytest.mark.parametrize("model", ["no_such_model", "/no/such/folder"])
def test_missing_configured_model_is_named(model: str) -> None:
    with pytest.raises(ConfigError, match=r"no.such") as told:
        load_language(model)

    assert "leave the setting out" in str(told.value)


def test_folder_that_is_no_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be loaded"):
        load_language(str(tmp_path))


def test_zone_forgets_the_words_that_it_met(language: Language) -> None:
    with language.zone():
        assert len(language.parse("Qwyxzt came.").paragraphs) == 1


@given(st.text(max_size=120))
def test_any_text_is_parsed_in_order_and_without_overlap(text: str) -> None:
    parsed = RULES.parse(text)

    assert len(parsed.plain) == len(text)
    assert all(a.span.end <= b.offset for a, b in pairwise(parsed.paragraphs))
    assert all("\n" not in p.doc.text for p in parsed.paragraphs)
    assert all(parsed.plain[p.offset : p.span.end] == p.doc.text for p in parsed.paragraphs)
