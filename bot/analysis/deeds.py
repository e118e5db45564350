"""Read every deed of a line: its class, its agent, its patient, and how it is told. Nothing is sifted yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.analysis.action_class import Reader, Reading, Sign
from bot.analysis.action_ends import actor_in, is_headline_passive, patient_of
from bot.analysis.action_lexicon import Lexicon
from bot.analysis.action_words import by_agents, subject
from bot.analysis.words import Word

_NO_DEED: Final = frozenset({"aux", "auxpass", "amod", "compound", "xcomp", "csubj", "csubjpass"})
_TAKES_PATIENT: Final = frozenset(
    {
        "DISAPPROVE", "COERCE", "ASSAULT", "SANCTION", "FIGHT", "SUPPORT", "CONCEDE", "DEMAND", "INVESTIGATE", "AID",
    }
)  # fmt: skip
_INTRANSITIVE: Final = frozenset(
    {
        "protest", "demonstrate", "rally", "riot", "meet", "withdraw", "retreat", "surrender", "resign", "clash",
        "fight", "talk", "speak", "march", "strike", "call", "appeal", "attack",
    }
)  # fmt: skip
_PUBLISHES: Final = frozenset({"issue", "release", "lodge", "file", "send", "publish"})
_ANNOUNCED: Final = {"suspension": "SANCTION", "withdrawal": "RETREAT", "resignation": "RETREAT"}
_STATES: Final = frozenset({"announce", "declare", "express"})
_LEAVES: Final = frozenset({"withdraw", "pull", "quit", "leave"})
_SPOKEN: Final = frozenset({"DEMAND", "DISAPPROVE", "INVESTIGATE"})
_MUTUAL: Final = frozenset({"AGREE", "CONSULT", "COOPERATE"})
_PERSONAL: Final = frozenset({"him", "her"})
_RELATIVE_REACH: Final = 2
_DEEPEST: Final = 15


@dataclass(frozen=True, slots=True)
class Deed:
    """Who did what to whom, as the sentence has it. ``modality`` is future, must or hypothetical.

    ``turned``: the subject is the patient ("faces criticism from"). ``agent`` and ``patient`` are main words, None
    where nobody is named.
    """

    verb: Word
    action: str
    sign: Sign
    agent: Word | None = None
    patient: Word | None = None
    passive: bool = False
    negated: bool = False
    turned: bool = False
    modality: str | None = None


def read_deeds(words: Sequence[Word], lexicon: Lexicon, among: Sequence[Word] | None = None) -> list[Deed]:
    """Return the deeds of a line, main clauses first, then in text order; *among*: only those of these verbs."""
    line = _Line(words, lexicon)
    deeds = [deed for verb in (words if among is None else among) if (deed := line.deed(verb)) is not None]
    return sorted(deeds, key=lambda deed: _rank(deed.verb, lexicon))


def _rank(verb: Word, lexicon: Lexicon) -> tuple[bool, int, int]:
    """Return how far from the sentence's main clause *verb* stands; clauses under "said" count as main ones."""
    depth = 0
    word = verb
    while word.head is not word and depth < _DEEPEST:
        if not (word.dep == "ccomp" and word.head.lemma in lexicon.modality["quoting"]):
            depth += 1
        word = word.head
    return verb.dep in {"relcl", "acl", "advcl"}, depth, verb.i


