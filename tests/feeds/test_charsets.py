"""decode: what the bytes are, not what they claim to be."""

import codecs
import encodings.aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.charsets import decode


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Größe".encode(), "text/xml; charset=iso-8859-1", "Größe"),
        ("Größe".encode("cp1252"), "text/xml; charset=utf-8", "Größe"),
        ("Größe".encode("cp1252"), None, "Größe"),
        ("“Größe”".encode("cp1252"), "text/xml; charset=iso-8859-1", "“Größe”"),
        ("Łódź".encode("iso8859-2"), 'text/xml; charset="ISO-8859-2"', "Łódź"),
        ("日本語".encode("euc_jp"), "application/xml;charset=EUC-JP", "日本語"),
        ("日本語".encode("iso2022_jp"), "text/xml; charset=iso-2022-jp", "日本語"),
        ("한국어".encode("cp949"), "text/xml; charset=euc-kr", "한국어"),
        ("繁體".encode("big5"), "text/xml; charset=Big5", "繁體"),
        (codecs.BOM_UTF8 + "é".encode(), "text/xml; charset=koi8-r", "é"),
        (codecs.BOM_UTF16_BE + "<é".encode("utf-16-be"), None, "<é"),
        ("<é".encode("utf-32-le"), None, "<é"),
        ("dé «\u00a0doué\u00a0», «\u00a0ça\u00a0»".encode("cp1252"), None, "dé «\u00a0doué\u00a0», «\u00a0ça\u00a0»"),
        (b"", None, ""),
    ],
)
def test_text_is_read_as_it_was_meant(body: bytes, content_type: str | None, text: str) -> None:
    assert decode(body, content_type).text == text


@pytest.mark.parametrize(
    "name", ["utf-7", "zlib", "idna", "punycode", "rot13", "unicode_escape", "raw_unicode_escape", "no-such", "../x"]
)
def test_codec_that_is_no_text_encoding_is_not_used(name: str) -> None:
    decoded = decode(b"+ADw- \\u003c x", f"text/xml; charset={name}")

    assert decoded.text == "+ADw- \\u003c x"
    assert decoded.surprise is not None


@given(st.binary(max_size=200), st.sampled_from([None, *sorted(set(encodings.aliases.aliases.values()))]))
def test_any_bytes_under_any_name_are_text(body: bytes, name: str | None) -> None:
    text = decode(body, name and f"text/xml; charset={name}").text

    assert "\ud800" not in text
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_utf8_is_never_mistaken(text: str) -> None:
    decoded = decode(f"<{text}".encode(), "text/xml; charset=utf-8")

    assert decoded.text == f"<{text}" or "\0" in text[:3]
