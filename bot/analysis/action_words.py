"""Grammar for deeds: the objects of a verb, its phrases, and which nouns act."""

from collections.abc import Iterable, Iterator
from typing import Final

from bot.analysis.action_lexicon import Lexicon
from bot.analysis.words import Word

NAMED: Final = frozenset({"PERSON", "NORP", "ORG", "GPE"})
_HUMAN_PRONOUNS: Final = frozenset({"he", "she", "they", "him", "her", "them", "who", "we", "i", "us", "me"})
_PARTICLES: Final = frozenset(["out", "back", "down", "up", "off", "away", "over", "apart", "aside", "in"])
_LOOSE_PARTICLES: Final = frozenset({"out", "off", "back"})
_LOOSE_PREPOSITIONS: Final = frozenset({"of", "with", "to", "on", "at", "for", "against", "in"})
_PARTICLE_REACH: Final = 4
_PREPOSITION_REACH: Final = 6
_QUANTITIES: Final = frozenset(
    {
        "series", "part", "amount", "package", "type", "kind", "round", "wave", "million", "billion", "ton", "state",
        "set", "piece", "day", "end", "start", "batch",
    }
)  # fmt: skip
_SPELLINGS: Final = {"re-arm": "rearm"}
_TIMES: Final = frozenset({"DATE", "TIME"})
_DEEPEST: Final = 5


def is_one_of(word: Word, names: Iterable[str], lexicon: Lexicon) -> bool:
    """Tell whether *word* is one of *names*: lemmas, ``@group`` or ``@CLASS`` (the nouns of that class)."""
    for name in names:
        if name[0] != "@":
            if name in {word.lemma, word.lower}:
                return True
        elif (group := lexicon.groups.get(name[1:])) is not None:
            if word.lemma in group or word.lower in group:
                return True
        elif name[1:] in {lexicon.nouns.get(word.lemma), lexicon.nouns.get(word.lower)}:
            return True
    return False


def acts(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether *word* is a person, people, a body or a state."""
    if word.pos == "PRON":
        return word.lower in _HUMAN_PRONOUNS
    return word.entity in NAMED or word.lower in lexicon.actors["any"]


def expanded(word: Word, lexicon: Lexicon) -> list[Word]:
    """Return *word*, its conjuncts, and what follows "of" where it only counts: "tons of aid"."""
    found = [word, *word.kids("conj")]
    if counts(word, lexicon):
        found += of_words(word)
    return found


def counts(word: Word, lexicon: Lexicon) -> bool:
    """Tell whether *word* is a quantity or a group that leaves the meaning to the word behind "of"."""
    return word.lemma in lexicon.actors["transparent"] or word.pos == "NUM" or word.lemma in _QUANTITIES


def of_words(word: Word) -> list[Word]:
    """Return the nouns behind "of"."""
    return [noun for of in word.kids("prep") if of.lower == "of" for noun in of.kids("pobj")]


def objects(verb: Word, lexicon: Lexicon) -> list[Word]:
    """Return the direct objects of *verb* with what they stand for."""
    return [word for one in verb.kids("dobj", "attr") for word in expanded(one, lexicon)]


def passive_subjects(verb: Word, lexicon: Lexicon) -> list[Word]:
    """Return the passive subjects of *verb* with what they stand for."""
    return [word for one in verb.kids("nsubjpass") for word in expanded(one, lexicon)]


def governed(verb: Word, lexicon: Lexicon) -> list[tuple[str, Word]]:
    """Return the prepositions of *verb* with the nouns that they govern, dates left out."""
    return [
        (preposition.lower, word)
        for preposition in verb.kids("prep")
        for one in preposition.kids("pobj")
        if one.entity not in _TIMES
        for word in expanded(one, lexicon)
    ]


def by_agents(verb: Word) -> list[Word]:
    """Return the nouns behind "by", also where the parser saw no passive."""
    return [
        noun
        for child in verb.children
        if child.dep == "agent" or (child.dep == "prep" and child.lower == "by")
        for noun in child.kids("pobj")
    ]


def subject(verb: Word, depth: int = 0) -> Word | None:
    """Return who does *verb*, looked up through conjuncts, complements and clauses beside a noun; None: not named."""
    if depth > _DEEPEST:
        return None
    if own := verb.kids("nsubj"):
        return own[0]
    if verb.dep == "conj":
        return subject(verb.head, depth + 1) or next(iter(verb.head.kids("nsubjpass")), None)
    if verb.dep in {"xcomp", "advcl", "pcomp", "prep"}:
        return subject(verb.head, depth + 1)
    return verb.head if verb.dep in {"acl", "relcl"} else None


def doer(verb: Word) -> Word | None:
    """Return who does *verb*: behind "by" in a passive, else its subject."""
    if verb.kids("nsubjpass"):
        agents = [noun for phrase in verb.kids("agent") for noun in phrase.kids("pobj")]
        return agents[0] if agents else None
    return subject(verb)


def lemma_of(verb: Word) -> str:
    """Return the lemma of *verb* in the lexicon's spelling."""
    return _SPELLINGS.get(verb.lemma, verb.lemma)


def particles(verb: Word) -> list[str]:
    """Return the particles of *verb*: "out", "back", "down"."""
    return [child.lower for child in verb.children if _is_particle(child, verb)]


def _is_particle(child: Word, verb: Word) -> bool:
    if child.dep == "prt":
        return True
    return child.dep == "advmod" and child.lower in _PARTICLES and 0 < child.i - verb.i < _PARTICLE_REACH


def phrases(verb: Word, following: Iterable[Word]) -> list[str]:
    """Return the phrases that *verb* makes, longest first: with particle and preposition, with either, with its noun.

    *following* are the words behind it: the parser hangs the "at" of "lash out at" anywhere.
    """
    lemma, found = lemma_of(verb), particles(verb)
    prepositions = [child.lower for child in verb.kids("prep", "agent", "dative") if child.pos == "ADP"]
    loose = found + [child.lower for child in verb.kids("prep") if child.lower in _LOOSE_PARTICLES]
    near = [word for word in following if word.i - verb.i < _PREPOSITION_REACH]
    for particle in loose:
        prepositions += [
            word.lower
            for word in near
            if word.lower in _LOOSE_PREPOSITIONS and (word.head is verb or word.head.lower == particle)
        ]
    long = [f"{lemma} {particle} {preposition}" for particle in found for preposition in prepositions]
    short = [f"{lemma} {one}" for one in (*found, *prepositions)]
    return long + short + list(_with_noun(verb, lemma))


def _with_noun(verb: Word, lemma: str) -> Iterator[str]:
    """Yield phrases written apart: "take aim at", "join forces with"."""
    for noun in verb.kids("dobj"):
        for child in (*verb.children, *noun.children):
            if child.dep == "prep":
                yield f"{lemma} {noun.lower} {child.lower}"
        yield f"{lemma} {noun.lower}"
