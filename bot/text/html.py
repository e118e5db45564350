"""Turn markup into plain text whose newlines are the borders of its blocks."""

import html
import re
from dataclasses import dataclass, field
from typing import Final

from bot.text.wordlist import words

# Attribute values may hold ">"; at most 100 of them are read, so that a tag that never ends costs a bounded look.
_TAG: Final = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+){0,200}+>"
)
_OPENED: Final = re.compile(r"</?(?P<name>[a-zA-Z][a-zA-Z0-9:-]*+)[^<]*+")
_HUGE_REFERENCE: Final = re.compile(r"&#[xX]?0*[0-9a-fA-F]{8,};?")

_BLOCKS: Final = words(
    """
    address article aside blockquote body br caption center dd details dir div dl dt fieldset figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p pre section
    summary table tbody tfoot thead tr ul
    """
)
_INLINE: Final = words(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark picture q s samp small
    source span strike strong sub sup td th time tt u var wbr
    """
)
# What stands inside is no text at all, so nothing but the end tag is looked for.
_RAW: Final = frozenset({"script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"})
# Furniture of pages: dropped with all that is inside, where it is closed.
_FURNITURE: Final = words(
    """
    audio button canvas figcaption form head math nav noscript object select svg template video
    """
)
_KNOWN: Final = _BLOCKS | _INLINE | _RAW | _FURNITURE
_ESCAPED: Final = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|script|style|h[1-6])\s*>|<(?:br|p|img|script|div|a href)\b", re.IGNORECASE
)
_MOST_ESCAPED: Final = 3  # times that markup may have been escaped, or wrapped in CDATA, too often
# Borders are noted in characters that no source may use, until the source's own newlines have been dealt with.
_BORDER: Final = "\0"
_ITEM: Final = "\1"
_ITEM_END: Final = "\2"
_WITHOUT_MARKS: Final = {0: None, 1: None, 2: None}
_EMPTY_ITEM: Final = re.compile(rf"{_ITEM}\s*{_ITEM_END}")
_ITEM_START: Final = re.compile(rf"\n?{_ITEM}\s*")
_SPACES: Final = re.compile(r"[^\S\n]+")
_AROUND_BREAK: Final = re.compile(r" ?\n[ \n]*")


def to_text(markup: str) -> str:
    """Return the readable text of *markup*, one block a line.

    Every block tag becomes a newline before tags are dropped, so that a standfirst is never glued to the first
    paragraph; list items start with “• ”. Scripts, styles, forms and navigation are left out, entities decoded, and
    markup that was escaped once too often is read as markup. Text without any tag keeps its own newlines. Cost is
    linear; any string is accepted.
    """
    text = _render(markup)
    for _ in range(_MOST_ESCAPED):
        if not _ESCAPED.search(text):
            break
        text = _render(text)
    return text


def decode_entities(text: str) -> str:
    """Return *text* with character references decoded; references to no character vanish."""
    if "&" not in text:
        return text
    # html.unescape raises on references of more digits than int() reads.
    return html.unescape(_HUGE_REFERENCE.sub("", text))


@dataclass(slots=True)
class _Page:
    """What has been read so far.

    ``blocks`` tells whether newlines of the source mean nothing; ``unclosed`` are names that have no end tag further
    on, so that none is looked for twice.
    """

    pieces: list[str] = field(default_factory=list)
    blocks: bool = False
    unclosed: set[str] = field(default_factory=set)

    def tag(self, name: str, *, closing: bool) -> None:
        if name in {"td", "th"}:
            self.pieces.append(" ")
        elif name in _BLOCKS:
            self.blocks = True
            self.pieces.append(_BORDER)
            if name == "li":
                self.pieces.append(_ITEM_END if closing else _ITEM)

    def text(self) -> str:
        joined = "".join(self.pieces)
        if not self.blocks:
            return _SPACES.sub(" ", joined).strip()
        joined = _SPACES.sub(" ", joined.replace("\n", " ").replace(_BORDER, "\n"))
        joined = _EMPTY_ITEM.sub("", _AROUND_BREAK.sub("\n", joined)).replace(_ITEM_END, "")
        return _AROUND_BREAK.sub("\n", _ITEM_START.sub("\n• ", joined)).strip()


def _render(markup: str) -> str:
    page = _Page()
    at = 0
    markup = markup.replace("\r\n", "\n").replace("\r", "\n").translate(_WITHOUT_MARKS)
    while (start := markup.find("<", at)) >= 0:
        page.pieces.append(decode_entities(markup[at:start]))
        at = _read_markup(markup, start, page)
    page.pieces.append(decode_entities(markup[at:]))
    return page.text()


def _read_markup(markup: str, start: int, page: _Page) -> int:
    """Read what begins with “<” at *start*; return where reading goes on."""
    if markup.startswith(("<!", "<?"), start):
        return _read_declaration(markup, start, page)
    tag = _TAG.match(markup, start)
    return _read_broken(markup, start, page) if tag is None else _read_tag(markup, tag, page)


def _read_declaration(markup: str, start: int, page: _Page) -> int:
    if markup.startswith("<!--", start):
        return _after(markup, "-->", start + 4)
    if not markup.startswith("<![CDATA[", start):
        return _after(markup, ">", start + 2)
    end = _after(markup, "]]>", start + 9)
    page.pieces.append(markup[start + 9 : end].removesuffix("]]>"))
    return end


def _read_tag(markup: str, tag: re.Match[str], page: _Page) -> int:
    name = tag["name"].lower()
    page.tag(name, closing=bool(tag["close"]))
    if tag["close"] or tag[0].endswith("/>"):
        return tag.end()
    if name in _RAW or (name in _FURNITURE and name not in page.unclosed):
        return _skip_inside(markup, name, tag.end(), page)
    return tag.end()


def _read_broken(markup: str, start: int, page: _Page) -> int:
    """Drop a known tag that was never closed, as where a feed cut its text off; keep any other “<” as a sign."""
    opened = _OPENED.match(markup, start)
    if opened is not None and opened["name"].lower() in _KNOWN:
        page.tag(opened["name"].lower(), closing=False)
        return opened.end()
    page.pieces.append("<")
    return start + 1


def _skip_inside(markup: str, name: str, at: int, page: _Page) -> int:
    """Return where reading goes on after the start tag of *name*: past its end tag, or at once where it has none."""
    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(markup, at)
    if end is not None:
        return end.end()
    page.unclosed.add(name)
    return len(markup) if name in _RAW else at


def _after(markup: str, mark: str, at: int) -> int:
    end = markup.find(mark, at)
    return len(markup) if end < 0 else end + len(mark)
