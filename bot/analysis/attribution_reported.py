"""Find reported speech, the words that stand between no marks: Brill said the company still planned to fly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.analysis.attribution_clauses import Stretch, attributed_clause, trimmed
from bot.analysis.attribution_line import Line, Voice
from bot.analysis.attribution_tail import is_according
from bot.analysis.syntax import is_passive, noun_phrase, speaker_of
from bot.analysis.words import Word
from bot.model.spans import Span

_NO_CUE: Final = frozenset({"aux", "auxpass", "amod", "compound"})
_FINITE_PRESENT_OR_PAST: Final = frozenset({"VBD", "VBZ", "VBP"})
_FRONTED: Final = frozenset(
    {
        "say", "tell", "add", "note", "argue", "suggest", "claim", "report", "explain", "declare", "state", "warn",
        "insist", "acknowledge", "predict", "write", "announce", "contend", "maintain", "testify", "believe", "think",
    }
)  # fmt: skip
"""Verbs that may close a sentence whose beginning they report though the parser saw no clause in it."""
_SENTENCE_MARKS: Final = frozenset({".", "!", "?", '"', "'"})
_SHORTEST_FRONTED: Final = 3
_NO_SOURCE: Final = frozenset({"SCONJ", "CCONJ", "AUX"})
_NOBODY: Final = frozenset({"you", "nobody", "none"})
_SHOUTED: Final = 2


@dataclass(frozen=True, slots=True)
class Reported:
    """A clause that *verb* attributes to somebody. ``speech``: the verb is one of speech rather than of thought."""

    voice: Voice
    content: tuple[Span, ...]
    verb: Word
    speech: bool


def reported_clauses(line: Line) -> Iterator[Reported]:
    """Yield each clause of *line* that a cue outside marks attributes, in the order of the cues.

    Shouted lines, "you" as speaker and weak cue verbs say nothing, and what somebody did not say is no words of
    theirs. A source is always there.
    """
    for word in line.words:
        if line.inside[word.i]:
            continue
        if is_according(line, word.i):
            found = _according(line, word)
        elif word.is_verb and word.dep not in _NO_CUE and (cue := _cue(line, word)) is not None:
            found = _by_verb(line, word, cue)
        else:
            found = None
        if found is not None:
            yield found


def _cue(line: Line, verb: Word) -> str | None:
    """Return the entry of *verb* in the lexicon, with its particle where that makes another verb ("rule out")."""
    for particle in verb.kids("prt"):
        phrasal = f"{verb.lemma} {particle.lower}"
        if phrasal in line.cues.verbs:
            return phrasal
    return verb.lemma if verb.lemma in line.cues.verbs else None


def _by_verb(line: Line, verb: Word, cue: str) -> Reported | None:
    if cue in line.cues.weak or verb.kids("neg") or (verb.text.isupper() and len(verb.text) > _SHOUTED):
        return None
    speaker = speaker_of(verb)
    if speaker is None or speaker.pos == "VERB":
        return _swallowed(line, verb) if cue in _FRONTED else None
    if speaker.lower in _NOBODY or line.inside[speaker.i]:
        return None
    places = attributed_clause(line, verb, cue, speaker)
    if not places and cue in _FRONTED:
        places = _fronted(line, verb, speaker)
    if not places:
        return None
    voice = line.voice(speaker, verb, "reported-verb")
    return Reported(voice, _spans(line, places), verb, cue in line.cues.speech)


def _spans(line: Line, places: Sequence[Stretch]) -> tuple[Span, ...]:
    return tuple(line.between(*stretch) for stretch in places)


def _fronted(line: Line, verb: Word, speaker: Word) -> tuple[Stretch, ...]:
    """Read "…, NAME said." where the parser made no clause of the beginning."""
    start, end = _sentence(verb)
    first = min(noun_phrase(speaker)[0], verb.i)
    if verb.tag not in _FINITE_PRESENT_OR_PAST or first <= start + _SHORTEST_FRONTED or first >= end:
        return ()
    if line.words[first - 1].text != "," or any(line.inside[start:first]):
        return ()
    return trimmed(line, start, first)


def _swallowed(line: Line, verb: Word) -> Reported | None:
    """Read "…, a senior official said." where the parser made the speaker a part of what is said."""
    start, _ = _sentence(verb)
    comma = next((place for place in range(verb.i - 1, start, -1) if line.words[place].text == ","), start)
    source = line.words[comma + 1 : verb.i]
    if verb.tag not in _FINITE_PRESENT_OR_PAST or is_passive(verb) or not source:
        return None
    if comma <= start + _SHORTEST_FRONTED or any(line.inside[start : verb.i]) or not line.starts_phrase(comma + 1):
        return None
    if any(word.is_verb or word.pos in _NO_SOURCE for word in source):
        return None
    main = next((word for word in source if not comma < word.head.i < verb.i), source[-1])
    voice = Voice(line.between(comma + 1, verb.i), line.between(verb.i, verb.i + 1), main, "reported-swallowed")
    return Reported(voice, _spans(line, trimmed(line, start, comma)), verb, speech=True)


def _sentence(word: Word) -> tuple[int, int]:
    root = word
    for above in word.ancestors():
        root = above
    return root.edges()


def _according(line: Line, word: Word) -> Reported | None:
    """Read "According to NAME, …" and "…, according to NAME"."""
    sources = sorted(
        (below for below in word.subtree() if below.dep == "pobj" and below.i > word.i + 1), key=lambda below: below.i
    )
    if not sources:
        return None
    source = sources[0]
    start, end = _sentence(word)
    while end > start and line.words[end - 1].text in _SENTENCE_MARKS:
        end -= 1
    phrase = noun_phrase(source)
    if word.i - start <= 1:
        comma = next((at for at in range(phrase[1], end) if line.words[at].text == ","), end)
        places = trimmed(line, comma, end)
    else:
        places = trimmed(line, start, word.i)
    if not places:
        return None
    cue = line.between(word.i, word.i + 2)
    voice = Voice(line.between(*phrase), cue, source, "reported-according")
    return Reported(voice, _spans(line, places), word, speech=True)
