"""The words that tell deeds: verbs and nouns by class, frames that decide between readings, nouns that can act."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.errors import ConfigError

_LISTS: Final = frozenset(
    {
        "object", "object_mod", "object_prep", "object_ent", "prep", "prep_object", "particle", "subject", "complement",
        "predicate",
    }
)  # fmt: skip
_FLAGS: Final = frozenset(
    {
        "object_animate", "object_none", "no_prep", "passive", "agent_animate", "agent_state", "complement_inf",
        "complement_any",
    }
)  # fmt: skip
_IRREGULAR: Final = ("s", "man", "men", "children", "people", "child")
_NOTHING: Final = "none"
RELATION: Final = "relation"
"""The group of nouns such as "ties": a light verb with one of them says nothing by itself."""


class Strength(StrEnum):
    """How far a verb alone may be trusted to tell its class."""

    UNMISTAKABLE = "unmistakable"
    FRAME = "frame"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class ActionClass:
    """A class of deeds. ``plover`` is its later name; ``family`` is coarser: ASSAULT and FIGHT share ``attack``."""

    name: str
    plover: str
    cooperative: bool
    family: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Conditions under which one of its verbs means ``action`` (None: says nothing). ``number`` is its rank."""

    number: int
    verbs: frozenset[str]
    action: str | None
    lists: Mapping[str, frozenset[str]]
    flags: frozenset[str]

    @property
    def is_bare(self) -> bool:
        """Tell whether it has no condition: the usual reading of its verbs."""
        return not self.lists and not self.flags


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The action lexicon. Verbs are lemmas, or phrases of a lemma with particle, noun or preposition."""

    classes: Mapping[str, ActionClass]
    verbs: Mapping[str, tuple[str, Strength]]
    nouns: Mapping[str, str]
    groups: Mapping[str, frozenset[str]]
    frames: Mapping[str, tuple[Frame, ...]]
    elsewhere: frozenset[str]
    light: frozenset[str]
    reversed: frozenset[str]
    needs_animate: frozenset[str]
    sport: frozenset[str]
    modality: Mapping[str, frozenset[str]] = field(default_factory=dict)
    actors: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def cooperative(self) -> frozenset[str]:
        """Return the names of the cooperative classes."""
        return frozenset(name for name, one in self.classes.items() if one.cooperative)


@cache
def load_lexicon() -> Lexicon:
    """Read ``config/lexicons/actions.toml``, once a process.

    Raises:
        ConfigError: a verb stands in two classes, or a frame names a key or a group that does not exist.
    """
    return read_lexicon(tomllib.loads(files("config").joinpath("lexicons", "actions.toml").read_text("utf-8")))


def read_lexicon(table: Mapping[str, Any]) -> Lexicon:
    """Check an action *table* and sort its words; its form is explained in the file itself.

    Raises:
        ConfigError: a verb stands in two classes, or a frame names a key or a group that does not exist.
    """
    classes = {name: _class(name, row) for name, row in table["class"].items()}
    groups = {name: frozenset(words) for name, words in table["group"].items()}
    nouns = {noun: name for name, row in reversed(table["class"].items()) for noun in row["nouns"]}
    nouns |= dict.fromkeys(groups[RELATION], RELATION)
    frames = [_frame(number, row, frozenset(classes) | frozenset(groups)) for number, row in enumerate(table["frame"])]
    actors = {name: frozenset(words) for name, words in table["actor"].items()}
    return Lexicon(
        classes=classes,
        verbs=_verbs(table["class"]),
        nouns=nouns,
        groups=groups,
        frames={verb: tuple(frame for frame in frames if verb in frame.verbs) for one in frames for verb in one.verbs},
        elsewhere=frozenset(verb for row in table["extra"].values() for verb in (*row["unmistakable"], *row["frame"])),
        light=frozenset(table["light"]["verbs"]),
        reversed=frozenset(table["light"]["reversed"]),
        needs_animate=frozenset(table["needs_animate"]["verbs"]),
        sport=frozenset(table["sport"]["words"]),
        modality={name: frozenset(words) for name, words in table["modality"].items()},
        actors=actors | {"any": _acting(actors), "force": actors["group"] - actors["person"]},
    )


def _class(name: str, row: Mapping[str, Any]) -> ActionClass:
    return ActionClass(name, row["plover"], row["polarity"] == "cooperative", row["family"])


def _verbs(classes: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, Strength]]:
    verbs: dict[str, tuple[str, Strength]] = {}
    for name, strength, verb in _entries(classes):
        if verb in verbs:
            raise ConfigError(f"actions.toml: “{verb}” stands in {verbs[verb][0]} and in {name}. Keep one.")
        verbs[verb] = name, strength
    return verbs


def _entries(classes: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Strength, str]]:
    for name, row in classes.items():
        for strength in Strength:
            for verb in row.get(strength, ()):
                yield name, strength, verb


def _frame(number: int, row: Mapping[str, Any], names: frozenset[str]) -> Frame:
    lists = {key: frozenset(value) for key, value in row.items() if key in _LISTS}
    flags = frozenset(key for key in row if key in _FLAGS)
    unknown = set(row) - _LISTS - _FLAGS - {"verbs", "to"}
    unknown |= {word for words in lists.values() for word in words if word[:1] == "@" and word[1:] not in names}
    if row["to"] != _NOTHING and row["to"] not in names:
        unknown.add(row["to"])
    if unknown:
        raise ConfigError(f"actions.toml: the frame of {', '.join(row['verbs'])} names “{min(unknown)}”: unknown.")
    return Frame(number, frozenset(row["verbs"]), None if row["to"] == _NOTHING else row["to"], lists, flags)


def _acting(actors: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the nouns for people and bodies that act, with the plurals of persons."""
    plurals = {f"{noun}s" for noun in actors["person"] if not noun.endswith(_IRREGULAR)}
    return actors["group"] | actors["person"] | plurals
