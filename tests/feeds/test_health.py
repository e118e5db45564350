"""describe: each reason in words that a person can act on."""

import pytest

from bot.errors import REASON_CODES, FeedError
from bot.feeds.categories import kind_hint
from bot.feeds.health import describe, describe_error, redacted
from bot.model.articles import ItemKind


@pytest.mark.parametrize("code", sorted(REASON_CODES))
def test_every_reason_is_told_in_plain_words(code: str) -> None:
    text = describe(code)

    assert text.endswith(".")
    assert 40 < len(text) < 260
    assert not {"HTTP", "exception", "None", code} & set(text.replace(".", " ").split())


@pytest.mark.parametrize("status", [400, 403, 404, 418, 429, 451, 500, 503])
def test_status_is_explained(status: int) -> None:
    text = describe("http_error", status)

    assert str(status) in text or status == 429
    assert text != describe("http_error")


@pytest.mark.parametrize(("seconds", "words"), [(60, "a minute"), (600, "10 minutes"), (86400, "24 hours")])
def test_wait_is_told(seconds: float, words: str) -> None:
    error = FeedError("rate_limited", "x", status=429, retry_after=seconds)

    assert words in describe_error(error)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@a.example:8443/feed?key=secret#part", "https://a.example:8443/feed?…"),
        ("https://a.example/feed", "https://a.example/feed"),
        ("http://[::1", "(an address that cannot be read)"),
    ],
)
def test_secrets_of_an_address_are_not_shown(url: str, shown: str) -> None:
    assert redacted(url) == shown


def test_unknown_reason_is_an_error() -> None:
    with pytest.raises(KeyError):
        describe("bad_luck")


def test_category_words_name_a_kind() -> None:
    assert kind_hint(["World", " OPINION "]) == ItemKind.OPINION
    assert kind_hint(["World", "Politics"]) is None