class _Line:
    def __init__(self, words: Sequence[Word], lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._reader = Reader(words, lexicon)

    def deed(self, verb: Word) -> Deed | None:
        if not _can_be_deed(verb) or self._only_quotes(verb):
            return None
        modality = self._modality(verb)
        reading = self._reading(verb, modality)
        if reading is None:
            return None
        deed = Deed(verb, reading.action, reading.sign, modality=modality, negated=bool(verb.kids("neg")))
        deed = self._with_ends(deed)
        deed = self._as_spoken(deed)
        if self._is_turned(deed):
            deed = replace(deed, patient=deed.agent, agent=_source(verb), turned=True)
        return deed if deed.patient is not None else replace(deed, patient=self._patient(deed))

    def _only_quotes(self, verb: Word) -> bool:
        """Tell whether *verb* only says what follows: "said that", "announced that"."""
        if verb.lemma not in self._lexicon.modality["quoting"]:
            return False
        if verb.kids("ccomp") and not verb.kids("dobj"):
            return True
        stated = verb.lemma in _STATES and bool(verb.kids("dobj"))
        return not stated and verb.lemma not in self._lexicon.verbs

    def _modality(self, verb: Word) -> str | None:
        auxiliaries = {child.lower for child in verb.kids("aux")}
        kinds = ("future", "must", "hypothetical")
        return next((kind for kind in kinds if auxiliaries & self._lexicon.modality[kind]), None)

    def _reading(self, verb: Word, modality: str | None) -> Reading | None:
        reading = self._reader.read(verb)
        if reading is None and verb.lemma in _PUBLISHES:
            participles = [child for noun in verb.kids("dobj") for child in noun.kids("acl")]
            reading = next((one for word in participles if (one := self._reader.read(word)) is not None), None)
        if reading is None and modality == "must" and verb.dep in {"ccomp", "conj"}:
            return Reading("DEMAND", Sign.COMPLEMENT)
        if reading is None and verb.lemma == "announce":
            actions = [_ANNOUNCED[noun.lemma] for noun in verb.kids("dobj") if noun.lemma in _ANNOUNCED]
            return Reading(actions[0], Sign.NOUN) if actions else None
        return reading

    def _with_ends(self, deed: Deed) -> Deed:
        verb = deed.verb
        passive = any(child.dep in {"nsubjpass", "auxpass"} for child in verb.children)
        if passive or self._is_headline_passive(deed):
            return replace(deed, agent=_first(by_agents(verb)), patient=self._acting(_undergoer(verb)), passive=True)
        if verb.dep == "acl" and verb.tag == "VBN":
            agents = [noun for phrase in verb.kids("agent") for noun in phrase.kids("pobj")]
            return replace(deed, agent=_first(agents), patient=self._acting(verb.head), passive=True)
        return replace(deed, agent=subject(verb))

    def _is_headline_passive(self, deed: Deed) -> bool:
        verb = deed.verb
        following = self._words[verb.i + 1] if verb.i + 1 < len(self._words) else None
        taken = deed.action in _TAKES_PATIENT and verb.lemma not in _INTRANSITIVE
        return taken and is_headline_passive(verb, following)

    def _as_spoken(self, deed: Deed) -> Deed:
        """Read what a speaker says of the future or of others' duties, and who "he" in it is."""
        verb, action, agent, patient = deed.verb, deed.action, deed.agent, deed.patient
        speaker = self._speaker(verb)
        if not deed.passive and deed.modality == "must":
            if speaker is not None:
                agent, patient, action = speaker, agent, "DEMAND"
        elif deed.modality == "future":
            action = self._announced(verb, action)
        if deed.negated and action in self._lexicon.cooperative:
            action = "REJECT"
        if agent is not None and agent.pos == "PRON":
            agent = _antecedent(verb, agent, speaker)
        return replace(deed, action=action, agent=agent, patient=patient)

    def _announced(self, verb: Word, action: str) -> str:
        if verb.lemma in _LEAVES:
            return "THREATEN"
        if action in self._lexicon.cooperative:
            return "AGREE"
        return action if action in _SPOKEN else "THREATEN"

    def _speaker(self, verb: Word) -> Word | None:
        """Return who says the clause of *verb*."""
        quoting = self._lexicon.modality["quoting"]
        above = verb.head
        if verb.dep not in {"ccomp", "conj"}:
            return None
        while above.lemma not in quoting and above.dep in {"ccomp", "conj"}:
            above = above.head
        return subject(above) if above.lemma in quoting else None

    def _is_turned(self, deed: Deed) -> bool:
        reversible = deed.sign is Sign.NOUN and deed.verb.lemma in self._lexicon.reversed
        return reversible and deed.action not in _MUTUAL and not deed.passive

    def _patient(self, deed: Deed) -> Word | None:
        found = patient_of(deed.verb, deed.agent, self._lexicon)
        nouns = deed.verb.kids("dobj")[:1]
        if found is None and deed.action in _TAKES_PATIENT and nouns:
            return nouns[0] if nouns[0].pos != "PRON" or nouns[0].lower in _PERSONAL else None
        return found

    def _acting(self, word: Word | None) -> Word | None:
        """Return the part of the phrase around *word* that acts, else *word*."""
        return (actor_in(word, self._lexicon) or word) if word is not None else None


def _can_be_deed(verb: Word) -> bool:
    if verb.dep in _NO_DEED:
        return False
    return verb.pos == "VERB" or (verb.pos == "AUX" and bool(verb.kids("acomp", "xcomp")))


def _undergoer(verb: Word) -> Word | None:
    """Return the passive subject of *verb*, its own or that of the verb it is joined to."""
    own = verb.kids("nsubjpass") or verb.kids("nsubj")
    return _first(own or (verb.head.kids("nsubjpass") if verb.dep == "conj" else []))


def _antecedent(verb: Word, pronoun: Word, speaker: Word | None) -> Word | None:
    """Return whom a pronoun as agent stands for: who speaks, or the noun right before "who"."""
    if verb.dep == "relcl":
        return verb.head if pronoun.i - verb.head.i <= _RELATIVE_REACH else None
    return speaker if speaker is not None and pronoun.dep == "nsubj" else pronoun


def _source(verb: Word) -> Word | None:
    """Return the noun behind "from" or "by" below *verb*: who is behind what its subject faces."""
    phrases = [
        word
        for word in verb.subtree()
        if word.lower in {"from", "by"} and word.dep in {"prep", "agent"} and verb in {word.head, word.head.head}
    ]
    phrases.sort(key=lambda word: word.i)
    return _first([noun for phrase in phrases for noun in phrase.kids("pobj")])


def _first(words: Sequence[Word]) -> Word | None:
    return words[0] if words else None
