"""Which class of deed a verb tells in its sentence, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.analysis.action_frames import Clause, fitting
from bot.analysis.action_lexicon import RELATION, Lexicon, Strength
from bot.analysis.action_words import governed, lemma_of, objects, passive_subjects, phrases
from bot.analysis.words import Word

_NOUN_BEHIND_PREPOSITION: Final = frozenset(
    {"engage", "enter", "join", "carry", "return", "participate", "resort", "take", "go"}
)
_NO_MODIFIER: Final = frozenset({"law", "fire", "force", "trade", "emergency"})
_STILL_DEEDS: Final = frozenset({"refuse", "decline", "threaten"})
_DEEPEST: Final = 3


class Sign(StrEnum):
    """What a class was read from."""

    UNMISTAKABLE = "unmistakable"
    USUAL = "usual"
    WEAK = "weak"
    FRAME = "frame"
    NOUN = "noun"
    COMPLEMENT = "complement"
    UNREAL = "unreal"


@dataclass(frozen=True, slots=True)
class Reading:
    """A class of deed with the *sign* it was read from."""

    action: str
    sign: Sign


_BY_STRENGTH: Final = {
    Strength.UNMISTAKABLE: Sign.UNMISTAKABLE,
    Strength.FRAME: Sign.USUAL,
    Strength.WEAK: Sign.WEAK,
}


class Reader:
    """Reads verbs of one line."""

    def __init__(self, words: Sequence[Word], lexicon: Lexicon) -> None:
        self._words = words
        self._lexicon = lexicon

    def read(self, verb: Word, depth: int = 0) -> Reading | None:
        """Return what *verb* tells, or None.

        Tried in order: a phrase that is unmistakable, frames in the lexicon's order, other phrases, the complement of
        a verb such as "try", a light verb with an event noun, the verb alone.
        """
        if depth > _DEEPEST:
            return None
        lemma = lemma_of(verb)
        keys = [lemma, *phrases(verb, self._words[verb.i + 1 : verb.i + 6])]
        if (reading := self._phrase(keys[1:], {Strength.UNMISTAKABLE})) is not None:
            return reading
        clause = Clause(verb, self._lexicon, lambda word: self._class(word, depth + 1))
        if (frame := fitting(clause, keys)) is not None:
            sign = self._alone(lemma) if frame.is_bare else Sign.FRAME
            return Reading(frame.action, sign) if frame.action is not None else None
        other = bool(clause.particles) and any(key in self._lexicon.elsewhere for key in keys[1:])
        return self._phrase(keys[1:], set(Strength)) or (None if other else self._plain(verb, lemma, depth))

    def event_noun(self, verb: Word) -> str | None:
        """Return the class of the event noun that *verb* has as object ("hold talks"), or None."""
        nouns = objects(verb, self._lexicon) + passive_subjects(verb, self._lexicon)
        if verb.lemma in _NOUN_BEHIND_PREPOSITION:
            nouns += [word for _, word in governed(verb, self._lexicon)]
        for noun in nouns:
            found = self._noun(noun)
            if found is not None:
                return found
        return None

    def _class(self, verb: Word, depth: int) -> str | None:
        reading = self.read(verb, depth)
        return reading.action if reading is not None else None

    def _alone(self, lemma: str) -> Sign:
        entry = self._lexicon.verbs.get(lemma)
        return _BY_STRENGTH[entry[1]] if entry is not None else Sign.USUAL

    def _phrase(self, keys: Sequence[str], strengths: set[Strength]) -> Reading | None:
        for key in keys:
            entry = self._lexicon.verbs.get(key)
            if entry is not None and entry[1] in strengths:
                return Reading(entry[0], _BY_STRENGTH[entry[1]])
        return None

    def _plain(self, verb: Word, lemma: str, depth: int) -> Reading | None:
        """Read a verb that no frame and no phrase decides."""
        lexicon = self._lexicon
        carried = self._complement(verb, lemma, depth)
        if carried is not None:
            return carried
        noun = self.event_noun(verb)
        entry = lexicon.verbs.get(lemma)
        telling = noun is not None and noun != RELATION
        left_to_noun = lemma in lexicon.light and telling and (entry is None or entry[1] is not Strength.UNMISTAKABLE)
        if entry is not None and not left_to_noun:
            return Reading(entry[0], _BY_STRENGTH[entry[1]])
        if noun is not None and telling and lemma in lexicon.light | lexicon.reversed:
            return Reading(noun, Sign.NOUN)
        return None

    def _complement(self, verb: Word, lemma: str, depth: int) -> Reading | None:
        """Read "tried to kill", "is ready to meet", "does not want to sign"."""
        modality = self._lexicon.modality
        unreal = lemma in modality["unreal"] or lemma == "have"
        if lemma in _STILL_DEEDS or not (unreal or lemma in modality["attempt"] or lemma == "be"):
            return None
        adjectives = verb.kids("acomp")
        below = verb.kids("xcomp", "ccomp") + [word for one in adjectives for word in one.kids("xcomp")]
        actions = (self._class(word, depth + 1) for word in below if word.pos in {"VERB", "AUX"})
        action = next((one for one in actions if one is not None), None)
        if action is None:
            committed = bool(adjectives) and adjectives[0].lower == "committed"
            return Reading("AGREE", Sign.COMPLEMENT) if committed else None
        if adjectives and adjectives[0].lower in modality["willing"]:
            return Reading("AGREE" if action in self._lexicon.cooperative else "THREATEN", Sign.COMPLEMENT)
        if verb.kids("neg"):
            return Reading("REJECT", Sign.COMPLEMENT)
        return Reading(action, Sign.UNREAL if unreal else Sign.COMPLEMENT)

    def _noun(self, noun: Word) -> str | None:
        nouns = self._lexicon.nouns
        found = nouns.get(noun.lemma) or nouns.get(noun.lower)
        if found is not None:
            return found
        for part in noun.kids("compound"):
            action = nouns.get(part.lemma)
            if action is not None and action != "MOBILIZE" and part.lower not in _NO_MODIFIER:
                return action
        return None
