"""Foreign text is shown word for word and does nothing."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model.spans import Span
from bot.ui.plain_text import MOST_MARKS, plain
from bot.ui.safe_text import discord_line, emphasised, shown
from tests.ui.discord_reader import read

CORPUS = Path(__file__).parent.parent / "corpus" / "safe_text"
CASES = [
    pytest.param(case["text"], case["discord"], id=f"{file.stem}: {case['why']}")
    for file in sorted(CORPUS.glob("*.json"))
    for case in json.loads(file.read_text("utf-8"))
]
PIECES = [
    "@everyone", "@here", "<@123>", "<@&1>", "<#12>", "</a b:12>", "<t:12:R>", "<a:wave:12>", "<:x1:12>", "<id:home>",
    "https://", "HTTP://", "discord.gg/", "discord.com/invite/", "www.", "evil.example", "[", "](", ")", "**", "__",
    "~~", "||", "```", "`", "\\", ">", ">>> ", "# ", "-# ", "- ", "* ", "1. ", "2) ", "\n", " ", "word", "é", "e\u0301",
    "\u200b", "\u200d", "\u202e", "\u2066", "\U000e0041", "\ud800", "\x00", "\u0300" * 7, "👩\u200d🚀", "🇺🇦",
    "‼\ufe0f", "ی\u200cه", "п", "xn--", "//", ":", "mailto:", "<", "+49 1", "a@b.example",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_corpus_comes_out_as_written_down(text: str, expected: str) -> None:
    assert discord_line(text) == expected
    assert read(expected).live == ()


def test_corpus_is_there() -> None:
    assert len(CASES) >= 60


@given(hostile)
@example("https:\x00//evil.example")
@example("@every\u200bone")
@example("<\u200b@123>")
@example("@everyoneé @here_x")
@example("a" * 45 + "https://evil.example/x")
def test_nothing_in_it_is_live(text: str) -> None:
    assert read(discord_line(text)).live == ()
    assert read(f"**x** {discord_line(text)} ([y](https://ours.example/z))").links == (("y", "https://ours.example/z"),)


@given(hostile)
def test_reader_sees_exactly_the_plain_text(text: str) -> None:
    line = discord_line(text)

    assert read(line).words == plain(text)
    assert shown(line) == plain(text)


@given(hostile, st.integers(0, 40))
def test_cut_text_is_a_safe_beginning_of_it(text: str, limit: int) -> None:
    line = discord_line(text, limit)

    assert len(line) <= limit
    assert read(line).live == ()
    assert not (len(line) - len(line.rstrip("\\"))) % 2
    assert plain(text).startswith(shown(line).removesuffix("…").rstrip()) or line == "…"


@given(hostile, st.data())
def test_bold_changes_no_word_and_frees_nothing(text: str, data: st.DataObject) -> None:
    edges = sorted(
        data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4).filter(lambda e: len(e) % 2 == 0))
    )
    spans = tuple(Span(edges[at], edges[at + 1]) for at in range(0, len(edges), 2))

    result = read(emphasised(text, spans))

    assert result.words == plain(text)
    assert set(result.live) <= {"bold"}


@given(hostile | st.text(max_size=80))
def test_plain_text_is_one_line_of_what_can_be_seen(text: str) -> None:
    line = plain(text)

    assert line == unicodedata.normalize("NFC", line) == " ".join(line.split())
    assert plain(line) == line
    for before, here, after in zip(" " + line, line, line[1:] + " ", strict=False):
        assert unicodedata.category(here) not in {"Cc", "Cs", "Co"}
        if here in "\u200c\u200d":
            assert not before.isspace()
            assert not after.isspace()
    marks = longest = 0
    for here in line:
        marks = marks + 1 if unicodedata.category(here) in {"Mn", "Me"} and here != "\ufe0f" else 0
        longest = max(longest, marks)
    assert longest <= MOST_MARKS


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), max_size=60))
def test_letters_and_digits_survive(text: str) -> None:
    assert plain(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("Varland signs pact", (Span(0, 7),), "**Varland** signs pact"),
        ("the  Karse dam broke", (Span(4, 15),), "the **Karse dam** broke"),
        ("a b", (Span(1, 2),), "a b"),
        ("one two three", (Span(0, 3), Span(3, 7)), "**one two** three"),
        ("5 * 3 is_x", (Span(0, 5),), r"**5 \* 3** is\_x"),
        ("whole", (Span(0, 5),), "**whole**"),
        ("short", (Span(2, 99),), "sh**ort**"),
    ],
)
def test_bold_is_set_around_words(text: str, spans: tuple[Span, ...], expected: str) -> None:
    assert emphasised(text, spans) == expected


def test_a_megabyte_takes_seconds_at_most() -> None:
    assert len(discord_line("a.b:c[d](e)<f " * 20_000)) > 280_000
