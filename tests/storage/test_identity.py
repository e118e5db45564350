"""Which entries of an outlet are one story: each piece of evidence for what it is worth."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.identity import (
    Keys,
    Shared,
    Verdict,
    compare,
    keys_of,
    shared_among,
    shares_text,
    title_key,
    url_key,
)
from tests.storage.samples import FERRY, NOON, draft

NOTHING_SHARED = Shared(frozenset(), frozenset())


def keys(**changes: Any) -> Keys:
    return keys_of(draft(**changes))


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, Verdict.SAME),
        ({"text": FERRY.replace(" ", "  ")}, Verdict.SAME),
        ({"guid": "other", "url": None}, Verdict.SAME),
        ({"guid": "other", "url": "https://post.example/else"}, Verdict.SAME),
        ({"title": "Ferry sails", "text": "Rewritten."}, Verdict.SAME),
        ({"title": "Ferry sails", "text": "Rewritten.", "guid": None}, Verdict.SAME),
        ({"title": "Ferry sails", "text": "Rewritten.", "guid": "other"}, Verdict.ASK_TEXT),
        ({"text": "Rewritten.", "guid": "other"}, Verdict.SAME),
        ({"title": "Ferry sails", "text": "Rewritten.", "url": "https://post.example/else"}, Verdict.ASK_TEXT),
        ({"text": "Rewritten.", "url": "https://post.example/else"}, Verdict.SAME),
        ({"text": "Rewritten.", "guid": None, "url": None}, Verdict.ASK_TEXT),
        ({"text": "Rewritten.", "guid": "other", "url": "https://post.example/news/ferry?seen=9"}, Verdict.ASK_TEXT),
        ({"text": "Rewritten.", "guid": "other", "url": "https://post.example/else"}, Verdict.OTHER),
        ({"title": "Fire", "text": "A fire.", "guid": "other", "url": "https://post.example/else"}, Verdict.OTHER),
    ],
    ids=[
        "everything", "all but spaces", "content alone, no address", "content alone, another address",
        "guid and address", "address, no guid", "address, another guid", "address and title", "guid alone",
        "guid and title", "title, nothing against it", "title and path", "title alone", "nothing",
    ],
)  # fmt: skip
def test_evidence(changes: dict[str, Any], verdict: Verdict) -> None:
    assert compare(keys(**changes), keys(), NOTHING_SHARED) is verdict


def test_same_words_a_week_later_under_another_name_are_another_story() -> None:
    later = keys(guid="other", url="https://post.example/else", event_at=NOON + timedelta(days=8))

    assert compare(later, keys(), NOTHING_SHARED) is Verdict.OTHER


def test_same_words_under_the_same_guid_stay_one_story_for_ever() -> None:
    later = keys(url="https://post.example/else", event_at=NOON + timedelta(days=800))

    assert compare(later, keys(), NOTHING_SHARED) is Verdict.SAME


def test_shared_guid_proves_nothing() -> None:
    shared = Shared(frozenset({"post-1"}), frozenset())
    other = keys(title="Fire", text="A fire.", url="https://post.example/else")

    assert compare(other, keys(), shared) is Verdict.OTHER


def test_front_page_as_address_proves_nothing() -> None:
    one, other = keys(url="https://post.example/", guid=None), keys(url="https://post.example", guid=None, text="Else.")

    assert compare(keys(title="Fire", text="A fire.", url="https://post.example", guid=None), one, NOTHING_SHARED) is (
        Verdict.OTHER
    )
    assert compare(other, one, NOTHING_SHARED) is Verdict.ASK_TEXT


def test_what_one_fetch_lists_under_two_titles_is_shared() -> None:
    listed = [(keys(title=title), NOON) for title in ("Ferry", "Fire")]

    shared = shared_among(listed, [])

    assert shared.guids == {"post-1"}
    assert shared.urls == {"post.example/news/ferry"}


def test_what_two_fetches_list_under_two_titles_is_an_edit() -> None:
    listed = [(keys(title="Ferry"), NOON), (keys(title="Fire"), NOON + timedelta(minutes=5))]

    assert shared_among(listed, []) == NOTHING_SHARED


@pytest.mark.parametrize(
    "address",
    [
        "http://post.example/news/ferry",
        "https://www.post.example/news/ferry/",
        "https://m.post.example/news/ferry#comments",
        "https://amp.post.example/news/ferry",
        "https://POST.example/news/ferry/amp",
        "https://post.example/news/ferry.amp",
        "https://post.example/news/ferry?utm_source=rss&utm_medium=feed&fbclid=x&ref=rss",
        "https://post.example/news/ferry?amp=1&outputType=amp",
    ],
)
def test_forms_of_one_address_have_one_key(address: str) -> None:
    assert url_key(address) == "post.example/news/ferry"


def test_telling_parameters_stay() -> None:
    assert url_key("https://post.example/show?id=7&page=2") == url_key("https://www.post.example/show?page=2&id=7")
    assert url_key("https://post.example/show?id=7") != url_key("https://post.example/show?id=8")


@pytest.mark.parametrize("address", [None, "", "http://[broken/x", "no address", "tag:post.example,2026:1"])
def test_odd_address_has_some_key_or_none(address: str | None) -> None:
    assert (url_key(address) is None) == (not address)


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert title_key(text) == title_key(f"  {text} !")
    assert (url_key(text) is None) == (not text)
    assert shares_text(text, text) == bool(text.strip())


@pytest.mark.parametrize(
    ("new", "shared"),
    [
        (FERRY, True),
        (FERRY.replace("Friday", "Saturday"), True),
        (FERRY + " The crossing takes three hours when the sea is calm.", True),
        (FERRY.replace("Friday", "Saturday").replace("bolt", "screw").replace("spare parts", "cranes"), False),
        ("A fire broke out in the fish market before dawn on Monday.", False),
        ("", False),
    ],
)
def test_most_sentences_in_common_share_a_text(new: str, shared: bool) -> None:
    assert shares_text(new, FERRY) is shared
    assert shares_text(FERRY, new) is shared
