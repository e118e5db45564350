"""Let only those deeds through that a sentence states as facts, with both ends directly on the verb."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.analysis.action_class import Sign
from bot.analysis.action_lexicon import Lexicon
from bot.analysis.action_words import NAMED, phrases
from bot.analysis.deeds import Deed
from bot.analysis.words import Word

_UNSURE: Final = frozenset({Sign.WEAK, Sign.UNREAL})
_SHAPED: Final = frozenset({Sign.FRAME, Sign.NOUN})
_PERSONS_ONLY: Final = frozenset(
    {
        "intercept", "chase", "catch", "board", "stop", "batter", "train", "award", "release", "sign", "welcome",
    }
)  # fmt: skip
_QUESTIONS: Final = frozenset({"why", "how", "what", "when", "whether", "which"})
_NO_FACT_CLAUSES: Final = frozenset({"advcl", "xcomp", "csubj", "pcomp", "nmod"})
_NEAR: Final = frozenset({"with", "against", "to", "on", "at", "for", "upon", "between", "over"})
_PLACE_PREPOSITIONS: Final = frozenset({"in", "at", "for", "over"})
_AGAINST: Final = frozenset({"THREATEN", "DISAPPROVE", "SANCTION"})
_OWN_FORCES: Final = frozenset({"MOBILIZE", "RETREAT"})
_EMPTY_VERBS: Final = frozenset({"have", "use", "perform", "lead", "get"})
_EMPTY_TELLS: Final = frozenset({"CONSULT", "THREATEN", "DISAPPROVE"})
_TRAVEL: Final = frozenset({"arrive", "travel", "fly"})
_SIGNS: Final = frozenset({"sign", "ratify", "ink"})
_INSIDE_OBJECT: Final = frozenset({"relcl", "acl", "prep", "pcomp", "appos"})
_CLAIM_DEPS: Final = frozenset({"ccomp", "xcomp", "pcomp"})
_LONG_WORD: Final = 3
_TITLE_SHARE: Final = 0.75
_TITLE_WORDS: Final = 4
_DEEPEST: Final = 6

Path = list[Word]
"""The words from the patient up to the verb, the verb left out: the last one hangs on the verb."""


def is_title_case(words: Sequence[Word]) -> bool:
    """Tell whether nearly every longer word begins with a capital, as in a headline: the parser reads those badly."""
    long = [word for word in words if word.text.isalpha() and len(word.text) > _LONG_WORD]
    capitals = sum(word.text[0].isupper() for word in long)
    return len(long) > _TITLE_WORDS and capitals / len(long) > _TITLE_SHARE


def is_sport(words: Sequence[Word], lexicon: Lexicon) -> bool:
    """Tell whether a word of sport stands among *words*: beating and signing mean other things there."""
    return any(word.lower in lexicon.sport for word in words)


def _is_announced(verb: Word) -> bool:
    """Tell whether a headline only announces the deed: "Minister to visit the port"."""
    return verb.tag == "VB" and verb.head is verb and any(child.lower == "to" for child in verb.kids("aux"))


def _is_no_duty(deed: Deed) -> bool:
    """Tell whether a denied deed is only one that nobody has to do: "does not have to advise" refuses nothing."""
    return deed.negated and deed.verb.dep == "xcomp" and deed.verb.head.lemma in {"have", "need"}


class Gate:
    """Sifts the deeds of one *sentence* of a line."""

    def __init__(self, words: Sequence[Word], sentence: Sequence[Word], lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon
        self._title_case = is_title_case(sentence)
        self._question = bool(sentence) and sentence[-1].text == "?"
        self._facts: tuple[Callable[[Deed], bool], ...] = (
            self._is_fact,
            self._is_main_enough,
            self._is_unconditional,
            self._is_nobodys_claim,
            self._is_in_order,
        )
        self._patients: tuple[Callable[[Deed], bool], ...] = (self._is_sure, self._is_on_the_verb, self._says_enough)

    def passes(self, deed: Deed) -> bool:
        """Tell whether *deed* may be shown: its class is sure, it is told as a fact, both ends hang on the verb."""
        if deed.agent is None or deed.patient is None or deed.agent is deed.patient:
            return False
        return all(check(deed) for check in (*self._facts, *self._patients))

    def passes_together(self, deed: Deed) -> bool:
        """Tell whether *deed* may be shown as one of its two agents with the other: "A and B met"."""
        sure = deed.sign not in _UNSURE | {Sign.USUAL} and (not self._title_case or deed.sign is Sign.UNMISTAKABLE)
        return sure and deed.agent is not None and all(check(deed) for check in self._facts)

    def _is_sure(self, deed: Deed) -> bool:
        if deed.sign in _UNSURE or (self._title_case and deed.sign is not Sign.UNMISTAKABLE):
            return False
        return deed.sign is not Sign.USUAL or self._is_sure_between_actors(deed)

    def _is_sure_between_actors(self, deed: Deed) -> bool:
        verb, patient = deed.verb, deed.patient
        keys = (verb.lemma, *phrases(verb, self._words[verb.i + 1 : verb.i + 6]))
        if patient is None or not any(key in self._lexicon.needs_animate for key in keys):
            return False
        if patient.entity in {"PERSON", "NORP"} or patient.lower in self._lexicon.actors["any"]:
            return True
        return patient.entity in NAMED and verb.lemma not in _PERSONS_ONLY

    def _is_fact(self, deed: Deed) -> bool:
        if deed.modality in {"hypothetical", "must"} or (deed.negated and deed.action != "REJECT"):
            return False
        if _is_announced(deed.verb) or _is_no_duty(deed):
            return False
        bare = deed.verb.tag == "VBN" and not deed.passive and not deed.verb.kids("aux", "auxpass")
        return not bare and not self._question and not self._is_quoted(deed.verb)

    def _is_quoted(self, verb: Word) -> bool:
        return sum(word.text in {'"', "''", "``"} for word in self._words[: verb.i]) % 2 == 1

    def _is_main_enough(self, deed: Deed) -> bool:
        verb = _first_joined(deed.verb)
        if verb.dep in {"pcomp", "acl"} or (verb.dep == "relcl" and not verb.kids("nsubj", "nsubjpass")):
            return False
        if verb.tag not in {"VB", "VBG"} or verb.dep not in _NO_FACT_CLAUSES:
            return True
        beside = verb.tag == "VBG" and verb.dep == "advcl" and deed.sign is Sign.UNMISTAKABLE
        introduced = any(child.dep in {"mark", "prep"} and child.i < verb.i for child in verb.children)
        return beside and verb.i > 0 and self._words[verb.i - 1].text == "," and not introduced

    def _is_unconditional(self, deed: Deed) -> bool:
        verb = deed.verb
        conditional = self._lexicon.modality["conditional_marks"]
        if any(child.lower in conditional for child in verb.kids("mark")):
            return False
        return not any(child.lower in _QUESTIONS and child.i < verb.i for child in verb.children)

    def _is_nobodys_claim(self, deed: Deed) -> bool:
        """Tell whether no "accused of", "denies that", "plans to" stands above the verb; "said" may."""
        modality = self._lexicon.modality
        unreal = modality["claim"] | modality["unreal"]
        word = deed.verb
        for _ in range(_DEEPEST):
            above = word.head
            if above is word:
                break
            if word.dep in _CLAIM_DEPS and above.lemma in unreal:
                return False
            reported = word.dep == "ccomp" and above.pos in {"VERB", "AUX"}
            if reported and above.lemma not in modality["quoting"] and above.lemma != "see":
                return False
            if word.dep in {"acl", "relcl", "pcomp"}:
                break
            word = above
        return True

    def _is_in_order(self, deed: Deed) -> bool:
        verb, agent = deed.verb, deed.agent
        if agent is None or (agent.i > verb.i and not deed.passive and not deed.turned):
            return False
        if deed.passive and not any(child.dep == "agent" or child.lower == "by" for child in verb.children):
            return False
        between = self._words[min(agent.i, verb.i) : max(agent.i, verb.i)]
        return not any(word.text == ":" for word in between)

    def _is_on_the_verb(self, deed: Deed) -> bool:
        path = _path(deed)
        if deed.turned or not path:
            return deed.turned
        if path[-1].dep == "dobj" and self._has_modal_behind(path[0]):
            return False
        return deed.passive or _is_direct(deed, path, self._lexicon)

    def _says_enough(self, deed: Deed) -> bool:
        """Sift out verbs that say too little: having and using, travelling, moving one's own forces."""
        verb, patient = deed.verb, deed.patient
        path = _path(deed)
        if deed.turned or patient is None or not path:
            return deed.turned
        if deed.sign in _SHAPED and verb.lemma in _EMPTY_VERBS and deed.action not in _EMPTY_TELLS:
            return False
        if verb.lemma in _TRAVEL or (verb.lemma in _SIGNS and all(word.dep != "prep" for word in path)):
            return False
        if deed.action in _OWN_FORCES and self._lexicon.nouns.get(patient.lemma) == "MOBILIZE":
            return False
        return not (path[-1].dep == "prep" and path[-1].lower == "for" and deed.action in {"DEMAND", "THREATEN"})

    def _has_modal_behind(self, patient: Word) -> bool:
        """Tell whether the patient is a subject after all: in "promised the ministry would act" it is told nothing."""
        behind = patient.edges()[1]
        return behind < len(self._words) and self._words[behind].tag == "MD"


