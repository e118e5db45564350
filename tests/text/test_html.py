"""to_text: block borders survive, furniture and markup do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.html import decode_entities, to_text
from tests.growth import grows_with_length

_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<li>",
        "</li>",
        "<br/>",
        "<b>",
        "</b>",
        "<",
        ">",
        '="',
        "'",
        "&amp;",
        "&#",
        "<!--",
        "-->",
        "\n",
        "a",
        " ",
        "<script>",
        "</script>",
        "<![CDATA[",
        "]]>",
        "<nav>",
        "</nav>",
        "<a href='x",
        "&lt;p&gt;",
    ]
)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>A deck without a stop</p><p>The first paragraph.</p>", "A deck without a stop\nThe first paragraph."),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>One</li><li><p>Two</p></li><li> </li></ul>Three", "• One\n• Two\nThree"),
        ("<p>A <b>bo</b>ld\n  word &amp; a <a href='x>y'>link</a>.</p>", "A bold word & a link."),
        ("<p>Text</p><script>if (a<b) alert('x')</script><style>p{}</style>", "Text"),
        ("<nav>Menu</nav><figure><img src=x><figcaption>A van</figcaption></figure><p>Text</p>", "Text"),
        ("&lt;p&gt;Escaped twice&lt;/p&gt;&lt;p&gt;Here too&lt;/p&gt;", "Escaped twice\nHere too"),
        ("5 < 6 and x <y", "5 < 6 and x <y"),
        ('Cut off in a tag <a href="https://example.org/a', "Cut off in a tag"),
        ("Plain\n\ntext with <b>one</b> tag\nkeeps its lines", "Plain\n\ntext with one tag\nkeeps its lines"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<![CDATA[x]]><!-- y -->z<?php q ?>", "xz"),
    ],
)
def test_markup_becomes_one_block_a_line(markup: str, text: str) -> None:
    assert to_text(markup) == text


def test_no_tag_that_runs_or_loads_something_survives() -> None:
    hostile = (
        "<p onclick=x>a</p><iframe src=y>b</iframe><img src=x onerror=alert(1)>&lt;script&gt;alert(2)&lt;/script&gt;"
    )

    assert to_text(hostile) == "a"


def test_references_to_no_character_vanish() -> None:
    assert decode_entities("a&#" + "1" * 5000 + ";b&#8217;c&amp;d") == "ab’c&d"


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_markup_gives_text_without_known_tags(markup: str) -> None:
    text = to_text(markup)

    assert "<p>" not in text
    assert "\0" not in text


@pytest.mark.parametrize("piece", ["<", "<a ", '<a ="> "', "<nav>", "<script>", "<!--", "</p>", "<li>", "<p\n", "&#1"])
def test_cost_grows_with_length_only(piece: str) -> None:
    assert grows_with_length(to_text, piece)
