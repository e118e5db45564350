"""Find who and what an article names: people, organisations, countries, places; linked inside the article."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from bot.analysis.actors import actors_of, gender_before, organisation_id, tell_genders
from bot.analysis.cover import Cover
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Parsed
from bot.analysis.linking import People, Person, Place, acronyms, choose, full_names, local_id, same_organisation
from bot.analysis.metonyms import acts
from bot.analysis.name_checks import checked, storms
from bot.analysis.name_patterns import patterned_names
from bot.analysis.names import Name, fitted, known_names, model_names, without_overlaps
from bot.analysis.repair import (
    agreed,
    bare_surnames,
    headline_persons,
    persons_known,
    shortened,
    uncovered,
    without_headlines,
)
from bot.model.analysis import Actor, ActorId, Mention, MentionType
from bot.text.fold import fold
from bot.text.names import skeleton

_MAY_ACT: Final = ("city/", "region/", "metonym/")
_BRUSSELS: Final = ActorId("city/brussels")


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what an article names. ``genders`` holds ``m``, ``f`` or None (not told) for each person."""

    mentions: tuple[Mention, ...]
    title_mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    genders: Mapping[ActorId, str | None] = field(default_factory=dict)


def find_mentions(
    parsed: Parsed, gazetteer: Gazetteer, *, title: Parsed | None = None, outlet_country: str | None = None
) -> tuple[Mention, ...]:
    """Return the names of *parsed* in order; see :func:`find_names`."""
    return find_names(parsed, gazetteer, title=title, outlet_country=outlet_country).mentions


def find_names(
    parsed: Parsed, gazetteer: Gazetteer, *, title: Parsed | None = None, outlet_country: str | None = None
) -> Names:
    """Return the names of an article and of its *title*.

    Mentions stand in order, never overlap, never cross a line, and hold neither title, possessive nor quotation mark.
    A person's id comes from the fullest name in the article; a surname without one gets an id that is good in this
    article only (see :func:`bot.analysis.linking.local_id`). A city or region that is only a place has no actor.
    *outlet_country* is the ISO code of the outlet's country. Cost is linear in the text but for the number of persons.
    """
    texts = [parsed] if title is None else [parsed, title]
    hits = gazetteer.scan(tuple(text.text for text in reversed(texts)), outlet_country=outlet_country)[::-1]
    found = [
        _collected(text, known_names(text, known, gazetteer), gazetteer)
        for text, known in zip(texts, hits, strict=True)
    ]
    document = _Document(gazetteer, texts, found)
    mentions = [document.mentions(number) for number in range(len(texts))]
    actors = actors_of([one for some in mentions for one in some], document.people, document.aliases, gazetteer)
    return Names(mentions[0], mentions[1] if title else (), actors, document.genders())


def _collected(parsed: Parsed, known: Sequence[Name], gazetteer: Gazetteer) -> list[Name]:
    """Return what tables, shapes and the model see in one text, fitted together."""
    storm_names = storms(parsed.plain)
    shaped = [name for name in patterned_names(parsed, gazetteer) if name.text not in storm_names]
    seen = (checked(name, gazetteer.genders.keys(), gazetteer.teams) for name in model_names(parsed, gazetteer.titles))
    unwanted = gazetteer.blocked | storm_names
    model = [name for name in seen if name is not None and name.text not in unwanted]
    starts = [name.span.start for name in shaped]
    longer = [name for name in model if _outdoes(name, shaped[max(bisect_left(starts, name.span.start) - 1, 0) :])]
    outdone = Cover(len(parsed.plain), (name.span for name in longer))
    kept = [name for name in shaped if not outdone.overlaps(name.span)]
    cover = Cover(len(parsed.plain), (name.span for name in kept))
    free = [name for name in model if not cover.overlaps(name.span)]
    return fitted(known, without_headlines(without_overlaps([*kept, *free]), parsed.plain), gazetteer.titles)


def _outdoes(name: Name, shaped: Iterable[Name]) -> bool:
    """Tell whether the model's name holds a shaped one of its own kind, and more; *shaped* start beside it."""
    near = takewhile(lambda other: other.span.start < name.span.end, shaped)
    inside = [other for other in near if other.span.overlaps(name.span)]
    return bool(inside) and all(
        name.span.contains(other.span) and len(name.span) > len(other.span) and name.type is other.type
        for other in inside
    )


