"""How Discord reads a message: our own small model of its Markdown, written from what its clients do.

It knows nothing of the code under test, so that the two can disagree. Live things come out by name, words as words.
"""

import re
from dataclasses import dataclass

# In the order in which a client tries them at each character.
_INLINE = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("code", re.compile(r"(`+)([^`](?:.*?[^`])?)\1(?!`)", re.DOTALL)),
    ("autolink", re.compile(r"<(?:https?://|mailto:)[^\s>]+>")),
    ("time", re.compile(r"<t:-?\d{1,17}(?::[tTdDfFRsS])?>")),
    ("user", re.compile(r"<@!?\d+>")),
    ("role", re.compile(r"<@&\d+>")),
    ("channel", re.compile(r"<#\d+>")),
    ("command", re.compile(r"</[-_'\w ]{1,100}:\d+>")),
    ("navigation", re.compile(r"<id:\w+(?::\d+)?>")),
    ("emoji", re.compile(r"<a?:\w{2,32}:\d+>")),
    ("email", re.compile(r"<[\w.+-]+@[\w-]+\.[\w.]+>|<\+\d[\d -]+>")),
    (
        "masked",
        re.compile(r"\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\])+)\]\(<?([a-z]+://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)"),
    ),
    ("url", re.compile(r"(?:https?|steam|discord)://[^\s<]+[^<.,:;\"')\]\s]", re.IGNORECASE)),
    ("invite", re.compile(r"discord(?:app)?\.(?:gg|com/invite)/\w+", re.IGNORECASE)),
    ("ping", re.compile(r"@(?:everyone|here)")),
    ("spoiler", re.compile(r"\|\|(.+?)\|\|", re.DOTALL)),
    ("bold", re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL)),
    ("underline", re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.DOTALL)),
    ("strike", re.compile(r"~~((?:\\.|[^\\])+?)~~", re.DOTALL)),
    ("italic", re.compile(r"\*(?=\S)((?:\*\*|\\.|[^*\\])+?)\*(?!\*)|\b_((?:__|\\.|[^_\\])+?)_\b", re.DOTALL)),
)
_BLOCK = (
    ("heading", re.compile(r"#{1,3} +(?=\S)")),
    ("small", re.compile(r"-# +(?=\S)")),
    ("quote", re.compile(r">{1}(?:>>)? ")),
    ("list", re.compile(r" *(?:[-*]|\d+\.) +(?=\S)")),
)
_NESTING = {"bold", "underline", "strike", "italic", "spoiler"}


@dataclass(frozen=True)
class Read:
    """What a reader gets: ``live`` names each thing that is more than words, ``words`` are all words in order."""

    live: tuple[str, ...]
    words: str
    links: tuple[tuple[str, str], ...] = ()


def read(text: str) -> Read:
    """Read a whole message."""
    live: list[str] = []
    links: list[tuple[str, str]] = []
    lines = [_read_line(line, live, links) for line in text.split("\n")]
    return Read(tuple(live), "\n".join(lines), tuple(links))


def _read_line(line: str, live: list[str], links: list[tuple[str, str]]) -> str:
    prefix = ""
    again = True
    while again:
        again = False
        for name, pattern in _BLOCK:
            if match := pattern.match(line):
                live.append(name)
                prefix += match[0] if name == "list" else ""
                line = line[match.end() :]
                again = name in {"quote", "list"}
    return prefix + _read_inline(line, live, links)


def _first(text: str, at: int) -> tuple[str, re.Match[str] | None]:
    for name, pattern in _INLINE:
        if match := pattern.match(text, at):
            return name, match
    return "", None


def _read_inline(text: str, live: list[str], links: list[tuple[str, str]], depth: int = 0) -> str:
    words: list[str] = []
    at = 0
    while at < len(text):
        name, match = _first(text, at) if depth < 8 else ("", None)
        if match is None:
            words.append(text[at])
            at += 1
            continue
        at = match.end()
        if name == "escape":
            words.append(match[1])
            continue
        live.append(name)
        inner = next((group for group in match.groups() if group is not None), match[0])
        if name in _NESTING:
            words.append(_read_inline(inner, live, links, depth + 1))
        elif name == "masked":
            label = _read_inline(match[1], live, links, depth + 1)
            links.append((label, match[2]))
            words.append(label)
        else:
            words.append(match[0])
    return "".join(words)
