"""Spans and edits give text by one rule, and refuse what does not fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.rebuild import JOINT, pieces_of, rebuilt, source_text, text_of
from bot.errors import AuditError
from bot.model.articles import Article, ArticleId
from bot.model.editions import Edit, SourceSpan
from tests.digest.newsroom import Newsroom

TEXT = "The ferry sank on Tuesday off the point."


def one_article(text: str = TEXT) -> dict[ArticleId, Article]:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "Ferry sinks", text)
    return newsroom.articles


def text(spans: tuple[SourceSpan, ...], edits: tuple[Edit, ...], articles: dict[ArticleId, Article]) -> str:
    return text_of(rebuilt(spans, edits, JOINT, articles), JOINT)


def test_edits_are_applied_in_article_offsets() -> None:
    span = SourceSpan(ArticleId(1), 4, 25)
    edits = (Edit(0, 4, 9, "[ship]"), Edit(0, 25, 25, " [3 Mar]"))

    assert text((span,), edits, one_article()) == "[ship] sank on Tuesday [3 Mar]"


def test_spans_are_joined_and_edits_belong_to_theirs() -> None:
    spans = (SourceSpan(ArticleId(1), 0, 9), SourceSpan(ArticleId(1), 0, 11, "title"))

    assert text(spans, (Edit(1, 5, 11, "down"),), one_article()) == "The ferry Ferrydown"


@given(st.data())
def test_pieces_hold_every_copied_character_once_and_say_where_it_stood(data: st.DataObject) -> None:
    words = data.draw(st.text(min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    borders = sorted(data.draw(st.lists(st.integers(start, end), max_size=6)))
    edits = [Edit(0, borders[i], borders[i + 1], data.draw(st.text(max_size=5))) for i in range(0, len(borders) - 1, 2)]

    pieces = pieces_of(SourceSpan(ArticleId(1), start, end), edits, words)

    at = 0
    for piece in pieces:
        assert piece.start == at
        assert piece.source is None or words[piece.source : piece.source + len(piece.text)] == piece.text
        at += len(piece.text)
    kept = sum(len(piece.text) for piece in pieces if piece.source is not None)
    assert kept == (end - start) - sum(edit.end - edit.start for edit in edits)


@pytest.mark.parametrize(
    "edits",
    [
        (Edit(0, 2, 6, "x"), Edit(0, 4, 8, "y")),
        (Edit(0, 6, 8, "x"), Edit(0, 2, 4, "y")),
        (Edit(0, 0, 99, "x"),),
        (Edit(1, 2, 4, "x"),),
    ],
    ids=["overlapping", "out of order", "beyond the span", "of no span"],
)
def test_edits_that_do_not_fit_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(AuditError):
        rebuilt((SourceSpan(ArticleId(1), 0, 20),), edits, JOINT, one_article())


@pytest.mark.parametrize("span", [SourceSpan(ArticleId(9), 0, 3), SourceSpan(ArticleId(1), 10, 999)])
def test_spans_that_no_stored_text_holds_are_refused(span: SourceSpan) -> None:
    with pytest.raises(AuditError):
        source_text(span, one_article())
