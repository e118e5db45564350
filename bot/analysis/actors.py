"""Make actors of the persons and organisations that a document names, and tell their genders."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bot.analysis.gazetteer import Gazetteer
from bot.analysis.linking import People, Person
from bot.analysis.name_words import name_words
from bot.model.analysis import Actor, ActorId, Mention
from bot.text.fold import fold, slug
from bot.text.names import name_tokens

_WORDS_BEFORE: Final = re.compile(r"((?:[\w'.-]+ ){1,3})$")


def organisation_id(name: str) -> ActorId:
    """Return the id of an organisation that no table knows."""
    return ActorId(f"organisation/{slug(name)}")


def gender_before(plain: str, at: int, gazetteer: Gazetteer) -> str | None:
    """Return ``m`` or ``f`` where the honorific or title right before offset *at* tells, else None."""
    found = _WORDS_BEFORE.search(plain, max(0, at - 40), at)
    words = found[1].lower().split() if found else []
    for count in range(len(words), 0, -1):
        title = gazetteer.titles.get(" ".join(words[-count:]))
        if title is not None and title.gender is not None:
            return title.gender
    gender = name_words().honorifics.get(words[-1].rstrip(".")) if words else None
    return gender if gender in {"m", "f"} else None


def gender_of_name(name: str, gazetteer: Gazetteer) -> str | None:
    """Return ``m`` or ``f`` where the first given name of a full name tells, else None."""
    tokens = name_tokens(name)
    gender = gazetteer.genders.get(tokens[0]) if len(tokens) > 1 else None
    return gender if gender in {"m", "f"} else None


def tell_genders(people: People, seen: Iterable[tuple[Person, str | None]], gazetteer: Gazetteer) -> None:
    """Set the gender of each person: by what stands before a full name, else by the given name."""
    for person, told in seen:
        if person.gender is None:
            person.gender = told
    for person in people:
        if person.gender is None:
            by_name = [gender_of_name(name, gazetteer) for name in person.names]
            person.gender = next((gender for gender in by_name if gender), None)


def actors_of(
    mentions: Iterable[Mention], people: People, aliases: Mapping[ActorId, set[str]], gazetteer: Gazetteer
) -> tuple[Actor, ...]:
    """Return the actors that *mentions* name, in order of first mention, each once.

    Those that no table knows get the names of the document: a person's other full names, an organisation's acronym.
    """
    persons = {person.id: person for person in people}
    actors: dict[ActorId, Actor] = {}
    for mention in mentions:
        if mention.actor is None or mention.actor in actors:
            continue
        known = gazetteer.actor(mention.actor)
        if known is not None:
            actors[mention.actor] = known
            continue
        name = mention.name or mention.actor
        person = persons.get(mention.actor)
        others = set(person.names if person else ()) | aliases.get(mention.actor, set())
        named = tuple(sorted(other for other in others if fold(other) != fold(name)))
        actors[mention.actor] = Actor(mention.actor, name, mention.type, named)
    return tuple(actors.values())
