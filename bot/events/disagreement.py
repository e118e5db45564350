"""Where outlets give different figures for one thing: side by side, each with its sentence and source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.events.quantities import MOVING, Quantity, quantities
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId, ItemKind
from bot.model.events import Claim, Disagreement
from bot.model.spans import Span

_TELLING: Final = frozenset({ItemKind.NEWS, ItemKind.EXPLAINER})
_ROUND: Final = 10_000
_SAME: Final = 0.05
_LAG: Final = timedelta(hours=2)  # slower outlets need no longer to catch up with a toll


@dataclass(frozen=True, slots=True)
class _Told:
    quantity: Quantity
    claim: Claim


def disagreements(articles: Iterable[Article], analyses: Mapping[ArticleId, Analysis]) -> tuple[Disagreement, ...]:
    """Return what the reports of one event count differently, by name of what is counted.

    A count that only grows (the dead, the arrested) is disputed where one sentence calls another figure wrong, or
    where an outlet gives the lower of two figures hours after another gave the higher; an earlier toll is no dispute.
    Other counts are disputed as soon as two outlets differ. Large figures within 5 % are the same.
    """
    by_what: dict[str, list[_Told]] = {}
    for article in sorted(articles, key=lambda each: (each.event_at, each.id)):
        if article.kind in _TELLING and article.status == "published" and article.id in analyses:
            for told in _told(article, analyses[article.id].sentences):
                by_what.setdefault(told.quantity.what, []).append(told)
    found = (_disagreement(what, told) for what, told in sorted(by_what.items()))
    return tuple(each for each in found if each is not None)


def _told(article: Article, sentences: Sequence[Span]) -> Iterable[_Told]:
    for sentence in sentences:
        text = sentence.of(article.text)
        for quantity in quantities(text):
            claim = Claim(
                quantity.value, article.id, sentence, text, article.outlet.name, article.url, article.event_at
            )
            yield _Told(quantity, claim)


def _disagreement(what: str, told: Sequence[_Told]) -> Disagreement | None:
    disputed = _disputed(told) if what in MOVING else _differing(told)
    values = sorted({value for pair in disputed for value in pair})
    claims = [_claim(value, told) for value in values]
    return Disagreement(what, tuple(claims)) if len(claims) > 1 else None


def _differing(told: Sequence[_Told]) -> set[tuple[float, float]]:
    return {
        (one.quantity.value, other.quantity.value)
        for one in told
        for other in told
        if not _same(one.quantity.value, other.quantity.value)
        and (one.claim.outlet != other.claim.outlet or one.claim.span == other.claim.span)
    }


def _disputed(told: Sequence[_Told]) -> set[tuple[float, float]]:
    return {
        (one.quantity.value, other.quantity.value)
        for number, one in enumerate(told)
        for other in told[number + 1 :]
        if not _same(one.quantity.value, other.quantity.value)
        and (_contradicts(one, other) or _is_returned_to(one, other, told))
    }


def _contradicts(one: _Told, other: _Told) -> bool:
    """Tell whether one sentence gives both figures and calls one of them wrong."""
    return one.claim.span == other.claim.span and one.quantity.denied != other.quantity.denied


def _is_returned_to(low: _Told, high: _Told, told: Sequence[_Told]) -> bool:
    """Tell whether another outlet gives the lower figure long after the higher one was out."""
    late = high.claim.at + _LAG
    return low.quantity.value < high.quantity.value and any(
        each.claim.at >= late and each.claim.outlet != high.claim.outlet and each.quantity.value == low.quantity.value
        for each in told
    )


def _claim(value: float, told: Sequence[_Told]) -> Claim:
    givers = [each for each in told if _same(each.quantity.value, value) and not each.quantity.denied]
    first = (givers or [each for each in told if _same(each.quantity.value, value)])[0].claim
    outlets = tuple(dict.fromkeys(each.claim.outlet for each in givers))
    return Claim(value, first.article, first.span, first.text, first.outlet, first.url, first.at, outlets)


def _same(one: float, other: float) -> bool:
    return one == other or (min(one, other) >= _ROUND and abs(one - other) <= _SAME * max(one, other))
