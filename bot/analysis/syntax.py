"""Grammar over linked words: who speaks in a verb, what a noun phrase covers, what belongs to a verb."""

from typing import Final

from bot.analysis.words import Word
from bot.model.spans import Span

_AUXILIARY: Final = frozenset({"aux", "auxpass", "neg", "prt"})
_PRONOUN: Final = frozenset({"PRP", "WP", "PRP$", "WDT"})
_OUTSIDE_PHRASE: Final = frozenset({"relcl", "acl", "punct", "advcl", "ccomp", "advmod", "cc", "preconj"})
_CLAUSES: Final = frozenset({"xcomp", "advcl", "pcomp", "dep", "prep"})
_DEEPEST: Final = 4


def speaker_of(verb: Word, depth: int = 0) -> Word | None:
    """Return the head of the noun phrase that does *verb*: its subject, or the agent of a passive.

    Looks up through conjuncts and participles ("…, adding that"); None where nobody is named.
    """
    if depth > _DEEPEST:
        return None
    if agents := agents_of(verb):
        return agents[0]
    if subjects := verb.kids("nsubj"):
        return subjects[-1] if verb.dep == "relcl" and subjects[-1].i < verb.i else subjects[0]
    if is_passive(verb):
        return None
    return _speaker_above(verb, depth)


def _speaker_above(verb: Word, depth: int) -> Word | None:
    above = verb.head
    if verb.dep == "conj":
        return speaker_of(above, depth + 1)
    if verb.dep == "pcomp":
        above = above.head
    if verb.dep in _CLAUSES and above.pos in {"VERB", "AUX"}:
        return speaker_of(above, depth + 1) or _passive_subject(verb, above)
    participle = verb.tag == "VBG" or verb.lemma == "use"  # "my aunt, who kept a mill, used to say"
    return above if verb.dep == "acl" and participle else None


def _passive_subject(participle: Word, above: Word) -> Word | None:
    """Return who does the participle beside a passive: "after saying that, she was led away"."""
    subjects = above.kids("nsubjpass") if participle.tag == "VBG" else []
    return subjects[0] if subjects else None


def agents_of(verb: Word) -> list[Word]:
    """Return the heads of the "by" phrases of a passive."""
    return [noun for agent in verb.kids("agent") for noun in agent.kids("pobj")]


def is_passive(verb: Word) -> bool:
    """Tell whether *verb* has a passive auxiliary or subject."""
    return any(child.dep in {"auxpass", "nsubjpass"} for child in verb.children)


def noun_phrase(head: Word) -> tuple[int, int]:
    """Return the places (from, to) of the noun phrase around *head*.

    Appositives and conjuncts belong to it; relative clauses, participles and adverbs do not.
    """
    if head.pos == "PRON" and head.tag in _PRONOUN:
        return head.i, head.i + 1
    low = high = head.i
    waiting = [head]
    while waiting:
        word = waiting.pop()
        low, high = min(low, word.i), max(high, word.i)
        waiting.extend(child for child in word.children if _in_phrase(child) and not _is_possessive(child, head))
    return low, high + 1


def _is_possessive(word: Word, head: Word) -> bool:
    """Tell whether *word* is the "'s" of the phrase itself: in "Vasarik's claim" the phrase is Vasarik."""
    return word.dep == "case" and word.head is head


def _in_phrase(word: Word) -> bool:
    if word.dep in _OUTSIDE_PHRASE:
        return word.text == "-"
    return word.pos != "VERB"


def verb_group(verb: Word) -> tuple[int, int]:
    """Return the places (from, to) of *verb* with its auxiliaries, negation and particle."""
    places = [verb.i] + [child.i for child in verb.children if child.dep in _AUXILIARY]
    return min(places), max(places) + 1


def conjuncts(head: Word) -> list[Word]:
    """Return *head* and all that "and" or "or" joins to it, in text order."""
    found = [head]
    for word in found:
        found.extend(word.kids("conj"))
    return sorted(found, key=lambda word: word.i)


def phrase_span(head: Word, *, alone: bool = False) -> Span:
    """Return the stretch of the text that the noun phrase around *head* covers; *alone*: without its conjuncts."""
    low = high = head
    waiting = [] if head.pos == "PRON" and head.tag in _PRONOUN else list(head.children)
    while waiting:
        word = waiting.pop()
        if not _in_phrase(word) or _is_possessive(word, head) or (alone and word.dep == "conj"):
            continue
        low, high = min(low, word, key=_place), max(high, word, key=_place)
        waiting.extend(word.children)
    return Span(low.start, high.end)


def _place(word: Word) -> int:
    return word.i
