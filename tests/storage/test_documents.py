"""Documents: every frozen value of the model comes back as it was, whatever fields it has by now."""

import gc
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.analysis import Analysis
from bot.model.articles import ArticleId
from bot.model.editions import Edition, Item
from bot.model.spans import Span
from bot.storage.documents import from_document, to_document, uncollected
from tests.storage.samples import analysis, edition, item

_SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10**6), st.integers(0, 999))
st.register_type_strategy(Span, _SPANS)
st.register_type_strategy(str, st.text(st.characters(codec="utf-8"), max_size=12))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@given(st.from_type(Analysis))
def test_any_analysis_comes_back(value: Analysis) -> None:
    assert from_document(Analysis, to_document(value)) == value


@given(st.from_type(Item))
def test_any_item_comes_back(value: Item) -> None:
    assert from_document(Item, to_document(value)) == value


def test_fields_at_their_default_take_no_room() -> None:
    assert to_document(Analysis()) == "{}"


def test_named_fields_are_left_out() -> None:
    document = json.loads(to_document(edition(item(ArticleId(1))), without=frozenset({"bullets"})))

    assert "bullets" not in document
    assert document["day"] == "2026-03-02"


def test_document_of_an_older_model_has_defaults_for_newer_fields() -> None:
    old = json.loads(to_document(analysis()))
    del old["traits"]

    assert from_document(Analysis, json.dumps(old)).traits == ()


def test_edition_keeps_its_window_in_utc() -> None:
    back = from_document(Edition, to_document(edition()))

    assert back.window == edition().window
    assert back.window[0].utcoffset() == timedelta(0)
    assert back.day == date(2026, 3, 2)


@pytest.mark.parametrize("collecting", [True, False])
def test_collector_is_as_it_was_after_the_block(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()

        assert gc.isenabled() is collecting
    finally:
        gc.enable()
