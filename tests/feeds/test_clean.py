"""clean: cuts what is no news, keeps every word of what is."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.characters import repair
from bot.feeds.clean import clean, clean_title
from tests.growth import grows_with_length

CORPUS = Path(__file__).parent.parent / "corpus" / "clean"
CASES = sorted(path.name.removesuffix(".expected.txt") for path in CORPUS.glob("*.expected.txt"))

_LINES = st.sampled_from(
    [
        "The vans left on Monday.",
        "• None The goose stayed.",
        "• A goose",
        "- one",
        "* two.",
        "A heading",
        "Continue reading...",
        "BRENNICK (Sealine) - A van came.",
        "He said that…",
        "[…]",
        "The post A van appeared first on The Lamp.",
        "Read more",
        "Photo: Lamp/A. Marsh A van came.",
        "Sign up for our newsletter",
        "None",
        "•",
        "",
        "“Yes.”",
        "March 4: What to know today",
        "The lighthouse of Skarr turned pink overnight while its keeper slept",
        "By Una Marsh",
        "it goes on without an end",
        "doesnâ€™t",
        "&amp;amp;",
        "A - B - C",
        "A pilot said. Sign up for our daily email. Then he left.",
        "(Reporting by A; editing by B)",
        "The lighthouse of Skarr turned pink overnight while its keeper slept, police said.",
        "\u200b",
        "March 04, 2026 5:00 AM A van",
    ]
)
_TEXTS = st.lists(_LINES | st.text(max_size=30), max_size=12).map("\n".join)


@pytest.mark.parametrize("name", CASES)
def test_corpus(name: str) -> None:
    given_text = (CORPUS / f"{name}.txt").read_text("utf-8")

    assert clean(given_text).text == (CORPUS / f"{name}.expected.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "truncated"),
    [
        ("repeated_introduction", True),
        ("cut_off_end", True),
        ("cut_off_sentence_in_paragraph", True),
        ("only_a_fragment_is_kept", True),
        ("headings_inside_stay", False),
        ("list_without_end_marks", False),
    ],
)
def test_a_cut_off_piece_is_told(name: str, truncated: bool) -> None:
    assert clean((CORPUS / f"{name}.txt").read_text("utf-8")).truncated is truncated


@pytest.mark.parametrize(
    "line",
    [
        "Continue reading...",
        "Advertisement",
        "Sign up for our morning newsletter",
        "5 min read",
        "Read more: A goose, promoted",
        "The post A van left appeared first on The Lamp .",
        "By Una Marsh and Piet Olsen",
        "© 2026 The Lamp",
        "Photo: A. Marsh/Lamp",
        "This article was updated on 4 March 2026 to correct a name.",
        "This live blog is now closed.",
    ],
)
def test_lines_that_are_no_news_go(line: str) -> None:
    assert clean(f"The vans left on Monday.\n\n{line}").text == "The vans left on Monday."


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more books, the minister told the pupils.",
        "Share prices fell on Monday.",
        "Print is not dead, the editor said.",
        "By Monday the vans had gone.",
        "Subscribe or be fined, the prefect told the village.",
        "NASA — the space agency — said the rocket had been found.",
        "Published by a small press in Brennick, the book sold well.",
        "Advertisement for the post drew nine geese.",
        "None of the boats left.",
        "The post of harbour master appeared first on his list.",
        "Copyright was the one thing the judge did not ask about.",
    ],
)
def test_sentences_that_only_look_like_it_stay(sentence: str) -> None:
    text = f"The vans left on Monday.\n\n{sentence}"

    assert clean(text).text == text


@pytest.mark.parametrize(
    "head",
    [
        "TESK - ",
        "BRENNICK (Sealine) — ",
        "PORT SKARR, March 3 (Sealine) - ",
        "Brennick (Sealine) - ",
        "SKARR, Vessaly -- ",
        "NEW BRENNICK: ",
        "SÃO SKARR — ",
        "Tom Reed / Getty Images ",
        "TOM REED/AFP via Getty Images ",
        "March 04, 2026 5:00 AM ",
    ],
)
def test_what_stands_before_the_first_sentence_goes(head: str) -> None:
    assert clean(f"{head}The vans left on Monday.").text == "The vans left on Monday."


@given(_TEXTS)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)

    assert clean(once.text).text == once.text


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(_TEXTS)
def test_no_word_is_added(text: str) -> None:
    given_letters = iter(_letters(repair(text)))

    assert all(letter in given_letters for letter in _letters(clean(text).text))


@given(st.text(max_size=300))
def test_any_text_is_cleaned_to_paragraphs(text: str) -> None:
    cleaned = clean(text).text

    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert not re.search(r"[\x00\ud800-\udfff\u200b]", cleaned)


@pytest.mark.parametrize(
    "piece",
    [
        "a\n",
        "•\n",
        "• None a\n",
        "“",
        ". ",
        "… ",
        "Continue reading ",
        "A - ",
        "Ã©",
        "\x80",
        "The post x ",
        "Photo: a/",
        "&amp;",
        "x y z\n",
    ],
)
def test_cost_grows_with_length_only(piece: str) -> None:
    assert grows_with_length(clean, piece)


@pytest.mark.parametrize(
    ("title", "clean_one"),
    [
        ("  Vans &amp; geese\n leave ", "Vans & geese leave"),
        ("A <i>pink</i> lighthouse", "A pink lighthouse"),
        ("5 < 6, say judges", "5 < 6, say judges"),
        ("It doesnâ€™t fly", "It doesn’t fly"),
        ("", ""),
    ],
)
def test_titles_stand_on_one_line(title: str, clean_one: str) -> None:
    assert clean_title(title) == clean_one


def test_endless_titles_end_at_a_word() -> None:
    assert len(clean_title("van " * 1000)) <= 500
    assert clean_title("van " * 1000).endswith("van")
