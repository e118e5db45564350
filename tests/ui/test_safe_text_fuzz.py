"""Hostile titles by the thousand, in every kind of message: none is live, and Discord would take every message."""

import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import pytest

from bot.errors import AuditError
from bot.model.answers import FeedNotice
from bot.model.editions import Item
from bot.sandbox.double.checks.rules import message_problems
from bot.sandbox.double.checks.shapes import known_shapes
from bot.ui.components import Option, menu, row, text
from bot.ui.custom_ids import Ask
from bot.ui.digest_message import digest_message
from bot.ui.feed_card import feed_list
from bot.ui.feed_notice import feed_notice
from bot.ui.links import link, safe_url
from bot.ui.payload import Payload, boxed
from bot.ui.plain_text import plain
from bot.ui.safe_text import discord_line, shown, strong
from tests.promises import Record
from tests.ui.discord_reader import read
from tests.ui.samples import END, STANDARD
from tests.ui.test_cards import FEED_LINE
from tests.ui.test_safe_text import CASES, PIECES

ROUTE = "POST /channels/{channel_id}/messages"
_TITLES = 10_000
_SAMPLE = 120
_KINDS = 4
# Things that our own messages are made of: their live parts are not a title's.
_OURS = {"masked", "bold", "heading", "small", "quote", "list", "time", "italic", "channel"}
MORE = [
    "discordapp.com/invite/x", "dsc.gg/x", "<https://evil.example>", "https://discord.com/channels/1/2/3",
    "[click](https://evil.example)", "[a](<https://evil.example>)", "[[a]](https://e.example)", "||spoiler||",
    "<sound:1:2>", "<t:1:R>", "</x:1>", "<@!1>", "\u2028", "\u2029", "\r", "\x85", "\v", "﹫everyone",
    "@\u200beveryone", "@ev\u00aderyone", "ｈｔｔｐｓ://evil.example", "hxxps://", "javascript:",
    "data:text/html,", "\U0001f1e6", "ﷺ" * 5,
    "\ufeff", "\u061c", "\u180e", "\ufff9", "*" * 50, "`" * 7, "\\" * 9, "a" * 300, "\n\n# x", "\n>>> q", "\n```\n",
]  # fmt: skip


def titles(count: int) -> Iterator[str]:
    """Yield the same *count* hostile titles each time."""
    dice = random.Random(49)
    for _ in range(count):
        parts = dice.choices([*PIECES, *MORE], k=dice.randint(1, 14))
        letters = "".join(chr(dice.choice([dice.randrange(0x20, 0x7F), dice.randrange(0x110000)])) for _ in range(3))
        parts.insert(dice.randrange(len(parts) + 1), letters)
        yield dice.choice(["", " "]).join(parts)


def messages(title: str, others: list[str]) -> Iterator[Payload]:
    """Yield every kind of message that shows a title, a name, an address or words of a feed."""
    item = replace(STANDARD.bullets[0], text=title or "x", links=(replace(STANDARD.bullets[0].links[0], name=title),))
    notice = FeedNotice(1, title, "failing", "timeout", END)
    line = replace(FEED_LINE, name=title, url=f"https://a.example/{title}", topic=title)
    yield feed_notice([notice, replace(notice, kind="disabled", name=others[0])])
    yield feed_list([line, replace(line, name=others[0])], Ask("feeds"))
    yield boxed(text(f"{strong(title, 80)} · {discord_line(title, 200)}\n{link(title, f'https://a.example/{title}')}"))
    yield boxed(text("x"), row(menu("o1:event", "Open", [Option(title, "1", title), Option(others[0], "2")])))
    yield from _digests(item)


def _one_kind(number: int) -> tuple[int, int]:
    """Return which kinds of message a title goes through: digests for every fifth, else one of the others."""
    kind = number % (_KINDS + 1)
    return kind, kind + 1 if kind < _KINDS else kind + 9


def _digests(item: Item) -> Iterator[Payload]:
    with suppress(AuditError):  # an edition that does not pass its audit is not posted
        yield from digest_message(replace(STANDARD, bullets=(item, *STANDARD.bullets[1:])))


@pytest.mark.parametrize("count", [_SAMPLE, pytest.param(_TITLES, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_no_title_is_live_in_any_message(count: int, record_promise: Record) -> None:
    shapes = known_shapes()
    made = 0
    known = list(titles(count))
    for number, title in enumerate(known):
        line = discord_line(title)

        assert read(line).live == ()
        assert shown(line) == read(line).words == plain(title)
        assert read(f"{line} {discord_line(known[number - 1])}").live == ()
        for message in islice(messages(title, known[number - 1 :]), *_one_kind(number)):
            made += 1
            body = message.to_dict()
            live = {kind for content in message.texts for kind in read(content).live}
            links = [url for content in message.texts for _, url in read(content).links]

            assert live <= _OURS, (title, live)
            assert all(safe_url(url) == url for url in links), title
            assert message_problems(body) == [], title
            assert shapes.request_problems(ROUTE, body) == [], title
    record_promise("5 text", f"{count} fuzzed titles in {made} messages: 0 live, 0 refused by the double's rules")


def test_the_corpus_stays_dead_in_any_message(record_promise: Record) -> None:
    made = 0
    for case in CASES:
        for message in messages(str(case.values[0]), ["x"]):
            made += 1

            assert {kind for content in message.texts for kind in read(content).live} <= _OURS
            assert message_problems(message.to_dict()) == []
    record_promise("5 text", f"{len(CASES)} cases of the corpus in {made} messages: 0 live")
