"""Serves the made-up world's feeds on loopback, as RSS, Atom and JSON Feed, the way they stand at the clock's time."""

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from types import TracebackType
from typing import Final, Self
from xml.etree import ElementTree as ET

from aiohttp import web

from bot.clock import Clock
from bot.sandbox.world import World, WorldItem, WorldOutlet

_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"
_ATOM: Final = "http://www.w3.org/2005/Atom"
_ITEMS_IN_A_FEED: Final = 30
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
ET.register_namespace("content", _CONTENT)
ET.register_namespace("atom", _ATOM)


class Newsroom:
    """A loopback server with one feed an outlet.

    Use it as ``async with Newsroom(world, clock) as newsroom:`` and read :attr:`feeds`. It answers conditional
    requests, so that an unchanged feed is not parsed again.
    """

    def __init__(self, world: World, clock: Clock, *, port: int = 0) -> None:
        self._world = world
        self._clock = clock
        self._port = port
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{outlet}/feed", self._feed)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def port(self) -> int:
        """Return the port that is listened on."""
        return self._port

    @property
    def feeds(self) -> dict[str, str]:
        """Return the feed's address of each outlet, by the outlet's name."""
        return {o.name: f"http://127.0.0.1:{self._port}/{o.id}/feed" for o in self._world.outlets}

    async def _feed(self, request: web.Request) -> web.Response:
        outlet = next((o for o in self._world.outlets if o.id == request.match_info["outlet"]), None)
        if outlet is None:
            raise web.HTTPNotFound
        items = self._world.latest(outlet.id, self._clock.now(), _ITEMS_IN_A_FEED)
        etag = f'"{outlet.id}-{max((i.first_seen for i in items), default=_NEVER).isoformat()}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        kind = next(i.format for i in self._world.items if i.outlet == outlet.id)
        write, content_type = _WRITERS[kind]
        return web.Response(
            body=write(outlet, items), content_type=content_type, charset="utf-8", headers={"ETag": etag}
        )


def write_rss(outlet: WorldOutlet, items: tuple[WorldItem, ...]) -> bytes:
    """Return an RSS 2.0 document; a bare day stays a bare day, as careless feeds have it."""
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    _children(channel, title=outlet.name, link=outlet.site, description=f"News from {outlet.name}", language="en")
    for item in items:
        node = ET.SubElement(channel, "item")
        _children(node, title=item.title, link=item.url, description=item.summary_html)
        ET.SubElement(node, "guid", isPermaLink="true" if item.guid == item.url else "false").text = item.guid
        ET.SubElement(node, f"{{{_CONTENT}}}encoded").text = _paragraphs(item.text)
        if item.published:
            ET.SubElement(node, "pubDate").text = _rfc822(item.published)
    return _document(rss)


def write_atom(outlet: WorldOutlet, items: tuple[WorldItem, ...]) -> bytes:
    """Return an Atom document."""
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _atom(feed, id=outlet.site, title=outlet.name)
    ET.SubElement(feed, f"{{{_ATOM}}}link", href=outlet.site)
    for item in items:
        node = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _atom(node, id=item.guid, title=item.title)
        ET.SubElement(node, f"{{{_ATOM}}}link", href=item.url)
        ET.SubElement(node, f"{{{_ATOM}}}summary", type="html").text = item.summary_html
        ET.SubElement(node, f"{{{_ATOM}}}content", type="html").text = _paragraphs(item.text)
        if item.published:
            _atom(node, published=item.published, updated=item.updated or item.published)
    return _document(feed)


def write_json_feed(outlet: WorldOutlet, items: tuple[WorldItem, ...]) -> bytes:
    """Return a JSON Feed 1.1 document."""
    rows = [
        {
            "id": item.guid,
            "url": item.url,
            "title": item.title,
            "summary": item.summary_html,
            "content_html": _paragraphs(item.text),
            "date_published": item.published,
            "date_modified": item.updated,
        }
        for item in items
    ]
    document = {"version": "https://jsonfeed.org/version/1.1", "title": outlet.name, "home_page_url": outlet.site}
    return json.dumps(document | {"items": rows}, ensure_ascii=False).encode()


_WRITERS: Final[dict[str, tuple[Callable[[WorldOutlet, tuple[WorldItem, ...]], bytes], str]]] = {
    "rss": (write_rss, "application/rss+xml"),
    "atom": (write_atom, "application/atom+xml"),
    "json": (write_json_feed, "application/feed+json"),
}


def _document(root: ET.Element) -> bytes:
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode").encode()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(block, quote=False)}</p>".replace("\n", "<br>") for block in text.split("\n\n"))


def _rfc822(published: str) -> str:
    return published if len(published) == len("2026-03-02") else format_datetime(_utc(published), usegmt=True)


def _utc(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)


def _children(parent: ET.Element, **texts: str) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text


def _atom(parent: ET.Element, **texts: str) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, f"{{{_ATOM}}}{tag}").text = text
