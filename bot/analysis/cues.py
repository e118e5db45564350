"""The words that introduce speech, as plain sets."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.errors import ConfigError

_FLAGS: Final = frozenset({"speech", "thought", "infinitive", "object", "naming", "clause-only", "weak"})
_ENDINGS: Final = ("", "s", "es", "d", "ed", "ing")


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue verbs by what they take (lemmas), cue nouns, and the light verbs that carry those.

    ``forms`` gives the lemma of an inflected cue verb, for text that no language model has read. ``persons`` are nouns
    for somebody who may speak unnamed and ``honorifics`` words before a name, each with ``f``, ``m`` or ``n`` (either).
    """

    speech: frozenset[str]
    thought: frozenset[str]
    infinitive: frozenset[str]
    object: frozenset[str]
    naming: frozenset[str]
    clause_only: frozenset[str]
    weak: frozenset[str]
    verbs: frozenset[str]
    nouns: frozenset[str]
    light: frozenset[str]
    forms: Mapping[str, str]
    persons: Mapping[str, str]
    honorifics: Mapping[str, str]


@cache
def load_cues() -> Cues:
    """Read ``config/lexicons/cues.toml``, once a process.

    Raises:
        ConfigError: the file holds a flag that means nothing.
    """
    return read_cues(tomllib.loads(files("config").joinpath("lexicons", "cues.toml").read_text("utf-8")))


def read_cues(table: Mapping[str, Any]) -> Cues:
    """Sort the words of a cue *table* into sets; its form is explained in the file itself.

    Raises:
        ConfigError: a flag means nothing.
    """
    verbs: Mapping[str, str] = table["verbs"]
    flags = {verb: frozenset(words.split()) for verb, words in verbs.items()}
    for verb, words in flags.items():
        if unknown := words - _FLAGS:
            raise ConfigError(f"cues.toml: “{verb}” has the flag “{min(unknown)}”. Use {', '.join(sorted(_FLAGS))}.")

    def having(flag: str) -> frozenset[str]:
        return frozenset(verb for verb, words in flags.items() if flag in words)

    return Cues(
        speech=having("speech"),
        thought=having("thought"),
        infinitive=having("infinitive"),
        object=having("object"),
        naming=having("naming"),
        clause_only=having("clause-only"),
        weak=having("weak"),
        verbs=frozenset(flags),
        nouns=frozenset(table["nouns"]["words"]),
        light=frozenset(table["light"]["verbs"]),
        forms=_forms(having("speech")) | table["forms"],
        persons=_by_word(table["persons"]),
        honorifics=_by_word(table["honorifics"]),
    )


def _by_word(rows: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: gender for gender, words in rows.items() for word in words}


def _forms(verbs: frozenset[str]) -> dict[str, str]:
    """Return the regular forms of *verbs* with their lemma; a few that no verb has do no harm."""
    forms = {verb + ending: verb for verb in verbs for ending in _ENDINGS}
    for verb in verbs:
        if verb.endswith("e"):
            forms[verb[:-1] + "ing"] = verb
        if verb.endswith("y"):
            forms |= {verb[:-1] + "ied": verb, verb[:-1] + "ies": verb}
        forms |= {verb + verb[-1] + "ed": verb, verb + verb[-1] + "ing": verb}
    return forms
