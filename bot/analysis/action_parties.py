"""Turn the ends of a deed into actors: a name, a state's own forces, or somebody whom a pronoun stands for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.analysis.action_lexicon import Lexicon
from bot.analysis.action_words import counts, of_words
from bot.analysis.mention_index import MentionIndex, stands_for_actor
from bot.analysis.syntax import conjuncts, phrase_span
from bot.analysis.words import Word
from bot.model.analysis import ActorId, Mention, MentionType
from bot.model.spans import Span

_MODIFIERS: Final = frozenset({"compound", "amod", "nmod", "poss"})
_ATTACKS: Final = frozenset({"ASSAULT", "FIGHT"})
_MARKS: Final = frozenset('"“”«»')
_QUESTION_TAGS: Final = frozenset({"WDT", "WP", "WP$"})

Resolve = Callable[[Word], Mention | None]
"""Whom a pronoun stands for; None where nobody known."""


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a deed: its actor, what to call it, and the words that name it."""

    actor: ActorId
    name: str
    type: MentionType
    span: Span


def party_of(mention: Mention, text: str) -> Party | None:
    """Return the end that *mention* alone names, None where it names no known actor."""
    if mention.actor is None:
        return None
    return Party(mention.actor, mention.name or mention.span.of(text), mention.type, mention.span)


class Parties:
    """Finds the actors behind the words of one text."""

    def __init__(self, text: str, mentions: MentionIndex, lexicon: Lexicon, resolve: Resolve) -> None:
        self._text = text
        self._mentions = mentions
        self._lexicon = lexicon
        self._resolve = resolve

    def of(self, word: Word, action: str, *, agent: bool) -> tuple[Party, ...]:
        """Return the actors that *word* and its conjuncts name as one end of *action*; empty where it names none.

        A modifier is judged by its noun: "Danish army" acts for Denmark, a "Danish woman" for nobody. Weapons act
        for their state, and only in attacks.
        """
        heads = [inner for one in conjuncts(word) for inner in self._expanded(one)]
        found = (self._one(one, action, agent=agent) for one in heads)
        return tuple(party for party in found if party is not None)

    def _expanded(self, word: Word) -> list[Word]:
        """Return the states in "the foreign ministers of Kestria and Mornavia", else *word* alone."""
        states = self._lexicon.actors["state"] | self._lexicon.actors["envoys"]
        if word.lower not in states or self._mentions.at(word.start) is not None:
            return [word]
        of = [noun for one in of_words(word) for noun in conjuncts(one) if self._is_state(noun)]
        return of or [word]

    def _is_state(self, word: Word) -> bool:
        mention = self._mentions.at(word.start)
        return mention is not None and mention.type is MentionType.COUNTRY and mention.form == "name"

    def _one(self, word: Word, action: str, *, agent: bool) -> Party | None:
        word = self._counted(word)
        if word.pos == "PRON" and not counts(word, self._lexicon):
            mention = self._resolve(word)
            return self._party(mention, word) if mention is not None else None
        mention = self._mentions.at(word.start)
        if mention is None:
            return self._forces(word, action, agent=agent)
        top = _top(word)
        if mention.span.start <= top.start < mention.span.end:
            return self._party(mention, top) if stands_for_actor(mention, top) else None
        return self._party(mention, top) if self._acts_for(top, mention, action, agent=agent) else None

    def _counted(self, word: Word) -> Word:
        """Return what is counted in "dozens of X", else *word*."""
        while self._mentions.at(word.start) is None and counts(word, self._lexicon):
            inner = of_words(word)
            if not inner:
                break
            word = inner[0]
        return word

    def _forces(self, head: Word, action: str, *, agent: bool) -> Party | None:
        """Read "Israeli warplanes" where the deed hangs on the second word."""
        for modifier in head.kids(*_MODIFIERS):
            mention = self._mentions.at(modifier.start)
            if mention is not None and self._acts_for(head, mention, action, agent=agent):
                return self._party(mention, head)
        return None

    def _acts_for(self, head: Word, mention: Mention, action: str, *, agent: bool) -> bool:
        """Tell whether *head* acts for the state that *mention* names before it."""
        if mention.type is not MentionType.COUNTRY or head.lower not in self._lexicon.actors["state"]:
            return False
        armed = head.lower in self._lexicon.actors["weapon"]
        return not armed or (agent and action in _ATTACKS)

    def _party(self, mention: Mention, head: Word) -> Party | None:
        if mention.actor is None:
            return None
        span = phrase_span(head, alone=True)
        words = span.of(self._text)
        if any(mark in words for mark in _MARKS) or self._is_unfit(head):
            return None
        return Party(mention.actor, mention.name or mention.span.of(self._text), mention.type, span)

    def _is_unfit(self, head: Word) -> bool:
        never = self._lexicon.actors["never"]
        return any(word.lower in never or word.tag in _QUESTION_TAGS for word in _phrase(head))


def _top(word: Word) -> Word:
    """Return the noun that *word* modifies, else *word* itself."""
    while word.dep in _MODIFIERS and word.head.pos in {"NOUN", "PROPN"}:
        word = word.head
    return word


def _phrase(head: Word) -> Sequence[Word]:
    return [head, *(child for child in head.children if child.dep in _MODIFIERS)]
