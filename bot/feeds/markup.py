"""Look through HTML that nobody vetted: tags and their attributes, in linear time and without building a tree."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})((?:\s[^<>]*)?/?)>")
_ATTRIBUTE: Final = re.compile(r"([A-Za-z_:][\w:.-]{0,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# What stands inside these is no markup.
_RAW: Final = re.compile(r"<(script|style|template|noscript|svg|iframe|textarea)\b|<!--", re.IGNORECASE)
VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a page: its name in lower case, and where it stands in the markup."""

    name: str
    closing: bool
    attributes: str
    start: int
    end: int

    def read(self) -> dict[str, str]:
        """Return the attributes, names in lower case, entities decoded; the first of two of one name counts."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.attributes):
            found.setdefault(name.lower(), html.unescape(double or single or bare).strip())
        return found


def tags(markup: str) -> Iterator[Tag]:
    """Yield every tag of *markup*, in order."""
    for match in _TAG.finditer(markup):
        yield Tag(match[2].lower(), bool(match[1]), match[3], match.start(), match.end())


def without_raw(markup: str) -> str:
    """Return *markup* without comments, scripts, styles and the like; an unclosed one ends the page."""
    kept: list[str] = []
    at = 0
    folded = markup.lower()
    while found := _RAW.search(markup, at):
        kept.append(markup[at : found.start()])
        closing = "-->" if found[1] is None else f"</{found[1].lower()}"
        end = folded.find(closing, found.end())
        border = markup.find(">", end + len(closing) - 1) if end >= 0 else -1
        if border < 0:
            return "".join(kept)
        at = border + 1
    return "".join(kept) + markup[at:]
