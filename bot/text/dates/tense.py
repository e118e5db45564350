"""Decide whether a date lies ahead or behind from the words around it, without a parser."""

import re
from collections.abc import Mapping
from typing import Final

from bot.text.dates.markers import Tense, is_moved, reach, word_tense
from bot.text.wordlist import words

_SENTENCE_BORDER: Final = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bGen)(?<![ap]\.m)(?<![A-Z])(?<=\S)"
    r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"‘'])|[;\n]"
)
_WORD: Final = re.compile(r"[\w’']+")
_CLAUSE_STARTERS: Final = words(
    """
    that who which when where while because although though whether if but as whose after before
    """
)
_FRESH: Final = re.compile(
    r"(?:^|[:“\"‘—–-]\s*|,\s*(?=\w)|\b(?:that|who|which|when|where|and|but)\s+)"
    r"(?:(?:on|in|by|early|late|at|from)\s+)*\Z",
    re.IGNORECASE,
)
_BETWEEN: Final = words("early late the end of mid at least next")  # may stand between a preposition and its date
_LOOKS_AHEAD: Final = re.compile(
    r"\b(?:ahead of(?: the)?|is|are|is on|are on|as (?:soon|early|late) as|until at least) \Z", re.IGNORECASE
)
_OF_SPEECH: Final = re.compile(
    r"\b(?:in|during|at) (?:an?|his|her|their|its) (?:[\w’'-]+ ){0,2}?(?:interview|statement|speech|news conference|"
    r"press conference|post|tweet|op-ed|briefing|filing|email|memo|order|ruling|report)(?: on| late| early)* \Z"
)
_WHEN: Final = re.compile(r",? when\b")
_POSSESSIVE: Final = re.compile(r"[’']s\b|s[’']")
_LEFT: Final = 160  # characters; a clause is shorter
_RIGHT: Final = 90
_MOST_LEFT: Final = 12  # words
_MOST_RIGHT: Final = 7
_BY_THEN: Final = re.compile(r"[^.;!?\n]{0,40}\bhad\b")


def tense_of(
    text: str, start: int, end: int, governors: Mapping[int, str], *, verbs_only: bool = False
) -> Tense | None:
    """Return where the date at *start* to *end* of *text* lies; None where nothing tells.

    Prepositions decide (since, until, by, for), then the nearest verb: to the left, or to the right where the date
    opens a clause. *governors* (offset of a date's words → “past” or “future”, as a parser found the verb over them)
    decide where these words tell nothing or only an infinitive does: “a decision to close it on Tuesday”, but not
    over “Tuesday's vote”. (Measured: a small parser's verbs alone were wrong twice as often as the words.) *verbs_only*
    leaves prepositions out: “for Friday” looks ahead, “for the first quarter” does not.
    """
    left = _clause_before(text, start)
    right = text[end : end + _RIGHT]
    if _OF_SPEECH.search(left):
        return Tense.PAST  # what was said there may look ahead; it was said before it was reported
    told = _WHEN.match(right)
    if told and (by_clause := _nearest_right(right[told.end() :])) is Tense.PAST:
        return by_clause
    by_preposition = None if verbs_only else _by_preposition(left, right)
    if by_preposition is not None:
        return by_preposition
    governed = next((governors[offset] for offset in range(start, end) if offset in governors), None)
    if governed not in set(Tense) or _POSSESSIVE.match(right):
        return _by_verb(left, right)
    return _by_firm_verb(left, right) or Tense(governed)


def _by_verb(left: str, right: str) -> Tense | None:
    if _FRESH.search(left):
        return _nearest_right(right) or _nearest_left(left, across=True)
    return _nearest_left(left) or _nearest_right(right) or _nearest_left(left, across=True)


def _by_firm_verb(left: str, right: str) -> Tense | None:
    if _FRESH.search(left):
        return _nearest_right(right, firm=True)
    return _nearest_left(left, firm=True)


def _clause_before(text: str, start: int) -> str:
    left = text[max(0, start - _LEFT) : start]
    borders = [border.end() for border in _SENTENCE_BORDER.finditer(left)]
    return left[borders[-1] :] if borders else left


def _by_preposition(left: str, right: str) -> Tense | None:
    clause = [word.lower() for word in _WORD.findall(left)]
    preposition = next((word for word in reversed(clause) if word not in _BETWEEN), "")
    if preposition in {"since", "following"}:
        return Tense.PAST
    if preposition == "by":
        return Tense.PAST if _BY_THEN.match(right) else Tense.FUTURE
    if preposition in {"to", "from"}:
        return _by_move(clause, preposition)
    possessive = _POSSESSIVE.match(right) is not None
    ahead = preposition in {"until", "till"} or (preposition == "for" and not possessive) or _LOOKS_AHEAD.search(left)
    return Tense.FUTURE if ahead else None


def _by_move(clause: list[str], preposition: str) -> Tense | None:
    """Read “moved from Monday to Tuesday” and “postponed to Friday”."""
    if any(map(is_moved, clause)):
        return Tense.FUTURE
    return Tense.FUTURE if preposition == "to" and "from" not in clause[-4:] else None


def _nearest_left(left: str, *, across: bool = False, firm: bool = False) -> Tense | None:
    """Return what the nearest telling word says: *across* the border of its clause too; *firm*: no infinitive."""
    clause = _WORD.findall(left)
    for at in range(len(clause) - 1, max(-1, len(clause) - 1 - _MOST_LEFT), -1):
        if clause[at].lower() in _CLAUSE_STARTERS and not across:
            return None
        found = word_tense(clause, at)
        if found is Tense.PAST or (found is Tense.FUTURE and len(clause) - at <= reach(clause[at])):
            return None if firm and _is_infinitive(clause, at) else found
    return None


def _nearest_right(right: str, *, firm: bool = False) -> Tense | None:
    clause = re.split(r"[.;!?\n]|(?<=\w), (?=\w+ing\b)", right.lstrip(" ,"))[0]
    following = _WORD.findall(clause)
    for at in range(min(len(following), _MOST_RIGHT)):
        found = word_tense(following, at)
        if found is not None:
            return None if firm and _is_infinitive(following, at) else found
    return None


def _is_infinitive(clause: list[str], at: int) -> bool:
    return "to" in map(str.lower, clause[max(0, at - 2) : at + 1])
