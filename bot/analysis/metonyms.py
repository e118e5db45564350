"""Tell whether a house or a city acts in a sentence, or is only the place of what happens."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bot.analysis.language import Parsed
from bot.analysis.name_words import MetonymWords, metonym_words
from bot.model.spans import Span

if TYPE_CHECKING:  # importing spaCy takes most of a second
    from spacy.tokens import Token

_SAYS: Final = re.compile(
    r"(?: \w+ly)? (?:accused|agreed|announced|asked|called|claimed|condemned|declined|demanded|denied|expects?|insisted"
    r"|offered|ordered|praised|promised|refused|rejected|replied|said|says|threatened|urged|vowed|wants?|warned|will)\b"
)
_PARTICIPLE: Final = re.compile(r"-([a-z]+)\b")
_AGAINST: Final = re.compile(r"\b(?:against|between|by|with)(?: the)? $")


def acts(parsed: Parsed, span: Span, *, house: bool, region: bool = False) -> bool | None:
    """Tell whether the house or city named at *span* acts; False: it is a place; None: the words do not tell.

    A *house* (the Kremlin) acts unless something shows the building, a city is a place unless something shows a deed,
    and a whole *region* or a river acts only where it speaks or decides.
    """
    paragraph = parsed.paragraph_at(span.start)
    tokens = paragraph.tokens(span) if paragraph else None
    if tokens is None:
        return None
    root = tokens.root
    participle = _PARTICIPLE.match(parsed.plain, span.end)
    if participle is not None:
        return participle[1] in metonym_words().acting_participles
    if not root.dep_:
        return _acts_by_words(parsed.plain, span, house=house)
    while root.dep_ == "conj" and root.head.i != root.i:
        root = root.head
    if region and root.dep_ == "nsubj":
        return root.head.lemma_.lower() in metonym_words().speaks
    test = _TESTS.get(root.dep_)
    return house if test is None else test(root, metonym_words(), house)


def _acts_by_words(plain: str, span: Span, *, house: bool) -> bool:
    """Decide without a tree, by the word before and the words after."""
    if _SAYS.match(plain, span.end) or _AGAINST.search(plain, max(0, span.start - 20), span.start):
        return True
    return house


def _as_compound(token: "Token", words: MetonymWords, house: bool) -> bool | None:
    """Decide for "Kremlin spokesman" (acts), "White House lawn" (says nothing) and "Tesk bridge" (place)."""
    head = token.head
    if head.lower_ in words.officials or (head.lower_ in words.deeds and head.dep_ != "compound"):
        return True
    return None if house else False


def _as_subject(token: "Token", words: MetonymWords, house: bool) -> bool:
    verb = token.head
    if house or verb.lemma_.lower() not in words.stays:
        return True
    complements = [child for child in verb.children if child.dep_ in {"acomp", "attr", "prep"}]
    complements += [child for preposition in complements for child in preposition.children if child.dep_ == "pobj"]
    return any(complement.lower_ in words.minds for complement in complements)


def _as_passive_subject(token: "Token", words: MetonymWords, house: bool) -> bool:
    del house
    return token.head.lemma_.lower() in words.addressed


def _as_agent(token: "Token", words: MetonymWords, house: bool) -> bool:
    del token, words, house
    return True


def _as_object(token: "Token", words: MetonymWords, house: bool) -> bool:
    lemma = token.head.lemma_.lower()
    return lemma in words.addressed or (house and lemma not in words.visited)


def _as_owner(token: "Token", words: MetonymWords, house: bool) -> bool:
    return house or token.head.lower_ in words.deeds


def _after_preposition(token: "Token", words: MetonymWords, house: bool) -> bool:
    preposition = token.head
    governor = {preposition.head.lemma_.lower(), preposition.head.lower_}
    kind = preposition.lower_
    if preposition.dep_ == "agent" or kind in words.actor_preposition:
        return kind not in {"between", "by"} or preposition.dep_ == "agent" or governor.isdisjoint(words.between_places)
    if kind in words.place_preposition:
        return False
    special = {"to": words.to_words, "from": words.from_words, "on": words.on_words, "for": words.for_words}.get(kind)
    if special is not None:
        return (house and kind == "for") or not governor.isdisjoint(special)
    return house or not governor.isdisjoint(words.deeds)


_TESTS: Final[dict[str, Callable[["Token", MetonymWords, bool], bool | None]]] = {
    "compound": _as_compound,
    "nmod": _as_compound,
    "amod": _as_compound,
    "nsubj": _as_subject,
    "nsubjpass": _as_passive_subject,
    "agent": _as_agent,
    "dobj": _as_object,
    "dative": _as_object,
    "poss": _as_owner,
    "pobj": _after_preposition,
}
"""What decides, by the relation in which the name hangs in the tree."""
