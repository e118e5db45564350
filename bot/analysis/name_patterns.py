"""Find names by their shape alone: after a title, by a given name, by the last word of an organisation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import Parsed
from bot.analysis.name_words import NameWords, name_words
from bot.analysis.names import Name
from bot.analysis.tables import Title
from bot.model.analysis import MentionType
from bot.model.spans import Span
from bot.text.fold import fold

_TOKEN: Final = re.compile(r"[^\W\d_](?:[\w'-]|\.(?=[^\W\d_]))*\.?|\S")
_ABBREVIATED: Final = re.compile(
    r"(?:[A-Z]\.)+|(?:Adm|Brig|Capt|Cmdr|Co|Col|Cpl|Dr|Gen|Gov|Inc|Jr|Lt|Maj|Mr|Mrs|Ms|Pres|Prof|Pvt|Reps?|Rev|Sec|Sens?"
    r"|Sgt|Sr|St)\."
)
_OF: Final = frozenset({"of", "for"})
_SMALL: Final = frozenset({"of", "and", "for", "the", "&"})
_LONGEST_NAME: Final = 4  # words
_LONGEST_RUN: Final = 12
_INITIAL: Final = re.compile(r"[A-Z]\.")
_APPOSITION: Final = re.compile(r", ((?:[\w'-]+ ){0,5}[\w'-]+)")
_PERSONAL: Final = re.compile(
    r",? who\b|, (?:aged )?\d{1,3},|, an? \d{1,3}-year-old\b|, [a-z]+ and (?:mother|father)\b"
)
_TITLE_BEFORE: Final = re.compile(r"((?:[\w'.-]+ ){1,4})$")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with capitals that stand together, small words of names among them."""

    start: int
    words: tuple[str, ...]

    def part(self, first: int, last: int | None = None) -> tuple[Span, str]:
        """Return the stretch from word *first* up to word *last*, and its text."""
        words = self.words[first:last]
        text = " ".join(words)
        start = self.start + sum(len(word) + 1 for word in self.words[:first])
        return Span(start, start + len(text)), text


def patterned_names(parsed: Parsed, gazetteer: Gazetteer) -> list[Name]:
    """Return the names that shape alone makes plain, in order; they may overlap what others have found."""
    words = name_words()
    names: list[Name] = []
    for run in capital_runs(parsed.plain):
        for part in _parts(run, words, gazetteer):
            name = _person(part, parsed.plain, gazetteer, words) or _organisation(part, words)
            if name is not None and name.text not in gazetteer.blocked:
                names.append(name)
    return names


def _parts(run: Run, words: NameWords, gazetteer: Gazetteer) -> Iterator[Run]:
    """Yield *run* whole where it is an organisation "of" something, else what stands between its small words."""
    low = [word.lower() for word in run.words]
    starts = (
        place for place in range(len(low) - 2) if low[place] in words.organisation_starts and low[place + 1] in _OF
    )
    if any(low[place + 2] not in gazetteer.genders for place in starts):
        yield run
        return
    first = 0
    for place, word in enumerate([*run.words, "of"]):
        if word in _SMALL:
            if place > first:
                span, text = run.part(first, place)
                yield Run(span.start, tuple(text.split(" ")))
            first = place + 1


def capital_runs(plain: str) -> Iterator[Run]:
    """Yield the runs of *plain*: no line, no mark and no second blank inside, no plain word at the start."""
    words = name_words()
    for line in re.finditer(r"[^\n]+", plain):
        if line[0].isupper():
            continue
        run: list[re.Match[str]] = []
        for token in _TOKEN.finditer(plain, *line.span()):
            if run and (token.start() != run[-1].end() + 1 or _ends(run[-1][0]) or len(run) >= _LONGEST_RUN):
                yield from _closed(run)
                run = []
            if _belongs(token[0], run, words):
                run.append(token)
            elif run:
                yield from _closed(run)
                run = []
        yield from _closed(run)


def _belongs(token: str, run: Sequence[re.Match[str]], words: NameWords) -> bool:
    if token[0].isupper():
        return bool(run) or (token.isupper() and len(token) > 1) or token.lower() not in words.plain
    return bool(run) and (token in words.particles or token in _SMALL)


def _ends(word: str) -> bool:
    """Tell whether *word* ends with a full stop that may end a sentence, or is a possessive."""
    return word.endswith("'s") or (word.endswith(".") and _ABBREVIATED.fullmatch(word) is None)


