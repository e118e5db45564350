"""Know actors across articles: one person or organisation under all spellings, two of like names apart."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.analysis.linking import is_local, same_generation, surname_as_written
from bot.model.analysis import Actor, ActorId, MentionType
from bot.text.fold import fold
from bot.text.names import name_tokens, same_person, skeleton, surname

_WELL_KNOWN: Final = 3  # articles
_DOMINANT: Final = 0.9  # of all articles about persons of one surname
_SAME_COMPANY: Final = 2  # actors in common that make a name with another middle initial the same person's
_REMEMBERED: Final = 60  # actors met beside one, the first ones
_MOST_ALIASES: Final = 24
_SHORTEST_ACRONYM: Final = 3
NOBODY: Final[frozenset[ActorId]] = frozenset()


@dataclass(slots=True)
class _Entry:
    actor: Actor
    seen: int = 0
    company: set[ActorId] = field(default_factory=set)


class Directory:
    """The actors met so far, in the order they were met. Mutable, in memory; filled from storage at the start.

    Ids never change: a later spelling resolves to the id of the first. Answers depend only on what was added before,
    in which order, so that the same articles in the same order give the same ids.
    """

    def __init__(self, nicknames: Mapping[str, Collection[str]] | None = None) -> None:
        self._nicknames = nicknames or {}
        self._entries: dict[ActorId, _Entry] = {}
        self._by_name: dict[tuple[str, str], ActorId] = {}
        self._by_bones: dict[str, list[ActorId]] = {}
        self._by_surname: dict[str, list[ActorId]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Actor]:
        return (entry.actor for entry in self._entries.values())

    def find(self, identity: ActorId) -> Actor | None:
        """Return the actor of that id, or None."""
        entry = self._entries.get(identity)
        return entry.actor if entry else None

    def add(self, actor: Actor, *, seen: int = 1, company: Iterable[ActorId] = ()) -> None:
        """Remember *actor*, met in *seen* articles beside the actors *company*.

        Names that lead to another actor already keep leading there. An actor that is good in one article only is not
        remembered.
        """
        if is_local(actor.id):
            return
        entry = self._entries.get(actor.id)
        if entry is None:
            entry = self._entries[actor.id] = _Entry(actor)
            if actor.type is MentionType.PERSON and not actor.known:
                self._index_person(actor)
        entry.seen += seen
        room = _REMEMBERED - len(entry.company)
        entry.company.update([one for one in company if one != actor.id and one not in entry.company][: max(room, 0)])
        self._learn(entry, (actor.name, *actor.aliases))

    def resolve(self, actor: Actor, company: Collection[ActorId] = NOBODY) -> Actor:
        """Return the known actor that *actor* is, else *actor* itself.

        *company* are the other actors of the article. They decide where the name alone is not enough: a bare surname,
        an initial, a middle name more. Resolving twice changes nothing.
        """
        met = self._entries.get(actor.id)
        if actor.known or (met is not None and not self._may_be_mistaken(met.actor)):
            return met.actor if met is not None else actor
        kind = actor.type.value
        same = self._by_name.get((kind, _key(actor.name)))
        if same is None and actor.type is MentionType.PERSON:
            found = self._whose_surname(actor, company) if is_local(actor.id) else self._spelled_alike(actor, company)
        elif actor.type is MentionType.ORGANISATION:
            found = self._mistaken_person(actor, company, over=same) or same
        else:
            found = same
        return self._entries[found].actor if found is not None else actor

    def meet(self, actor: Actor, company: Collection[ActorId] = NOBODY) -> Actor:
        """Resolve *actor*, remember the spelling and that it was met once more; return the known actor."""
        known = self.resolve(actor, company)
        self.add(known, company=company)
        entry = self._entries.get(known.id)
        if entry is None:
            return known
        if known.type is actor.type and not is_local(actor.id):
            self._learn(entry, (actor.name, *actor.aliases))
        return entry.actor

    def _learn(self, entry: _Entry, names: Iterable[str]) -> None:
        """Let *names* lead to the entry, unless they lead to somebody else."""
        known = entry.actor
        aliases = list(known.aliases)
        written = {known.name, *aliases}
        for name in names:
            owner = self._by_name.setdefault((known.type.value, _key(name)), known.id)
            if owner == known.id and name not in written and len(aliases) < _MOST_ALIASES and not known.known:
                aliases.append(name)
                written.add(name)
        entry.actor = replace(known, aliases=tuple(aliases))

    def _index_person(self, actor: Actor) -> None:
        bones = skeleton(surname(actor.name))
        self._by_bones.setdefault(bones[:2], []).append(actor.id)
        for family in {bones, skeleton(fold(surname_as_written(actor.name)))}:
            self._by_surname.setdefault(family, []).append(actor.id)

    def _spelled_alike(self, actor: Actor, company: Collection[ActorId]) -> ActorId | None:
        """Return the one person whose name is a spelling of this one; None where nobody or several fit."""
        bones = skeleton(surname(actor.name))
        fitting = [
            identity
            for identity in self._by_bones.get(bones[:2], ())
            if self._is_same(actor.name, self._entries[identity], company)
        ]
        if len(fitting) > 1:
            fitting = [one for one in fitting if _bones(self._entries[one].actor.name) == _bones(actor.name)]
        return fitting[0] if len(fitting) == 1 else None

    def _is_same(self, name: str, entry: _Entry, company: Collection[ActorId]) -> bool:
        """Compare with the first name only: spellings of spellings would drift from one person to the next."""
        if not same_generation(name, entry.actor.name) or not same_person(name, entry.actor.name, self._nicknames):
            return False
        return not _needs_company(name, entry.actor.name) or len(entry.company & set(company)) >= _SAME_COMPANY

    def _whose_surname(self, actor: Actor, company: Collection[ActorId]) -> ActorId | None:
        """Return the one well-known person of this surname, or the one whom the article's other actors point to."""
        people = self._by_surname.get(skeleton(fold(actor.name)), ())
        beside = [one for one in people if not self._entries[one].company.isdisjoint(company)]
        if len(beside) == 1:
            return beside[0]
        total = sum(self._entries[one].seen for one in people)
        best = max(people, key=lambda one: self._entries[one].seen, default=None)
        if best is None or self._entries[best].seen < max(_WELL_KNOWN, _DOMINANT * total):
            return None
        return best

    def _may_be_mistaken(self, actor: Actor) -> bool:
        """Tell whether an organisation of one word may yet turn out to be a person who was not well known before."""
        return actor.type is MentionType.ORGANISATION and not actor.known and len(name_tokens(actor.name)) == 1

    def _mistaken_person(
        self, actor: Actor, company: Collection[ActorId], over: ActorId | None = None
    ) -> ActorId | None:
        """Return the person whose name the article's language model took for an organisation's.

        Against an organisation *over* that was met by that name, only a person who is named in more articles counts.
        """
        tokens = name_tokens(actor.name)
        if len(tokens) > 1:
            return None if over else self._by_name.get((MentionType.PERSON.value, _key(actor.name)))
        if not tokens or actor.name.isupper():
            return None
        person = self._whose_surname(actor, company)
        if person is None or over is None:
            return person
        rival = self._entries[over]
        return None if rival.actor.known or self._entries[person].seen <= rival.seen else person


def _needs_company(a: str, b: str) -> bool:
    """Tell whether two names differ by a middle name alone or by an initial: Michael Jordan, Michael B. Jordan."""
    given_a, given_b = _given(a), _given(b)
    if not given_a or not given_b:
        return True
    if len(given_a[0]) == 1 or len(given_b[0]) == 1:
        return _key(a) != _key(b)
    return len(given_a) != len(given_b) and skeleton(given_a[0]) == skeleton(given_b[0])


def _given(name: str) -> tuple[str, ...]:
    tokens, family = name_tokens(name), surname(name).split()
    return tokens[len(family) :] if tokens[: len(family)] == tuple(family) else tokens[: len(tokens) - len(family)]


def _bones(name: str) -> str:
    return " ".join(skeleton(token) for token in name_tokens(name))


def _key(name: str) -> str:
    """Return what equal names share: letters only, so that "J.D. Vance" is "JD Vance", and no article."""
    folded = fold(name)
    return folded.removeprefix("the ").replace(" ", "")
