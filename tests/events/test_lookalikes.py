"""The demo's look-alikes stay apart, and what is one event comes together, through the real analysis."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.analysis.article import Analyser, Document
from bot.analysis.gazetteer import Gazetteer
from bot.events.cluster import Clusterer
from bot.events.idf import LaggedIdf, StaticIdf
from bot.events.report import report_from
from bot.events.settings import FEEDS
from bot.model.articles import Article, ArticleId, ItemKind, Outlet, OutletId
from bot.model.events import EventId, ReportKey

DEMO = Path(str(files("config").joinpath("demo")))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def article(number: int, row: dict[str, Any], seen: datetime) -> Article:
    outlet = Outlet(OutletId(0), row["outlet"])
    title, text, kind = row["title"], row["text"], ItemKind.NEWS
    return Article(ArticleId(number), outlet, title, text, row["url"], row["guid"], None, seen, seen, kind)


def articles() -> Iterator[tuple[dict[str, Any], Article]]:
    for number, line in enumerate((DEMO / "articles.jsonl").read_text("utf-8").splitlines()):
        row = json.loads(line)
        yield row, article(number, row, instant(row["first_seen"]))


@pytest.fixture(scope="module")
def events(language: Any) -> dict[str, EventId | None]:
    analyser = Analyser(language, Gazetteer.load((DEMO / "actors",)))
    clusterer = Clusterer(LaggedIdf(StaticIdf.load()), FEEDS)
    keys = {}
    first: dict[str, ReportKey] = {}
    for number, (row, one) in enumerate(articles()):
        report = report_from(one, None, analyser.analyse(Document(one.title, one.text, one.event_at)))
        report = replace(report, key=first.setdefault(row["guid"], report.key))
        keys[row["id"]] = report.key
        clusterer.add(report)
        if number % 10 == 9:
            clusterer.consolidate()
    clusterer.consolidate()
    return {name: clusterer.event_of(key) for name, key in keys.items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("tw-02", "tw-08", id="two ferries of one company"),
        pytest.param("le-05", "tw-05", id="two former ministers in court"),
        pytest.param("tw-07", "tw-12", id="who accuses whom"),
        pytest.param("kb-10", "tw-09", id="two strikes"),
        pytest.param("tw-02", "tw-20", id="the sinking and the charge"),
        pytest.param("mm-01", "rt-06", id="two persons of one name"),
        pytest.param("ch-02", "tw-10", id="a rate and a cable"),
    ],
)
def test_lookalikes_stay_apart(events: dict[str, EventId | None], one: str, other: str) -> None:
    assert events[one] != events[other]


@pytest.mark.parametrize(
    "together",
    [
        pytest.param(("tw-05", "rt-05", "tw-21", "rt-09"), id="trial"),
        pytest.param(("tw-11", "mm-09", "kb-11"), id="election"),
        pytest.param(("kb-02", "ch-01", "kb-14", "tw-25", "kb-21"), id="launch"),
        pytest.param(("tw-09", "tw-17", "tw-24"), id="dock strike"),
        pytest.param(("tw-20", "kb-17", "mm-14"), id="charge"),
        pytest.param(("tw-10", "cv-05", "mm-08"), id="cable"),
    ],
)
def test_reports_of_one_event_come_together(events: dict[str, EventId | None], together: tuple[str, ...]) -> None:
    assert len({events[name] for name in together}) == 1


def test_revision_is_no_report_of_its_own(events: dict[str, EventId | None]) -> None:
    assert events["kb-06"] == events["kb-06.r2"]
