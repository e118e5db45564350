"""read_opml and write_opml: lists of feeds in and out, whoever wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.feeds.opml import Outline, read_opml, write_opml

NESTED = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<opml version="1.0"><head><title>Mine</title></head><body>
 <outline text="News"><outline text="Coast">
   <outline type="rss" text="Tidewire" title="Tidewire &amp; Sons" xmlUrl="https://tide.example/feed?a=1&b=2" htmlUrl="https://tide.example/"/>
 </outline><outline text="Ledger &x;" xmlurl="https://ledger.example/atom"/></outline>
 <outline XMLURL="https://bare.example/rss"/><outline type="rss" url="https://old.example/rss" text="Old"/>
 <outline text="Tidewire again" xmlUrl="https://tide.example/feed?a=1&amp;b=2"/><outline text="no feed"/>
</body></opml>"""


def test_nested_list_is_read_with_its_folders() -> None:
    assert read_opml(NESTED) == (
        Outline("https://tide.example/feed?a=1&b=2", "Tidewire & Sons", ("News", "Coast"), "https://tide.example/"),
        Outline("https://ledger.example/atom", "Ledger &x;", ("News",)),
        Outline("https://bare.example/rss", "https://bare.example/rss"),
        Outline("https://old.example/rss", "Old"),
    )


def test_list_that_is_cut_off_gives_what_it_has() -> None:
    assert [outline.title for outline in read_opml(NESTED[: NESTED.index(b"<outline XMLURL")])] == [
        "Tidewire & Sons",
        "Ledger &x;",
    ]


def test_thousands_of_outlines_are_read() -> None:
    outlines = tuple(Outline(f"https://a.example/{n}", f"Feed {n}", (f"Folder {n // 100}",)) for n in range(5000))

    assert read_opml(write_opml(outlines, "Many")) == outlines


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "no OPML"),
        (b"<rss><channel/></rss>", "no OPML"),
        (b"\x89PNG", "no OPML"),
        (b"<opml><body><outline text='a'/></body></opml>", "no feeds"),
        (b"<opml><body>" + b"<outline xmlUrl='https://a.example/'/>" * 120_000, "4 MiB"),
        (b"<opml>" + b"".join(b"<outline xmlUrl='h:%d'/>" % n for n in range(10_002)) + b"</opml>", "10,000"),
    ],
)
def test_what_is_no_list_says_why(document: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read_opml(document)


@pytest.mark.parametrize(
    "document",
    [
        b"<!DOCTYPE o [<!ENTITY a 'xxx'><!ENTITY b '&a;&a;&a;'>]><opml><outline text='&b;' xmlUrl='h:1'/></opml>",
        b"<opml>" + b"<outline text='x'>" * 100_000 + b"<outline xmlUrl='h:1'/>",
        b"<opml><outline xmlUrl='h:1'/>" + b"<outline " * 100_000,
    ],
    ids=["entities", "deep", "unclosed"],
)
def test_hostile_list_does_no_harm(document: bytes) -> None:
    assert [outline.url for outline in read_opml(document)] == ["h:1"]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "x"
)
OUTLINES = st.builds(
    Outline,
    url=st.uuids().map(lambda number: f"https://a.example/{number}?a=1&b=<'\">"),
    title=WORDS,
    folders=st.lists(WORDS, max_size=3).map(tuple),
    site=st.sampled_from([None, "https://a.example/"]),
)


@given(st.lists(OUTLINES, min_size=1, max_size=8, unique_by=lambda outline: outline.url))
def test_reading_what_was_written_gives_the_same(outlines: list[Outline]) -> None:
    assert read_opml(write_opml(outlines, 'A <title> & "more"')) == tuple(outlines)
