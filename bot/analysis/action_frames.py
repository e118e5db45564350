"""Which frame of the lexicon fits a verb in its sentence: the objects, prepositions and complements decide."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bot.analysis.action_lexicon import Frame, Lexicon
from bot.analysis.action_words import acts, doer, governed, is_one_of, objects, particles, passive_subjects
from bot.analysis.words import Word

_HARMLESS_PREPOSITIONS: Final = frozenset({"in", "on", "at"})
_NO_MODIFIER: Final = frozenset(
    {"law", "fire", "force", "trade", "emergency", "state", "power", "home", "party", "police", "war"}
)
"""Modifiers that do not tell what their noun is: a "law firm" is no law."""
_NO_MODIFIER_CLASSES: Final = ("@COERCE", "@CONSULT")
_QUESTIONS: Final = frozenset({"how", "what", "when", "where", "why", "which", "whether", "if"})
_PREDICATES: Final = frozenset({"oprd", "attr", "ccomp", "pobj", "dobj", "ROOT", "acomp"})
_STATES: Final = frozenset({"GPE", "NORP"})


class Clause:
    """A verb with all that its frames ask about."""

    def __init__(self, verb: Word, lexicon: Lexicon, class_of: Callable[[Word], str | None]) -> None:
        self.verb = verb
        self.lexicon = lexicon
        self.class_of = class_of
        self.objects = objects(verb, lexicon)
        self.governed = governed(verb, lexicon)
        self.particles = particles(verb)
        self.complements = verb.kids("xcomp", "ccomp")
        self.things = self.objects + passive_subjects(verb, lexicon) or _modified(verb)

    def fits(self, frame: Frame) -> bool:
        """Tell whether every condition of *frame* holds."""
        return all(_LISTS[key](self, words) for key, words in frame.lists.items()) and all(
            _FLAGS[key](self) for key in frame.flags
        )

    def has_agent(self, *nouns: str) -> bool:
        """Tell whether the doer is one of the lexicon's lists of *nouns* for actors."""
        agent = doer(self.verb)
        return agent is not None and any(agent.lower in self.lexicon.actors[noun] for noun in nouns)


def _modified(verb: Word) -> list[Word]:
    """Return the noun that a participle stands at: "the imposed sanctions"."""
    if verb.dep == "amod" or (verb.dep == "acl" and verb.tag == "VBN"):
        return [verb.head]
    return []


def _has_object(clause: Clause, names: frozenset[str]) -> bool:
    lexicon = clause.lexicon
    for thing in clause.things:
        if is_one_of(thing, names, lexicon):
            return True
        parts = [] if is_one_of(thing, _NO_MODIFIER_CLASSES, lexicon) else thing.kids("compound", "amod")
        if any(is_one_of(part, names, lexicon) and part.lower not in _NO_MODIFIER for part in parts):
            return True
    return False


def _has_object_mod(clause: Clause, names: frozenset[str]) -> bool:
    modifiers = [word for thing in clause.things for word in thing.kids("amod", "compound")]
    return any(word.lemma in names or word.lower in names for word in modifiers)


def _has_object_prep(clause: Clause, names: frozenset[str]) -> bool:
    behind = [word.lower for thing in clause.things for word in thing.kids("prep") if not _is_time(word)]
    return any(word in names for word in (*behind, *(preposition for preposition, _ in clause.governed)))


def _is_time(preposition: Word) -> bool:
    return any(word.entity in {"DATE", "TIME"} for word in preposition.kids("pobj"))


def _has_prep(clause: Clause, names: frozenset[str]) -> bool:
    own = [word.lower for word in clause.verb.kids("prep", "dative")]
    return any(word in names for word in (*own, *clause.particles[:1]))


def _has_complement(clause: Clause, names: frozenset[str]) -> bool:
    for word in (*clause.complements, *clause.verb.kids("advcl")):
        if word.lemma in names or f"@{clause.class_of(word)}" in names:
            return True
    return False


def _has_predicate(clause: Clause, names: frozenset[str]) -> bool:
    return any(word.lemma in names for word in clause.verb.subtree() if word.dep in _PREDICATES)


def _has_subject(clause: Clause, names: frozenset[str]) -> bool:
    agent = doer(clause.verb)
    if agent is None:
        return False
    behind = [noun for preposition in agent.kids("prep") for noun in preposition.kids("pobj")]
    return any(is_one_of(word, names, clause.lexicon) for word in (agent, *behind))


def _acts(word: Word | None, clause: Clause) -> bool:
    return word is not None and acts(word, clause.lexicon)


def _is_state(word: Word | None) -> bool:
    return word is not None and word.entity in _STATES


def _has_infinitive(clause: Clause) -> bool:
    return any(
        word.i > clause.verb.i
        and any(child.lower == "to" and child.dep == "aux" for child in word.children)
        and not any(child.lower in _QUESTIONS for child in word.children)
        for word in clause.verb.kids("xcomp", "ccomp", "advcl")
    )


def _has_clause(clause: Clause) -> bool:
    return bool(clause.complements) or any(word.kids("pcomp") for word in clause.verb.kids("prep"))


_LISTS: Final[Mapping[str, Callable[[Clause, frozenset[str]], bool]]] = {
    "object": _has_object,
    "object_mod": _has_object_mod,
    "object_prep": _has_object_prep,
    "object_ent": lambda clause, names: any(thing.entity in names for thing in clause.things),
    "prep": _has_prep,
    "prep_object": lambda clause, names: any(is_one_of(word, names, clause.lexicon) for _, word in clause.governed),
    "particle": lambda clause, names: any(particle in names for particle in clause.particles),
    "subject": _has_subject,
    "complement": _has_complement,
    "predicate": _has_predicate,
}
_FLAGS: Final[Mapping[str, Callable[[Clause], bool]]] = {
    "object_animate": lambda clause: any(acts(thing, clause.lexicon) for thing in clause.things),
    "object_none": lambda clause: not clause.things,
    "no_prep": lambda clause: all(preposition in _HARMLESS_PREPOSITIONS for preposition, _ in clause.governed),
    "passive": lambda clause: bool(clause.verb.kids("nsubjpass")),
    "agent_animate": lambda clause: _acts(doer(clause.verb), clause) or clause.has_agent("weapon"),
    "agent_state": lambda clause: _is_state(doer(clause.verb)) or clause.has_agent("force", "weapon"),
    "complement_inf": _has_infinitive,
    "complement_any": _has_clause,
}


def fitting(clause: Clause, keys: Sequence[str]) -> Frame | None:
    """Return the first frame, in the lexicon's order, of the verb or one of its phrases that fits.

    *keys* are the verb's lemma and its phrases. A verb with a particle that makes another verb of the lexicon has
    only the frames that ask for the particle.
    """
    lexicon, lemma = clause.lexicon, keys[0]
    phrasal = f"{lemma} {clause.particles[0]}" if clause.particles else ""
    candidates = {frame.number: frame for key in keys for frame in lexicon.frames.get(key, ())}
    for _, frame in sorted(candidates.items()):
        other = lemma in frame.verbs and phrasal in lexicon.verbs and phrasal not in frame.verbs
        if other and "particle" not in frame.lists:
            continue
        if clause.fits(frame):
            return frame
    return None
