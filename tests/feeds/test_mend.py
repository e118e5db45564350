"""mend and well_formed: a document that says the same and that a strict parser accepts."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.mend import mend, root_name
from bot.feeds.soup import problem_of, well_formed


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("<?xml version='1.0'?>\n<!-- c --><a>x</a>", "<a>x</a>"),
        ("<!DOCTYPE a [<!ENTITY b 'c'> ]><a>&b;</a>", "<a>&amp;b;</a>"),
        ("<!DOCTYPE a SYSTEM 'http://x/y.dtd'><a/>", "<a/>"),
        ("<!ENTITY b 'c'><a/>", "<a/>"),
        ("<a><![CDATA[1 < 2 & 3 <b>]]></a>", "<a>1 &lt; 2 &amp; 3 &lt;b&gt;</a>"),
        ("<a><![CDATA[cut", "<a>cut"),
        ("<a>x<!-- never closed</a>", "<a>x never closed</a>"),
        (
            "<a>AT&T &nbsp; &eacute; &lt; &bogus; &#8211; &#x27;</a>",
            "<a>AT&amp;T \u00a0 é &lt; &amp;bogus; &#8211; &#39;</a>",
        ),
        ("<a>&#0; &#31; &#xD800; &#99999999; &#x93;q&#x94;</a>", "<a>    “q”</a>"),
        ("<a>\x00b\x0bc\ufffe</a>", "<a>bc</a>"),
        ("noise <a>x</a> more <b/>", "<a>x</a>"),
        ("<a>x</a", "<a>x</a>"),
        ("no markup", "no markup"),
        ("", ""),
    ],
)
def test_mending(broken: str, mended: str) -> None:
    assert mend(broken) == mended


def test_forgotten_namespace_is_declared() -> None:
    mended = mend("<rss><dc:creator>A</dc:creator><odd:x/></rss>")

    assert 'xmlns:dc="http://purl.org/dc/elements/1.1/"' in mended
    assert problem_of(mended.encode()) is None


@pytest.mark.parametrize(
    ("broken", "sound"),
    [
        ("<a><b>x</a>", "<a><b>x</b></a>"),
        ("<a><b>x</c></a>", "<a><b>x</b></a>"),
        ("<a>x</b></b></a>", "<a>x</a>"),
        ("<a><item>1<item>2</a>", "<a><item>1</item><item>2</item></a>"),
        ("<a>1 < 2 <b>3</b></a>", "<a>1 &lt; 2 <b>3</b></a>"),
        ('<a><b c=d e=\'f"\' c="g">x</b></a>', '<a><b c="d" e="f&quot;">x</b></a>'),
        ("<a>x<br>y</a>", "<a>x<br/>y</a>"),
        ("<a>x</a><a>y</a>", "<a>xy</a>"),
        ("<a>x<b", "<a>x</a>"),
        ("<a>x<![CDA", "<a>x</a>"),
        ("<A><b>x</B></a>", "<A><b>x</b></A>"),
    ],
)
def test_soup_becomes_well_formed(broken: str, sound: str) -> None:
    assert well_formed(broken) == sound


SOUP = st.text(alphabet="<>/!?[]CDAT-abx&;#='\" :0", max_size=120)


@given(SOUP)
def test_mended_soup_is_always_well_formed(noise: str) -> None:
    sound = well_formed(mend(f"<a>{noise}"))

    if problem_of(sound.encode()) not in {
        "unbound prefix",
        "reserved prefix (xmlns) must not be declared or undeclared",
    }:
        ET.fromstring(sound)  # noqa: S314 - it holds no entities: that is what is tested


@given(SOUP)
def test_mending_twice_changes_nothing(noise: str) -> None:
    once = mend(f"<a>{noise}</a>")

    assert mend(once) == once
    assert root_name(once) == "a"


@given(st.text(max_size=200))
def test_any_text_has_its_elements_closed_and_one_root(text: str) -> None:
    problem = problem_of(well_formed(mend(text)).encode("utf-8", "replace"))

    assert problem not in {"mismatched tag", "junk after document element", "unclosed token"}