class _Document:
    """One article while its names are told apart."""

    def __init__(self, gazetteer: Gazetteer, texts: Sequence[Parsed], found: list[list[Name]]) -> None:
        self._gazetteer = gazetteer
        self._texts = texts
        self.people = People(gazetteer.nicknames)
        self.aliases: dict[ActorId, set[str]] = {}
        self._genders: dict[ActorId, str | None] = {}
        self._acronyms: dict[str, tuple[str, ActorId]] = {}
        self._names = self._told_apart(found)
        self._places = self._meet_people()
        self._titles = self._titles_told()
        self._last_told: dict[str, str | None] = {}
        self._strangers: dict[str, str] = {}
        self._organisations = {
            name.text
            for names in self._names
            for name in names
            if name.type is MentionType.ORGANISATION and not name.sure
        }

    def _told_apart(self, seen: list[list[Name]]) -> list[list[Name]]:
        found = shortened(seen, self._gazetteer.genders.keys())
        for names in found:
            for name in full_names(names):
                self.people.add(name.text)
        for text in self._texts:
            for full in headline_persons(text.plain, found[0], self._gazetteer.genders.keys()):
                self.people.add(full)
        typed = [persons_known(names, text.plain, self.people) for names, text in zip(found, self._texts, strict=True)]
        told = []
        for text, names in zip(self._texts, agreed(typed), strict=True):
            self._learn_acronyms(text, names)
            titles = self._gazetteer.titles.keys()
            more = [*names, *uncovered(text.plain, self.people.full_names(), names, MentionType.PERSON)]
            more.extend(bare_surnames(text, self.people, more, titles))
            more.extend(uncovered(text.plain, self._acronyms.keys(), more, MentionType.ORGANISATION))
            told.append(without_overlaps(name for name in more if name.form != "thing"))
        return told

    def _learn_acronyms(self, text: Parsed, names: list[Name]) -> None:
        """Learn "Name of Something (NOS)" and add the long name where nobody has seen it."""
        ends = {name.span.end: name for name in names if name.type is MentionType.ORGANISATION}
        cover = Cover(len(text.plain), (name.span for name in ends.values()))
        for acronym, span in acronyms(text.plain):
            full = ends.get(span.end)
            if full is None and not cover.overlaps(span):
                full = Name(span, span.of(text.plain), MentionType.ORGANISATION, evidence="shape")
                names.append(full)
            if full is not None:
                actor = full.actor or organisation_id(full.text)
                self._acronyms[acronym] = (full.text, actor)
                if full.actor is None:
                    self.aliases.setdefault(actor, set()).add(acronym)

    def _meet_people(self) -> list[list[Place]]:
        """Return the places of full names, text by text, and learn genders from what stands before them."""
        places: list[list[Place]] = []
        seen: list[tuple[Person, str | None]] = []
        for text, names in zip(self._texts, self._names, strict=True):
            met = [
                Place(name.span.start, self.people.add(name.text), _is_subject(text, name))
                for name in full_names(names)
            ]
            seen.extend((place.person, gender_before(text.plain, place.at, self._gazetteer)) for place in met)
            places.append(met)
        tell_genders(self.people, seen, self._gazetteer)
        return places

    def genders(self) -> dict[ActorId, str | None]:
        """Return what is known of each person's gender."""
        return {**{person.id: person.gender for person in self.people}, **self._genders}

    def mentions(self, number: int) -> tuple[Mention, ...]:
        """Return the mentions of one text."""
        text = self._texts[number]
        return tuple(self._mention(name, text, number) for name in self._names[number])

    def _mention(self, name: Name, text: Parsed, number: int) -> Mention:
        if name.sure:
            return self._known(name, text)
        if name.type is MentionType.PERSON:
            return self._person(name, text, number)
        if name.type is MentionType.ORGANISATION:
            return self._organisation(name)
        return Mention(name.span, name.type, name=name.text)

    def _known(self, name: Name, text: Parsed) -> Mention:
        mention = Mention(name.span, name.type, name.actor, form=name.form)
        if name.actor is None or name.form != "name" or not name.actor.startswith(_MAY_ACT):
            return mention
        actor = self._gazetteer.actor(name.actor)
        house, region = name.actor.startswith("metonym/"), name.actor.startswith("region/")
        if acts(text, name.span, house=house, region=region):
            return replace(mention, actor=self._acting(name, text))
        return replace(mention, actor=None, name=actor.name if actor else name.text)

    def _acting(self, name: Name, text: Parsed) -> ActorId | None:
        """Return who acts: Brussels stands for the union, but for Belgium where the paragraph speaks of it."""
        paragraph = text.paragraph_at(name.span.start)
        if name.actor == _BRUSSELS and paragraph is not None and "Belgi" in paragraph.doc.text:
            return self._gazetteer.country_of("BE")
        return name.actor

    def _person(self, name: Name, text: Parsed, number: int) -> Mention:
        person = self.people.called(name.text)
        told = gender_before(text.plain, name.span.start, self._gazetteer)
        if person is None:
            people = self.people.with_surname(name.text) or self.people.with_given_name(name.text)
            person = choose(people, self._places[number] or self._places[0], name.span.start, told)
        if person is not None:
            return Mention(name.span, MentionType.PERSON, person.id, person.fullest)
        return self._stranger(name, told)

    def _stranger(self, name: Name, told: str | None) -> Mention:
        """Name somebody of whom the article gives no full name: one person a surname, but for Mr and Mrs of it."""
        bones = skeleton(fold(name.text))
        titles = self._titles[bones]
        last = told or self._last_told.get(bones)
        self._last_told[bones] = last
        spelling = self._strangers.setdefault(bones, name.text)
        identity = local_id(f"{last} {spelling}" if len(titles) > 1 and last else spelling, self._texts[0].text)
        self._genders[identity] = last or next(iter(titles), None)
        return Mention(name.span, MentionType.PERSON, identity, name.text)

    def _titles_told(self) -> dict[str, set[str]]:
        """Return, for each surname's skeleton, the genders that titles before it tell."""
        titles: dict[str, set[str]] = defaultdict(set)
        for text, names in zip(self._texts, self._names, strict=True):
            for name in names:
                told = gender_before(text.plain, name.span.start, self._gazetteer)
                if name.type is MentionType.PERSON and told is not None:
                    titles[skeleton(fold(name.text))].add(told)
        return titles

    def _organisation(self, name: Name) -> Mention:
        full, actor = self._acronyms.get(name.text, (None, None))
        if full is None or actor is None:
            full = same_organisation(name.text, self._organisations) or name.text
            actor = organisation_id(full)
        return Mention(name.span, MentionType.ORGANISATION, actor, None if self._gazetteer.actor(actor) else full)


def _is_subject(text: Parsed, name: Name) -> bool:
    paragraph = text.paragraph_at(name.span.start)
    tokens = paragraph.tokens(name.span) if paragraph else None
    return tokens is not None and tokens.root.dep_ in {"nsubj", "nsubjpass"}
