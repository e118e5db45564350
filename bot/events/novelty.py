"""Is there news in an event since it was last told?"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.events.core import first_sentence
from bot.events.headlines import is_generic
from bot.events.idf import Idf
from bot.events.report import Report
from bot.events.settings import FEEDS
from bot.events.title import best_title
from bot.events.tokens import stem, stop_words
from bot.events.vector import read_words, weigh
from bot.model.articles import ItemKind

_SEVERAL: Final = 2
_CARRIED: Final = 0.25
_TIMES_BEFORE: Final = 3.0
_NEWS: Final = 0.12
# "will open", "is due to be signed"; in a headline a bare "to open" is a promise too.
_PROMISE: Final = re.compile(
    r"\b(?:will(?: be)?|(?:due|set|expected|scheduled|likely|poised|plans|planned|vows|vowed|agreed|preparing)"
    r" to(?: be)?) (?:[a-z]+ly )?([a-z]{3,})",
    re.IGNORECASE,
)
_HEADLINE_PROMISE: Final = re.compile(r"\bto (?:be )?([a-z]{3,})", re.IGNORECASE)
_IRREGULAR: Final = {
    "began": "begin", "begun": "begin", "broke": "break", "brought": "bring", "built": "build", "bought": "buy",
    "came": "come", "cut": "cut", "fell": "fall", "fought": "fight", "flew": "fly", "froze": "freeze",
    "held": "hold", "hit": "hit", "left": "leave", "lost": "lose", "met": "meet",
    "paid": "pay", "put": "put", "quit": "quit", "ran": "run", "rose": "rise", "sank": "sink", "sent": "send",
    "sold": "sell", "shut": "shut", "spoke": "speak", "stood": "stand", "struck": "strike", "swore": "swear",
    "sworn": "swear", "threw": "throw", "won": "win",
    "withdrew": "withdraw", "withdrawn": "withdraw", "wrote": "write", "written": "write",
}  # fmt: skip
_TELLING: Final = frozenset({ItemKind.NEWS})


@dataclass(frozen=True, slots=True)
class Novelty:
    """What is new in an event.

    ``mass`` is the share of the new reports' weight in words that were not told, 0 to 1; ``words`` these stems, the
    weightiest first; ``numbers`` those that at least two new reports give and no old one; ``done`` stems of what was
    announced and has happened. ``update``: that is worth an "Update:".
    """

    update: bool
    mass: float
    words: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


def novelty(new: Iterable[Report], told: Iterable[Report], idf: Idf) -> Novelty:
    """Compare the *new* reports of an event with those that were there when it was *told* (its storyline's too).

    A word is new if at least two new reports and a quarter of them have it, three times as often as the told ones.
    Enough new words, a new number, or something announced that is now done make an update, but never when the new
    reports' own best headline only explains, lists or asks. No new reports: nothing is new.
    """
    fresh, before = list(new), list(told)
    if not fresh:
        return Novelty(update=False, mass=0.0)
    weights = _mean_weights(fresh, idf)
    words = tuple(sorted(_new_words(fresh, before), key=lambda word: (-weights.get(word, 0.0), word)))
    mass = sum(weights.get(word, 0.0) ** 2 for word in words) / (sum(each**2 for each in weights.values()) or 1.0)
    numbers = _new_numbers(fresh, before)
    done = _done(fresh, before)
    enough = mass >= _NEWS or bool(numbers) or bool(done)
    return Novelty(enough and _tells(fresh, idf), mass, words, numbers, done)


def _new_words(fresh: Sequence[Report], before: Sequence[Report]) -> list[str]:
    now, then = _carriers(fresh), _carriers(before)
    least = max(_SEVERAL, _CARRIED * len(fresh))
    return [
        word
        for word, count in now.items()
        if count >= least and count / len(fresh) >= _TIMES_BEFORE * (then[word] + 0.5) / (len(before) + 1)
    ]


def _carriers(reports: Iterable[Report]) -> Counter[str]:
    return Counter(word for report in reports for word in read_words(report.title, report.text, FEEDS).counts)


def _mean_weights(reports: Iterable[Report], idf: Idf) -> Mapping[str, float]:
    sums: dict[str, float] = {}
    for report in reports:
        for word, weight in weigh(read_words(report.title, report.text, FEEDS), idf, FEEDS).weights.items():
            sums[word] = sums.get(word, 0.0) + weight
    return sums


def _new_numbers(fresh: Iterable[Report], before: Iterable[Report]) -> tuple[str, ...]:
    owners: dict[str, set[str]] = {}
    for report in fresh:
        for number in report.numbers:
            owners.setdefault(number, set()).add(report.owner)
    known = {number for report in before for number in report.numbers}
    new = (number for number, users in owners.items() if len(users) >= _SEVERAL and number not in known)
    return tuple(sorted(new, key=float))


def _done(fresh: Sequence[Report], before: Sequence[Report]) -> tuple[str, ...]:
    """Return the verbs that old reports promise and several new leads tell as a fact."""
    promised = {verb for report in before for verb in _promises(report)}
    told = {verb for report in before for verb in _facts(report)}
    facts = Counter(verb for report in fresh for verb in _facts(report))
    return tuple(sorted(verb for verb in promised - told if facts[verb] >= _SEVERAL))


def _promises(report: Report) -> frozenset[str]:
    verbs = _HEADLINE_PROMISE.findall(report.title) + _PROMISE.findall(f"{report.title}\n{report.text}")
    return frozenset(_verb(verb) for verb in verbs if _is_telling(verb))


def _is_telling(word: str) -> bool:
    return word.lower() in _IRREGULAR or word.lower() not in stop_words()


def _facts(report: Report) -> frozenset[str]:
    words = re.findall(r"[A-Za-z]{3,}", f"{report.title}\n{first_sentence(report.text)}")
    return frozenset(_verb(word) for word in words if _is_telling(word)) - _promises(report)


def _verb(word: str) -> str:
    return stem(_IRREGULAR.get(word.lower(), word.lower()))


def _tells(reports: Sequence[Report], idf: Idf) -> bool:
    return any(report.kind in _TELLING for report in reports) and not is_generic(best_title(reports, idf))
