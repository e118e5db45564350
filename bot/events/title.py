"""Name an event: with one of its own headlines."""

from collections.abc import Iterable
from typing import Final

from bot.events import headlines
from bot.events.copies import in_time
from bot.events.core import core_words, coverage, first_sentence
from bot.events.idf import Idf, StaticIdf
from bot.events.report import Report
from bot.events.tokens import tokens
from bot.model.articles import ItemKind

_TELLING: Final = frozenset({ItemKind.NEWS})
_GOOD_WORDS: Final = 12


def best_title(reports: Iterable[Report], idf: Idf | None = None) -> str:
    """Return the headline that best tells what most outlets tell, as published.

    Sentence case before title case, statements before questions, labels and shouting; opinion, live pages and
    explainers only where there is nothing else. The same reports give the same title, whatever their order. Where
    none has a title (bullets of a round-up) it is the earliest first sentence; empty without reports.
    """
    ordered = in_time(reports)
    core = core_words(ordered, StaticIdf.load() if idf is None else idf)
    titled = [report for report in ordered if report.title.strip()]
    telling = [report for report in titled if report.kind in _TELLING] or titled
    best = max(telling, key=lambda report: _quality(report.title, core), default=None)
    if best is not None:
        return best.title.strip()
    return first_sentence(ordered[0].text).strip() if ordered else ""


def _quality(title: str, core: dict[str, float]) -> float:
    words = len(title.split())
    score = coverage((token.stem for token in tokens(title)), core)
    score += 0.1 * any(character.isdigit() for character in title)
    score -= 0.35 * (not headlines.is_sentence_case(title))
    score -= 0.35 * headlines.is_generic(title)
    score -= 0.25 * headlines.is_loaded(title)
    score -= 0.15 * headlines.has_label(title)
    score -= 0.10 * headlines.has_marks(title)
    score -= 0.03 * max(0, words - _GOOD_WORDS)
    return score - 0.3 * (words < 4)
