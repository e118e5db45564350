"""Make well-formed what is not: close what was left open, drop what closes nothing, quote what was not quoted."""

import re
from typing import Final
from xml.parsers import expat

_TAG: Final = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)((?:\s[^<>]*?)?)(/?)>")
_ATTRIBUTE: Final = re.compile(r"([A-Za-z_:][\w.:-]{0,100})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/]+))")
# HTML's elements without an end tag; RSS has a "link" of its own.
_VOID: Final = frozenset({"br", "img", "hr", "input", "wbr", "col", "embed"})
_ITEMS: Final = frozenset({"item", "entry"})
_NEAR: Final = 200


def problem_of(document: bytes) -> str | None:
    """Return why *document* (UTF-8) is not well-formed XML, None where it is. Expat alone looks at it: cheap."""
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        return expat.ErrorString(error.code)
    return None


def well_formed(markup: str) -> str:
    """Return *markup* (see :func:`bot.feeds.mend.mend`) as one well-formed element that says the same.

    An item that begins ends the one before; a wrong end tag closes the element whose text it follows; a second root
    becomes part of the first. Linear in the length.
    """
    balance = _Balance()
    at = 0
    for tag in _TAG.finditer(markup):
        balance.text(markup[at : tag.start()])
        at = tag.end()
        closing, name, attributes, empty = tag.groups()
        if closing:
            balance.close(name)
        else:
            balance.open(name, attributes, empty=bool(empty))
    cut_off = re.search(r"<[/A-Za-z_!?][^<>]*\Z", markup[at:])
    balance.text(markup[at : at + cut_off.start()] if cut_off else markup[at:])
    return balance.finish()


class _Balance:
    """Writes tags so that each one opened is closed, in order."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._open: list[str] = []
        self._is_leaf = False

    def text(self, text: str) -> None:
        """Write *text*; a bracket in it that belongs to no tag is escaped. Nothing stands outside the root."""
        if self._open:
            self._written.append(text.replace("<", "&lt;"))

    def open(self, name: str, attributes: str, *, empty: bool) -> None:
        """Write a start tag; a second root is passed over."""
        folded = name.lower()
        if self._open and folded == self._open[0].lower():
            return
        if folded.rpartition(":")[2] in _ITEMS:
            self._end_item()
        void = empty or folded in _VOID
        self._written.append(f"<{name}{_attributes(attributes)}{'/' if void and self._open else ''}>")
        if not void or not self._open:
            self._open.append(name)
        self._is_leaf = not void

    def close(self, name: str) -> None:
        """Write the end tags up to the element called *name*, the root's excepted."""
        folded = name.lower()
        place = next((at for at in self._near() if self._open[at].lower() == folded), None)
        if place is None and self._is_leaf and folded not in _VOID and len(self._open) > 1:
            place = len(self._open) - 1
        if place:
            self._close_to(place)
        self._is_leaf = False

    def finish(self) -> str:
        """Close everything and return what was written."""
        self._close_to(0)
        return "".join(self._written)

    def _end_item(self) -> None:
        place = next((at for at in self._near() if self._open[at].lower().rpartition(":")[2] in _ITEMS), None)
        if place:
            self._close_to(place)

    def _near(self) -> range:
        return range(len(self._open) - 1, max(len(self._open) - _NEAR, 0) - 1, -1)

    def _close_to(self, place: int) -> None:
        self._written += [f"</{name}>" for name in reversed(self._open[place:])]
        del self._open[place:]


def _attributes(text: str) -> str:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name, (double or single or bare).replace('"', "&quot;"))
    return "".join(f' {name}="{value}"' for name, value in found.items())
