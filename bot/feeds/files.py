"""Read articles from files and folders: text, HTML, JSON Lines, saved feeds; without any network."""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Final, cast

from bot.errors import FeedError, InputError
from bot.feeds.charsets import decode
from bot.feeds.jsonfeed import read_json
from bot.feeds.once import parse_once
from bot.feeds.pages import read_page
from bot.feeds.rows import entry_of, read_row
from bot.model.articles import Entry

_MOST_LINE_BYTES: Final = 16 << 20
_MOST_DOCUMENT_BYTES: Final = 16 << 20
_SNIFFED: Final = 4096
_LONGEST_HEADING: Final = 150
_ENDS: Final = (".", "!", "?", "…", ":", ";", ",", "”", '"')
_KINDS: Final = {
    ".jsonl": "rows", ".ndjson": "rows", ".json": "json", ".html": "page", ".htm": "page", ".xhtml": "page",
    ".xml": "feed", ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".txt": "text", ".text": "text", ".md": "text",
}  # fmt: skip
_Item = Entry | InputError


@dataclass(frozen=True, slots=True)
class _Given:
    """What the caller says where a file does not say it itself."""

    published: datetime | None
    outlet: str | None
    url: str | None

    def fill(self, item: _Item, *, one_article: bool) -> _Item:
        if isinstance(item, InputError):
            return item
        filled = replace(item, published=item.published or self.published, outlet=item.outlet or self.outlet)
        return replace(filled, url=item.url or self.url) if one_article else filled


def read_path(
    path: Path | str, *, published: datetime | None = None, outlet: str | None = None, url: str | None = None
) -> Iterator[Entry | InputError]:
    """Yield the articles in a file, or in all files of a folder, by name, hidden ones left out.

    *published*, *outlet* and *url* stand in where a file does not say them itself; *url* only for files that are one
    article each. What cannot be read comes out as an :class:`InputError` that names file and line; the rest goes on.
    JSON Lines are read line by line; no more than 16 MiB of any file are held at once.
    """
    given = _Given(published, outlet, url)
    place = Path(path)
    if not place.exists():
        yield InputError(f"{place}: there is no such file or folder.")
        return
    for file in _files(place) if place.is_dir() else (place,):
        yield from _read_file(file, given)


def read_rows(stream: IO[bytes], name: str) -> Iterator[Entry | InputError]:
    """Yield the articles in a stream of JSON Lines; *name* stands for it in errors. Empty lines are passed over."""
    for number, line in _lines(stream):
        where = f"{name}, line {number}"
        if line is None:
            yield InputError(f"{where}: this line is longer than {_MOST_LINE_BYTES >> 20} MiB.")
        elif line.strip():
            yield _caught(line, where)


def _files(folder: Path) -> Iterator[Path]:
    try:
        children = sorted(folder.iterdir())
    except OSError:
        yield folder  # reading it says why
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _files(child)
        elif not child.is_dir():
            yield child


def _read_file(file: Path, given: _Given) -> Iterator[_Item]:
    try:
        if not file.is_file():
            yield InputError(f"{file}: this is no ordinary file.")
            return
        with _opened(file) as stream:
            yield from _read_stream(stream, file, given)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield InputError(f"{file}: its compression is damaged ({error}).")
    except OSError as error:
        yield InputError(f"{file}: it cannot be read ({error.strerror or error}).")


def _opened(file: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(file)) if file.suffix.lower() == ".gz" else file.open("rb")


def _read_stream(stream: IO[bytes], file: Path, given: _Given) -> Iterator[_Item]:
    suffixes = [suffix.lower() for suffix in file.suffixes if suffix.lower() != ".gz"]
    kind = _KINDS.get(suffixes[-1]) if suffixes else None
    if kind == "rows":
        for item in read_rows(stream, str(file)):
            yield given.fill(item, one_article=False)
        return
    document = stream.read(_MOST_DOCUMENT_BYTES + 1)
    if len(document) > _MOST_DOCUMENT_BYTES:
        yield InputError(f"{file}: it is larger than {_MOST_DOCUMENT_BYTES >> 20} MiB. Long lists belong into .jsonl.")
        return
    kind = kind or _sniffed(document)
    problem = _problem(document)
    items = (InputError(f"{file}: {problem}."),) if problem else _READERS[kind](document, str(file))
    for item in items:
        yield given.fill(item, one_article=kind in {"text", "page"})


def _sniffed(document: bytes) -> str:
    start = decode(document[:_SNIFFED]).text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("{"):
        return "rows"
    if start.startswith("<") and any(mark in start for mark in ("<rss", "<feed", "<rdf:rdf", "<channel")):
        return "feed"
    return (
        "page" if start.startswith(("<!doctype html", "<html", "<head", "<body", "<article", "<p", "<div")) else "text"
    )


def _problem(document: bytes) -> str | None:
    """Return why this is no text, None where it is; the zero bytes of a wide encoding do not speak against it."""
    text = decode(document[:_SNIFFED]).text
    if not text.strip("\ufeff \t\r\n"):
        return "this file is empty"
    odd = sum(1 for sign in text if sign < " " and sign not in "\t\n\r\f\v\x1b") + text.count("\ufffd")
    return "this is no text" if "\0" in text or odd > max(2, len(text) // 50) else None


def _text(document: bytes, name: str) -> Iterable[_Item]:  # noqa: ARG001 - all readers are called alike
    """Return plain text as an entry; a first line that stands alone and ends like a heading is its title, too."""
    whole = decode(document).text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff \n\t")
    first, _, rest = whole.partition("\n\n")
    heading = first.strip().removeprefix("# ")
    is_heading = rest.strip() and "\n" not in heading and len(heading) <= _LONGEST_HEADING
    return (Entry(title=heading if is_heading and not heading.endswith(_ENDS) else "", text=whole),)


def _page(document: bytes, name: str) -> Iterable[_Item]:  # noqa: ARG001 - all readers are called alike
    return (read_page(document),)


def _rows(document: bytes, name: str) -> Iterable[_Item]:
    return read_rows(BytesIO(document), name)


def _feed(document: bytes, name: str) -> Iterable[_Item]:
    try:
        feed = parse_once(document, None, "")
    except FeedError as error:
        return (InputError(f"{name}: {error}"),)
    return tuple(replace(entry, outlet=entry.outlet or feed.title or None) for entry in feed.entries)


def _json(document: bytes, name: str) -> Iterable[_Item]:
    text = decode(document).text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return (InputError(f"{name}: this is not JSON. One object a line belongs into a .jsonl file."),)
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        try:
            return read_json(text).entries
        except FeedError as error:
            return (InputError(f"{name}: {error}"),)
    rows = value if isinstance(value, list) else [value]
    return tuple(_entry(row, f"{name}, item {number}") for number, row in enumerate(rows, start=1))


def _entry(row: object, where: str) -> _Item:
    try:
        return entry_of(row, where)
    except InputError as error:
        return error


def _caught(line: bytes, where: str) -> _Item:
    try:
        return read_row(line, where)
    except InputError as error:
        return error


_READERS: Final[dict[str, Callable[[bytes, str], Iterable[_Item]]]] = {
    "text": _text, "page": _page, "feed": _feed, "json": _json, "rows": _rows,
}  # fmt: skip


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number; None for one that is too long, which is skipped without being held."""
    number = 0
    while line := stream.readline(_MOST_LINE_BYTES + 1):
        number += 1
        if len(line) <= _MOST_LINE_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_MOST_LINE_BYTES)
        yield number, None
