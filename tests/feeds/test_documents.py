"""read_document on a corpus of odd files: the entries that a person sees in them, or the right reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FeedError
from bot.feeds.documents import read_document
from bot.feeds.parsed import entry_from_json, entry_to_json

CORPUS = Path(__file__).parent.parent / "corpus" / "feeds"
URL = "https://feeds.example/feed.xml"
FILES = sorted(path for path in CORPUS.iterdir() if not path.name.endswith(".expected.json"))


def expectation(path: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads(path.with_name(f"{path.name}.expected.json").read_text("utf-8"))
    return expected


FEEDS = [path for path in FILES if "entries" in expectation(path)]
OTHERS = [path for path in FILES if "code" in expectation(path)]


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_entries_are_what_a_person_sees(path: Path) -> None:
    expected = expectation(path)

    feed = read_document(path.read_bytes(), None, URL)

    assert len(feed.entries) == len(expected["entries"])
    for entry, told in zip(feed.entries, expected["entries"], strict=True):
        row = entry_to_json(entry)
        assert {name: row.get(name) for name in told if told[name] not in ("", None)} == {
            name: value for name, value in told.items() if value not in ("", None)
        }
        assert not any(row.get(name) for name in told if told[name] in ("", None))
    for name in {"title", "link", "language"} & expected.keys():
        assert getattr(feed, name) == expected[name]
    if "warnings" in expected:
        assert bool(feed.warnings) == expected["warnings"]


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.name)
def test_what_is_no_feed_says_why(path: Path) -> None:
    with pytest.raises(FeedError) as caught:
        read_document(path.read_bytes(), None, URL)

    assert caught.value.code == expectation(path)["code"]


def test_encoding_of_the_header_counts_where_the_document_names_none() -> None:
    body = "<rss><channel><item><title>Новости</title></item></channel></rss>".encode("koi8-r")

    assert read_document(body, "text/xml; charset=KOI8-R", URL).entries[0].title == "Новости"


def test_only_the_newest_thousand_entries_are_kept_in_their_order() -> None:
    items = "".join(
        f"<item><title>{n}</title><pubDate>{n % 28 + 1} Feb 2026 {n % 24}:00 GMT</pubDate></item>" for n in range(3000)
    )
    feed = read_document(f"<rss><channel><title>T</title>{items}</channel></rss>".encode(), None, URL)

    numbers = [int(entry.title) for entry in feed.entries]
    oldest = min(entry.published for entry in feed.entries if entry.published)
    assert len(numbers) == 1000
    assert numbers == sorted(numbers)
    assert oldest.day > 17
    assert feed.title == "T"


def test_undated_entries_of_a_huge_feed_are_kept_from_the_top() -> None:
    items = "".join(f"<item><title>{n}</title></item>" for n in range(2000))
    feed = read_document(f"<rss><channel>{items}</channel></rss>".encode(), None, URL)

    assert [entry.title for entry in feed.entries] == [str(n) for n in range(1000)]


def test_json_feed_is_cut_to_the_newest_thousand_too() -> None:
    items = [
        {"id": str(n), "title": "t", "date_published": f"2026-01-01T00:{n // 60 % 60:02}:{n % 60:02}Z"}
        for n in range(1500)
    ]
    document = {"version": "https://jsonfeed.org/version/1.1", "items": items}

    feed = read_document(json.dumps(document).encode(), None, URL)

    assert [entry.guid for entry in feed.entries] == [str(n) for n in range(500, 1500)]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_feed_error(body: bytes) -> None:
    for document in (body, b"<rss><channel><item><title>" + body, b'{"items":[{"id":1,"title":"' + body):
        try:
            read_document(document, None, URL)
        except FeedError as error:
            assert error.code in {"not_a_feed", "parse_error"}  # noqa: PT017 - success is right, too


@given(st.text(alphabet="<>/![]CDAT-?x&;#=\"' itemrss:", max_size=80))
def test_any_markup_around_an_entry_is_survived(noise: str) -> None:
    try:
        read_document(f"<rss><channel>{noise}<item><title>a</title></item></channel></rss>".encode(), None, URL)
    except FeedError as error:
        assert error.code in {"not_a_feed", "parse_error"}  # noqa: PT017 - success is right, too


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_entries_survive_the_way_through_json(path: Path) -> None:
    for entry in read_document(path.read_bytes(), None, URL).entries:
        assert entry_from_json(json.loads(json.dumps(entry_to_json(entry)))) == entry
