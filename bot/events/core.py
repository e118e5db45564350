"""The words that an event is about: those that most of its outlets lead with."""

import re
from collections.abc import Iterable
from typing import Final

from bot.events.idf import Idf
from bot.events.report import Report
from bot.events.tokens import tokens

_WORDS: Final = 14
_RAREST: Final = 8.0  # rarer words are slips and odd spellings as often as names
_LEAD_CHARACTERS: Final = 400
_LEAD: Final = re.compile(r".{0,400}?(?:[.!?][\"”’')]*(?=\s)|$)", re.DOTALL)


def core_words(reports: Iterable[Report], idf: Idf) -> dict[str, float]:
    """Return the stems that outlets put in title or first sentence, the heaviest first, 14 at most.

    A stem weighs the share of the event's owners that use it times how rare it is.
    """
    reports = list(reports)
    owners: dict[str, set[str]] = {}
    for report in reports:
        for stem in lead_stems(report):
            owners.setdefault(stem, set()).add(report.owner)
    count = len({report.owner for report in reports}) or 1
    weights = {stem: len(users) / count * min(idf.weight(stem), _RAREST) for stem, users in owners.items()}
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:_WORDS])


def lead_stems(report: Report) -> frozenset[str]:
    """Return the stems of a report's title and first sentence."""
    return frozenset(token.stem for token in tokens(f"{report.title}\n{first_sentence(report.text)}"))


def first_sentence(text: str) -> str:
    """Return *text* up to its first end mark, 400 characters at most; good enough to count words in."""
    line = text.lstrip().split("\n", 1)[0]
    match = _LEAD.match(line)
    return match[0] if match else line[:_LEAD_CHARACTERS]


def coverage(stems: Iterable[str], core: dict[str, float], *, of: int = 9) -> float:
    """Return how much of the heaviest core words *stems* hold, from 0 to about 1."""
    whole = sum(sorted(core.values(), reverse=True)[:of])
    return sum(core[stem] for stem in set(stems) if stem in core) / whole if whole else 0.0