def _first_joined(verb: Word) -> Word:
    """Return the first of the verbs that "and" or "or" joins to *verb*: it tells what clause they all are."""
    while verb.dep == "conj" and verb.head.pos == "VERB":
        verb = verb.head
    return verb


def _path(deed: Deed) -> Path:
    """Return the words from the patient up to the verb; empty where the patient does not hang below it."""
    path: Path = []
    word = deed.patient
    while word is not None and word is not deed.verb:
        if word.head is word or len(path) > _DEEPEST:
            return []
        path.append(word)
        word = word.head
    return path


def _is_direct(deed: Deed, path: Path, lexicon: Lexicon) -> bool:
    """Tell whether the patient is an object of the verb, or stands behind a preposition that makes it one."""
    last = path[-1]
    if last.dep in {"dobj", "dative"}:
        return _is_object(deed, path, lexicon)
    if last.dep == "prep":
        nested = any(word.dep == "pcomp" for word in path)
        return len(path) <= 3 and not nested and _is_near_phrase(deed, path)
    if last.dep == "xcomp":
        return deed.sign is Sign.COMPLEMENT and len(path) <= 3 and path[-2].dep in {"dobj", "prep"}
    return last.dep == "ccomp" and deed.action == "DEMAND" and len(path) == 2 and path[0].dep == "nsubj"


def _is_object(deed: Deed, path: Path, lexicon: Lexicon) -> bool:
    inside = [word.dep for word in path[:-1]]
    if not any(dep in _INSIDE_OBJECT for dep in inside):
        return True
    if path[-1].dep != "dobj" or "prep" not in inside or len(path) > 4:
        return False
    if deed.sign in _SHAPED and not any(dep in {"relcl", "acl", "pcomp"} for dep in inside):
        prepositions = [word.lower for word in path[:-1] if word.dep == "prep"]
        return prepositions[-1] in _NEAR
    return path[-1].lemma in lexicon.actors["transparent"]


def _is_near_phrase(deed: Deed, path: Path) -> bool:
    preposition = path[-1].lower
    if preposition not in _NEAR | {"in"}:
        return False
    if preposition == "against" and deed.action in _AGAINST:
        return True
    has_object = bool(deed.verb.kids("dobj"))
    if preposition == "at" and deed.action == "DISAPPROVE" and not has_object:
        return True
    if has_object and deed.sign not in _SHAPED:
        return False
    patient = path[0]
    return not (preposition in _PLACE_PREPOSITIONS and patient.entity in {"GPE", "LOC"})
