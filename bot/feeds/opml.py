"""Lists of feeds as OPML: read whatever exporters write, write what importers read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from bot.errors import UserError
from bot.feeds.charsets import decode
from bot.feeds.mend import mend, root_name
from bot.feeds.parsed import fit_address, fit_text

MOST_FEEDS: Final = 10_000
_MOST_BYTES: Final = 4 << 20
_MOST_TITLE_CHARACTERS: Final = 200
_MOST_DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of a list. ``url`` is as it was written; ``folders`` are the titles it lies under, outermost first.

    ``owner``, ``country`` (ISO 3166-1, two letters) and ``kind`` are of the outlet; starter packs give them.
    """

    url: str
    title: str
    folders: tuple[str, ...] = ()
    site: str | None = None
    owner: str | None = None
    country: str | None = None
    kind: str | None = None


def read_opml(document: bytes) -> tuple[Outline, ...]:
    """Return the feeds in *document*, in its order, each address once.

    Nested folders, missing titles and small damage are put up with; of a document that is cut off, what stands before
    the cut is returned. Document types and entities are dropped; nothing is fetched or expanded.

    Raises:
        UserError: it is no OPML, holds no feed, or is larger than 4 MiB or 10,000 feeds.
    """
    if len(document) > _MOST_BYTES:
        raise UserError(f"This list of feeds is larger than {_MOST_BYTES >> 20} MiB. Split it into smaller files.")
    mended = mend(decode(document).text)
    if root_name(mended) not in {"opml", "outline", "body"}:
        raise UserError("This is no OPML file. Export your feeds as OPML from your feed reader and try again.")
    reader = _Reader()
    reader.read(mended)
    if not reader.outlines:
        raise UserError("This OPML file names no feeds: no outline in it has an xmlUrl.")
    first: dict[str, Outline] = {}
    for outline in reader.outlines:
        first.setdefault(outline.url, outline)
    return tuple(first.values())


def write_opml(outlines: Iterable[Outline], title: str) -> bytes:
    """Return *outlines* as an OPML 2.0 document (UTF-8), folders and order kept; reading it gives the same again."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", '<opml version="2.0">']
    lines += [f"  <head><title>{_quoted(title)[1:-1]}</title></head>", "  <body>"]
    open_folders: tuple[str, ...] = ()
    for outline in outlines:
        lines += _changed_folders(open_folders, outline.folders)
        open_folders = outline.folders
        lines.append(f"{_indent(len(open_folders))}{_element(outline)}")
    lines += [*_changed_folders(open_folders, ()), "  </body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")


class _Reader:
    """Collects outlines while expat goes through a document."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self._folders: list[str] = []

    def read(self, mended: str) -> None:
        """Read *mended* as far as it is sound."""
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(mended.encode("utf-8", "replace"), True)
        except expat.ExpatError:
            return

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.lower() != "outline":
            return
        given = {key.lower(): fit_text(value, 4000) for key, value in attributes.items()}
        title = " ".join((given.get("title") or given.get("text") or "").split())[:_MOST_TITLE_CHARACTERS]
        url = given.get("xmlurl") or (given.get("url", "") if given.get("type") in {"rss", "atom"} else "")
        if url:
            folders = tuple(folder for folder in self._folders[:_MOST_DEPTH] if folder)
            self.outlines.append(
                Outline(
                    url,
                    title or url,
                    folders,
                    fit_address(given.get("htmlurl")),
                    owner=_detail(given, "owner"),
                    country=_detail(given, "country"),
                    kind=_detail(given, "kind"),
                )
            )
        if len(self.outlines) > MOST_FEEDS:
            raise UserError(f"This list holds more than {MOST_FEEDS:,} feeds. Split it into smaller files.")
        self._folders.append("" if url else title)

    def _end(self, name: str) -> None:
        if name.lower() == "outline":
            self._folders.pop()


def _detail(given: dict[str, str], name: str) -> str | None:
    return " ".join(given.get(name, "").split())[:_MOST_TITLE_CHARACTERS] or None


def _changed_folders(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    closed = [f"{_indent(depth)}</outline>" for depth in range(len(before) - 1, same - 1, -1)]
    opened = [f"{_indent(depth)}<outline text={_quoted(after[depth])}>" for depth in range(same, len(after))]
    return closed + opened


def _element(outline: Outline) -> str:
    title = _quoted(outline.title)
    site = f" htmlUrl={_quoted(outline.site)}" if outline.site else ""
    details = (("owner", outline.owner), ("country", outline.country), ("kind", outline.kind))
    more = "".join(f" {name}={_quoted(value)}" for name, value in details if value)
    return f'<outline type="rss" text={title} title={title} xmlUrl={_quoted(outline.url)}{site}{more}/>'


def _quoted(text: str) -> str:
    return quoteattr(fit_text(text), {'"': "&quot;"})


def _indent(depth: int) -> str:
    return "  " * (depth + 2)
