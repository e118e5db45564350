"""canonical_url: shorter, and still the same page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.urls import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://Lamp.Example/a?utm_source=rss&id=7&at_medium=RSS#top", "https://lamp.example/a?id=7"),
        ("http://lamp.example:80", "http://lamp.example/"),
        ("https://user:secret@lamp.example:8443/a", "https://lamp.example:8443/a"),
        (" https://lamp.example/a b/ü\n", "https://lamp.example/ab/%C3%BC"),
        ("https://lamp.example/a%20b?q=x%26y", "https://lamp.example/a%20b?q=x%26y"),
        ("https://lamp.example/?ref=rss&ref=42", "https://lamp.example/?ref=42"),
        ("https://www.google.com/amp/s/lamp.example/a?amp=1", "https://lamp.example/a"),
        ("https://lamp-example.cdn.ampproject.org/c/s/lamp.example/a", "https://lamp.example/a"),
        ("https://m.lamp.example/amp/a", "https://m.lamp.example/amp/a"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_what_only_tracks_is_cut(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "vans",
        "ftp://lamp.example/a",
        "javascript:alert(1)",
        "https://",
        "https://[x/",
        "https://lamp.example:x/",
        "https://lamp.example/" + "a" * 3000,
    ],
)
def test_what_is_no_address_is_none(url: str | None) -> None:
    assert canonical_url(url) is None


@given(st.text(alphabet="abc/?&=#%.:@ü", max_size=60).map("https://lamp.example".__add__) | st.text(max_size=60))
def test_twice_changes_nothing(url: str) -> None:
    once = canonical_url(url)

    assert once is None or canonical_url(once) == once
