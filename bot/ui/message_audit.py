"""Read a finished message back, as a reader does, and explain every character of it by the edition.

The way back shares nothing with the way there but the fixed words and what cleaning does to a text: it undoes
escapes, bold, italics and links, and compares line by line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.editions import Audit, Edition, Item
from bot.ui import digest_words
from bot.ui.links import honest_label, safe_url
from bot.ui.payload import Payload
from bot.ui.plain_text import plain
from bot.ui.times import day_words

_BLOCK: Final = re.compile(r"(##|-#|>|-) (?=\S)")
_INLINE: Final = re.compile(
    r"""
      \\(?P<escaped>[!-/:-@\[-`{-~])
    | \[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<url>https?://[^\s()<>]+)\)
    | (?P<time><t:\d+:[tDfFR]>)
    | (?P<mark>\*\*|\*)
    | (?P<stray>[\\_~|`\[<>])
    """,
    re.VERBOSE,
)
# Notes of the delivery, which no edition holds.
_NOTES: Final = (
    re.compile(r"Late: this edition was due <t:\d+:f>\."),
    re.compile(r"(?:Next edition <t:\d+:F>\. )?Want more\? /digest now hours:\d{1,3}"),
    re.compile(re.escape(digest_words.FOOTNOTE)),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as seen: the mark at its start, its words, and each link's words and address."""

    block: str
    words: str
    links: tuple[tuple[str, str], ...] = ()


def audit_message(payload: Payload, edition: Edition) -> Audit:
    """Return whether each line of *payload* is a line of *edition*, in its order; lines may be missing."""
    return _audit(_lines(payload), tuple(_expected(edition)), whole=False)


def audit_messages(payloads: Sequence[Payload], edition: Edition) -> Audit:
    """Return whether *payloads* together hold every line of *edition*, each once, in order, and nothing else."""
    return _audit([line for payload in payloads for line in _lines(payload)], tuple(_expected(edition)), whole=True)


def _audit(lines: Iterable[_Line | str], expected: tuple[_Line, ...], *, whole: bool) -> Audit:
    problems: list[str] = []
    at = checked = 0
    for line in lines:
        if isinstance(line, str):
            problems.append(line)
        elif line in expected[at:]:
            found = expected.index(line, at)
            problems += [f"missing: {skipped.words[:60]!r}" for skipped in expected[at:found] if whole]
            at = found + 1
            checked += len(line.words)
        elif not any(note.fullmatch(line.words) for note in _NOTES) or line.links:
            problems.append(f"unexplained: {line.words[:80]!r}")
    problems += [f"missing: {left.words[:60]!r}" for left in expected[at:] if whole]
    return Audit(not problems, checked, tuple(problems))


def _lines(payload: Payload) -> Iterator[_Line | str]:
    """Yield the lines of a message as seen; a string instead is what is wrong with one."""
    for content in payload.texts:
        for line in content.split("\n"):
            block = _BLOCK.match(line)
            yield _seen(block[1] if block else "", line[block.end() :] if block else line)


def _seen(block: str, line: str) -> _Line | str:
    words: list[str] = []
    links: list[tuple[str, str]] = []
    at = 0
    for match in _INLINE.finditer(line):
        words.append(line[at : match.start()])
        at = match.end()
        if match["stray"]:
            return f"live {match['stray']!r} in {line[:80]!r}"
        if match["label"]:
            label = re.sub(r"\\(.)", r"\1", match["label"])
            links.append((label, match["url"]))
            words.append(label)
        words.append(match["escaped"] or match["time"] or "")
    return _Line(block, "".join(words) + line[at:], tuple(links))


def _expected(edition: Edition) -> Iterator[_Line]:
    """Yield every line that the messages of *edition* must hold, from the edition's values alone."""
    yield _Line("##", digest_words.title(edition))
    yield _Line("-#", digest_words.summary(edition))
    if edition.background:
        told = [_with_source(item) for item in edition.background]
        words = " ".join(line.words for line in told)
        yield _Line("-#", f"{digest_words.BACKGROUND} · {words}", tuple(link for line in told for link in line.links))
    for number, item in enumerate(edition.bullets, start=1):
        yield _with_source(item, f"{number}. {digest_words.UPDATE + ' ' if item.update else ''}")
        if item.new:
            was = f" (was: {plain(item.was.text)})" if item.was else ""
            yield _Line("-#", f"{digest_words.news_label(item)} {plain(item.new.text)}{was}")
    yield from _listed(digest_words.ALSO, edition.also)
    if edition.quote:
        yield _Line("", digest_words.QUOTE)
        yield _with_source(edition.quote, block=">")
    yield from _listed(digest_words.COMING, edition.coming, dated=True)


def _listed(label: str, items: tuple[Item, ...], *, dated: bool = False) -> Iterator[_Line]:
    if items:
        yield _Line("", label)
    for item in items:
        yield _with_source(item, f"{day_words(item.day)} · " if dated and item.day else "", "-")


def _with_source(item: Item, before: str = "", block: str = "") -> _Line:
    name, address = ("no outlet", None)
    if item.links:
        address = safe_url(item.links[0].url, query=False)
        name = honest_label(item.links[0].name, address)
    more, alone = digest_words.trailer(item)
    links = ((name, address),) if address else ()
    return _Line(block, f"{before}{plain(item.text)} ({name}{more}{alone})", links)
