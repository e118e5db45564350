"""find_feeds: the feeds a page names, likeliest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.discover import FoundFeed, find_feeds
from tests.growth import grows_with_length

SITE = "https://news.example/section/"


def test_declared_feeds_come_first_and_comments_last() -> None:
    page = """<html><head><base href="/base/">
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
      <link REL='Alternate stylesheet' TYPE="Application/Atom+XML; charset=utf-8" title="All &amp; more" href=all.atom>
      <link rel="alternate" type="application/feed+json" href="https://cdn.example/feed.json">
      <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" href="/feed.css">
      <link rel="alternate" type="application/json" href="/wp-json/posts/1">
    </head><body><a href="/rss.xml">RSS</a> <a href="all.atom">again</a> <a href="/about">x</a></body></html>"""

    assert find_feeds(page, SITE) == (
        FoundFeed("https://news.example/base/all.atom", "All & more", "application/atom+xml"),
        FoundFeed("https://cdn.example/feed.json", "", "application/feed+json"),
        FoundFeed("https://news.example/rss.xml", "", ""),
        FoundFeed("https://news.example/comments/feed", "Comments", "application/rss+xml"),
    )


def test_bytes_are_read_too() -> None:
    page = '<link rel="alternate" type="application/rss+xml" title="Größe" href="/f">'.encode()

    assert find_feeds(page, SITE)[0].title == "Größe"


@pytest.mark.parametrize(
    "page",
    [
        "", "no markup", "<!-- <link rel=alternate type=application/rss+xml href=/x> -->",
        "<script>'<link rel=alternate type=application/rss+xml href=/x>'</script>",
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="http://[::1">',
        '<a href="/feedback">x</a><a href="/atomic-energy">x</a><a href="/rssi">x</a><a href="#feed">x</a>',
    ],
)  # fmt: skip
def test_nothing_is_found_where_nothing_is_named(page: str) -> None:
    assert find_feeds(page, SITE) == ()


@pytest.mark.parametrize(
    "href",
    [
        "/feed", "/feed/", "/feeds/all.xml", "/rss", "/index.rss", "/x?format=rss", "/atom.xml", "/feed.json",
        "feed:https://news.example/r.rss",
    ],
)  # fmt: skip
def test_link_in_the_text_that_looks_like_a_feed_is_found(href: str) -> None:
    assert len(find_feeds(f'<a href="{href}">feed</a>', SITE)) == 1


def test_at_most_twenty_are_returned() -> None:
    page = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(500))

    assert len(find_feeds(page, SITE)) == 20


@pytest.mark.parametrize(
    "flood", ["<", "<a ", "<!--", "<script>", "<a href='", "<link rel=alternate ", "<a a=" + "'x' b=" * 9 + ">"]
)
def test_hostile_page_costs_no_time(flood: str) -> None:
    assert grows_with_length(lambda page: find_feeds(page, SITE), flood, 1_000_000)


@given(st.text(alphabet="<>/link rel=atypehrf'\"!-:", max_size=200))
def test_any_page_yields_web_addresses_only(page: str) -> None:
    assert all(feed.url.startswith(("http://", "https://")) for feed in find_feeds(page, SITE))
