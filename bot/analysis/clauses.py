"""Read from one sentence's tree: its main verb and tense, its subject, what governs its dates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.analysis.sentence_words import sentence_words

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

FINITE_TAGS: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FUTURE_AUXILIARIES: Final = frozenset({"will", "would", "shall", "'ll", "’ll", "wo"})
_DATE_WORD: Final = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|yesterday|week|weekend|month|year"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter",
    re.IGNORECASE,
)
_COMPLEMENTS: Final = frozenset({"dobj", "attr", "acomp", "oprd", "prt", "dative"})
LONGEST_CLAUSE: Final = 7  # words: an Update's "new" must be read at a glance
_REPORTING: Final = frozenset({"say", "tell", "report", "announce", "add", "confirm", "write", "state"})
# What is put off is still to come, whatever the tense of the putting off.
_DELAYING: Final = frozenset({"adjourn", "delay", "postpone", "push", "put", "move", "reschedule", "defer", "shift"})
_ADVERBIAL: Final = frozenset({"advcl", "prep", "pcomp", "xcomp"})
_BEGUN: Final = frozenset({"begin", "start", "continue", "manage", "help", "come", "proceed", "go"})
_NEGATIONS: Final = frozenset({"no", "none", "nobody", "nothing", "neither", "few", "hardly"})
_MORE: Final = 4
_LIGHT_VERBS: Final = frozenset({"say", "tell", "make", "take", "get", "go", "see", "come", "have", "be", "do", "put"})


def main_verb(sentence: "Tokens") -> "Token | None":
    """Return the verb that the sentence hangs on, or None where its root is none.

    The reporting verb of ``"…," she said`` counts: it is what the sentence asserts.
    """
    inside = range(sentence.start, sentence.end)
    roots = (token for token in sentence if token.head.i == token.i or token.head.i not in inside)
    return next((token for token in roots if token.pos_ in {"VERB", "AUX"}), None)


def told_verb(verb: "Token") -> "Token":
    """Return what is told where *verb* only says that somebody tells it: "rose" of "The toll rose, officials said"."""
    if verb.lemma_ not in _REPORTING:
        return verb
    told = next((child for child in verb.children if child.dep_ == "ccomp" and child.pos_ in {"VERB", "AUX"}), None)
    return told if told is not None and not _is_quoted(told) else verb


def _is_quoted(token: "Token") -> bool:
    marks = sum(1 for other in token.sent if other.i < token.i and other.text == '"')
    return marks % 2 == 1


def is_finite(verb: "Token") -> bool:
    """Tell whether *verb* or one of its auxiliaries is finite."""
    return verb.tag_ in FINITE_TAGS or any(child.tag_ in FINITE_TAGS for child in auxiliaries(verb))


def auxiliaries(verb: "Token") -> list["Token"]:
    """Return the auxiliaries of *verb*, in order."""
    return [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def tense_of(verb: "Token") -> str:
    """Return "future", "past" or "present"; what has been done counts as past, what is due as future."""
    helpers = auxiliaries(verb)
    if _is_ahead(verb):
        return "future"
    if verb.tag_ == "VBD" or any(helper.lemma_ == "have" or helper.tag_ == "VBD" for helper in helpers):
        return "past"
    if verb.tag_ == "VBN" and helpers:
        return "past"
    return "present"


def _is_ahead(verb: "Token") -> bool:
    if any(helper.lower_ in _FUTURE_AUXILIARIES for helper in auxiliaries(verb)):
        return True
    if not any(helper.lower_ == "to" for helper in auxiliaries(verb)):
        # "is expected", "is due": the state is present, what it speaks of is not
        return (_promises(verb) and _has_open_end(verb)) or _is_to(verb)
    # "is to open", "told to leave"; a headline's "Ministers to meet" has nothing above it
    return verb.head.i == verb.i or _promises(verb.head) or verb.head.lemma_ == "be"


def _is_to(verb: "Token") -> bool:
    """Tell whether *verb* is the "are" of "Talks are to open"."""
    infinitives = (child for child in verb.children if child.dep_ == "xcomp" and child.tag_ == "VB")
    return verb.lemma_ == "be" and any(helper.lower_ == "to" for one in infinitives for helper in auxiliaries(one))


def _promises(token: "Token") -> bool:
    return token.lemma_.lower() in sentence_words().forward or any(
        child.lemma_.lower() in {"due", "set", "likely"} for child in token.children if child.dep_ in {"acomp", "amod"}
    )


def _has_open_end(verb: "Token") -> bool:
    """Tell whether "expected", "due" is said of something: passive, adjective, or followed by an infinitive."""
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return passive or verb.lemma_ == "be" or any(child.dep_ == "xcomp" for child in verb.children)


def governors(sentence: "Tokens", offset: int) -> tuple[tuple[int, str], ...]:
    """Return (offset of a date word in the stored text, "past" | "future"), as the verb over each one tells."""
    dates = (token for token in sentence if _is_date(token))
    return tuple((offset + token.idx, _direction(token)) for token in dates)


def _direction(token: "Token") -> str:
    before = token.nbor(-1).lower_ if token.i else ""
    if before in {"next", "coming", "following"}:
        return "future"
    if before in {"last", "past", "previous"} or token.lower_ == "yesterday":
        return "past"
    verb = _verb_over(token)
    if before in {"until", "till", "by"} or (before == "to" and verb is not None and verb.lemma_ in _DELAYING):
        return "future"
    if verb is None:
        return "past"
    tense = "future" if verb.lemma_ in _DELAYING and _is_delayed_from(token) else tense_of(verb)
    simple_present = verb.tag_ in {"VBZ", "VBP"} and verb.pos_ == "VERB" and verb.lemma_ not in _LIGHT_VERBS
    return "future" if tense == "future" or (tense == "present" and simple_present) else "past"


def _is_delayed_from(token: "Token") -> bool:
    """Tell whether "from Monday" is followed by a "to": both days are then ahead."""
    return token.i > 0 and token.nbor(-1).lower_ == "from" and token.doc[token.i + 1 : token.i + 2].text == "to"


def _verb_over(token: "Token") -> "Token | None":
    """Climb to the verb over a date: "due on 14 April" hangs on its "is", "starting Monday" on what starts."""
    at = token
    while at.pos_ not in {"VERB", "AUX"}:
        if at.head.i == at.i:
            return None
        at = at.head
    while at.tag_ == "VBG" and at.dep_ in _ADVERBIAL and not auxiliaries(at) and at.head.pos_ in {"VERB", "AUX"}:
        at = at.head
    return at


def subject_of(verb: "Token") -> "Tokens | None":
    """Return the subject's noun phrase up to its head, with the rest of a name that goes on; None without one."""
    heads = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if not heads:
        return None
    head = heads[0]
    end = head.i + 1
    for name in head.doc.ents:
        if name.start < end < name.end:
            end = name.end
    return head.doc[head.left_edge.i : end]


