"""Tell, inside one document, which names name the same person or organisation."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.analysis.name_words import name_words
from bot.analysis.names import Name
from bot.model.analysis import LOCAL_MARK, ActorId, MentionType
from bot.model.spans import Span
from bot.text.fold import fold, slug
from bot.text.names import name_tokens, same_person, skeleton, surname

_ACRONYM: Final = re.compile(r" \(([A-Z][A-Za-z&.-]{1,9})\)")
_PARTY_MARK: Final = re.compile(r"[RDI]-")
_SMALL: Final = frozenset({"of", "the", "and", "for", "in", "on", "de", "&"})
_WORD_BACK: Final = re.compile(r"[^\s,;:()]+$")
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_SUBJECT: Final = 1.0
_FIRST: Final = 0.3
_FADES: Final = 500  # characters in which a name loses as much as being the subject wins


@dataclass(slots=True, eq=False)
class Person:
    """One person of a document: the full names it gives, in order, and what is known of the gender."""

    names: list[str] = field(default_factory=list)
    gender: str | None = None

    @property
    def fullest(self) -> str:
        """Return the name with most words, the first of equals."""
        return max(self.names, key=lambda name: len(name.split()))

    @property
    def id(self) -> ActorId:
        """Return the id that the fullest name gives."""
        return ActorId(f"person/{slug(self.fullest)}")


class People:
    """The persons whom a document gives by their full names."""

    def __init__(self, nicknames: Mapping[str, set[str]]) -> None:
        self._nicknames = nicknames
        self._persons: list[Person] = []
        self._alike: dict[str, list[Person]] = {}
        self._by_name: dict[str, Person] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._persons)

    def add(self, name: str) -> Person:
        """Return the person of this full name, a new one unless a spelling of it has been added before."""
        folded = _key(name)
        person = self._by_name.get(folded)
        if person is None:
            bones = skeleton(surname(name))
            alike = self._alike.setdefault(bones[:2], [])
            person = next((one for one in alike if self._is_same(name, one)), None)
            if person is None:
                person = Person()
                self._persons.append(person)
                alike.append(person)
            for surname_bones in {bones, skeleton(fold(surname_as_written(name)))}:
                if person not in self._by_surname.setdefault(surname_bones, []):
                    self._by_surname[surname_bones].append(person)
            given = folded.partition(" ")[0]
            if person not in self._by_given.setdefault(given, []):
                self._by_given[given].append(person)
            self._by_name[folded] = person
            person.names.append(name)
        return person

    def _is_same(self, name: str, person: Person) -> bool:
        return any(same_generation(name, other) and same_person(name, other, self._nicknames) for other in person.names)

    def called(self, name: str) -> Person | None:
        """Return the person with exactly this full name, or None."""
        return self._by_name.get(_key(name))

    def with_surname(self, text: str) -> Sequence[Person]:
        """Return the persons whose surname *text* is, in the order they were added."""
        return self._by_surname.get(skeleton(fold(text)), ())

    def with_given_name(self, text: str) -> Sequence[Person]:
        """Return the persons whose first name *text* is."""
        return self._by_given.get(fold(text), ())

    def full_names(self) -> frozenset[str]:
        """Return the full names as the document writes them."""
        return frozenset(name for person in self._persons for name in person.names)

    def surnames(self) -> frozenset[str]:
        """Return the words of surnames as the full names write them."""
        return frozenset(surname_as_written(name) for person in self._persons for name in person.names)


def _key(name: str) -> str:
    """Return what equal full names share; a "Jr." is told from his father."""
    tokens, generation = name_tokens(name), _generation(name)
    return " ".join(tokens if generation is None or tokens[-1:] == (generation,) else (*tokens, generation))


def same_generation(a: str, b: str) -> bool:
    """Tell whether both names are "Jr.", or neither: father and son are two."""
    return _generation(a) == _generation(b)


def _generation(name: str) -> str | None:
    last = fold(name.rpartition(" ")[2])
    return last if last in _GENERATIONS else None


def surname_as_written(name: str) -> str:
    """Return the end of *name* that is its surname; its last word where that cannot be told."""
    words = name.split()
    if len(words) > 1 and _generation(name):
        words.pop()
    folded = surname(name)
    for first in range(len(words)):
        if fold(" ".join(words[first:])) == folded:
            return " ".join(words[first:])
    return words[0] if fold(words[0]) == folded else words[-1]


def local_id(name: str, document: str) -> ActorId:
    """Return an id for somebody of whom *document* gives no full name; no other document's id is equal.

    The part behind ``~`` is a digest of the text, so that two persons of one surname never become one.
    """
    digest = hashlib.sha256(document.encode("utf-8", "replace")).hexdigest()[:8]
    return ActorId(f"person/{slug(name)}{LOCAL_MARK}{digest}")


def is_local(actor: ActorId) -> bool:
    """Tell whether the id is good inside its document only."""
    return LOCAL_MARK in actor


@dataclass(frozen=True, slots=True)
class Place:
    """Where a full name stands, and whether it is the subject of its sentence."""

    at: int
    person: Person
    subject: bool = False


def choose(people: Sequence[Person], places: Iterable[Place], at: int, gender: str | None) -> Person | None:
    """Return whom of *people*, all of one surname, the name at offset *at* means, or None for somebody else.

    *gender* is what the word in front tells ("Mrs"); a person known to be of the other one is not meant. Of several
    the one counts whose full name stands near before it, subjects and the first one named before others; where none
    stands before, the one named first.
    """
    fitting = [person for person in people if gender is None or person.gender in {None, gender}]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    known = [place for place in places if any(place.person is one for one in fitting)]
    before = [place for place in known if place.at < at]
    if not before:
        return min(known, key=lambda place: place.at).person if known else fitting[0]
    first = before[0].person

    def weight(place: Place) -> float:
        return _SUBJECT * place.subject + _FIRST * (place.person is first) - (at - place.at) / _FADES

    return max(before, key=weight).person


def acronyms(plain: str) -> Iterator[tuple[str, Span]]:
    """Yield (acronym, span of the name it stands for) for each "Name of Something (NOS)" in *plain*.

    The words in front are taken as far back as their initials spell the acronym; party marks such as "(R-Ohio)" and
    acronyms that the initials do not spell are left out.
    """
    for match in _ACRONYM.finditer(plain):
        letters = [letter for letter in match[1] if letter.isupper()]
        if len(letters) < 2 or _PARTY_MARK.match(match[1]):
            continue
        start = _spelled_from(plain, match.start(), letters)
        if start is not None:
            yield match[1], Span(start, match.start())


def _spelled_from(plain: str, end: int, letters: list[str]) -> int | None:
    """Return where the words before *end* begin whose initials are *letters*, or None."""
    left = list(letters)
    start = end
    while left:
        word = _WORD_BACK.search(plain, max(0, start - 40), start)
        if word is None:
            return None
        text = word[0]
        start = word.start()
        if text[0] == left[-1]:
            left.pop()
        elif text.lower() not in _SMALL and not (text[0].isupper() and len(letters) > 2):
            return None
        if left:
            if start == 0 or plain[start - 1] != " ":
                return None
            start -= 1
        if end - start > 120:
            return None
    return start


def same_organisation(short: str, names: Iterable[str]) -> str | None:
    """Return the one longer name among *names* that *short* is the beginning of, word for word, or None."""
    if not short or short.lower() in name_words().plain:
        return None
    longer = {name for name in names if name.startswith(short + " ")}
    return longer.pop() if len(longer) == 1 else None


def full_names(names: Iterable[Name]) -> list[Name]:
    """Return the names of persons that hold a given name and a surname."""
    return [
        name
        for name in names
        if name.type is MentionType.PERSON and " " in name.text and len(name_tokens(name.text)) > 1
    ]
