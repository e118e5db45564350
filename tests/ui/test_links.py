"""Links lead to the web and say where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.limits import LINK
from bot.ui.links import link, safe_url
from tests.ui.discord_reader import read


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ledger.example/a/b", "https://ledger.example/a/b"),
        ("  http://ledger.example  ", "http://ledger.example"),
        ("https://ledger.example/a?b=c&d=é#part", "https://ledger.example/a?b=c&d=%C3%A9"),
        ("https://ledger.example/a (b)[c]<d>\"e'\\f", "https://ledger.example/a%20%28b%29%5Bc%5D%3Cd%3E%22e%27%5Cf"),
        ("https://ledger.example/a%20b", "https://ledger.example/a%20b"),
        ("https://ledger.example/новини", "https://ledger.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://аррӏе.example/", "https://xn--80ak6aa92e.example/"),
        ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
        ("HTTPS://Ledger.Example/X", "https://ledger.example/X"),
    ],
)
def test_web_addresses_become_links(url: str, expected: str) -> None:
    assert safe_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "discord://-/invite/a",
        "/relative",
        "//ledger.example",
        "ftp://a.example",
        "https://",
        "https://user@evil.example",
        "https://ledger.example:99999999/",
        "https://[bad",
        "https://a b.example/",
        "https://ledger.example)x/",
        "https://ledger.example/" + "a" * 6000,
        "https://discord.gg/abc",
        "https://www.discord.com/invite/abc",
        "https://discordapp.com/invite/a",
        "https://ptb.discord.com/invite/a",
        "https://discord.com./invite/x",
    ],
)
def test_anything_else_does_not(url: str | None) -> None:
    assert safe_url(url) is None
    assert link("Ledger", url) == "Ledger"


def test_digests_link_without_query() -> None:
    assert safe_url("https://ledger.example/a?utm_source=feed", query=False) == "https://ledger.example/a"


@pytest.mark.parametrize(
    ("label", "url", "expected"),
    [
        ("Harbour Ledger", "https://ledger.example/a", "[Harbour Ledger](https://ledger.example/a)"),
        ("ledger.example", "https://www.ledger.example/a", "[ledger.example](https://www.ledger.example/a)"),
        ("bank.example", "https://evil.example/a", "[evil.example](https://evil.example/a)"),
        ("https://bank.example/", "https://evil.example/a", "[evil.example](https://evil.example/a)"),
        ("The U.S. Ledger", "https://ledger.example/a", "[The U.S. Ledger](https://ledger.example/a)"),
        ("Le](https://evil.example)", "https://ledger.example/a", r"[Le\]\(https\:\/\/evil\.example\)](https://ledger.example/a)"),
        ("\u200b", "https://ledger.example/a", "[ledger.example](https://ledger.example/a)"),
        ("", None, "source"),
    ],
)  # fmt: skip
def test_labels_do_not_pretend(label: str, url: str | None, expected: str) -> None:
    assert link(label, url) == expected


@given(st.text(max_size=40), st.text(max_size=60).map("https://ledger.example/".__add__))
def test_one_link_to_our_host_comes_of_it(label: str, url: str) -> None:
    address = safe_url(url)
    result = read(link(label, url))

    assert address is not None
    assert address.isascii()
    assert len(address) <= LINK
    assert [target for _, target in result.links] == [address]
    assert result.live == ("masked",)
