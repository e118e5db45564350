"""IngestLine: articles come in, are read and grouped; failures are values; a restart goes on."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.app.machinery import Machinery, open_machinery
from bot.clock import ManualClock
from bot.ingest.understanding import Understanding
from bot.model.articles import Article
from bot.settings import Settings
from bot.storage.articles import ArticleStore
from bot.storage.events import EventStore
from tests.ingest.conftest import Opener
from tests.storage.samples import draft

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

FLOOD = [
    (
        "The Skerry Post",
        "Flood closes bridge in Lower Brod",
        "Mayor Enna Quill of Lower Brod closed the stone bridge on Monday after the river Ulda rose by two metres.",
    ),
    (
        "Holm Herald",
        "River closes Lower Brod's stone bridge",
        "The stone bridge of Lower Brod was closed on Monday when the river Ulda rose two metres, the mayor said.",
    ),
    (
        "Ostrava Times",
        "Bakers of Holm win bread prize",
        "Three bakers from Holm won the prize for the best rye bread of the islands on Monday.",
    ),
]


def silent(done: int, total: int) -> None:
    """Draw nothing."""


def write_jsonl(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    lines = [
        json.dumps({"id": f"a{n}", "outlet": outlet, "title": title, "text": text, "published": NOON.isoformat()})
        for n, (outlet, title, text) in enumerate(rows)
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


async def test_two_outlets_reports_of_one_thing_become_one_event(machinery: Machinery, tmp_path: Path) -> None:
    report = await machinery.line.run(paths=[write_jsonl(tmp_path / "news.jsonl", FLOOD)], step=silent)

    events = await machinery.news.events(min_outlets=2)
    page = await machinery.news.event(str(events.rows[0].id))

    assert (report.new, report.rejected) == (3, 0)
    assert events.total == 1
    assert set(events.rows[0].outlets) == {"The Skerry Post", "Holm Herald"}
    assert {line.outlet for line in page.reports} == {"The Skerry Post", "Holm Herald"}
    assert all(line.why for line in page.reports)


async def test_the_same_file_again_is_all_known(machinery: Machinery, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "news.jsonl", FLOOD)
    await machinery.line.run(paths=[path], step=silent)

    again = await machinery.line.run(paths=[path], step=silent)

    assert (again.new, again.revised, again.duplicate) == (0, 0, 3)
    assert (await machinery.news.events()).total == 2


async def test_bad_lines_are_counted_and_named_and_the_rest_comes_in(machinery: Machinery, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "news.jsonl", FLOOD)
    path.write_text(path.read_text("utf-8") + "\nnot json\n{}\n", "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02" * 100)

    report = await machinery.line.run(paths=[tmp_path], step=silent)

    assert report.new == 3
    assert report.rejected >= 3
    assert any("binary.txt" in problem for problem in report.problems)
    assert any("line 4" in problem for problem in report.problems)


async def test_a_restart_puts_a_later_report_into_the_event_of_before(opener: Opener, tmp_path: Path) -> None:
    async with opener() as first:
        await first.line.run(paths=[write_jsonl(tmp_path / "one.jsonl", FLOOD[:1])], step=silent)
        before = (await first.news.events()).rows[0].id

    async with opener() as second:
        later = [("Holm Herald", *FLOOD[1][1:])]
        path = write_jsonl(tmp_path / "two.jsonl", later)
        await second.line.run(paths=[path], step=silent)
        events = await second.news.events()

    assert [event.id for event in events.rows] == [before]
    assert len(events.rows[0].outlets) == 2


async def test_a_withdrawal_that_a_crash_left_is_followed_at_the_next_start(opener: Opener, tmp_path: Path) -> None:
    async with opener() as first:
        await first.line.run(paths=[write_jsonl(tmp_path / "news.jsonl", FLOOD)], step=silent)
        one, *_ = await stored(first)
        notice = draft(one.title, one.text, outlet=one.outlet.name, guid=one.guid, url=one.url, withdrawn=True)
        await ArticleStore(first.database).put(notice)

    async with opener() as second:
        await second.line.read()
        states = await EventStore(second.database).states(NOON - timedelta(days=900))

    assert [row.key.article for row in states if not row.state] == [one.id]


async def test_an_article_that_a_crash_left_ungrouped_is_grouped_at_the_next_start(
    opener: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(self: Understanding, articles: object) -> None:
        raise KeyboardInterrupt

    async with opener() as first:
        monkeypatch.setattr(type(first.grouping), "save", dies)
        with pytest.raises(KeyboardInterrupt):
            await first.line.run(paths=[write_jsonl(tmp_path / "news.jsonl", FLOOD)], step=silent)
        monkeypatch.undo()
        ungrouped = (await first.news.events()).total

    async with opener() as second:
        await second.line.catch_up()
        events = await second.news.events()

    assert ungrouped == 0
    assert events.total == 2


async def test_one_feeds_failure_is_a_value_and_the_others_come_in(
    local_settings: Settings, clock: ManualClock
) -> None:
    async def feed(_: web.Request) -> web.Response:
        items = "".join(
            f"<item><title>{title}</title><description>{text}</description><guid>{n}</guid></item>"
            for n, (_, title, text) in enumerate(FLOOD)
        )
        body = f"<rss version='2.0'><channel><title>The Skerry Post</title>{items}</channel></rss>"
        return web.Response(text=body, content_type="application/rss+xml")

    async def gone(_: web.Request) -> web.Response:
        return web.Response(status=410)

    app = web.Application()
    app.router.add_get("/feed", feed)
    app.router.add_get("/gone", gone)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    base = f"http://127.0.0.1:{port}"
    ports = local_settings.feeds.model_copy(update={"allow_ports": (port,)})
    settings = local_settings.model_copy(update={"feeds": ports})
    urls = [f"{base}/gone", f"{base}/feed", "http://10.0.0.1/feed", "ftp://example.org/feed"]

    async with open_machinery(settings, clock) as machinery:
        report = await machinery.line.run(feeds=urls, step=silent)
        again = await machinery.line.run(feeds=[f"{base}/feed"], step=silent)
    await runner.cleanup()

    assert [feed.url for feed in report.feeds] == urls
    assert [feed.code or feed.outcome for feed in report.feeds] == ["gone", "ok", "blocked_address", "bad_scheme"]
    assert report.new == 3
    assert (again.new, again.duplicate) == (0, 3)


async def test_an_edited_article_is_read_anew_and_stays_in_its_event(machinery: Machinery, tmp_path: Path) -> None:
    await machinery.line.run(paths=[write_jsonl(tmp_path / "one.jsonl", FLOOD)], step=silent)
    edited = [(FLOOD[0][0], FLOOD[0][1], FLOOD[0][2].replace("two metres", "three metres"))]
    before = await EventStore(machinery.database).events_of([article.id for article in await stored(machinery)])

    report = await machinery.line.run(paths=[write_jsonl(tmp_path / "one.jsonl", edited)], step=silent)

    articles = await stored(machinery)
    after = await EventStore(machinery.database).events_of([article.id for article in articles])
    assert report.revised == 1
    assert any("three metres" in article.text for article in articles)
    assert after == before


async def stored(machinery: Machinery) -> tuple[Article, ...]:
    return await ArticleStore(machinery.database).list_between(NOON - timedelta(days=1), NOON + timedelta(days=1))