def _closed(run: list[re.Match[str]]) -> Iterator[Run]:
    while run and not run[-1][0][0].isupper():
        run.pop()
    if not run:
        return
    texts = [token[0] for token in run]
    last = texts[-1]
    texts[-1] = (
        last.removesuffix("'s").rstrip("'")
        if _ABBREVIATED.fullmatch(last)
        else last.removesuffix(".").removesuffix("'s").rstrip("'")
    )
    yield Run(run[0].start(), tuple(texts))


def _person(run: Run, plain: str, gazetteer: Gazetteer, words: NameWords) -> Name | None:
    """Return the person that a title in front or a given name shows, without the title."""
    if not _SMALL.isdisjoint(run.words):
        return None
    first, title = _after_title(run, plain, gazetteer.titles, words)
    rest = run.words[first:]
    if not 0 < len(rest) <= _LONGEST_NAME:
        return None
    given = len(rest) > 1 and (fold(rest[0]) in gazetteer.genders or _has_middle_initial(rest))
    if _is_no_person(rest, gazetteer.titles, words, given=given):
        return None
    if not given and (title is None or (title in words.doubtful_titles and len(rest) == 1)):
        end = run.part(first)[0].end
        if len(rest) == 1 or not (_PERSONAL.match(plain, end) or _title_after(plain, end, gazetteer.titles)):
            return None
    span, text = run.part(first)
    return Name(span, text, MentionType.PERSON, evidence="shape")


def _has_middle_initial(rest: Sequence[str]) -> bool:
    return len(rest) > 2 and _INITIAL.fullmatch(rest[1]) is not None and not rest[0].isupper()


def _title_after(plain: str, end: int, titles: Mapping[str, Title]) -> bool:
    """Tell whether an apposition behind offset *end* names a role: ", head of the dam authority"."""
    found = _APPOSITION.match(plain, end)
    words = found[1].lower().split() if found else []
    return any(
        " ".join(words[first:last]) in titles
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )


def _after_title(run: Run, plain: str, titles: Mapping[str, Title], words: NameWords) -> tuple[int, str | None]:
    """Return the number of words of *run* up to the last title in it, and the title; it may also stand before it."""
    for last in range(len(run.words) - 1, 0, -1):
        title = _title_at_end(run.words[:last], titles, words, alone=len(run.words) - last == 1)
        if title is not None:
            return last, title
    before = _TITLE_BEFORE.search(plain, max(0, run.start - 60), run.start)
    alone = len(run.words) == 1
    return 0, _title_at_end(before[1].split(), titles, words, alone=alone) if before else None


def _title_at_end(before: Sequence[str], titles: Mapping[str, Title], words: NameWords, *, alone: bool) -> str | None:
    """Return the title that *before* ends with; before a word *alone* only one that always has a name behind it."""
    for count in range(min(4, len(before)), 0, -1):
        phrase = " ".join(before[-count:]).lower()
        title = titles.get(phrase)
        if title is not None and (title.before_name or not alone):
            return phrase
    last = before[-1].lower().rstrip(".") if before else ""
    return last if last in words.honorifics or last == "minister" else None


def _is_no_person(rest: Sequence[str], titles: Mapping[str, Title], words: NameWords, *, given: bool) -> bool:
    """Tell whether words behind a title name no person: "General Assembly", "Attorney General"."""
    low = [word.lower().rstrip(".") for word in rest]
    if "".join(rest).isupper() or (len(rest) == 1 and len(rest[0]) < 3):
        return True
    if low[-1] in words.place_heads | words.thing_heads or low[-1].isdigit() or " ".join(low) in titles:
        return True
    checked = low[-1:] if given else low
    return any(word in words.organisation_heads for word in checked) or any(word in words.plain for word in low)


def _organisation(run: Run, words: NameWords) -> Name | None:
    """Return the organisation that its first or last word shows."""
    low = [word.lower().rstrip(".") for word in run.words]
    whole = any(word in words.organisation_starts and follows in _OF for word, follows in pairwise(low))
    if len(low) < 2 or not (whole or low[-1] in words.organisation_heads):
        return None
    span, text = run.part(0)
    return Name(span, text, MentionType.ORGANISATION, evidence="shape")
