"""Read "NAME VERBs NAME" at the head of a title from its words alone, whatever the parser made of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.analysis.action_lexicon import Lexicon, Strength
from bot.analysis.mention_index import MentionIndex, stands_for_actor
from bot.analysis.words import Word
from bot.model.analysis import Mention, MentionType

_FUNCTION_WORDS: Final = frozenset(
    {
        "to", "for", "on", "over", "as", "in", "after", "of", "at", "with", "by", "amid", "from", "against", "about",
        "and", "but", "before", "during", "if", "because", "that", "who", "which", "into", "under", "while", "ahead",
    }
)  # fmt: skip
_BREAKS: Final = frozenset({":", ",", "-", "|", "'", '"'})
_QUESTIONS: Final = frozenset({"how", "why", "what", "when", "where", "who"})
_DETERMINERS: Final = frozenset({"the", "a", "an", "his", "her", "its"})
_CLAIMS: Final = frozenset({"plan", "plans", "claim", "claims"})
_LATEST_VERB: Final = 8
_LONGEST_PATIENT: Final = 6
_VISIT: Final = "visit"


@dataclass(frozen=True, slots=True)
class HeadlineDeed:
    """What a headline plainly says: the class of its verb and the names on both sides."""

    action: str
    verb: Word
    agent: Mention
    patient: Mention


def headline_deed(words: Sequence[Word], lexicon: Lexicon, mentions: MentionIndex) -> HeadlineDeed | None:
    """Return the deed of a headline that plainly says it, or None.

    The words before the verb end in the agent's name; the verb is a third person of the present whose class is
    unmistakable; a run of capitalised words behind it begins with the patient's name. Nothing in a question.
    """
    if not words or words[-1].text == "?":
        return None
    for place in range(1, min(_LATEST_VERB, len(words) - 1)):
        if words[place].text in _BREAKS or words[place].lower in _FUNCTION_WORDS:
            return None
        found = _action(words, place, lexicon)
        if found is not None:
            agent = _agent(words[:place], mentions, lexicon)
            patient = _patient(words, found[1], mentions, lexicon)
            if agent is None or patient is None:
                return None
            return HeadlineDeed(found[0], words[place], agent, patient)
    return None


def _action(words: Sequence[Word], place: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """Return the class of the verb at *place* and the place behind it and its particle, longest phrase first."""
    for base in _bases(words[place].lower):
        for length in (3, 2, 1):
            phrase = " ".join([base, *(word.lower for word in words[place + 1 : place + length])])
            entry = lexicon.verbs.get(phrase)
            if entry is None or entry[1] is not Strength.UNMISTAKABLE or len(words) <= place + length:
                continue
            return None if base == _VISIT else (entry[0], place + length)
    return None


def _bases(form: str) -> Iterator[str]:
    """Yield the verbs that *form* may be the third person of."""
    if form.endswith("s"):
        yield form[:-1]
    if form.endswith("es"):
        yield form[:-2]
    if form.endswith("ies"):
        yield form[:-3] + "y"


def _agent(before: Sequence[Word], mentions: MentionIndex, lexicon: Lexicon) -> Mention | None:
    """Return the name that ends right before the verb, or that of the state for which the last word acts."""
    if any(word.lower in _QUESTIONS or _is_other_verb(word) for word in before):
        return None
    last = mentions.at(before[-1].start)
    if last is not None:
        return last if stands_for_actor(last, before[-1]) else None
    state = mentions.at(before[-2].start) if len(before) > 1 and before[-1].lower in lexicon.actors["state"] else None
    return state if state is not None and state.type is MentionType.COUNTRY else None


def _is_other_verb(word: Word) -> bool:
    return word.pos in {"VERB", "AUX", "PRON"} and word.text[0].islower()


def _patient(words: Sequence[Word], start: int, mentions: MentionIndex, lexicon: Lexicon) -> Mention | None:
    """Return the first name of the run behind the verb, if only titles stand before it and it ends the run.

    A possessive name counts for what it owns: who rejects Danchik's claim rejects Danchik.
    """
    run = _run(words, start, lexicon)
    named = next((word for word in run if mentions.at(word.start) is not None), None)
    if named is None:
        return None
    owns = run[-1].text == "'s" and _is_plan(words, run[-1].i + 1, lexicon)
    if not owns and (_cut_short(words, run[-1].i + 1) or run[-1].lower in _CLAIMS):
        return None
    mention = mentions.at(named.start)
    rest = [word for word in run if mention is not None and word.start >= mention.span.end]
    if rest and rest[0].text != "'s":
        return mention if rest[0].lower in lexicon.actors["state"] else None
    return mention if mention is not None and stands_for_actor(mention, named) else None


def _is_plan(words: Sequence[Word], place: int, lexicon: Lexicon) -> bool:
    """Tell whether the word at *place* is a claim, a plan or the like: who rejects that rejects its owner."""
    return place < len(words) and words[place].lower in lexicon.groups["plan"]


def _run(words: Sequence[Word], start: int, lexicon: Lexicon) -> Sequence[Word]:
    """Return the capitalised words and words for people from *start* on, a leading article left out."""
    if start < len(words) and words[start].lower in _DETERMINERS:
        start += 1
    end = start
    while end < len(words) and end - start < _LONGEST_PATIENT and _continues(words[end], lexicon):
        end += 1
    return words[start:end]


def _continues(word: Word, lexicon: Lexicon) -> bool:
    if word.lower in _FUNCTION_WORDS:
        return False
    return word.text[0].isupper() or word.lower in lexicon.actors["any"] or word.text in {"'s", "."}


def _cut_short(words: Sequence[Word], end: int) -> bool:
    """Tell whether the run stops in the middle of a phrase."""
    if end >= len(words):
        return False
    word = words[end]
    return word.lower not in _FUNCTION_WORDS and word.pos not in {"PUNCT", "SPACE"}
