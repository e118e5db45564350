"""Reads documents from files or standard input and puts them through analysis or grouping; keeps no database."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.analysis.article import Analyser, Document
from bot.analysis.directory import Directory
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import load_language
from bot.clock import SystemClock
from bot.errors import InputError
from bot.events.cluster import cluster_file
from bot.events.report import report_from
from bot.feeds.draft import draft
from bot.feeds.files import read_path
from bot.model.analysis import Action, Analysis, DateMention, Mention, Quote
from bot.model.articles import Article, ArticleId, Entry, ItemKind, Outlet, OutletId
from bot.model.spans import Span
from bot.settings import load_settings
from bot.text.roundup import cut

_MOST_LINE_BYTES: Final = 16 << 20
_NO_TIME: Final = datetime(1990, 1, 1, tzinfo=UTC)

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A document with the name that its answer carries."""

    name: str
    document: Document
    outlet: str = ""
    has_time: bool = True


def read_documents(paths: Sequence[Path], *, keep_text: bool) -> tuple[list[Source], list[str]]:
    """Return the documents in *paths*, and what could not be read; ``-`` is JSON Lines on standard input.

    *keep_text* takes each text exactly as it is; else it is cleaned as an article's is.
    """
    sources: list[Source] = []
    problems: list[str] = []
    for path in paths:
        for name, row in _rows(path, problems):
            try:
                sources.append(_source(name, row, keep_text=keep_text))
            except InputError as error:
                problems.append(str(error))
    return sources, problems


def read_items(path: Path) -> tuple[list[Source], list[str]]:
    """Return the items of a JSON Lines file in its order; a title or a text is enough."""
    return read_documents([path], keep_text=True)


def analyse_all(sources: Sequence[Source], step: Step) -> Iterator[dict[str, Any]]:
    """Yield what each document says, in the shape of ``analyze --json``; actor ids agree across the documents."""
    analyser, directory = _analyser()
    for number, source in enumerate(sources, start=1):
        analysis = analyser.analyse(source.document, directory)
        yield _row(source, analysis, {actor.id: actor.name for actor in directory})
        step(number, len(sources))


def cluster_items(sources: Sequence[Source], step: Step) -> list[tuple[str, int]]:
    """Return each item's name and the number of its event, in order."""
    analyser, _ = _analyser()
    reports = []
    last = _NO_TIME
    for number, source in enumerate(sources, start=1):
        last = source.document.published if source.has_time else last
        article = _article(number, source, last)
        reports.append(report_from(article, None, analyser.analyse(source.document)))
        step(number, len(sources))
    events = cluster_file(reports)
    return [(source.name, events[report.key]) for source, report in zip(sources, reports, strict=True)]


def _analyser() -> tuple[Analyser, Directory]:
    settings = load_settings()
    gazetteer = Gazetteer.load(tuple(Path(folder) for folder in settings.language.actor_folders))
    language = load_language(settings.language.model or None)
    return Analyser(language, gazetteer), Directory(gazetteer.nicknames)


def _rows(path: Path, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if str(path) == "-":
        yield from _json_rows(sys.stdin.buffer, "standard input", problems)
    elif path.suffix == ".jsonl":
        with path.open("rb") as stream:
            yield from _json_rows(stream, str(path), problems)
    else:
        for entry in read_path(path):
            if isinstance(entry, InputError):
                problems.append(str(entry))
            else:
                yield entry.guid or str(path), _entry_row(entry, path)


def _entry_row(entry: Entry, path: Path) -> dict[str, Any]:
    if path.suffix.lower() in {".html", ".htm"} or path.is_dir() or path.suffix == ".gz":
        row: dict[str, Any] = {"title": entry.title, "text": entry.text or entry.content_html or entry.summary_html}
        return row | {"published": entry.published.isoformat() if entry.published else None, "outlet": entry.outlet}
    # A plain file is read as it stands: its first line may be a title or a sentence, that is not for us to say.
    return {"title": "", "text": path.read_text("utf-8", "replace")}


def _json_rows(stream: Iterable[bytes], name: str, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if not line.strip():
            continue
        if len(line) > _MOST_LINE_BYTES:
            problems.append(f"{name}, line {number}: this line is longer than {_MOST_LINE_BYTES >> 20} MiB.")
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(f"{name}, line {number}: not JSON ({error}).")
            continue
        if not isinstance(row, dict):
            problems.append(f"{name}, line {number}: not an object with title and text.")
            continue
        yield str(row.get("id", number)), row


def _source(name: str, row: dict[str, Any], *, keep_text: bool) -> Source:
    title, text = str(row.get("title") or ""), str(row.get("text") or row.get("summary") or "")
    if not (title.strip() or text.strip()):
        raise InputError(f"{name}: neither title nor text.")
    published = _instant(row.get("published"))
    at = published or SystemClock().now()
    outlet = str(row.get("outlet") or "")
    if keep_text:
        document = Document(title, text, at, None, cut(text, at))
    else:
        made = draft(Entry(title or text[:80], text=text, published=published), outlet or name, at)
        document = Document(title and made.title, made.text, at, None, made.parts)
    return Source(name, document, outlet, published is not None)


def _instant(value: object) -> datetime | None:
    try:
        read = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    if read is None:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def _article(number: int, source: Source, at: datetime) -> Article:
    document = source.document
    return Article(
        id=ArticleId(number),
        outlet=Outlet(OutletId(0), source.outlet or source.name),
        title=document.title,
        text=document.text,
        url=None,
        guid=None,
        published=at,
        first_seen=at,
        event_at=at,
        kind=ItemKind.NEWS,
    )


def _row(source: Source, analysis: Analysis, names: dict[Any, str]) -> dict[str, Any]:
    text = source.document.text
    names = names | {actor.id: actor.name for actor in analysis.actors}
    return {
        "id": source.name,
        "title": source.document.title,
        "text": text,
        "sentences": [_pair(span) for span in analysis.sentences],
        "mentions": [_mention(mention, text, names) for mention in analysis.mentions],
        "quotes": [_quote(quote) for quote in analysis.quotes],
        "actions": [_action(action) for action in analysis.actions],
        "dates": [_date(mention) for mention in analysis.dates],
        "roles": [{"actor": role.actor, "text": role.text, "span": _pair(role.span)} for role in analysis.roles],
    }


def _mention(mention: Mention, text: str, names: dict[Any, str]) -> dict[str, Any]:
    return {
        "span": _pair(mention.span),
        "text": mention.span.of(text),
        "type": mention.type,
        "actor": mention.actor,
        "actor_name": names.get(mention.actor, mention.name) if mention.actor else None,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {
        "kind": quote.kind,
        "content": [_pair(span) for span in quote.content],
        "cue": _pair(quote.cue) if quote.cue else None,
        "source": _pair(quote.source) if quote.source else None,
        "sources": [_pair(span) for span in quote.sources],
        "speaker": quote.speakers[0] if quote.speakers else None,
        "speakers": list(quote.speakers),
        "speaker_name": quote.speaker_name,
        "about": list(quote.about),
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "source": action.source,
        "class": action.action,
        "plover": action.plover,
        "target": action.target,
        "span": _pair(action.span),
    }


def _date(mention: DateMention) -> dict[str, Any]:
    return {"span": _pair(mention.span), "value": mention.value, "kind": mention.kind}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
