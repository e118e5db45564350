"""The word lists of ``config/lexicons/sentences.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Lemmas, lower case. ``same_thing`` are groups of which one member brings up the others."""

    known_to_all: frozenset[str]
    events: frozenset[str]
    places: frozenset[str]
    people: frozenset[str]
    same_thing: tuple[frozenset[str], ...]
    forward: frozenset[str]
    empty: frozenset[str]


@cache
def sentence_words() -> SentenceWords:
    """Return the lists; they are read once per process."""
    raw = tomllib.loads(files("config").joinpath("lexicons/sentences.toml").read_text("utf-8"))
    groups = tuple(frozenset(group.split()) for group in raw["same_thing"])
    plain = ("known_to_all", "events", "places", "people", "forward", "empty")
    return SentenceWords(same_thing=groups, **{name: frozenset(raw[name].split()) for name in plain})


def same_thing(noun: str) -> frozenset[str]:
    """Return the nouns and verbs that may bring up what "the *noun*" speaks of, itself among them."""
    return frozenset({noun}).union(*(group for group in sentence_words().same_thing if noun in group))
