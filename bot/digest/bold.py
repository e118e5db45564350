"""Set the subject or the weightiest name of a first sentence in bold, where it stands: no words are added."""

import re
from collections.abc import Sequence
from typing import Final

from bot.digest.account import Sentence
from bot.digest.rebuild import Piece
from bot.digest.signature import Core
from bot.model.analysis import Mention, MentionType
from bot.model.spans import Span

MOST_WORDS: Final = 6
_NAMING: Final = frozenset(MentionType)
_ARTICLE: Final = re.compile(r"(?:[Tt]he|[Aa]n?)\s+")
_POSSESSIVE: Final = re.compile(r"['’]s?$")


def bold_of(sentence: Sentence, core: Core, placed: Sequence[Piece]) -> Span | None:
    """Return what of the rebuilt text to set in bold, or None where the sentence names nothing.

    The subject up to its head if it holds a name and is short; else the name inside it; else the name that weighs
    most in the story. *placed* are the sentence's pieces in the text.
    """
    chosen = _subject(sentence) or _heaviest_name(sentence, core)
    return placed_span(_trimmed(chosen, sentence.account.article.text), placed) if chosen is not None else None


def placed_span(span: Span, placed: Sequence[Piece]) -> Span | None:
    """Return where the stretch *span* of the article stands in the rebuilt text; None if an edit cut all of it.

    Words that an edit put in place of others stand for them.
    """
    covered = [_covered(piece, span, placed, index) for index, piece in enumerate(placed)]
    spans = [one for one in covered if one is not None]
    return Span(spans[0].start, spans[-1].end) if spans else None


def _subject(sentence: Sentence) -> Span | None:
    subject = sentence.traits.subject
    if subject is None:
        return None
    names = [one for one in sentence.mentions if subject.overlaps(one.span)]
    text = sentence.account.article.text
    whole = Span(subject.start, max([subject.end, *(one.span.end for one in names)]))
    if names and len(whole.of(text).split()) <= MOST_WORDS:
        return whole
    short = [one.span for one in names if len(one.span.of(text).split()) <= MOST_WORDS]
    return short[0] if short else None


def _heaviest_name(sentence: Sentence, core: Core) -> Span | None:
    text = sentence.account.article.text
    names = [one for one in sentence.mentions if len(one.span.of(text).split()) <= MOST_WORDS]
    if not names:
        return None
    return min(names, key=lambda one: (-_weight(one, text, core), one.span.start)).span


def _weight(mention: Mention, text: str, core: Core) -> float:
    return max(
        (core.get(_POSSESSIVE.sub("", word).lower(), 0.0) for word in mention.span.of(text).split()), default=0.0
    )


def _trimmed(span: Span, text: str) -> Span:
    """Leave a leading article and a trailing possessive out of the bold."""
    words = span.of(text)
    lead = _ARTICLE.match(words)
    tail = _POSSESSIVE.search(words)
    start = span.start + (lead.end() if lead else 0)
    end = span.end - (len(tail[0]) if tail else 0)
    return Span(start, end) if start < end else span


def _covered(piece: Piece, span: Span, placed: Sequence[Piece], index: int) -> Span | None:
    if piece.source is None:
        before = placed[index - 1] if index else None
        after = placed[index + 1] if index + 1 < len(placed) else None
        left = before.source + len(before.text) if before is not None and before.source is not None else None
        right = after.source if after is not None else None
        inside = _replaces(left, right, span)
        return Span(piece.start, piece.start + len(piece.text)) if inside else None
    start, end = max(piece.source, span.start), min(piece.source + len(piece.text), span.end)
    if start >= end:
        return None
    return Span(piece.start + start - piece.source, piece.start + end - piece.source)


def _replaces(left: int | None, right: int | None, span: Span) -> bool:
    """Tell whether inserted words between the article's offsets *left* and *right* stand for words of *span*."""
    start = left if left is not None else span.start
    end = right if right is not None else span.end
    return start < end and span.start <= start and end <= span.end
