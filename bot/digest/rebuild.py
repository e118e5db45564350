"""Rebuild an item's words from stored texts: the one rule by which spans and edits become text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import AuditError
from bot.model.articles import Article, ArticleId
from bot.model.editions import Edit, SourceSpan

JOINT = " "
HEADLINE_JOINT = " — "


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the rebuilt text. ``source`` is the article's offset that it starts at, None for inserted words."""

    start: int
    text: str
    source: int | None


def source_text(span: SourceSpan, articles: Mapping[ArticleId, Article]) -> str:
    """Return the whole text or title that *span* indexes.

    Raises:
        AuditError: the article is not there, or the span ends beyond its text.
    """
    article = articles.get(span.article)
    if article is None:
        raise AuditError(f"article {span.article} is not stored")
    text = article.title if span.field == "title" else article.text
    if not 0 <= span.start < span.end <= len(text):
        raise AuditError(f"span {span.start}–{span.end} lies outside the {span.field} of article {span.article}")
    return text


def pieces_of(span: SourceSpan, edits: Sequence[Edit], text: str, at: int = 0) -> tuple[Piece, ...]:
    """Cut *span* of *text* at its *edits* into copied and inserted stretches; the first starts at *at*.

    Raises:
        AuditError: edits overlap, stand out of order or reach beyond the span.
    """
    pieces = []
    position = span.start
    for edit in edits:
        if not position <= edit.start <= edit.end <= span.end:
            raise AuditError(f"edit {edit.start}–{edit.end} does not fit into span {span.start}–{span.end}")
        for words, source in ((text[position : edit.start], position), (edit.text, None)):
            if words:
                pieces.append(Piece(at, words, source))
                at += len(words)
        position = edit.end
    if text[position : span.end]:
        pieces.append(Piece(at, text[position : span.end], position))
    return tuple(pieces)


def rebuilt(
    spans: Sequence[SourceSpan], edits: Sequence[Edit], joint: str, articles: Mapping[ArticleId, Article]
) -> tuple[tuple[Piece, ...], ...]:
    """Return the pieces of each span, placed in the whole text where spans are joined by *joint*.

    Raises:
        AuditError: a span or an edit does not fit the stored text.
    """
    placed = []
    at = 0
    for index, span in enumerate(spans):
        own = [edit for edit in edits if edit.span == index]
        pieces = pieces_of(span, own, source_text(span, articles), at)
        placed.append(pieces)
        at = (pieces[-1].start + len(pieces[-1].text) if pieces else at) + len(joint)
    if any(not 0 <= edit.span < len(spans) for edit in edits):
        raise AuditError("an edit names a span that is not there")
    return tuple(placed)


def text_of(placed: Sequence[Sequence[Piece]], joint: str) -> str:
    """Return the whole text of the pieces that :func:`rebuilt` placed."""
    return joint.join("".join(piece.text for piece in pieces) for pieces in placed)
