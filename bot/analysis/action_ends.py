"""Who does a deed, and whom it is done to, read from the tree around its verb."""

from collections.abc import Iterator
from typing import Final

from bot.analysis.action_lexicon import Lexicon
from bot.analysis.action_words import NAMED
from bot.analysis.words import Word

_ENTITIES: Final = NAMED | {"LOC", "FAC"}
_MODIFIERS: Final = ("poss", "compound", "amod", "nmod")
_TIMES: Final = frozenset({"DATE", "TIME"})
_TIME_PREPOSITIONS: Final = frozenset({"on", "in", "at", "after", "since", "during", "for", "before"})
_NEAR_PREPOSITIONS: Final = frozenset({"with", "against", "to", "on", "from", "of", "between", "into", "upon"})
_CLAUSES: Final = frozenset({"xcomp", "ccomp", "advcl", "prt", "acl"})
_FARTHEST: Final = 30
_DEEPEST: Final = 12
_HEADLINE_STOPS: Final = frozenset(
    {
        "of", "for", "over", "by", "after", "in", "at", "on", "as", "to", "with", "during", "from", "near", "outside",
        "amid",
    }
)  # fmt: skip
_NO_PARTICIPLE: Final = frozenset({"aux", "auxpass", "dobj", "ccomp", "dative", "prt"})

Ranked = tuple[int, Word]
"""A candidate with its distance from the verb: lower is nearer."""


def is_headline_passive(verb: Word, following: Word | None) -> bool:
    """Tell whether *verb* is a passive though no auxiliary says so: "soldiers accused of", "man jailed for"."""
    if verb.tag not in {"VBN", "VBD"} or any(child.dep in _NO_PARTICIPLE for child in verb.children):
        return False
    if not verb.kids("nsubj"):
        return False
    return following is None or following.pos == "PUNCT" or following.lower in _HEADLINE_STOPS


def actor_in(word: Word, lexicon: Lexicon, depth: int = 0) -> Word | None:
    """Return the word of the noun phrase around *word* that can act: itself, a modifier, or one further inside."""
    if depth > _DEEPEST:
        return None
    if word.entity in _ENTITIES or word.pos == "PROPN" or word.lower in lexicon.actors["any"]:
        return word
    for modifier in word.kids(*_MODIFIERS):
        if modifier.entity in NAMED:
            return modifier
    inside = [noun for preposition in word.kids("prep") for noun in preposition.kids("pobj")]
    inside += [child for child in word.kids("conj", "appos", "acl", "relcl") if child.pos in {"NOUN", "PROPN"}]
    return next((found for one in inside if (found := actor_in(one, lexicon, depth + 1)) is not None), None)


def patient_of(verb: Word, agent: Word | None, lexicon: Lexicon) -> Word | None:
    """Return the nearest word below *verb* that can act and is not its *agent*; None where there is none."""
    found = [
        (rank, actor)
        for rank, word in _below(verb, 0, lexicon)
        if (actor := actor_in(word, lexicon)) is not None and actor is not agent
    ]
    return min(found, key=lambda one: (one[0], one[1].i))[1] if found else None


def _below(verb: Word, rank: int, lexicon: Lexicon) -> Iterator[Ranked]:
    if rank > _FARTHEST:
        return
    for child in verb.children:
        if child.dep == "dobj" or (child.dep == "oprd" and child.i > verb.i):
            yield from _of_object(child, rank, lexicon)
        elif child.i > verb.i:
            yield from _behind(child, rank, lexicon)


def _behind(child: Word, rank: int, lexicon: Lexicon) -> Iterator[Ranked]:
    """Yield what hangs on the verb by *child*: whom something is given to, what a preposition or a clause holds."""
    if child.dep == "dative":
        nouns = child.kids("pobj") if child.pos == "ADP" else [child]
        yield from ((rank, noun) for noun in nouns)
    elif child.dep == "prep":
        yield from _of_preposition(child, rank, lexicon)
    elif child.dep in _CLAUSES and child.pos in {"VERB", "AUX"}:
        yield from ((rank + 4, noun) for noun in child.kids("nsubj", "nsubjpass")[:1])
        yield from _below(child, rank + 6, lexicon)


def _of_object(noun: Word, rank: int, lexicon: Lexicon) -> Iterator[Ranked]:
    yield rank + 1, noun
    yield from ((rank + 3, inner) for preposition in noun.kids("prep") for inner in preposition.kids("pobj"))
    for clause in noun.kids("acl", "relcl"):
        yield from _below(clause, rank + 8, lexicon)


def _of_preposition(preposition: Word, rank: int, lexicon: Lexicon) -> Iterator[Ranked]:
    nouns = preposition.kids("pobj")
    if preposition.lower in _TIME_PREPOSITIONS and any(noun.entity in _TIMES for noun in nouns):
        return
    near = 2 if preposition.lower in _NEAR_PREPOSITIONS else 5
    yield from ((rank + near, noun) for noun in nouns)
    for clause in preposition.kids("pcomp"):
        yield from _below(clause, rank + 6, lexicon)
