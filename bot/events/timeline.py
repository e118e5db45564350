"""The dated sentences of an event, each with one source."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.events.idf import Idf, StaticIdf
from bot.events.tokens import tokens
from bot.model.analysis import Analysis, DateMention
from bot.model.articles import Article, ArticleId, ItemKind
from bot.model.events import TimelineLine
from bot.model.spans import Span
from bot.text.sentences import is_sentence

_TELLING: Final = frozenset({ItemKind.NEWS, ItemKind.EXPLAINER})
_LONGEST: Final = 350  # characters; longer sentences are run-ons or lists
_SHORTEST_WORDS: Final = 5
_SAME: Final = 0.5
# Of another day the same words mostly tell another step ("the toll rose to …"), unless they are nearly all the same.
_SAME_OF_ANOTHER_DAY: Final = 0.8
_NOT_ALONE: Final = 0.6
_A_DAY: Final = 2
_QUOTED: Final = ("“", '"', "‘")


_SEVERAL: Final = 4
_HEAD: Final = 400
_CARRIED_BY: Final = 0.2


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: TimelineLine
    stems: frozenset[str]
    order: int
    stands_alone: bool


def timeline(
    articles: Iterable[Article], analyses: Mapping[ArticleId, Analysis], *, limit: int = 20
) -> tuple[TimelineLine, ...]:
    """Return dated sentences of *articles*, earliest day first, at most *limit*.

    A line's day is the first date in its sentence, resolved: "on Tuesday", "last year", "in 2014" (a month or year
    counts as its first day; durations do not count). Of sentences that tell the same of one day the earliest
    published stays; a day keeps at most two, those whose words most articles share and that can be read alone.
    Opinion, live pages and the like lend no lines, nor do withdrawn articles or those without an analysis.
    """
    published = sorted(articles, key=lambda article: (article.event_at, article.id))
    sources = [
        (article, analyses[article.id])
        for article in published
        if article.kind in _TELLING and article.status == "published" and article.id in analyses
    ]
    lines = [pair for article, analysis in sources for pair in _lines(article, analysis)]
    candidates = [
        _Candidate(line, frozenset(token.stem for token in tokens(line.text)), order, stands_alone)
        for order, (line, stands_alone) in enumerate(lines)
    ]
    topical = _topical([article for article, _ in sources])
    return tuple(_chosen([each for each in candidates if topical is None or len(each.stems & topical) > 1], limit))


def _topical(articles: Sequence[Article]) -> frozenset[str] | None:
    """Return the stems at the head of several articles, None where there are too few to tell.

    A newsletter's or live page's other items share none of them.
    """
    if len(articles) < _SEVERAL:
        return None
    heads = Counter(
        stem
        for article in articles
        for stem in {token.stem for token in tokens(f"{article.title}\n{article.text[:_HEAD]}")}
    )
    least = max(2.0, _CARRIED_BY * len(articles))
    return frozenset(stem for stem, count in heads.items() if count >= least)


def _lines(article: Article, analysis: Analysis) -> Iterable[tuple[TimelineLine, bool]]:
    """Yield the dated sentences, each with whether it can be read alone."""
    dated = sorted((mention for mention in analysis.dates if mention.start), key=lambda mention: mention.span.start)
    leaning = {traits.span for traits in analysis.traits if traits.problems}
    for sentence in analysis.sentences:
        text = sentence.of(article.text)
        mention = next((each for each in dated if sentence.contains(each.span)), None)
        if mention is not None and _fits(text):
            yield _line(article, sentence, mention), sentence not in leaning and not text.startswith(_QUOTED)


def _fits(text: str) -> bool:
    return len(text) <= _LONGEST and len(text.split()) >= _SHORTEST_WORDS and is_sentence(text)


def _line(article: Article, sentence: Span, mention: DateMention) -> TimelineLine:
    return TimelineLine(
        day=mention.start or date.min,
        value=mention.value,
        article=article.id,
        span=sentence,
        text=sentence.of(article.text),
        outlet=article.outlet.name,
        url=article.url,
    )


def _chosen(candidates: Sequence[_Candidate], limit: int) -> list[TimelineLine]:
    carried = _carried(candidates)
    idf = StaticIdf.load()
    ranked = sorted(candidates, key=lambda each: (-_worth(each, carried, idf), each.order))
    kept: list[_Candidate] = []
    for candidate in ranked:
        same_day = sum(each.line.day == candidate.line.day for each in kept)
        if same_day < _A_DAY and not any(_tells_the_same(candidate, each) for each in kept):
            kept.append(candidate)
    return [each.line for each in sorted(kept[:limit], key=lambda each: (each.line.day, each.order))]


def _carried(candidates: Iterable[_Candidate]) -> dict[str, int]:
    articles: dict[str, set[ArticleId]] = {}
    for candidate in candidates:
        for stem in candidate.stems:
            articles.setdefault(stem, set()).add(candidate.line.article)
    return {stem: len(holders) for stem, holders in articles.items()}


def _worth(candidate: _Candidate, carried: Mapping[str, int], idf: Idf) -> float:
    """Return the mean weight of a sentence's words, those more that several articles have."""
    total = sum(idf.weight(stem) * (carried[stem] - 0.5) for stem in candidate.stems)
    return total / (5 + len(candidate.stems)) * (1.0 if candidate.stands_alone else _NOT_ALONE)


def _tells_the_same(one: _Candidate, other: _Candidate) -> bool:
    least = _SAME if one.line.day == other.line.day else _SAME_OF_ANOTHER_DAY
    return len(one.stems & other.stems) >= least * min(len(one.stems), len(other.stems))
