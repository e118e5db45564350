"""Find the speaker in the words right behind a quoted stretch: “…,” added Marrash."""

from typing import Final

from bot.analysis.attribution_line import Line, LineQuote, Voice
from bot.analysis.syntax import noun_phrase, verb_group
from bot.analysis.words import Word
from bot.model.spans import Span

_DASHES: Final = frozenset({"-", "--", "—", "–", "―"})
_SKIPPED: Final = _DASHES | {",", "'", '"'}
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "VBN", "VB"})
_ENDS_PHRASE: Final = frozenset({".", "?", "!", ":", ";", '"', ","})
_ENDS_PHRASE_TAGS: Final = frozenset({"VBD", "VBZ", "VBP", "MD", "VBG", "VBN", "IN", "TO", "WP", "WRB", "RB"})
_ENDS_PHRASE_WORDS: Final = frozenset(["in", "on", "during", "after", "before", "when", "while", "as", "at"])
_KEEPS_PHRASE: Final = frozenset({"of", "for"})
_DAYS: Final = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"]
)
_LONGEST_PHRASE: Final = 25
_FARTHEST_VERB: Final = 40
_LONGEST_SIGNATURE: Final = 8
_SIDE_CLAUSES: Final = frozenset({"relcl", "acl", "aux", "auxpass", "advcl"})


def find_tail(line: Line, quote: LineQuote) -> Voice | None:
    """Return the voice named right behind *quote*, or None.

    Tried in order: a signature behind a dash, "per NAME", "according to NAME", "VERB NAME", "NAME VERB". Words that
    end in a full stop are closed: behind them only the inverted forms count.
    """
    place = _skip(line, quote.after)
    if not line.outside(place):
        return None
    return (
        _signature(line, quote, place)
        or _per(line, place)
        or _according(line, place)
        or _inverted(line, place)
        or (_subject_verb(line, quote, place) if quote.last != "." else None)
    )


def phrase_end(line: Line, start: int) -> int:
    """Return the place behind the noun phrase that begins at *start*, read from its words alone."""
    place = start
    while place < min(len(line), start + _LONGEST_PHRASE) and not _ends_phrase(line, place, start):
        place += 1
    return place


def _ends_phrase(line: Line, place: int, start: int) -> bool:
    word = line.words[place]
    if place in line.openers or word.text in _ENDS_PHRASE:
        return True
    if place == start:
        return False
    if word.lower in _ENDS_PHRASE_WORDS or (word.entity in {"DATE", "TIME"} and word.lower in _DAYS):
        return True
    return word.tag in _ENDS_PHRASE_TAGS and word.lower not in _KEEPS_PHRASE


def _skip(line: Line, place: int) -> int:
    """Return the place of the first word behind commas, dashes and adverbs ("later", "on")."""
    while place < len(line) and line.words[place].text in _SKIPPED:
        place += 1
    while line.outside(place) and line.words[place].pos == "ADV" and line.words[place].lower != "so":
        place += 1
    return place


def _signature(line: Line, quote: LineQuote, place: int) -> Voice | None:
    """Read “…” — NAME at the paragraph's end."""
    rest = line.words[place:]
    between = Span(quote.quoted.outer.end, line.words[place].start).of(line.text)
    dash = between.strip()
    if dash not in _DASHES or len(rest) > _LONGEST_SIGNATURE:
        return None
    if not rest[0].text[:1].isupper() or any(line.inside[word.i] or line.says(word.i) for word in rest):
        return None
    end = len(line)
    while end > place and line.words[end - 1].pos == "PUNCT":
        end -= 1
    if end == place:
        return None
    at = quote.quoted.outer.end + between.index(dash)
    return Voice(line.between(place, end), Span(at, at + len(dash)), line.words[end - 1], "tail-signature")


def _per(line: Line, place: int) -> Voice | None:
    return _behind(line, place, 1) if line.words[place].lower == "per" else None


def _according(line: Line, place: int) -> Voice | None:
    return _behind(line, place, 2) if is_according(line, place) else None


def is_according(line: Line, place: int) -> bool:
    """Tell whether "according to" stands at *place*."""
    words = line.words[place : place + 2]
    return len(words) == 2 and words[0].lower == "according" and words[1].lower == "to"


def _behind(line: Line, place: int, length: int) -> Voice | None:
    """Return the phrase behind a cue of *length* words."""
    start = place + length
    end = phrase_end(line, start)
    if end <= start:
        return None
    source = line.between(start, end)
    return Voice(source, line.between(place, start), _main_word(line, start, end), "tail-according")


def _inverted(line: Line, place: int) -> Voice | None:
    if line.words[place].lower == "as" and place + 1 < len(line):
        place += 1
    verb = line.words[place]
    subject = place + 1
    if not line.says(place) or verb.tag not in _FINITE or not line.outside(subject):
        return None
    if not line.starts_phrase(subject):
        return None
    end = phrase_end(line, subject)
    if end <= subject:
        return None
    source = line.between(subject, end)
    return Voice(source, line.between(place, subject), _main_word(line, subject, end), "tail-inverted")


def _main_word(line: Line, start: int, end: int) -> Word:
    """Return the word of a phrase that the rest hangs on, the nearest to the tree's root."""
    inside = line.words[start:end]
    return next((word for word in inside if not start <= word.head.i < end), inside[0])


def _subject_verb(line: Line, quote: LineQuote, place: int) -> Voice | None:
    if line.words[place].lower == "as" and place + 1 < len(line):
        place += 1
    if not line.starts_phrase(place):
        return None
    at = _verb_of_speech(line, quote, place)
    if at is None:
        return None
    verb = line.words[at]
    subjects = [word for word in verb.kids("nsubj") if place <= word.i < at]
    if subjects:
        start, end = noun_phrase(subjects[0])
        return Voice(line.between(start, end), line.between(*verb_group(verb)), subjects[0], "tail-subject")
    return _phrase_before(line, place, verb)


def _verb_of_speech(line: Line, quote: LineQuote, place: int) -> int | None:
    """Return the place of the verb of speech whose subject begins at *place*, or None if another verb comes first."""
    accepted = line.cues.speech | line.cues.thought
    for at in range(place, min(len(line), place + _FARTHEST_VERB)):
        if line.inside[at] or line.ends_sentence(at):
            return None
        word = line.words[at]
        if at == place or not word.is_verb:
            continue
        if word.lemma in accepted and word.tag in _FINITE:
            if word.dep != "relcl":
                return at
        elif word.dep not in _SIDE_CLAUSES and word.tag in {"VBD", "VBZ"} and quote.last != ",":
            return None
    return None


def _phrase_before(line: Line, place: int, verb: Word) -> Voice | None:
    end = verb.i
    while end > place and (line.words[end - 1].pos in {"ADV", "AUX", "PART"} or line.words[end - 1].text == ","):
        end -= 1
    comma = next((at for at in range(place, end) if line.words[at].text == ","), end)
    if comma <= place:
        return None
    source = line.between(place, comma)
    return Voice(source, line.between(verb.i, verb.i + 1), line.words[comma - 1], "tail-subject")
