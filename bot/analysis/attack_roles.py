"""Who attacks whom among states, as sentences tell it: so that a counter-attack is told from the attack."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.analysis.action_ends import is_headline_passive
from bot.analysis.action_words import by_agents, subject
from bot.analysis.actions import sentences_of
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Parsed
from bot.analysis.mention_index import MentionIndex
from bot.analysis.words import Word, read_lines
from bot.model.analysis import ActorId, AttackRole, Mention
from bot.model.spans import Span

_VERBS: Final = frozenset(
    {
        "attack", "strike", "hit", "kill", "shell", "bomb", "bombard", "destroy", "target", "raid", "damage", "wound",
        "injure", "invade", "pound", "batter", "ambush", "storm", "seize", "capture", "besiege", "down", "assault",
        "rock", "pummel", "launch", "fire", "unleash", "carry", "conduct", "set",
    }
)  # fmt: skip
_EVENTS: Final = frozenset(
    {
        "strike", "strikes", "attack", "attacks", "raid", "raids", "airstrike", "airstrikes", "shelling", "assault",
        "assaults", "incursion", "offensive", "bombardment", "bombing", "invasion", "barrage", "salvo",
    }
)  # fmt: skip
_ARMS: Final = _EVENTS | {
    "drone", "drones", "missile", "missiles", "rocket", "rockets", "fire", "jets", "warplanes", "warplane", "forces",
    "troops", "soldiers", "army", "military", "navy", "artillery", "shells", "bombs",
}  # fmt: skip
_NEEDS_ARMS: Final = frozenset({"set", "carry", "conduct", "launch", "unleash"})
_BARE_PARTICIPLES: Final = frozenset({"attack", "strike", "fire"})
_UNREAL: Final = frozenset(
    {"plan", "want", "intend", "hope", "consider", "fail", "refuse", "threaten", "warn", "accuse", "deny", "fear"}
)
_CARRIES_ON: Final = frozenset({"begin", "continue", "help", "start", "manage", "resume"})
_FUTURE: Final = frozenset({"will", "would", "could", "may", "might", "'ll"})
_AT: Final = frozenset({"on", "in", "against", "across", "into", "inside", "near", "at", "over"})
_MODIFIERS: Final = ("amod", "compound", "nmod", "poss")
_CLAUSES: Final = frozenset({"relcl", "acl", "advcl", "ccomp"})
_RETORT: Final = "back"


def find_attacks(
    parsed: Parsed,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    in_title: bool = False,
    lines: Sequence[Sequence[Word]] | None = None,
) -> tuple[AttackRole, ...]:
    """Return which state attacks which, once a sentence, in text order; ``span`` is the sentence.

    A state is known by its name, adjective, forces, towns or territory; a leader is not folded into his state.
    Metaphors ("hits back"), threats, denials and passives without "by" are left out. About nine in ten are right in
    war reporting, half of them in other news: count a pair only where two reports have it. With *in_title* the text
    is a title. Linear in the text.
    """
    states = _States(mentions, gazetteer)
    read = lines if lines is not None else read_lines(parsed)
    found: list[AttackRole] = []
    for words in read:
        for sentence in sentences_of(words):
            span = Span(sentence[0].start, sentence[-1].end)
            pairs = {pair for word in sentence for pair in _pairs(word, words, states)}
            found.extend(AttackRole(agent, patient, span, in_title) for agent, patient in sorted(pairs))
    return tuple(found)


def attack_roles(attacks: Sequence[AttackRole]) -> frozenset[tuple[ActorId, ActorId]]:
    """Return the pairs (agent, patient) of *attacks* that are told in one direction only."""
    pairs = {(attack.agent, attack.patient) for attack in attacks}
    return frozenset((agent, patient) for agent, patient in pairs if (patient, agent) not in pairs)


class _States:
    """Which state a word names, by the mentions of the text."""

    def __init__(self, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
        self._index = MentionIndex(mentions)
        self._gazetteer = gazetteer
        self._known: dict[tuple[ActorId | None, str | None], ActorId | None] = {}

    def of(self, word: Word) -> ActorId | None:
        mention = self._index.at(word.start)
        if mention is None:
            return None
        key = (mention.actor, mention.name)
        if key not in self._known:
            self._known[key] = self._state(mention)
        return self._known[key]

    def phrase(self, head: Word, *, with_prepositions: bool = True) -> list[ActorId]:
        """Return the states named in the noun phrase around *head*, nearest first, clauses left out."""
        found: dict[ActorId, None] = {}
        inside = [word for word in head.subtree() if _in_phrase(word, head, with_prepositions=with_prepositions)]
        for word in sorted(inside, key=lambda word: abs(word.i - head.i)):
            state = self.of(word)
            if state is not None:
                found[state] = None
        return list(found)

    def _state(self, mention: Mention) -> ActorId | None:
        identity = mention.actor
        if identity is None:
            hits = self._gazetteer.find(mention.name) if mention.name else ()
            identity = hits[0].actor if hits else None
        if identity is None or identity.startswith(("country/", "territory/")):
            return identity
        known = self._gazetteer.actor(identity)
        return known.country if known is not None else None


def _in_phrase(word: Word, head: Word, *, with_prepositions: bool) -> bool:
    while word is not head:
        if word.dep in _CLAUSES or (word.dep == "prep" and not with_prepositions):
            return False
        word = word.head
    return True


def _pairs(word: Word, words: Sequence[Word], states: _States) -> Iterator[tuple[ActorId, ActorId]]:
    if word.lower in _EVENTS and word.pos in {"NOUN", "PROPN"}:
        agents, patients = _of_event(word, states)
    elif word.pos == "VERB" and word.lemma in _VERBS and _is_attack(word, words):
        agents, patients = _of_verb(word, words, states)
    else:
        return
    for agent in agents[:1]:
        for patient in [state for state in patients if state != agent][:1]:
            yield agent, patient


def _of_event(noun: Word, states: _States) -> tuple[list[ActorId], list[ActorId]]:
    """Read "Russian strike on Kyiv", "an attack by Israel against Iran"."""
    agents = [state for word in noun.kids(*_MODIFIERS) if (state := states.of(word)) is not None]
    for preposition in noun.kids("prep"):
        if preposition.lower in {"by", "from"}:
            agents += [state for one in preposition.kids("pobj") for state in states.phrase(one)]
    patients = _behind(noun, states)
    verb = noun.head
    if verb.pos == "VERB" and noun.dep in {"nsubj", "dobj"}:
        if not patients and verb.lemma in _VERBS:
            struck = verb.kids("dobj") if noun.dep == "nsubj" else []
            patients = [state for one in struck for state in states.phrase(one)] + _behind(verb, states)
        if not agents and noun.dep == "dobj" and not verb.kids("nsubjpass"):
            doer = subject(verb)
            agents = states.phrase(doer, with_prepositions=False) if doer is not None else []
    return agents, patients


def _of_verb(verb: Word, words: Sequence[Word], states: _States) -> tuple[list[ActorId], list[ActorId]]:
    """Read "Ukraine hits a Russian air base" and "Kyiv was struck by Russian drones"."""
    passive = verb.kids("nsubjpass") or (verb.kids("nsubj") if _is_headline_passive(verb, words) else [])
    if passive:
        doers = [one for one in by_agents(verb) if states.of(one) is not None or one.lower in _ARMS]
        agents = [state for one in doers for state in states.phrase(one, with_prepositions=False)]
        return agents, states.phrase(passive[0])
    doer = subject(verb)
    if doer is None or doer.i > verb.i or (states.of(doer) is None and doer.lower not in _ARMS):
        return [], []
    objects = verb.kids("dobj")
    patients = [state for one in objects for state in states.phrase(one)] + _behind(verb, states)
    patients += [state for one in objects for state in _behind(one, states)]
    return states.phrase(doer, with_prepositions=False), patients


def _behind(word: Word, states: _States) -> list[ActorId]:
    """Return the states behind the prepositions of place of *word*, one preposition deep more."""
    found: list[ActorId] = []
    for preposition in word.kids("prep", "advmod"):
        if preposition.i > word.i:
            for one in (preposition, *preposition.kids("prep")):
                if one.lower in _AT:
                    found += [state for noun in one.kids("pobj") for state in states.phrase(noun)]
    return found


def _is_attack(verb: Word, words: Sequence[Word]) -> bool:
    """Tell whether *verb* states an attack: no threat, no denial, no retort, no participle without "by"."""
    if verb.kids("neg") or any(child.lower == _RETORT or child.lower in _FUTURE for child in verb.children):
        return False
    if not _is_fact(verb):
        return False
    objects = verb.kids("dobj")
    armed = any(word.lower in _ARMS for one in objects for word in one.subtree())
    if (verb.lemma in _NEEDS_ARMS and not armed) or (verb.lemma == "fire" and not (objects or verb.kids("prep"))):
        return False
    return bool(verb.kids("nsubjpass")) or not _is_open_participle(verb, words)


def _is_fact(verb: Word) -> bool:
    """Tell whether nothing above *verb* takes it back: "plans to", "hired to", "for killing"."""
    first = verb
    while first.dep == "conj" and first.head.pos == "VERB":
        first = first.head
    if first.dep == "pcomp" or (first.dep == "xcomp" and first.head.lemma not in _CARRIES_ON):
        return False
    return not (first.dep == "ccomp" and first.head.lemma in _UNREAL)


def _is_open_participle(verb: Word, words: Sequence[Word]) -> bool:
    """Tell whether *verb* is a passive that does not say by whom."""
    if any(child.lower == "by" for child in verb.children):
        return False
    if verb.tag == "VBN" and not verb.kids("aux"):
        return True
    following = words[verb.i + 1] if verb.i + 1 < len(words) else None
    return verb.lemma not in _BARE_PARTICIPLES and is_headline_passive(verb, following)


def _is_headline_passive(verb: Word, words: Sequence[Word]) -> bool:
    following = words[verb.i + 1] if verb.i + 1 < len(words) else None
    return is_headline_passive(verb, following) and any(child.lower == "by" for child in verb.children)
