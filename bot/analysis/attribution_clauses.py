"""Which words of a sentence a cue verb attributes: its clause, its infinitive or its object."""

from collections.abc import Sequence
from typing import Final

from bot.analysis.attribution_line import Line
from bot.analysis.syntax import agents_of, is_passive, noun_phrase
from bot.analysis.words import Word

_BORDER: Final = frozenset({",", ":", "--", "—", "-", ";"})
_END: Final = _BORDER | {".", "?", "!"}
_ALSO_CLAUSE: Final = frozenset({"want", "urge", "demand", "accuse"})
_ALSO_INFINITIVE: Final = frozenset({"expect", "claim", "tell", "advise", "instruct"})
_TAKES_PERSON: Final = frozenset(
    ["urge", "ask", "call", "want", "order", "encourage", "beg", "implore", "instruct", "advise"]
)
"""Verbs whose object belongs to the content: "asked him to leave"."""
_TAKES_PREPOSITION: Final = frozenset(["call", "point", "refer", "warn", "complain", "speak", "boast"])
_PREPOSITIONS: Final = frozenset({"for", "on", "of", "to", "about"})
_ASKS: Final = frozenset({"ask", "beg", "press"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CALLED_EVENTS: Final = frozenset(
    {"conference", "election", "meeting", "police", "poll", "referendum", "session", "strike", "summit", "vote"}
)
"""Who calls an election does something and says nothing."""
_AFTER_OBJECT: Final = frozenset({"prep", "oprd", "xcomp", "advcl", "ccomp"})

Stretch = tuple[int, int]
"""Words of a line by their places, from (included) to (excluded)."""


def attributed_clause(line: Line, verb: Word, cue: str, speaker: Word | None) -> tuple[Stretch, ...]:
    """Return the words that *verb* attributes to *speaker*, in text order: both sides of a clause that the cue parts.

    *cue* is the verb's entry in the lexicon. Tried in order: a clause, an infinitive or participle, the sentence
    around a remark ("…, she said, …"), the subject of a passive with an agent, what a preposition governs ("warned
    of"), the object with what follows it.
    """
    cues = line.cues
    if cue in cues.speech | cues.thought | _ALSO_CLAUSE and (clauses := verb.kids("ccomp")):
        return _clause(line, verb, speaker, clauses)
    if cue in cues.infinitive | _ALSO_INFINITIVE and (below := verb.kids("xcomp") or verb.kids("ccomp")):
        return _infinitive(line, verb, below[0])
    if verb.dep == "parataxis" and cue in cues.speech:
        return _around(line, verb, speaker)
    if is_passive(verb):
        return _passive_subject(line, verb)
    return _participle(line, verb) or _governed(line, verb) or _object(line, verb, cue)


def trimmed(line: Line, start: int, end: int) -> tuple[Stretch, ...]:
    """Return the stretch without marks of punctuation at either end, or nothing where nothing is left."""
    while end > start and line.words[end - 1].text in _END:
        end -= 1
    while start < end and line.words[start].text in _BORDER:
        start += 1
    return ((start, end),) if end > start else ()


def _clause(line: Line, verb: Word, speaker: Word | None, clauses: Sequence[Word]) -> tuple[Stretch, ...]:
    clause = clauses[-1] if clauses[-1].i > verb.i else clauses[0]
    if verb.lemma in line.cues.thought & line.cues.clause_only and not _is_full(clause):
        return ()
    start, end = clause.edges()
    if start < verb.i < end:
        return _both_sides(line, verb, speaker, (start, end))
    if clause.i > verb.i:
        return trimmed(line, start, min(end, _further_speech(line, clause)))
    if any(word.text == ";" for word in line.words[clause.i : verb.i]):
        return ()
    return trimmed(line, start, min(end, _remark_start(verb, speaker, start)))


def _is_full(clause: Word) -> bool:
    """Tell whether *clause* has a "that", or a finite verb with a subject: "found the line engaged" has neither."""
    if clause.kids("mark"):
        return True
    finite = any(word.tag in _FINITE for word in (clause, *clause.kids("aux", "auxpass")))
    return finite and bool(clause.kids("nsubj", "nsubjpass", "expl"))


def _further_speech(line: Line, clause: Word) -> int:
    """Return the place where a further verb of speech begins that the parser hung into *clause*: ", arguing that"."""
    end = len(line)
    for word in clause.subtree():
        if word.lemma not in line.cues.speech or word.i < clause.i or word.kids("nsubj", "nsubjpass", "mark", "aux"):
            continue
        first = word.edges()[0]
        before = line.words[first - 1]
        if word.dep == "advcl" and word.head is clause and word.tag == "VBG" and before.text == ",":
            end = min(end, first)
        elif word.dep == "conj" and before.dep == "cc" and _is_other_tense(word):
            end = min(end, first - 1)
    return end


def _is_other_tense(verb: Word) -> bool:
    """Tell whether *verb* goes on with the cue, not with the verb it is hung on: "said he would stay and warned"."""
    return verb.tag in {"VBD", "VBZ"} and (verb.head.tag != verb.tag or bool(verb.head.kids("aux")))


def _around(line: Line, verb: Word, speaker: Word | None) -> tuple[Stretch, ...]:
    """Return both sides of the sentence that a remark stands in: "without the readings, she said, they …"."""
    start, end = verb.head.edges()
    if speaker is None or not start < min(verb.i, speaker.i) < end:
        return ()
    return _both_sides(line, verb, speaker, (start, end))


def _both_sides(line: Line, verb: Word, speaker: Word | None, whole: Stretch) -> tuple[Stretch, ...]:
    start, end = whole
    return trimmed(line, start, min(_remark_start(verb, speaker, start), end)) + trimmed(line, verb.i + 1, end)


def _remark_start(verb: Word, speaker: Word | None, start: int) -> int:
    """Return the place where "NAME said" begins, behind place *start*."""
    if speaker is None or not start < speaker.i < verb.i:
        return verb.i
    return min(noun_phrase(speaker)[0], verb.i)


def _infinitive(line: Line, verb: Word, complement: Word) -> tuple[Stretch, ...]:
    if complement.i < verb.i:
        return ()
    start, end = complement.edges()
    if verb.lemma in _TAKES_PERSON:
        persons = [word for word in verb.kids("dobj") if verb.i < word.i < complement.i]
        if persons:
            start = persons[0].edges()[0]
    return trimmed(line, start, min(end, _further_speech(line, complement)))


def _passive_subject(line: Line, verb: Word) -> tuple[Stretch, ...]:
    subjects = verb.kids("nsubjpass")
    if not subjects or not agents_of(verb) or verb.lemma not in line.cues.object:
        return ()
    return trimmed(line, *subjects[0].edges())


def _participle(line: Line, verb: Word) -> tuple[Stretch, ...]:
    """Read "denied taking bribes"."""
    below = [word for word in verb.kids("xcomp") if word.tag == "VBG" and word.i > verb.i]
    return trimmed(line, *below[0].edges()) if below and verb.lemma in line.cues.object else ()


def _governed(line: Line, verb: Word) -> tuple[Stretch, ...]:
    """Read "warned of a long dispute", "called for calm", "asked islanders for patience"."""
    phrases = [word for word in verb.kids("prep") if word.i > verb.i and word.children]
    persons = [word for word in verb.kids("dobj", "oprd", "dative") if word.i > verb.i]
    if verb.lemma in _ASKS:
        phrases = [word for word in phrases if word.lower == "for"]
    elif verb.lemma in _TAKES_PREPOSITION and not persons:
        phrases = [word for word in phrases if word.lower in _PREPOSITIONS]
    else:
        return ()
    if not phrases:
        return ()
    start, end = phrases[0].edges()
    return trimmed(line, persons[0].edges()[0] if persons else start + 1, end)


def _object(line: Line, verb: Word, cue: str) -> tuple[Stretch, ...]:
    objects = verb.kids("dobj", "oprd")
    if cue not in line.cues.object - line.cues.clause_only or not objects or objects[0].i < verb.i:
        return ()
    if verb.lemma == "call" and (objects[0].lemma in _CALLED_EVENTS or (verb.kids("prt") and cue == verb.lemma)):
        return ()
    start, end = objects[0].edges()
    for word in verb.kids(*_AFTER_OBJECT):
        if word.i > verb.i:
            end = max(end, word.edges()[1])
    return trimmed(line, max(start, verb.i + 1), end)
