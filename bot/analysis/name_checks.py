"""Put right what the model takes for a person: cut what does not belong to the name, drop what is none."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.analysis.name_words import name_words
from bot.analysis.names import Name
from bot.model.analysis import MentionType
from bot.model.spans import Span

_STORMS: Final = frozenset({"Cyclone", "Hurricane", "Storm", "Typhoon"})
_STORM: Final = re.compile(rf"\b(?:{'|'.join(sorted(_STORMS))}) ([A-Z]\w+)")
_SHOUTED: Final = 4  # letters; "JD" and "RFK" begin names, "REUTERS" does not
_SHOUTED_BEFORE_FULL: Final = 3  # letters, where a full name follows: "NBA MVP" too


def storms(plain: str) -> frozenset[str]:
    """Return the given names of the storms that *plain* speaks of: nobody's names in it."""
    return frozenset(match[1] for match in _STORM.finditer(plain))


def checked(name: Name, given_names: Collection[str], teams: Collection[str]) -> Name | None:
    """Return a person's *name* without what does not belong to it, with another type, or None where it is none.

    Names of other types come back as they are, but for teams, which are organisations.
    """
    if name.text in teams:
        return replace(name, type=MentionType.ORGANISATION)
    if name.type is not MentionType.PERSON:
        return name
    words = name.text.split(" ")
    if len(words) == 1:
        return name
    first = _shouted(words)
    last = _named(words, first)
    kept = words[first:last]
    if len(kept) < min(2, len(words) - first) or "".join(kept).isupper() or kept[0] in _STORMS:
        return None
    return _retyped(_part(name, words, first, last), given_names)


def _shouted(words: list[str]) -> int:
    """Return how many words in capitals stand before a name: "REUTERS", "NBA MVP"."""
    first = 0
    while first < len(words) - 1 and words[first].isupper() and not words[first + 1 :][-1].isupper():
        shortest = _SHOUTED_BEFORE_FULL if len(words) - first > 2 else _SHOUTED
        if len(words[first]) < shortest:
            break
        first += 1
    return first


def _named(words: list[str], first: int) -> int:
    """Return where a name ends: before the first word in small letters that no name holds inside."""
    particles = name_words().particles
    for place in range(first, len(words)):
        word = words[place]
        if word[:1].islower() and (word.lower() not in particles or place == len(words) - 1):
            return place
    return len(words)


def _part(name: Name, words: list[str], first: int, last: int) -> Name:
    if (first, last) == (0, len(words)):
        return name
    start = name.span.start + sum(len(word) + 1 for word in words[:first])
    text = " ".join(words[first:last])
    return replace(name, text=text, span=Span(start, start + len(text)))


def _retyped(name: Name, given_names: Collection[str]) -> Name | None:
    """Tell by the last word that a longer name is a place, an organisation or a thing; "Kari Lake" stays a person."""
    words = name.text.lower().split(" ")
    if len(words) < 2 or (len(words) == 2 and words[0] in given_names):
        return name
    known = name_words()
    if words[-1] in known.thing_heads:
        return None
    if words[-1] in known.place_heads:
        return replace(name, type=MentionType.PLACE)
    return replace(name, type=MentionType.ORGANISATION) if words[-1] in known.organisation_heads else name
