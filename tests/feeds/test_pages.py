"""read_page: the article of a saved page, and what its head says."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.pages import read_page
from bot.text.html import to_text

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Ferry refloated | Tidewire</title>
<meta property="og:title" content="Ferry refloated &amp; towed home">
<meta property="og:site_name" content="Tidewire"><meta name="author" content="Lena Orr">
<meta property="article:published_time" content="2026-03-02T10:00:00+01:00">
<link rel="canonical" href="https://tide.example/ferry"><script>var a = "<p>not text</p>";</script></head>
<body><header><nav><p>Home, News, Sport, and a long line of other things that nobody reads at all</p></nav></header>
<div class="teasers"><p>Read this too.</p><p>And this.</p></div>
<article><h1>Ferry refloated</h1><figure><img src="x"><figcaption>Photo by Nobody</figcaption></figure>
<p>The ferry was pulled off the rocks on Monday morning.</p><aside><p>Related: five things about ferries.</p></aside>
<div><p>It was towed to Port Ansel.</p></div><p>Nobody was hurt.</p></article>
<footer><p>All rights reserved, and a very long paragraph of legal words that goes on.</p></footer></body></html>"""


def test_page_is_read_as_a_person_reads_it() -> None:
    entry = read_page(PAGE.encode())

    assert entry.title == "Ferry refloated & towed home"
    assert entry.url == "https://tide.example/ferry"
    assert (entry.outlet, entry.author) == ("Tidewire", "Lena Orr")
    assert entry.published == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert to_text(entry.content_html).split("\n") == [
        "Ferry refloated",
        "The ferry was pulled off the rocks on Monday morning.",
        "It was towed to Port Ansel.",
        "Nobody was hurt.",
    ]


def test_linked_data_tells_what_the_head_does_not() -> None:
    data = (
        '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "headline": "Dam inspected",'
        ' "datePublished": "2026-03-02", "author": [{"name": "A"}, {"name": "B"}], "publisher": {"name": "KB"}}]}'
    )
    entry = read_page(f'<script type="application/ld+json">{data}</script><div><p>It holds.</p></div>'.encode())

    assert (entry.title, entry.author, entry.outlet) == ("Dam inspected", "A, B", "KB")
    assert (entry.published, entry.date_only) == (datetime(2026, 3, 2, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>Dam inspected - KB Radio</title><h1>Dam <b>inspected</b></h1><p>x</p>", "Dam inspected"),
        ("<title>Dam inspected – KB Radio</title><p>x</p>", "Dam inspected"),
        ("<p>Only a paragraph.</p>", ""),
    ],
)
def test_title_is_taken_from_the_heading_or_the_window(page: str, title: str) -> None:
    assert read_page(page.encode()).title == title


def test_page_without_paragraphs_is_taken_whole() -> None:
    assert to_text(read_page(b"<body><b>One</b> line.</body>").content_html) == "One line."


def test_page_in_an_old_encoding_says_so_in_its_head() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Новости</p>'

    assert "Новости" in read_page(page.encode("cp1251")).content_html


@given(st.text(alphabet="<>/apdivrtcles\"'= !-", max_size=200))
def test_any_page_gives_a_title_on_one_line_and_no_tag_that_runs(page: str) -> None:
    entry = read_page(page.encode())

    assert "\n" not in (entry.title or "")
    assert "<script" not in (entry.content_html or "")
