"""Whom “he”, “she” and “it” stand for: the nearest fitting name, or somebody unnamed, or nobody known."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.analysis.mention_index import MentionIndex
from bot.analysis.role_phrases import RolePhrases
from bot.analysis.syntax import phrase_span
from bot.analysis.words import Word
from bot.model.analysis import ActorId, Mention, MentionType
from bot.model.spans import Span
from bot.text.names import name_tokens

GENDERS: Final = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
_IMPERSONAL: Final = frozenset({MentionType.ORGANISATION, MentionType.COUNTRY})
_NO_PERSON: Final = frozenset({"compound", "appos", "attr", "amod"})
_PER_CHARACTER: Final = 1 / 250
_SUBJECT_BONUS: Final = 1.0
_SOURCE_BONUS: Final = 1.2
_PARAGRAPH_BONUS: Final = 0.6
_HIGHEST_BONUS: Final = _SUBJECT_BONUS + _SOURCE_BONUS + _PARAGRAPH_BONUS
_UNKNOWN_GENDER: Final = {"f": -0.5, "m": 0.0}
_UNNAMED: Final = -0.3
_OTHER: Final = {"f": "m", "m": "f"}


@dataclass(frozen=True, slots=True)
class Genders:
    """What tells a person's gender: given names (lower case), words before a name, nouns; ``m`` or ``f``."""

    given_names: Mapping[str, str]
    honorifics: Mapping[str, str]
    nouns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a pronoun may stand for. ``mention`` None: a phrase that names nobody known ("a technician")."""

    span: Span
    line: int
    subject: bool
    gender: str | None
    mention: Mention | None


class Pronouns:
    """The persons of one article in text order, and the spans that already spoke."""

    def __init__(
        self,
        lines: Sequence[Sequence[Word]],
        names: Iterable[tuple[Word, Mention]],
        mentions: MentionIndex,
        roles: RolePhrases,
        known: Genders,
    ) -> None:
        self._lines = [words for words in lines if words]
        self._starts = [words[0].start for words in self._lines]
        self._genders = known
        self._mentions = mentions
        self._roles = roles
        self._told: dict[ActorId, str] = {}
        named = [
            Person(mention.span, self._line(word), _is_subject(word), self._gender(word, mention), mention)
            for word, mention in names
            if mention.type is MentionType.PERSON and mention.actor is not None
        ]
        self._persons = sorted([*named, *self._unnamed()], key=lambda person: person.span)
        self._starts_of_persons = [person.span.start for person in self._persons]
        self._heard: set[Span] = set()

    def _unnamed(self) -> Iterator[Person]:
        """Yield the phrases that mean one person and hold no name of their own: "a technician", "the judge"."""
        for number, words in enumerate(self._lines):
            for word in words:
                gender = self._genders.nouns.get(word.lower)
                if gender is None or word.tag != "NN" or word.dep in _NO_PERSON or self._names(word):
                    continue
                mention = self._roles.who(word)
                if mention is not None and mention.actor is not None:
                    known = self._told.get(mention.actor)
                else:
                    known = None if gender == "n" else gender
                yield Person(phrase_span(word), number, _is_subject(word), known, mention)

    def _names(self, word: Word) -> bool:
        return any(self._mentions.at(one.start) is not None for one in (word, *word.kids("appos")))

    def _gender(self, word: Word, mention: Mention) -> str | None:
        """Return the gender that a title, an earlier mention or the given name tells."""
        actor = mention.actor
        told = self._honorific(word)
        if told is None and actor is not None and actor in self._told:
            return self._told[actor]
        if told is None and mention.name is not None:
            tokens = name_tokens(mention.name)
            told = self._genders.given_names.get(tokens[0]) if len(tokens) > 1 else None
        if told not in _OTHER:
            return None
        if actor is not None:
            self._told[actor] = told
        return told

    def _honorific(self, word: Word) -> str | None:
        for child in word.children:
            title = child.lower.rstrip(".")
            found = self._genders.honorifics.get(title) or self._genders.nouns.get(title)
            if found in _OTHER and child.i < word.i:
                return found
        return None

    def hear(self, source: Span) -> None:
        """Remember that *source* spoke: who is named in it is likelier to be meant by "he" or "she" later on."""
        first = bisect_left(self._starts_of_persons, source.start)
        for person in self._persons[max(0, first - 1) :]:
            if person.span.start >= source.end:
                break
            if person.span.overlaps(source):
                self._heard.add(person.span)

    def who(self, pronoun: Word) -> Person | None:
        """Return whom *pronoun* most likely stands for; None where nobody fits, or for other pronouns.

        "It" is the organisation or country that :meth:`body` tells.
        """
        if pronoun.lower == "it":
            mention = self.body(pronoun)
            return Person(mention.span, self._line(pronoun), True, None, mention) if mention is not None else None
        wanted = GENDERS.get(pronoun.lower)
        return self._person(pronoun, wanted) if wanted is not None else None

    def _person(self, pronoun: Word, wanted: str) -> Person | None:
        line = self._line(pronoun)
        best: Person | None = None
        best_score = float("-inf")
        for person in reversed(self._persons[: bisect_left(self._starts_of_persons, pronoun.start)]):
            distance = (pronoun.start - person.span.start) * _PER_CHARACTER
            if _HIGHEST_BONUS - distance < best_score:
                break
            if person.gender == _OTHER[wanted] or person.span.end > pronoun.start:
                continue
            score = _score(person, line, wanted) - distance + _SOURCE_BONUS * (person.span in self._heard)
            if score > best_score:
                best, best_score = person, score
        return best

    def body(self, pronoun: Word) -> Mention | None:
        """Return the organisation or country that "it" stands for: the last subject of its line, if that is one."""
        for word in reversed(self._lines[self._line(pronoun)][: pronoun.i]):
            if word.dep in _SUBJECTS and word.tag not in {"WDT", "WP", "EX", "PRP"}:
                mention = self._mentions.at(word.start)
                named = mention is not None and mention.actor is not None and mention.type in _IMPERSONAL
                return mention if named else None
        return None

    def _line(self, word: Word) -> int:
        return bisect_right(self._starts, word.start) - 1


def _is_subject(word: Word) -> bool:
    return word.dep in _SUBJECTS or (word.dep == "appos" and word.head.dep in _SUBJECTS)


def _score(person: Person, line: int, wanted: str) -> float:
    """Return what speaks for *person* beside its distance and having spoken."""
    score = _SUBJECT_BONUS * person.subject + _PARAGRAPH_BONUS * (person.line == line)
    if person.gender is None:
        score += _UNKNOWN_GENDER[wanted]
    return score + (_UNNAMED if person.mention is None else 0.0)