def verbs_of(sentence: "Tokens") -> list["Token"]:
    """Return the verbs of *sentence*, auxiliaries left out, in order."""
    return [token for token in sentence if token.pos_ == "VERB"]


def full_verbs(verbs: Sequence["Token"]) -> tuple[str, ...]:
    """Return the lemmas of those of *verbs* that carry meaning, without repeats, in order."""
    lemmas = (verb.lemma_.lower() for verb in verbs)
    return tuple(dict.fromkeys(lemma for lemma in lemmas if lemma not in _LIGHT_VERBS))


def verbs_ahead(verbs: Sequence["Token"]) -> tuple[str, ...]:
    """Return the lemmas of those of *verbs* that carry meaning and are still to come, without repeats, in order."""
    ahead = (verb.lemma_.lower() for verb in verbs if _is_to_come(verb))
    return tuple(dict.fromkeys(lemma for lemma in ahead if lemma not in _LIGHT_VERBS))


def _is_to_come(verb: "Token") -> bool:
    """Tell whether *verb* is ahead, by itself or as a second verb of one that is ("would fall and be closed").

    So is every infinitive ("talks to end the strike") but those of what has begun or been managed.
    """
    if tense_of(verb) == "future":
        return True
    if any(helper.lower_ == "to" for helper in auxiliaries(verb)):
        return verb.head.lemma_ not in _BEGUN
    return verb.dep_ == "conj" and not auxiliaries(verb) and verb.tag_ == "VB" and _is_to_come(verb.head)


