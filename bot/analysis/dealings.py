"""Pair the ends of a deed: one action for each agent and each patient that it may be told of."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.analysis.action_headline import HeadlineDeed
from bot.analysis.action_lexicon import Lexicon
from bot.analysis.action_parties import Parties, Party, party_of
from bot.analysis.deeds import Deed
from bot.model.analysis import Action, MentionType
from bot.model.spans import Span

_PRESS: Final = frozenset({"CONSULT", "DEMAND", "INVESTIGATE", "AGREE"})
"""What a newsroom does every day: its interviews and questions are no dealings."""
_VISITS: Final = frozenset({"visit", "tour"})
_VISITED: Final = frozenset({MentionType.PERSON, MentionType.COUNTRY})
_BESIDE: Final = frozenset({"punct", "conj", "cc", "advcl", "parataxis"})
_ATTACKS: Final = frozenset({"ASSAULT", "FIGHT"})
_PLACE_PREPOSITIONS: Final = frozenset({"to", "in", "on", "at", "over", "into"})
_NO_PLOVER: Final = "-"
_END: Final = frozenset({".", "!", "?", ";", ",", ":", "-", "–", "—"})


class Dealings:
    """Makes actions of deeds."""

    def __init__(self, text: str, parties: Parties, lexicon: Lexicon) -> None:
        self._text = text
        self._parties = parties
        self._lexicon = lexicon

    def between(self, deed: Deed) -> Iterator[Action]:
        """Yield one action for each pair of agent and patient that are known actors."""
        if deed.agent is None or deed.patient is None:
            return
        patients = self._parties.of(deed.patient, deed.action, agent=False)
        for agent in self._parties.of(deed.agent, deed.action, agent=True):
            for patient in patients:
                if not _is_goal(deed, patient) and self._fit(deed.verb.lemma, deed.action, agent, patient):
                    yield self._action(deed, agent, patient)

    def together(self, deed: Deed) -> Iterator[Action]:
        """Yield "A and B met" as one action of A with B."""
        agents = self._parties.of(deed.agent, deed.action, agent=True) if deed.agent is not None else ()
        if len(agents) == 2 and self._fit(deed.verb.lemma, deed.action, *agents):
            yield self._action(deed, *agents)

    def of_headline(self, deed: HeadlineDeed) -> Iterator[Action]:
        """Yield the one action of a headline that plainly says it, if both names are known actors."""
        agent, patient = party_of(deed.agent, self._text), party_of(deed.patient, self._text)
        if agent is not None and patient is not None and self._fit(deed.verb.lemma, deed.action, agent, patient):
            span = Span(agent.span.start, patient.span.end)
            yield self._named(deed.action, agent, patient, span)

    def _fit(self, verb: str, action: str, agent: Party, patient: Party) -> bool:
        if agent.actor == patient.actor or agent.span.overlaps(patient.span):
            return False
        if verb in _VISITS and patient.type not in _VISITED:
            return False
        return action not in _PRESS or not (self._is_press(agent) or self._is_press(patient))

    def _is_press(self, party: Party) -> bool:
        return any(part.lower() in self._lexicon.actors["media"] for part in party.name.split())

    def _action(self, deed: Deed, agent: Party, patient: Party) -> Action:
        return self._named(deed.action, agent, patient, _clause(deed, (agent, patient)))

    def _named(self, action: str, agent: Party, patient: Party, span: Span) -> Action:
        known = self._lexicon.classes[action]
        plover = known.plover if known.plover != _NO_PLOVER else known.name
        return Action(agent.actor, known.name, plover, patient.actor, span, agent.name, patient.name)


def _is_goal(deed: Deed, patient: Party) -> bool:
    """Tell whether the patient only is where something goes or what it is about: "send planes to Budapest"."""
    word = deed.patient
    if word is None or patient.type is not MentionType.PLACE or deed.action in _ATTACKS:
        return False
    return word.dep == "pobj" and word.head.lower in _PLACE_PREPOSITIONS


def _clause(deed: Deed, ends: Sequence[Party]) -> Span:
    """Return the stretch from the first to the last word of the deed, without clauses that only follow it."""
    words = [deed.verb]
    for child in deed.verb.children:
        if child.dep not in _BESIDE:
            words.extend(child.subtree())
    words.sort(key=lambda word: word.i)
    while words[-1].text in _END and len(words) > 1:
        words.pop()
    start = min(words[0].start, *(end.span.start for end in ends))
    return Span(start, max(words[-1].end, *(end.span.end for end in ends)))
