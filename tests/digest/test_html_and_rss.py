"""An edition as an HTML page and as an RSS feed: well-formed, escaped, whole."""

from dataclasses import replace
from datetime import timedelta
from html import escape, unescape
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from bot.digest.edition import make_edition
from bot.digest.html_page import address, to_html
from bot.digest.rss import to_rss
from bot.model.editions import Edition, Excerpt, Item, Link
from bot.model.spans import Span
from tests.digest.newsroom import MORNING, Newsroom, bridge, many, request, talks

FULL = make_edition(many(14).material(), request())
ODD = st.text(alphabet=st.characters(codec=None), max_size=40)


class Reader(HTMLParser):
    """Collects what a browser would show, the tags and the addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def with_item(item: Item) -> Edition:
    return replace(FULL, bullets=(item,), also=(item,), quote=item, coming=(replace(item, day=FULL.day),))


def test_page_holds_every_item_with_its_source_and_nothing_that_is_fetched() -> None:
    page = to_html(FULL)
    shown = "".join(read(page).words)

    assert all(item.text in shown for item in FULL.items)
    assert page.count("<li>") == len(FULL.bullets) + len(FULL.also) + len(FULL.coming)
    assert not {"script", "link", "img", "iframe"} & set(read(page).tags)
    assert {item.links[0].url for item in FULL.bullets} <= set(read(page).addresses)


def test_an_update_says_what_is_new() -> None:
    newsroom = Newsroom()
    talks(newsroom)
    newsroom.remember(make_edition(newsroom.material(), request()))
    item = replace(FULL.bullets[0], update=True, new=Excerpt((), "opened talks"), was=Excerpt((), "will open"))
    page = to_html(with_item(item))

    assert "<strong>Update:</strong>" in page
    assert "<em>opened talks</em> (was: will open)" in page


@given(text=ODD, name=ODD, url=ODD)
def test_no_text_breaks_the_page_or_the_feed(text: str, name: str, url: str) -> None:
    item = replace(
        FULL.bullets[0], text=text, bold=Span(0, len(text) // 2), links=(Link(name, url), Link(name, f"http://a/{url}"))
    )
    edition = with_item(item)

    page = ET.fromstring(to_html(edition).split("\n", 1)[1])  # noqa: S314 - our own output
    feed = ET.fromstring(to_rss([edition]).encode())  # noqa: S314 - our own output

    allowed = {"html", "head", "meta", "title", "style", "body", "article", "h1", "h2", "p", "small", "strong", "em"}
    assert {one.tag for one in page.iter()} <= allowed | {"ol", "ul", "li", "br", "a", "blockquote"}
    assert all(str(one.get("href")).startswith(("http://", "https://")) for one in page.iter("a"))
    assert len(feed.findall("channel/item")) == 1


def test_only_addresses_of_the_web_are_linked() -> None:
    assert address("javascript:alert(1)") is None
    assert address("https://a.example/ü?q=1&r=2") == "https://a.example/%C3%BC?q=1&r=2"
    assert address("http://a.example/\n") is None
    assert address(None) is None


def test_feed_lists_the_newest_first_and_knows_an_edition_again() -> None:
    newsroom = Newsroom()
    bridge(newsroom)
    today = make_edition(newsroom.material(), request())
    later = make_edition(newsroom.material(), request(MORNING + timedelta(hours=1)))

    feed = ET.fromstring(to_rss([today, later]).encode())  # noqa: S314 - our own output
    again = ET.fromstring(to_rss([later]).encode())  # noqa: S314 - our own output

    dates = [str(one.text) for one in feed.iterfind("channel/item/pubDate")]
    assert dates == ["Wed, 04 Mar 2026 08:00:00 +0000", "Wed, 04 Mar 2026 07:00:00 +0000"]
    guids = [one.text for one in feed.iterfind("channel/item/guid")]
    assert len(set(guids)) == 2
    assert guids[0] == again.findtext("channel/item/guid")


def test_feed_names_the_site_that_publishes_it_and_no_site_of_somebody_else() -> None:
    named = ET.fromstring(to_rss([FULL], "https://news.example/?a=1&b=2").encode())  # noqa: S314 - our own output
    unnamed = ET.fromstring(to_rss([FULL]).encode())  # noqa: S314 - our own output

    assert named.findtext("channel/link") == "https://news.example/?a=1&b=2"
    assert unnamed.findtext("channel/link") == "about:blank"


def test_an_entry_holds_the_edition_as_html() -> None:
    feed = ET.fromstring(to_rss([FULL]).encode())  # noqa: S314 - our own output
    description = feed.findtext("channel/item/description") or ""

    assert escape(FULL.bullets[0].text)[:30] in description or FULL.bullets[0].text[:30] in unescape(description)
    assert description.startswith('<p class="s">')
