"""Who goes on speaking where a quoted sentence names nobody: the sentence, or the paragraph, before it tells."""

import re
from typing import Final

from bot.analysis.attribution_line import Line, LineQuote, Voice
from bot.analysis.syntax import speaker_of
from bot.analysis.words import Word
from bot.model.spans import Span

_LABEL: Final = re.compile(r"[“\"\s]*([A-Z][A-Z.’' -]{2,30}):\s")
_MAIN_CLAUSES: Final = frozenset({"ROOT", "ccomp", "conj", "parataxis", "advcl"})
_NAMES: Final = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_NO_SPEAKER: Final = frozenset({"it", "that", "this", "there", "which"})
_NOT_CARRIED: Final = frozenset({"it", "that", "which", "this", "who", "they", "we", "i", "you"})
_LONGEST_LABEL: Final = 6


def transcript_label(text: str, quote: LineQuote) -> tuple[Voice, Span] | None:
    """Return the voice and the words of a quote that begins with a label of its own: “OSKANE: …”."""
    outer = quote.quoted.outer
    found = _LABEL.match(text, outer.start, outer.end)
    if found is None:
        return None
    colon = Span(found.end(1), found.end(1) + 1)
    return Voice(Span(*found.span(1)), colon, None, "label"), Span(found.end(), outer.end)


def previous_sentence(line: Line, quote: LineQuote) -> Voice | None:
    """Return the subject of the sentence right before *quote* in its paragraph, if it can speak."""
    start = quote.first - 1
    while start > 0 and not line.ends_sentence(start - 1):
        start -= 1
    best: Voice | None = None
    for verb in line.words[max(start, 0) : quote.first]:
        if line.inside[verb.i] or not verb.is_verb:
            continue
        says = verb.lemma in line.cues.speech
        if not says and verb.dep not in _MAIN_CLAUSES:
            continue
        speaker = speaker_of(verb) or next(iter(verb.kids("nsubjpass")), None)
        if speaker is None or not can_speak(speaker):
            continue
        best = line.voice(speaker, verb, "continued-sentence")
        if says or verb.dep == "ROOT":
            break
    return best


def can_speak(word: Word) -> bool:
    """Tell whether *word* names somebody or is a pronoun for somebody."""
    if word.tag in {"PRP", "WP"}:
        return word.lower not in _NO_SPEAKER
    return word.entity in _NAMES or word.pos == "PROPN"


def introduction(line: Line) -> Voice | None:
    """Return who is to speak in the next paragraph where *line* ends in a colon: "He continued:", "Sarah, 24:"."""
    if not len(line) or line.words[-1].text != ":" or line.inside[len(line) - 1]:
        return None
    verbs = [word for word in line.words if line.outside(word.i) and _introduces(line, word)]
    for verb in reversed(verbs):
        speaker = speaker_of(verb)
        if speaker is not None:
            return line.voice(speaker, verb, "continued-introduction")
    return _subject_of_root(line) or _name_alone(line)


def _introduces(line: Line, word: Word) -> bool:
    return line.says(word.i) and word.dep not in {"amod", "aux"}


def _subject_of_root(line: Line) -> Voice | None:
    root = next((word for word in line.words if word.head is word), None)
    speaker = speaker_of(root) if root is not None else None
    if root is None or speaker is None or not (can_speak(speaker) or speaker.lower in line.cues.persons):
        return None
    return line.voice(speaker, root, "continued-introduction")


def _name_alone(line: Line) -> Voice | None:
    if not 1 < len(line) <= _LONGEST_LABEL or not line.words[0].text[:1].isupper():
        return None
    if any(word.is_verb for word in line.words):
        return None
    last = len(line) - 1
    return Voice(line.between(0, last), line.between(last, last + 1), line.words[last - 1], "continued-introduction")


def is_carried(text: str, voice: Voice) -> bool:
    """Tell whether the next paragraph may keep *voice*: not where it is a bare "they" or "it"."""
    return voice.source is not None and voice.source.of(text).lower() not in _NOT_CARRIED
