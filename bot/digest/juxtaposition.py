"""Two sentences side by side say more than each alone: which of different reports may stand together (rule 13)."""

import re
from collections.abc import Iterable
from typing import Final

from bot.digest.account import Sentence
from bot.model.analysis import ActorId, Analysis
from bot.model.spans import Span

Deed = tuple[ActorId, str, ActorId]
"""Who did what to whom."""
ATTACK: Final = "attack"

_NAME: Final = re.compile(r"(?<![.!?]\s)(?<!^)(?<![“\"‘'(\[]\b)\b[A-Z][\w’'-]+")
_FIRST: Final = re.compile(r"^[^\w]*([A-Z][\w’'-]+)")
_POSSESSIVE: Final = re.compile(r"['’]s?$")
_NO_NAME: Final = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|The|An?|In|On|At|It|He|She|They|We|I|Mrs?|Ms|Dr|President|Prime|Minister|Premier|Governor"
    r"|Secretary|Chancellor|Foreign|Police"
)


def agree(one: Sentence, other: Sentence) -> bool:
    """Tell whether sentences of two reports may follow each other: a shared proper name, and no roles swapped."""
    if not shared_names(one.text, other.text):
        return False
    return not roles_swapped(*(deeds(each.account.analysis, each.traits.span) for each in (one, other)))


def shared_names(one: str, other: str) -> frozenset[str]:
    """Return the proper names that stand in both texts; titles, weekdays and months are none."""
    return proper_names(one) & proper_names(other)


def proper_names(text: str) -> frozenset[str]:
    """Return the capitalised words of *text* that name something, without possessive.

    The first word of a sentence counts only where the text has it capitalised elsewhere too, or another capitalised
    word follows it at once ("Saint Orla sank").
    """
    found = {_bare(match[0]) for match in _NAME.finditer(text)}
    first = _FIRST.match(text)
    if first is not None and re.match(r"\s+[A-Z]", text[first.end() :]):
        found.add(_bare(first[1]))
    return frozenset(name for name in found if not _NO_NAME.fullmatch(name))


def deeds(analysis: Analysis, span: Span) -> frozenset[Deed]:
    """Return who did what to whom inside *span* of the text, attacks among it."""
    done = {(one.source, one.action, one.target) for one in analysis.actions if span.contains(one.span)}
    attacks = (one for one in analysis.attacks if not one.in_title and span.contains(one.span))
    return frozenset(done | {(one.agent, ATTACK, one.patient) for one in attacks})


def roles_swapped(one: Iterable[Deed], other: Iterable[Deed]) -> bool:
    """Tell whether what one side says A did to B, the other says B did to A."""
    return bool({(target, what, source) for source, what, target in one} & set(other))


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word)
