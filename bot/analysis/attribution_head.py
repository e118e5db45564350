"""Find the speaker in the words of the same sentence before a quoted stretch: Danchik said it was “too late”."""

from typing import Final

from bot.analysis.attribution_line import Line, LineQuote, Voice
from bot.analysis.attribution_tail import is_according, phrase_end
from bot.analysis.attribution_tree import climb
from bot.analysis.syntax import speaker_of
from bot.analysis.words import Word

_INTRODUCES: Final = frozenset({",", ":"})
_NO_CUE: Final = frozenset({"aux", "auxpass", "amod"})
_LONGEST_LABEL: Final = 6


def find_head(line: Line, quote: LineQuote) -> Voice | None:
    """Return the voice named before *quote* in its sentence, or None.

    Tried in order: "Said NAME:", a label ("NAME:"), the nearest verb of speech where a comma or colon introduces
    the words, the verbs above the words in the tree (the outermost of speech wins), the nearest cue, "according to".
    """
    before = _before(line, quote)
    if not before:
        return None
    cues = [word for word in before if _is_cue(line, word)]
    introduced = before[-1].i == quote.first - 1 and before[-1].text in _INTRODUCES
    return (
        _inverted(line, before)
        or _label(line, before)
        or (_nearest(line, cues) if introduced else None)
        or climb(line, quote, before[0].i)
        or _any_cue(line, cues)
        or _according(line, before)
    )


def _before(line: Line, quote: LineQuote) -> list[Word]:
    """Return the words before *quote* in its sentence that stand outside all marks."""
    start = quote.first
    while start > 0 and not _closes(line, start - 1):
        start -= 1
    return [word for word in line.words[start : quote.first] if not line.inside[word.i]]


def _closes(line: Line, place: int) -> bool:
    """Tell whether a sentence ends at *place*: a full stop outside marks, or the mark behind a quoted one."""
    if not line.inside[place]:
        return line.ends_sentence(place)
    return line.words[place].text == '"' and place > 0 and line.ends_sentence(place - 1)


def _is_cue(line: Line, word: Word) -> bool:
    if not word.is_verb or word.lemma not in line.cues.verbs or word.dep in _NO_CUE:
        return False
    return not (word.tag == "VBN" and word.dep == "acl")


def _label(line: Line, before: list[Word]) -> Voice | None:
    """Read "NAME: “…”", as transcripts and lists of answers have it."""
    if before[-1].text != ":" or not 2 <= len(before) <= _LONGEST_LABEL or any(word.is_verb for word in before):
        return None
    if not before[0].text[:1].isupper():
        return None
    name, colon = before[-2], before[-1]
    return Voice(line.between(before[0].i, name.i + 1), line.between(colon.i, colon.i + 1), name, "head-label")


def _inverted(line: Line, before: list[Word]) -> Voice | None:
    """Read "Said NAME: “…”", though the parser may take the verb for a name."""
    verb = before[0]
    if len(before) < 3 or before[-1].text not in _INTRODUCES or not verb.text[:1].isupper():
        return None
    if line.cues.forms.get(verb.lower) not in line.cues.speech or not line.starts_phrase(before[1].i):
        return None
    last = before[-2]
    source = line.between(before[1].i, last.i + 1)
    return Voice(source, line.between(verb.i, verb.i + 1), last, "head-inverted")


def _nearest(line: Line, cues: list[Word]) -> Voice | None:
    verb = next((word for word in reversed(cues) if word.lemma in line.cues.speech), None)
    speaker = speaker_of(verb) if verb is not None else None
    if verb is None or speaker is None or line.inside[speaker.i]:
        return None
    return line.voice(speaker, verb, "head-nearest")


def _any_cue(line: Line, cues: list[Word]) -> Voice | None:
    """Return the nearest cue with a speaker: speech before other cues, relative clauses only if there is no other."""
    outside = [word for word in cues if word.dep != "relcl"] or cues
    speech = [word for word in outside if word.lemma in line.cues.speech]
    for verb in (*reversed(speech), *reversed(outside)):
        speaker = speaker_of(verb)
        if speaker is not None:
            return line.voice(speaker, verb, "head-cue")
    return None


def _according(line: Line, before: list[Word]) -> Voice | None:
    for word in before:
        if is_according(line, word.i):
            end = phrase_end(line, word.i + 2)
            if end <= word.i + 2:
                return None
            source = line.between(word.i + 2, end)
            return Voice(source, line.between(word.i, word.i + 2), line.words[word.i + 2], "head-according")
    return None