def clauses(sentence: "Tokens", verb: "Token | None", verbs: Sequence["Token"]) -> tuple["Tokens", ...]:
    """Return the short verb phrases that tell what happened, the main one first: "rose to 11", "will open talks".

    *verbs* are all of *sentence*, as :func:`verbs_of` gives them; *verb* is the main one. Each is one stretch of at
    most :data:`LONGEST_CLAUSE` words. A subject with a number or a negation is taken in ("At least seven people died",
    "No trains are running"); phrases with a number come last ("to six years").
    """
    found: dict[tuple[int, int], Tokens] = {}
    for candidate in _verbs_from(verb, verbs):
        clause = _clause(candidate, sentence)
        if clause is not None:
            found.setdefault((clause.start, clause.end), clause)
    counted = [phrase for phrase in _counted_phrases(sentence) if not _is_inside(phrase, found)]
    return (*found.values(), *counted)


def _counted_phrases(sentence: "Tokens") -> Iterator["Tokens"]:
    """Yield the phrases under a preposition that hold a number: "to six years in prison"."""
    if not any(token.pos_ == "NUM" for token in sentence):
        return
    for token in sentence:
        if token.pos_ == "ADP" and token.head.pos_ == "VERB":
            phrase = token.doc[token.i : token.right_edge.i + 1]
            if 1 < len(phrase) < LONGEST_CLAUSE and any(word.pos_ == "NUM" for word in phrase):
                yield phrase


def _is_inside(phrase: "Tokens", clauses: Mapping[tuple[int, int], "Tokens"]) -> bool:
    return any(start <= phrase.start and phrase.end <= end for start, end in clauses)


def _verbs_from(main: "Token | None", verbs: Sequence["Token"]) -> Iterator["Token"]:
    if main is not None:
        yield main
    for verb in verbs:
        if (main is None or verb.i != main.i) and not _is_conditional(verb):
            yield verb


def _is_conditional(verb: "Token") -> bool:
    return any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in verb.children)


def _clause(verb: "Token", sentence: "Tokens") -> "Tokens | None":
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"} and child.i < verb.i]
    start = min([verb.i, *(child.i for child in helpers)])
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"} and child.i < start), None)
    end = _complement_end(verb)
    if subject is not None and _counts(subject) and subject.right_edge.i + 1 == start:
        start = subject.left_edge.i
    start, end = max(start, sentence.start), min(end, sentence.end)
    if end - start == 1:
        end = _few_more(verb, sentence)
    while end > verb.i + 1 and _is_tail(verb.doc[end - 1]):
        end -= 1
    if end - start > LONGEST_CLAUSE:
        end = verb.i + 1
    return verb.doc[start:end] if 0 < end - start <= LONGEST_CLAUSE else None


def _few_more(verb: "Token", sentence: "Tokens") -> int:
    """Return where to end a clause of one bare verb: a few words on, before a mark, a conjunction or a date."""
    end = verb.i + 1
    while end < min(verb.i + 1 + _MORE, sentence.end) and not _is_border(verb.doc[end]):
        end += 1
    return end


def _is_border(token: "Token") -> bool:
    return token.is_punct or token.pos_ in {"CCONJ", "SCONJ", "VERB", "AUX", "PART"} or _is_date(token)


def _is_date(token: "Token") -> bool:
    return _DATE_WORD.fullmatch(token.text) is not None


def _is_tail(token: "Token") -> bool:
    """Tell whether a clause reads better without ending in *token*: a mark, or "on Monday"."""
    cut_off = token.pos_ == "ADP" and token.n_rights > 0
    return token.is_punct or cut_off or token.pos_ in {"DET", "PART"} or _is_date(token)


def _counts(subject: "Token") -> bool:
    """Tell whether a short subject changes what its verb says: "At least seven people", "No trains"."""
    words = list(subject.subtree)
    return len(words) <= 5 and any(word.pos_ == "NUM" or word.lower_ in _NEGATIONS for word in words)


def _complement_end(verb: "Token") -> int:
    """Return the token after what completes the verb: particle, object up to its head, else one short phrase."""
    end = verb.i + 1
    for child in verb.rights:
        if child.dep_ in _COMPLEMENTS and child.left_edge.i == end:
            end = child.i + 1
        if child.dep_ == "xcomp" and child.left_edge.i == end:
            end = _complement_end(child)
    for child in verb.rights:
        if child.dep_ == "prep" and child.i == end and child.right_edge.i - child.i <= 4:
            end = child.right_edge.i + 1
    return end
