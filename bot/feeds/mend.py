"""Mend XML before it is parsed: what a feed may not contain is dropped, what it forgot to escape is escaped.

Nothing is ever expanded: document types and the entities that they declare are gone before a parser sees the text.
"""

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final

# XML 1.0, production 2: everything else is no character.
_NO_CHARACTER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL: Final = re.compile(r"<!--|<!\[CDATA\[|<\?|<!(?=[A-Za-z])", re.IGNORECASE)
_AMPERSAND: Final = re.compile(r"&(?:#([0-9]{1,10});|#[xX]([0-9a-fA-F]{1,8});|([A-Za-z_:][\w.:-]{0,40});)?", re.ASCII)
_SUBSET_END: Final = re.compile(r"\]\s*>")
_START_TAG: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_PREFIX: Final = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,40}\s*=\s*[\"']")
_XMLNS: Final = re.compile(r"(\sxmlns(?::[\w.-]{1,40})?\s*=\s*[\"'])(\s[^\"'<>]*|[^\"'<>\s]+\s+)([\"'])")
_DECLARED: Final = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_MOST_DECLARATIONS: Final = 20
_NAMESPACES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
_XML_NAMES: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})


def mend(text: str) -> str:
    """Return *text* without prolog, comments, processing instructions, declarations and CDATA sections.

    What stood in a CDATA section stands there escaped; HTML's named entities are the characters that they mean;
    other names, stray ampersands and characters that XML forbids do no more harm. Linear in the length.
    """
    mended = "".join(_pieces(_NO_CHARACTER.sub("", text)))
    root = _START_TAG.search(mended)
    if root is None:
        return mended.strip()
    opening = root[0].rstrip(" \t\r\n/>")
    body = _XMLNS.sub(lambda found: f"{found[1]}{found[2].strip()}{found[3]}", mended[root.start() :])
    body = _cut_tail(body, opening)
    return f"{opening}{_declarations(body)}{body[len(opening) :]}"


def root_name(mended: str) -> str | None:
    """Return the root element's local name in lower case; None where there is no element at all."""
    root = _START_TAG.match(mended)
    return root[1].lower() if root else None


def _pieces(text: str) -> Iterator[str]:
    missing: set[str] = set()
    at = 0
    while special := _SPECIAL.search(text, at):
        yield _escape_ampersands(text[at : special.start()])
        mark = special[0].upper()
        if mark == "<![CDATA[":
            end = text.find("]]>", special.end())
            yield html.escape(text[special.end() : end if end >= 0 else len(text)], quote=False)
            at = end + 3 if end >= 0 else len(text)
        else:
            at = _end(text, special, mark, missing)
    yield _escape_ampersands(text[at:])


def _end(text: str, special: re.Match[str], mark: str, missing: set[str]) -> int:
    """Return where the comment, instruction or declaration is over; an unclosed one loses its mark only.

    *missing* remembers which endings occur no more, so that a flood of openings is not searched again and again.
    """
    if mark == "<!":
        return _declaration_end(text, special, missing)
    closing = "-->" if mark == "<!--" else "?>"
    end = -1 if closing in missing else text.find(closing, special.end())
    if end < 0:
        missing.add(closing)
        return special.end()
    return end + len(closing)


def _declaration_end(text: str, special: re.Match[str], missing: set[str]) -> int:
    end = -1 if ">" in missing else text.find(">", special.end())
    if end < 0:
        missing.add(">")
        return special.end()
    subset = text.find("[", special.end(), end)
    if subset >= 0 and "]" not in missing:
        closed = _SUBSET_END.search(text, subset)
        if closed:
            return closed.end()
        missing.add("]")
    return end + 1


def _escape_ampersands(text: str) -> str:
    return _AMPERSAND.sub(_reference, text) if "&" in text else text


def _reference(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        return _character(int(decimal) if decimal else int(hexadecimal, 16))
    if name is None:
        return "&amp;"
    if name in _XML_NAMES:
        return match[0]
    meant = html5.get(f"{name};")
    return html.escape(meant) if meant else f"&amp;{name};"


def _character(number: int) -> str:
    if 128 <= number < 160:  # Windows-1252 in disguise, as HTML reads it
        return bytes([number]).decode("cp1252", "ignore")
    if number > 0x10FFFF or _NO_CHARACTER.match(chr(number)):
        return ""
    return f"&#{number};"


def _cut_tail(mended: str, opening: str) -> str:
    """Drop what follows the end of the root element; a document that never ends it is left as it is."""
    closing = f"</{opening[1:]}"
    last = mended.rfind(closing)
    return f"{mended[:last]}{closing}>" if last >= 0 else mended


def _declarations(body: str) -> str:
    """Return the ``xmlns`` attributes that are missing: one forgotten declaration would make all of it ill-formed."""
    used = {tag or attribute for tag, attribute in _PREFIX.findall(body)}
    missing = used - set(_DECLARED.findall(body)) - {"xml", "xmlns"}
    addresses = {prefix: _NAMESPACES.get(prefix.lower(), f"urn:undeclared:{prefix}") for prefix in missing}
    return "".join(f' xmlns:{prefix}="{addresses[prefix]}"' for prefix in sorted(missing)[:_MOST_DECLARATIONS])
