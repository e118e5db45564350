"""Write editions as an RSS 2.0 feed, an entry each; the newest first."""

from collections.abc import Iterable, Iterator
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import Final

from bot.digest import furniture
from bot.digest.html_page import to_fragment, xml_text
from bot.model.editions import Edition

NO_SITE: Final = "about:blank"
"""Stands where RSS 2.0 asks for the address of a site and there is none: its scheme is registered, it shows nothing."""
_ABOUT: Final = "Each sentence is copied from the article that is linked behind it."


def to_rss(editions: Iterable[Edition], link: str = NO_SITE) -> str:
    """Return *editions* as an RSS 2.0 feed; *link* is the address of the site that publishes it.

    An entry's guid depends on its zone, its window, its scope and its length alone: the same edition, made again, is
    no new entry.
    """
    ordered = sorted(editions, key=lambda one: (one.window[1], one.title), reverse=True)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0">\n<channel>\n'
        f"<title>{_plain(furniture.HEADING)}</title>\n<link>{_plain(link)}</link>\n"
        f"<description>{_plain(_ABOUT)}</description>\n<language>en</language>\n"
    )
    return head + "\n".join(line for one in ordered for line in _entry(one)) + "\n</channel>\n</rss>\n"


def _entry(edition: Edition) -> Iterator[str]:
    yield "<item>"
    yield f"<title>{_plain(edition.title)}</title>"
    yield f'<guid isPermaLink="false">{_guid(edition)}</guid>'
    yield f"<pubDate>{format_datetime(edition.window[1])}</pubDate>"
    yield f"<description>{_plain(to_fragment(edition))}</description>"
    yield "</item>"


def _guid(edition: Edition) -> str:
    scope = (*(at.isoformat() for at in edition.window), edition.zone, edition.topic or "", str(edition.length))
    return sha256("\n".join(scope).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(text: str) -> str:
    return escape(xml_text(text))
