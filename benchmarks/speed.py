"""Measure speed as ratios within one run: reading beside bare parsing of the same words, grouping, the digest."""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from time import process_time
from typing import Final

from bot.analysis.article import Analyser, Document
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Language, load_language
from bot.digest.edition import make_edition
from bot.digest.material import EditionRequest, Material
from bot.events.cluster import Clusterer
from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.importance import score
from bot.events.report import Report, report_from
from bot.events.settings import FEEDS
from bot.model.analysis import Analysis
from bot.model.articles import Article, ArticleId, ItemKind, Outlet, OutletId
from bot.model.events import Event, EventId, ReportKey
from bot.processes import MemoryGauge
from bot.sandbox.world import load_world

_START: Final = datetime(2026, 3, 1, tzinfo=UTC)
_DAY_OF: Final = 6_000
_ROUNDS: Final = 5


def measure() -> Iterator[tuple[str, str]]:
    """Yield what was measured and its figure, on the demo's articles."""
    language = load_language()
    analyser = Analyser(language, Gazetteer.load())
    articles = _articles()
    yield from _reading(language, analyser, articles)
    analyses = {article.id: analyser.analyse(_document(article)) for article in articles}
    yield from _grouping(articles, analyses)
    yield from _digest(articles, analyses)


def _articles() -> list[Article]:
    items = load_world().items
    return [
        Article(
            ArticleId(number), Outlet(OutletId(number % 8), item.outlet), item.title, item.text, item.url, item.guid,
            item.first_seen, item.first_seen, item.first_seen, ItemKind.NEWS,
        )
        for number, item in enumerate(items, start=1)
    ]  # fmt: skip


def _document(article: Article) -> Document:
    return Document(article.title, article.text, article.event_at)


def _reading(language: Language, analyser: Analyser, articles: list[Article]) -> Iterator[tuple[str, str]]:
    documents = [_document(article) for article in articles]
    texts = [text for document in documents for text in (document.title, document.text)]
    words = sum(len(text.split()) for text in texts)
    bare, lines, whole = _least(
        lambda: _unkept(language.bare(texts)),
        lambda: _unkept(language.parse_all(texts)),
        lambda: _unkept(analyser.analyse_all(documents)),
    )
    yield "bare nlp.pipe over whole texts", f"{words / bare:,.0f} words a CPU second"
    yield "parsing line by line, in batches", f"{words / lines:,.0f} words a CPU second ({bare / lines:.0%} of bare)"
    yield "reading, all of it", f"{words / whole:,.0f} words a CPU second ({bare / whole:.0%} of bare)"
    yield "memory after reading", f"{MemoryGauge().used_bytes() / 1e6:,.0f} MB"


def _unkept(values: Iterable[object]) -> None:
    for _ in values:
        pass


def _least(*works: Callable[[], object]) -> list[float]:
    """Return the CPU seconds of each of *works* at its quickest, taken turn by turn: a busy machine hits all alike."""
    rounds = [[_seconds(work) for work in works] for _ in range(_ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _grouping(articles: list[Article], analyses: dict[ArticleId, Analysis]) -> Iterator[tuple[str, str]]:
    patterns = [report_from(article, None, analyses[article.id]) for article in articles]
    for count in (2_000, 20_000):
        reports = list(_many(patterns, count))
        clusterer = Clusterer(LaggedIdf(StaticIdf.load()), FEEDS)
        seconds = _seconds(partial(_group, reports, clusterer))
        yield f"grouping {count:,} reports", f"{count / seconds:,.0f} reports a CPU second"


def _many(patterns: list[Report], count: int) -> Iterator[Report]:
    """Yield different reports: each pattern with other names in it, an hour's worth of fifty at a time."""
    dice = random.Random(1)  # noqa: S311 - the same reports in every run
    for number in range(count):
        pattern = patterns[number % len(patterns)]
        names = " ".join(f"Name{dice.randrange(count // 4)}" for _ in range(12))
        at = _START + timedelta(minutes=number * 1.2)
        yield replace(pattern, key=ReportKey(ArticleId(number)), text=f"{names} {pattern.text[:200]}", at=at)


def _group(reports: list[Report], clusterer: Clusterer) -> None:
    for number, report in enumerate(reports):
        clusterer.add(report)
        if number % 500 == 499:
            clusterer.consolidate()
            clusterer.evict(report.at - timedelta(hours=72))


def _digest(articles: list[Article], analyses: dict[ArticleId, Analysis]) -> Iterator[tuple[str, str]]:
    day = [
        replace(
            articles[number % len(articles)], id=ArticleId(number), event_at=_START + timedelta(seconds=14 * number)
        )
        for number in range(_DAY_OF)
    ]
    read = {article.id: analyses[articles[number % len(articles)].id] for number, article in enumerate(day)}
    events = []
    for start in range(0, _DAY_OF, 4):
        some = day[start : start + 4]
        reports = [report_from(article, None, read[article.id]) for article in some]
        importance, reasons = score(reports, some[-1].event_at)
        keys = tuple(report.key for report in reports)
        outlets = tuple(dict.fromkeys(article.outlet.name for article in some))
        events.append(
            Event(
                EventId(start), some[0].title, some[0].event_at, some[-1].event_at, keys, outlets,
                importance=importance, reasons=reasons,
            )
        )  # fmt: skip
    material = Material({article.id: article for article in day}, read, tuple(events))
    request = EditionRequest(_START + timedelta(days=1))
    seconds = _seconds(lambda: make_edition(material, request))
    yield f"an edition out of {_DAY_OF:,} articles", f"{seconds:.2f} CPU seconds"


def _seconds(work: Callable[[], object]) -> float:
    started = process_time()
    work()
    return max(process_time() - started, 1e-9)
