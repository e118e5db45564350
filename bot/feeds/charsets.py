"""Bytes to text: which character encoding a feed is really in, whatever it says."""

import codecs
import re
from dataclasses import dataclass
from typing import Final

from bot.feeds.legacy import guess_legacy

# Python has "encodings" that are none (zlib, rot13, idna, unicode_escape) and UTF-7, which hides markup: only these
# count. Left is Python's name, right what is used for it: the superset that publishers mean.
_ALLOWED: Final = {
    **{
        name: name for name in ("utf-8", "cp037", "cp500", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "big5hkscs")
    },
    **{
        name: name for name in ("cp437", "cp850", "cp852", "cp855", "cp866", "cp874", "gb18030", "hz", "cp932", "cp949")
    },
    **{name: name for name in ("euc_jp", "iso2022_jp", "iso2022_jp_2", "iso2022_kr", "johab", "ptcp154")},
    **{f"cp{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso8859-{number}": f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "utf-8-sig": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "shift_jisx0213": "cp932",
    "euc_kr": "cp949",
}
_SEVEN_BIT: Final = frozenset({"iso2022_jp", "iso2022_jp_2", "iso2022_kr", "hz"})
# The longer mark first: UTF-32LE's begins with UTF-16LE's.
_MARKS: Final = (
    (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"),
)  # fmt: skip
# How "<" or "{" begins without a mark (XML 1.0, appendix F); the last is "<?xm" in EBCDIC.
_BEGINNINGS: Final = (
    (re.compile(rb"\0\0\0[<{\[]"), "utf-32-be"), (re.compile(rb"[<{\[]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0[<{\[]"), "utf-16-be"), (re.compile(rb"[<{\[]\0"), "utf-16-le"),
    (re.compile(rb"\x4c\x6f\xa7\x94"), "cp037"),
)  # fmt: skip
_XML_NAME: Final = re.compile(rb"<\?xml[^>]{0,400}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})")
_HTTP_NAME: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_ASCII: Final = bytes(range(0x80))
_FALLBACK_ERRORS: Final = "needtoknow.cp1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that it was read in; ``surprise`` says where that is not the declared one."""

    text: str
    encoding: str
    surprise: str | None = None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Return *body* as text; never fails.

    A byte-order mark wins; then UTF-8, if all of it is that; then what the HTTP header and the XML declaration say.
    What fits none of them is UTF-8 with some wrong bytes, or one of the old encodings throughout, whichever explains
    more of it; of those, Windows-1252 where its letters speak for no other.
    """
    wide = _wide(body)
    if wide is not None:
        return wide
    declared = [name for name in (_http_name(content_type), _xml_name(body)) if name]
    known = [_ALLOWED[name] for name in map(_python_name, declared) if name in _ALLOWED]
    unknown = [name for name in declared if _python_name(name) not in _ALLOWED]
    surprise = f"the encoding {unknown[0]} is not one that is read" if unknown else None
    seven_bit = [name for name in known if name in _SEVEN_BIT]
    for name in (*seven_bit, "utf-8", *known):
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        if known and name not in known and not text.isascii():
            surprise = f"said to be {known[0]}, but it is {name}"
        return Decoded(text, name, surprise)
    return _guessed(body, surprise or f"not all of it is {known[0] if known else 'utf-8'}")


def _guessed(body: bytes, surprise: str) -> Decoded:
    mixed = body.decode("utf-8", _FALLBACK_ERRORS)
    high_bytes = len(body.translate(None, _ASCII))
    high_characters = len(mixed) - (len(body) - high_bytes)
    # A byte on its own gives a character of its own; a sequence of UTF-8 gives one for two bytes or more.
    if high_bytes < 1.5 * high_characters:
        name = guess_legacy(body) or "cp1252"
        return Decoded(body.decode(name, "replace"), name, surprise)
    return Decoded(mixed, "utf-8", surprise)


def _wide(body: bytes) -> Decoded | None:
    """Read a body that begins with a byte-order mark, or with the zero bytes of a wide encoding."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(name, _FALLBACK_ERRORS if name == "utf-8" else "replace"), name)
    for beginning, name in _BEGINNINGS:
        if beginning.match(body):
            return Decoded(body.decode(name, "replace"), name)
    return None


def _http_name(content_type: str | None) -> str | None:
    match = _HTTP_NAME.search(content_type or "")
    return match[1] if match else None


def _xml_name(body: bytes) -> str | None:
    match = _XML_NAME.search(body[:1024])
    return match[1].decode("ascii") if match else None


def _python_name(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK_ERRORS, _as_cp1252)
