"""Know actors by what the article calls them, so that “the minister” or “the bank” later on is somebody."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from bot.analysis.mention_index import MentionIndex
from bot.analysis.words import Word
from bot.model.analysis import Mention, MentionType, Role

_LETTERS: Final = re.compile(r"\w[\w-]*")
_DEFINITE: Final = frozenset({"the", "this", "that"})
_NO_ROLE: Final = frozenset({"the", "a", "an", "of", "for", "and", "at", "in", "to", "his", "her", "its", "their", "s"})
_GENERAL: Final = frozenset({"late", "acting", "new", "then", "outgoing"})
_OTHER_RANKS: Final = frozenset({"vice", "deputy", "assistant", "associate", "junior", "shadow"})
"""Words that make another role of the one behind them: no vice president is "the president"."""
_COMPLEMENTS: Final = frozenset({"of", "for", "at", "to", "in", "on", "from", "with"})
_TITLE_DEPS: Final = frozenset({"compound", "amod", "nmod", "flat"})
_NOT_NEAR: Final = frozenset({"relcl", "acl", "conj", "appos"})


@dataclass(frozen=True, slots=True)
class _Known:
    """An actor with the words that describe it; ``nouns`` are those that may stand for the whole."""

    mention: Mention
    nouns: frozenset[str]
    words: frozenset[str]


class RolePhrases:
    """The persons of one article with the words of their roles, its organisations with those of their names."""

    def __init__(
        self, text: str, names: Iterable[tuple[Word, Mention]], mentions: MentionIndex, roles: Iterable[Role]
    ) -> None:
        self._mentions = mentions
        stated = {role.actor: role.text for role in roles}
        self._known: list[_Known] = []
        for word, mention in names:
            if mention.actor is None:
                continue
            if mention.type is MentionType.PERSON:
                self._known.append(_person(word, mention, stated.get(mention.actor, "")))
            elif mention.type is MentionType.ORGANISATION:
                called = _LETTERS.findall(mention.name or mention.span.of(text))
                name = frozenset(part.lower() for part in called)
                self._known.append(_Known(mention, name, name))

    def who(self, head: Word) -> Mention | None:
        """Return the one actor whom the definite phrase around *head* describes, or None.

        A name at its end tells ("the president of the union, Marit Oskane"). Else all its words but "new" and the
        like must describe that actor, its main noun a role or a name. Two actors who fit: None.
        """
        if (named := self._named_behind(head)) is not None:
            return named
        asked = _description(head)
        if asked is None:
            return None
        fitting = {
            known.mention.actor: known.mention
            for known in self._known
            if head.lower in known.nouns and asked <= known.words and not (known.words - asked) & _OTHER_RANKS
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _named_behind(self, head: Word) -> Mention | None:
        """Return the person at the end of the phrase around *head*, behind a comma, wherever the parser hung it."""
        for word in head.subtree():
            if word.dep != "appos" or word.i < head.i:
                continue
            mention = self._mentions.at(word.start)
            if mention is not None and mention.type is MentionType.PERSON and mention.actor is not None:
                return mention
        return None


def _person(word: Word, mention: Mention, stated: str) -> _Known:
    """Read the titles before, and the appositions beside, the name whose main word is *word*."""
    titles = [child for child in word.children if child.dep in _TITLE_DEPS and child.start < mention.span.start]
    appositions = word.kids("appos")
    if word.dep == "appos" and word.head.pos == "NOUN":
        appositions.append(word.head)
    words = {near.lower for one in titles + appositions for near in _near(one, word)}
    nouns = {one.lower for one in titles[-1:] + appositions}
    told = [text.lower() for text in _LETTERS.findall(stated)]
    before = list(takewhile(lambda text: text not in _COMPLEMENTS, told))
    return _Known(mention, frozenset(nouns.union(before[-1:])), frozenset(words.union(told)))


def _near(word: Word, name: Word) -> list[Word]:
    """Return the words of a title or apposition, without clauses and without the name itself."""
    found, waiting = [], [word]
    while waiting:
        here = waiting.pop()
        found.append(here)
        waiting.extend(child for child in here.children if child is not name and child.dep not in _NOT_NEAR)
    return found


def _description(head: Word) -> frozenset[str] | None:
    """Return the describing words of a definite phrase ("the Russian president"), None for any other phrase."""
    if head.pos not in {"NOUN", "PROPN"} or head.tag in {"NNS", "NNPS"}:
        return None
    if not any(child.lower in _DEFINITE for child in head.kids("det")):
        return None
    words = {word.lower for word in _near(head, head)}
    return frozenset(words - _NO_ROLE - _GENERAL - _DEFINITE)
