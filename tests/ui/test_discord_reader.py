"""The model reads live what is live: otherwise the tests that lean on it prove nothing."""

import pytest

from tests.ui.discord_reader import read


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("@everyone", "ping"),
        ("<@123>", "user"),
        ("<@&123>", "role"),
        ("<#123>", "channel"),
        ("</schedule add:123>", "command"),
        ("<t:1:R>", "time"),
        ("<id:customize>", "navigation"),
        ("<a:wave:123>", "emoji"),
        ("see https://a.example/x", "url"),
        ("<https://a.example>", "autolink"),
        ("discord.gg/abc", "invite"),
        ("[a](https://a.example)", "masked"),
        ("**a**", "bold"),
        ("# a", "heading"),
        ("-# a", "small"),
        ("> a", "quote"),
        ("1. a", "list"),
        ("- # a", "heading"),
        ("||a||", "spoiler"),
        ("`a`", "code"),
        ("__a__", "underline"),
    ],
)
def test_live_things_are_seen(text: str, live: str) -> None:
    assert live in read(text).live


def test_escaped_text_is_words() -> None:
    assert read(r"\*\*a\*\* \<\@123\>") == read("").__class__((), "**a** <@123>")
