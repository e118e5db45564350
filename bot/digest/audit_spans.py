"""Check that what an item copies are whole sentences or headlines of published articles, quotations unbroken."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.analysis.sentence_form import balanced, opens_inside
from bot.digest.account import LENDING
from bot.digest.headline_form import trimmed
from bot.digest.rebuild import source_text
from bot.model.articles import Article, ArticleId
from bot.model.editions import Item, SourceSpan

_END: Final = re.compile(r"[.!?]['\"’”)\]]*\Z")
# What may stand on a line before a sentence: nothing, a bullet, a dateline, or the end of the sentence before.
_BEFORE: Final = re.compile(
    r"(?:\s*(?:[•‣◦▪●·*–—-]\s*)?(?:None\s+)?(?:[A-Z][^.!?\n]{1,80}?\s?(?:\([^)\n]{1,40}\)\s*)?[-–—:]{1,2}\s*)?"
    r"|.*[.!?…]['\"’”)\]]*\s*)\Z",
    re.DOTALL,
)


def span_problems(item: Item, articles: Mapping[ArticleId, Article]) -> Iterator[str]:
    """Yield what is wrong with the spans of *item*; the spans must lie inside their articles."""
    if not item.spans:
        yield "it copies nothing"
    for span in item.spans:
        article = articles[span.article]
        if article.status != "published":
            yield f"its source, article {article.id}, was withdrawn"
        if article.kind not in LENDING:
            yield f"its source, article {article.id}, is {article.kind.value} and lends no words"
        text = source_text(span, articles)
        yield from _title_problems(span, text) if span.field == "title" else _sentence_problems(span, text)


def _title_problems(span: SourceSpan, title: str) -> Iterator[str]:
    whole = trimmed(title)
    if (span.start, span.end) not in {(whole.start, whole.end), (0, len(title))}:
        yield "it copies part of a headline"


def _sentence_problems(span: SourceSpan, text: str) -> Iterator[str]:
    copied = span.span.of(text)
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    if "\n" in copied:
        yield "it copies across a line break"
    if not _BEFORE.match(line):
        yield "it begins inside a sentence"
    if not _END.search(copied) or (text[span.end : span.end + 1].isalnum() and not text[span.end].isupper()):
        yield "it ends inside a sentence"
    if opens_inside(line) or not balanced(copied):
        yield "it breaks a quotation"
