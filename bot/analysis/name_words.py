"""Words that help to read names: inside them, in front of them, and around those that act."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class NameWords:
    """Lower-case words by what they tell of a name; the comments of ``config/lexicons/names.toml`` explain each.

    ``honorifics`` map to ``m``, ``f`` or ``n``.
    """

    particles: frozenset[str]
    plain: frozenset[str]
    organisation_heads: frozenset[str]
    organisation_starts: frozenset[str]
    place_heads: frozenset[str]
    thing_heads: frozenset[str]
    doubtful_titles: frozenset[str]
    honorifics: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MetonymWords:
    """Lower-case words around a house or a city that tell whether it acts."""

    acting_participles: frozenset[str]
    officials: frozenset[str]
    deeds: frozenset[str]
    stays: frozenset[str]
    minds: frozenset[str]
    speaks: frozenset[str]
    addressed: frozenset[str]
    visited: frozenset[str]
    actor_preposition: frozenset[str]
    place_preposition: frozenset[str]
    to_words: frozenset[str]
    from_words: frozenset[str]
    for_words: frozenset[str]
    on_words: frozenset[str]
    between_places: frozenset[str]


@cache
def name_words() -> NameWords:
    """Read the words around names, once a process."""
    table = _table()
    words = {key: frozenset(text.split()) for key, text in table.items() if isinstance(text, str)}
    return NameWords(**words, honorifics=MappingProxyType(table["honorifics"]))


@cache
def metonym_words() -> MetonymWords:
    """Read the words around metonyms, once a process."""
    return MetonymWords(**{key: frozenset(text.split()) for key, text in _table()["metonyms"].items()})


def _table() -> dict[str, Any]:
    return tomllib.loads(files("config").joinpath("lexicons", "names.toml").read_text("utf-8"))
