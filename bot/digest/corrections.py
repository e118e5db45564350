"""What of a posted edition no longer holds, because its source changed or withdrew it, and what stands there now."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.digest.account import Account, Sentence
from bot.digest.audit import item_problems, labelled, rebuild
from bot.digest.bold import placed_span
from bot.digest.edits import day_edit, leading_edit
from bot.digest.rebuild import rebuilt, text_of
from bot.digest.repetition import likeness
from bot.errors import AuditError
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId
from bot.model.editions import Edit, Edition, Item, SourceSpan
from bot.model.spans import Span

SAME_SENTENCE: Final = 0.5  # of the words: an outlet that corrects a figure keeps the sentence around it


@dataclass(frozen=True, slots=True)
class Correction:
    """One item of an edition that its source no longer bears out.

    ``label`` is what people call it ("bullet 8"). ``new`` is the item as the source has it now, audited; None where the
    source was withdrawn or no longer says anything like it.
    """

    label: str
    old: Item
    new: Item | None
    withdrawn: bool


def corrections_of(
    edition: Edition, articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis]
) -> tuple[Correction, ...]:
    """Return the items of *edition* that the *articles* as they are now do not bear out, in reading order.

    Text that only moved inside its article needs no correction. Articles that are not at hand count as unchanged.
    """
    return tuple(
        found
        for label, item in labelled(edition)
        if all(span.article in articles for span in item.spans)
        and (found := _correction(label, item, articles, analyses, edition)) is not None
    )


def _correction(
    label: str,
    item: Item,
    articles: Mapping[ArticleId, Article],
    analyses: Mapping[ArticleId, Analysis],
    edition: Edition,
) -> Correction | None:
    if any(articles[span.article].status != "published" for span in item.spans):
        return Correction(label, item, None, withdrawn=True)
    if _still_stands(item, articles):
        return None
    new = _as_now(item, articles, analyses, edition.day.year)
    if new is not None and new.text == item.text:
        return None
    sound = new is not None and not item_problems(new, articles, analyses)
    return Correction(label, item, new if sound else None, withdrawn=False)


def _still_stands(item: Item, articles: Mapping[ArticleId, Article]) -> bool:
    try:
        return rebuild(item, articles) == item.text
    except AuditError:
        return False


def _as_now(
    item: Item, articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis], year: int
) -> Item | None:
    """Return *item* with each of its sentences as its article has it now, days resolved anew; None if one is gone."""
    spans: list[SourceSpan] = []
    edits: list[Edit] = []
    for index, (old, words) in enumerate(zip(item.spans, _parts(item), strict=True)):
        now = _now(old, words, articles[old.article], analyses.get(old.article))
        if now is None:
            return None
        spans.append(now[0])
        own = [edit for edit in item.edits if edit.span == index]
        edits += _edits_again(own, now[1], index, year) if now[1] is not None else []
    placed = rebuilt(spans, edits, item.joint, articles)
    bold = placed_span(Span(spans[0].start, spans[0].end), placed[0]) if item.headline else None
    return replace(
        item, text=text_of(placed, item.joint), spans=tuple(spans), edits=tuple(edits), bold=bold, new=None, was=None
    )


def _edits_again(old: Sequence[Edit], sentence: Sentence, span: int, year: int) -> list[Edit]:
    """Return the edits that the sentence had, where it stands now: full names, a resolved day, a dropped connective."""
    found = []
    for edit in old:
        if edit.start == edit.end:
            found.append(day_edit(sentence, span, year))
        elif not edit.text:
            found.append(leading_edit(sentence, span))
        elif word := re.search(rf"\b{re.escape(edit.text.strip('[]').split()[-1])}\b", sentence.text):
            at = sentence.traits.span.start + word.start()
            found.append(replace(edit, start=at, end=at + len(word[0])))
    return sorted((edit for edit in found if edit is not None), key=lambda edit: (edit.start, edit.end))


def _parts(item: Item) -> Iterator[str]:
    """Yield the stretch of the item's text that each of its spans made."""
    at = 0
    for index, span in enumerate(item.spans):
        own = [edit for edit in item.edits if edit.span == index]
        length = span.end - span.start + sum(len(edit.text) - (edit.end - edit.start) for edit in own)
        yield item.text[at : at + length]
        at += length + len(item.joint)


def _now(
    old: SourceSpan, words: str, article: Article, analysis: Analysis | None
) -> tuple[SourceSpan, Sentence | None] | None:
    """Return where *article* says now what *words* said, with the sentence; None where it does not."""
    if old.field == "title":
        return (SourceSpan(article.id, 0, len(article.title), "title"), None) if article.title else None
    if analysis is None:
        return None
    best = _closest(words, Account(article, analysis).sentences)
    if best is None:
        return None
    span = best.traits.span
    return SourceSpan(article.id, span.start, span.end), best


def _closest(words: str, sentences: Sequence[Sentence]) -> Sentence | None:
    likest = max(sentences, key=lambda one: (likeness(words, one.text), -one.index), default=None)
    return likest if likest is not None and likeness(words, likest.text) >= SAME_SENTENCE else None
