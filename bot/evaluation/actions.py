"""Measure who did what to whom on PLOVER's gold sentences, each of which tells one deed.

The first deed that is read in a sentence counts, sifted or not. An end is right if it shares a word with the labelled
one. The sentences with even numbers were read while the lexicon was made; the odd ones say more.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.deeds import Deed, read_deeds
from bot.analysis.language import Language
from bot.analysis.syntax import phrase_span
from bot.analysis.words import Word, read_lines

LABELLED: Final = Path("plover", "gsr.jsonl")
_WORD: Final = re.compile(r"[a-z0-9]+(?:\.[a-z])*")
_EMPTY: Final = frozenset(
    {"the", "a", "an", "of", "in", "and", "for", "to", "from", "on", "at", "with", "its", "his", "her", "their", "s"}
    | {"by", "or"}
)
_HALVES: Final = ("even", "odd")
_ATTACKS: Final = frozenset({"ASSAULT", "FIGHT"})

Labels = Mapping[str, Any]


def score(data_folder: Path, language: Language) -> dict[str, float]:
    """Read every gold sentence and return shares between 0 and 1, for the even and for the odd rows.

    ``class``: the class is right; ``family``: or a neighbour of it (ASSAULT for FIGHT); ``source``, ``target``: that
    end is right (targets of the rows that have one); ``triple``: all that is labelled is right. Beside them
    stands the share of the commonest class.
    """
    beside: dict[str, Counter[str]] = {half: Counter() for half in _HALVES}
    counts = {half: Counter[str]() for half in _HALVES}
    for number, labels in enumerate(_sentences(data_folder / LABELLED)):
        with language.zone():
            parsed = language.parse(labels["text"])
            deeds = [deed for line in read_lines(parsed) for deed in read_deeds(line, load_lexicon())]
            counts[_HALVES[number % 2]] += count(labels, deeds[0] if deeds else None)
            beside[_HALVES[number % 2]][labels["event"]] += 1
    commonest = {
        f"class_{half}, always the commonest": max(beside[half].values(), default=0) / max(1, beside[half].total())
        for half in _HALVES
    }
    return commonest | {
        f"{name}_{half}": counts[half][name] / max(1, counts[half]["targets" if name == "target" else "sentences"])
        for half in _HALVES
        for name in ("class", "family", "source", "target", "triple")
    }


def count(labels: Labels, deed: Deed | None) -> Counter[str]:
    """Count what is right of *deed*, the first one of a gold sentence."""
    text, wanted = labels["text"], labels["event"]
    action = deed.action if deed is not None else None
    exact = action == wanted
    source = deed is not None and _agrees(text, deed.agent, labels.get("source", ()))
    targets = labels.get("target") or ()
    targets = targets if isinstance(targets, list) else ()
    target = deed is not None and _agrees(text, deed.patient, targets)
    return Counter(
        {
            "sentences": 1,
            "class": exact,
            "family": exact or {action, wanted} <= _ATTACKS,
            "source": source,
            "targets": bool(targets),
            "target": bool(targets) and target,
            "triple": exact and source and (target or not targets),
        }
    )


def _sentences(path: Path) -> list[Labels]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [row for row in rows if row.get("text")]


def _agrees(text: str, head: Word | None, gold: Sequence[Labels]) -> bool:
    """Tell whether the phrase around *head* shares a word with one of the labelled actors; without labels, if it is."""
    if head is None:
        return False
    words = _words(phrase_span(head, alone=True).of(text))
    return not gold or any(words & _words(actor["actorText"]) for actor in gold)


def _words(text: str) -> frozenset[str]:
    folded = text.lower().replace("u.s.", "us").replace("u.n.", "un")
    return frozenset(_WORD.findall(folded)) - _EMPTY
