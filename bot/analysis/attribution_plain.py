"""Find the speaker beside a quoted stretch from the words alone, where no language model has read them."""

from typing import Final

from bot.analysis.attribution_line import Line, LineQuote, Voice

_SKIPPED: Final = frozenset({",", "-", "–", "—"})
_INTRODUCES: Final = frozenset({",", ":"})
_PRONOUNS: Final = frozenset({"he", "she", "they", "it", "who", "i", "we"})
_DETERMINERS: Final = frozenset({"the", "a", "an", "his", "her", "its", "their"})
_PARTICLES: Final = frozenset({"al", "bin", "da", "de", "del", "der", "di", "el", "la", "ten", "van", "von"})
_LONGEST: Final = 8
_LONGEST_ROLE: Final = 5


def find_plain(line: Line, quote: LineQuote) -> Voice | None:
    """Return the voice of "…," NAME said, "…," said NAME, or NAME said: "…"; None for anything less plain.

    NAME is a run of capitalised words, a pronoun, or a short phrase behind an article.
    """
    after = quote.after
    while after < len(line) and line.words[after].text in _SKIPPED:
        after += 1
    if quote.last != "." and (voice := _name_then_verb(line, after) or _verb_then_name(line, after)) is not None:
        return voice
    return _before(line, quote.first)


def _name_then_verb(line: Line, start: int) -> Voice | None:
    end = _name_end(line, start)
    if end is None or not _says(line, end):
        return None
    return Voice(line.between(start, end), line.between(end, end + 1), line.words[end - 1], "plain")


def _verb_then_name(line: Line, start: int) -> Voice | None:
    end = _name_end(line, start + 1) if _says(line, start) else None
    if end is None:
        return None
    return Voice(line.between(start + 1, end), line.between(start, start + 1), line.words[end - 1], "plain")


def _before(line: Line, first: int) -> Voice | None:
    """Read NAME said: "…", the name being the run of capitalised words right before the verb."""
    if first < 3 or line.words[first - 1].text not in _INTRODUCES or not _says(line, first - 2):
        return None
    end = first - 2
    start = end
    while start > 0 and line.outside(start - 1) and _is_name_word(line, start - 1) and end - start < _LONGEST:
        start -= 1
    if start == end and line.words[end - 1].lower in _PRONOUNS:
        start = end - 1
    if start == end:
        return None
    return Voice(line.between(start, end), line.between(end, end + 1), line.words[end - 1], "plain")


def _says(line: Line, place: int) -> bool:
    return line.outside(place) and line.cues.forms.get(line.words[place].lower) in line.cues.speech


def _name_end(line: Line, start: int) -> int | None:
    """Return the place behind the name or phrase that begins at *start*, None where none does."""
    if not line.outside(start):
        return None
    first = line.words[start].lower
    if first in _PRONOUNS:
        return start + 1
    longest = _LONGEST_ROLE if first in _DETERMINERS else _LONGEST
    end = start + (first in _DETERMINERS)
    while line.outside(end) and end - start < longest and _continues(line, end, role=first in _DETERMINERS):
        end += 1
    return end if end > start + (first in _DETERMINERS) else None


def _continues(line: Line, place: int, *, role: bool) -> bool:
    if role:
        return line.words[place].text.isalpha() and not _says(line, place)
    return _is_name_word(line, place)


def _is_name_word(line: Line, place: int) -> bool:
    word = line.words[place]
    return word.text[:1].isupper() or word.lower in _PARTICLES
