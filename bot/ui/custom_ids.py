"""What buttons remember: everything, in their ids, so that they work after a restart and on old messages.

Four families, each with its version in front; an id of a version that is no longer known is answered by nobody.

``d1:<what>:<edition>[:<part>]``   under an edition: its sources, or why its stories stand there; names the message
``a1:<move>:<piece>``     under an answer: turn the page (``o10``), another view (``vtimeline``), share
``o1:<what>``             a menu that opens what is chosen
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.ui.limits import CUSTOM_ID

ANSWER: Final = re.compile(r"a1:(?P<move>o\d{1,6}|v[a-z ]{1,20}|share):(?P<piece>.*)", re.DOTALL)
EDITION: Final = re.compile(r"d1:(?P<what>src|why):(?P<edition>\d{1,18})(?::(?P<part>\d{1,3}))?")
OPEN: Final = re.compile(r"o1:(?P<what>[a-z]{1,20})")
SHARE: Final = "share"


@dataclass(frozen=True, slots=True)
class Ask:
    """The question that an answer answers: its command, the options as they were given, and where in it we are."""

    name: str
    options: tuple[str, ...] = ()
    view: str = ""
    offset: int = 0

    def moved(self, move: str) -> "Ask":
        """Return the question that a button with *move* asks."""
        if move.startswith("o"):
            return replace(self, offset=int(move[1:]))
        return replace(self, view=move[1:], offset=0)


def spread(ask: Ask, moves: Iterable[str]) -> tuple[str, ...] | None:
    """Return the ids of the buttons with these *moves*, which together carry *ask*.

    An id holds 100 characters and a question can be longer, so each button carries a piece of it. None: the question
    is too long even for all of them. Moves are all different.
    """
    heads = [f"a1:{move}:" for move in moves]
    words = _packed([ask.name, ask.view, ask.offset, *ask.options])
    ends = [0]
    for head in heads:
        ends.append(min(len(words), ends[-1] + CUSTOM_ID - len(head)))
    if ends[-1] < len(words):
        return None
    return tuple(head + words[start:end] for head, (start, end) in zip(heads, pairwise(ends), strict=True))


def gather(custom_ids: Iterable[str]) -> Ask | None:
    """Return the question that the buttons of one message carry, or None where they carry none (any more)."""
    matches = (ANSWER.fullmatch(custom_id) for custom_id in custom_ids)
    words = "".join(match["piece"] for match in matches if match)
    try:
        name, view, offset, *options = json.loads(words.replace("+", " "))
        return Ask(str(name), tuple(map(str, options)), str(view), int(offset))
    except (ValueError, TypeError):
        return None


def edition_id(what: str, edition: int, part: int = 1) -> str:
    """Return the id of a button under the *part*-th message of an edition: no two messages share one."""
    return f"d1:{what}:{edition}" + (f":{part}" if part > 1 else "")


def open_id(what: str) -> str:
    """Return the id of a menu that opens *what* is chosen."""
    return f"o1:{what}"


def _packed(values: list[str | int]) -> str:
    """Return *values* as JSON without spaces: an id that begins or ends with one might come back trimmed."""
    words = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return words.replace("+", r"\u002b").replace(" ", "+")
