"""The one place where foreign text becomes text that is safe inside a Discord message.

Text of feeds, articles, names that people typed: all of it passes :func:`discord_line` on its way into a message, and
nothing else does. ``AllowedMentions.none()`` and the library's ``escape_markdown`` leave live addresses, invites,
``<#id>``, ``</command:id>``, ``<t:…>``, custom emoji, masked links and a trailing backslash.
"""

import re
import string
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bot.model.spans import Span
from bot.ui.graphemes import graphemes, shortened
from bot.ui.plain_text import plain

_PUNCTUATION: Final = frozenset(string.punctuation)
_MARKUP: Final = re.compile(r"[\\*_~|`\[\]<>]")
_AFTER_BRACKET: Final = re.compile(r"\]\(")
# At the start of a line: heading, small print, list, numbered list. Quotes and fences are broken anywhere.
_LINE_START: Final = re.compile(r"[#\-]|\d+(?=[.)](?:\s|$))[.)]")
# Runs that some client turns into something live: any scheme, www, invites, and everything between angle brackets
# (mentions, channels, commands, times, emoji, addresses). Each of their punctuation marks gets a backslash.
_LIVE: Final = re.compile(
    r"""
      [a-z][a-z0-9+.\-]{1,30}:/ \S*
    | www\. \S+
    | (?:discord(?:app)?\.(?:gg|com|me|io|li|new|gift|gifts)|dsc\.gg) \S*
    | <[^<>\s][^<>]{0,200}>
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The same lines come again: in each page that shows an article, in each reading of an edition.
_KEPT: Final = 1024
# Enough characters beyond a limit to see that there is more; the cut falls before them anyway.
_ONE_GRAPHEME: Final = 64
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")


def discord_line(text: str, limit: int | None = None) -> str:
    """Return *text* as one line that Discord shows word for word and does nothing with.

    What a reader sees of it is exactly ``plain(text)``; see there for the few characters that change. It may stand
    anywhere in a message, also at the start of a line, inside bold, a link's label, a list or a quote. With *limit*
    it is cut to that many characters, backslashes counted, at a word and never inside an escape. Never raises.
    Cost is linear.
    """
    line = plain(text)
    if limit is None:
        return _escaped(line)
    return shortened(tuple(_units(line[: max(limit, 0) + _ONE_GRAPHEME])), limit)


def strong(text: str, limit: int | None = None, *, otherwise: str = "untitled") -> str:
    """Return *text* in bold, as :func:`discord_line` does; *otherwise* where nothing of it can be shown."""
    return f"**{discord_line(text, limit) or otherwise}**"


def emphasised(text: str, bold: tuple[Span, ...]) -> str:
    """Return *text* as :func:`discord_line` does, with the *bold* spans of it in bold.

    Spans are in order and do not overlap. Where cleaning would move words across the borders of a span, the text
    comes without bold: safe and complete goes before pretty.
    """
    pieces = _alternating(text, bold)
    # An empty bold would leave its neighbours touching: "https:" and "//…", each harmless, are live together; so
    # would two bolds with nothing between them.
    if not all(plain(piece) or (piece.isspace() and not at % 2) for at, piece in enumerate(pieces[1:-1], 1)):
        return discord_line(text)
    seen, written = "", ""
    for number, piece in enumerate(pieces):
        words, line = plain(piece), discord_line(piece)
        before = " " if piece[:1].isspace() and seen and not seen.endswith(" ") else ""
        after = " " if words and piece[-1:].isspace() else ""
        seen += before + words + after
        written += before + (f"**{line}**" if number % 2 else line) + after
    return written.strip() if seen.strip() == plain(text) else discord_line(text)


def shown(markdown: str) -> str:
    """Return the words that a reader sees of what :func:`discord_line` wrote: the escapes are undone."""
    return _ESCAPE.sub(r"\1", markdown)


def _alternating(text: str, bold: tuple[Span, ...]) -> list[str]:
    """Cut *text* into pieces of which every second one is bold; spans that touch are one."""
    edges = [0]
    for span in bold:
        start, end = min(span.start, len(text)), min(span.end, len(text))
        if start == edges[-1] and len(edges) > 1:
            edges[-1] = end
        else:
            edges += [start, end]
    return [text[start:end] for start, end in pairwise([*edges, len(text)])]


@lru_cache(maxsize=_KEPT)
def _escaped(line: str) -> str:
    return "".join(_units(line))


def _units(line: str) -> Iterator[str]:
    """Yield the line grapheme by grapheme, each with the backslashes it needs."""
    marked = _marked(line)
    at = 0
    for grapheme in graphemes(line):
        yield "".join(f"\\{here}" if at + index in marked else here for index, here in enumerate(grapheme))
        at += len(grapheme)


def _marked(line: str) -> set[int]:
    """Return the offsets of the characters that need a backslash."""
    marked = {match.start() for match in _MARKUP.finditer(line)}
    marked.update(match.end() - 1 for match in _AFTER_BRACKET.finditer(line))
    for live in _LIVE.finditer(line):
        marked.update(at for at in range(*live.span()) if line[at] in _PUNCTUATION)
    if start := _LINE_START.match(line):
        marked.add(start.end() - 1)
    return marked
