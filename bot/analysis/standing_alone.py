"""Find what a sentence presumes that its reader does not know: pronouns, definites and connectives without a base."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.analysis import problems
from bot.analysis.sentence_words import same_thing, sentence_words
from bot.model.analysis import Mention, MentionType

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_PRONOUN_START: Final = re.compile(
    r"[\"“‘']?(?:he|she|it|they|him|her|his|hers|their|theirs|its|both|others|another|one of (?:them|the))\b",
    re.IGNORECASE,
)
_DEMONSTRATIVE_START: Final = re.compile(
    r"[\"“‘']?(?:this(?! (?:week|month|year|morning|afternoon|evening|\w{3,6}day))|these|those|that|such|here|there"
    r"|then|the (?:latest|same|latter|other)|the (?:former|next)(?! \w+ (?:of|in|to)\b))\b",
    re.IGNORECASE,
)
_CONNECTIVE_START: Final = re.compile(
    r"[\"“‘']?(?:also|but|and|or|so|yet|instead|still|however|meanwhile|moreover|furthermore|nevertheless|nonetheless"
    r"|overall|separately|elsewhere|additionally|in addition|besides|as a result|for example|for instance|in response"
    r"|by contrast|on the other hand|at the same time|similarly|likewise|therefore|thus|hence|now|later|earlier"
    r"|afterwards?|previously|when asked|asked (?:about|if|whether|why|how)|plus|even so|that said|in turn|indeed"
    r"|of course|in fact)\b",
    re.IGNORECASE,
)
_EARLY_PRONOUNS: Final = frozenset({"he", "she", "him", "his", "her", "they", "their", "them", "hers"})
# Written with a capital in the middle of a sentence though no name: peoples, faiths, parties, days.
_CAPITALS: Final = frozenset({"i", "i'm", "god", "internet", "covid", "black", "white", "indigenous", "native", "ok"})
_EARLY: Final = 8  # words: later ones may point back inside the sentence
_POINTING: Final = frozenset(
    {"same", "other", "former", "latter", "latest", "next", "previous", "entire", "whole", "remaining"}
)
_DETERMINERS: Final = frozenset({"the", "those", "these", "that", "this"})
_NAMED: Final = frozenset({MentionType.COUNTRY, MentionType.PLACE, MentionType.ORGANISATION, MentionType.PERSON})


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader of one sentence knows: its lemmas, and how many people it names."""

    lemmas: frozenset[str] = frozenset()
    persons: int = 0
    named: frozenset[MentionType] = frozenset()


def context_of(sentence: "Tokens", mentions: Sequence[Mention]) -> Context:
    """Return what *sentence*, whose names are *mentions*, tells a reader."""
    people = {
        mention.actor or mention.name or mention.span for mention in mentions if mention.type is MentionType.PERSON
    }
    lemmas = frozenset(token.lemma_.lower() for token in sentence)
    return Context(lemmas, len(people), frozenset(mention.type for mention in mentions))


def alone_problems(sentence: "Tokens", offset: int, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Name what keeps *sentence* from standing alone, in a fixed order.

    *offset* is that of the sentence's document in the text that *mentions* index; they are the sentence's own names.
    """
    quoted = _quoted(sentence)
    found = [*start_problems(sentence.text), *_definites(sentence, offset, mentions, quoted)]
    if problems.PRONOUN_START not in found and _has_early_pronoun(sentence, offset, mentions, quoted):
        found.append(problems.EARLY_PRONOUN)
    if _has_dangling_this(sentence, quoted):
        found.append(problems.DANGLING_THIS)
    return tuple(dict.fromkeys(found))


def start_problems(words: str) -> tuple[str, ...]:
    """Name what the first words presume; works without a model."""
    checks = (
        (problems.PRONOUN_START, _PRONOUN_START),
        (problems.DEMONSTRATIVE_START, _DEMONSTRATIVE_START),
        (problems.CONNECTIVE_START, _CONNECTIVE_START),
    )
    # A sentence that opens with somebody's words names the speaker behind them.
    return () if words[:1] in {'"', "“"} else tuple(name for name, pattern in checks if pattern.match(words))


def resolved(problem: str, before: Context, words: str) -> bool:
    """Tell whether the sentence *before* gives what *problem* of the sentence *words* lacks.

    A he or she needs exactly one person there; a definite its noun, or one that means the same. They, it and
    demonstratives are never taken as resolved: too much can be meant.
    """
    name, noun = problems.name_of(problem), problems.noun_of(problem)
    if name in {problems.PRONOUN_START, problems.EARLY_PRONOUN}:
        personal = re.match(r"[\"“‘']?(?:he|she|his|her)\b", words, re.IGNORECASE)
        return before.persons == 1 and (personal is not None or name == problems.EARLY_PRONOUN)
    if name in {problems.DEFINITE_START, problems.DANGLING_DEFINITE}:
        return bool(same_thing(noun) & before.lemmas)
    return False


def _definites(sentence: "Tokens", offset: int, mentions: Sequence[Mention], quoted: frozenset[int]) -> Iterator[str]:
    if not any(token.lower_ in _DETERMINERS for token in sentence):
        return
    first = True
    for chunk in sentence.noun_chunks:
        leads, first = first, False
        head = _definite_head(chunk)
        if head is None:
            continue
        # whoever is quoted may start with "The water": the frame around it says what it is about
        opens = leads and chunk.root.dep_ in {"nsubj", "nsubjpass"} and chunk.start - sentence.start <= 1
        opens = opens and chunk.root.i not in quoted
        noun = head.lemma_.lower()
        if opens and noun not in sentence_words().known_to_all:
            yield problems.about(problems.DEFINITE_START, noun)
        elif _is_unexplained(noun, chunk, sentence, _before(mentions, offset + chunk.start_char)):
            yield problems.about(problems.DANGLING_DEFINITE, noun)


def _definite_head(chunk: "Tokens") -> "Token | None":
    """Return the noun that "the" points to: the head, or the owner in "the kingdom's measures"; None without one."""
    if _is_bare_definite(chunk):
        return chunk.root
    owner = next((child for child in chunk.root.lefts if child.dep_ == "poss" and child.pos_ == "NOUN"), None)
    definite = owner is not None and any(left.lower_ == "the" for left in owner.lefts)
    return owner if definite and owner is not None and owner.n_lefts == 1 else None


def _before(mentions: Sequence[Mention], at: int) -> frozenset[MentionType]:
    return frozenset(mention.type for mention in mentions if mention.span.start < at)


def _is_bare_definite(chunk: "Tokens") -> bool:
    """Tell whether "the N" has nothing beside it that says which N is meant."""
    if chunk[0].lower_ not in _DETERMINERS:
        return False
    head = chunk.root
    if head.pos_ != "NOUN" or len(chunk) > 3 or _is_named_next(chunk):
        return False
    if any(left.dep_ in {"compound", "poss", "nmod"} or _is_telling(left) for left in head.lefts):
        return False
    return not any(right.dep_ in {"relcl", "appos", "acl"} or _is_telling_phrase(right) for right in head.rights)


def _is_named_next(chunk: "Tokens") -> bool:
    """Tell whether a name follows at once: "the ferry Saint Orla"."""
    return chunk.end < len(chunk.doc) and chunk.doc[chunk.end].pos_ == "PROPN"


def _is_telling(left: "Token") -> bool:
    return left.dep_ == "amod" and left.tag_ != "JJS" and left.lower_ not in _POINTING


def _is_telling_phrase(right: "Token") -> bool:
    return right.dep_ == "prep" and right.lower_ != "in"


def _is_unexplained(noun: str, chunk: "Tokens", sentence: "Tokens", named: frozenset[MentionType]) -> bool:
    words = sentence_words()
    if noun in words.known_to_all:
        return False
    said = {token.lemma_.lower() for token in sentence if token.i < chunk.start}
    if same_thing(noun) & said:
        return False
    if noun in words.places:
        return not named & _NAMED
    return noun in words.events or (noun in words.people and MentionType.PERSON not in named)


def _has_early_pronoun(sentence: "Tokens", offset: int, mentions: Sequence[Mention], quoted: frozenset[int]) -> bool:
    """Tell whether a he, she or they outside quotations comes before anybody whom it could mean."""
    pronoun = next((token for token in sentence if token.lower_ in _EARLY_PRONOUNS and token.i not in quoted), None)
    if pronoun is None:
        return False
    words = {offset + token.idx for token in sentence if token.i < pronoun.i and token.i not in quoted}
    if any(mention.span.start in words and mention.type is not MentionType.PLACE for mention in mentions):
        return False
    chunks = (chunk for chunk in sentence.noun_chunks if chunk.end <= pronoun.i and chunk.root.i not in quoted)
    return not any(chunk.root.pos_ in {"NOUN", "PROPN"} for chunk in chunks)


def _has_dangling_this(sentence: "Tokens", quoted: frozenset[int]) -> bool:
    """Tell whether a bare "this" early in the sentence points to something before it: "Moscow said this was …"."""
    early = (token for token in sentence[:_EARLY] if token.i not in quoted)
    return any(token.lower_ in {"this", "these"} and token.dep_ in {"nsubj", "nsubjpass", "dobj"} for token in early)


def is_glued(sentence: "Tokens") -> bool:
    """Tell whether a deck without end mark runs into the next sentence: "… responded to scene Multiple people were …".

    A capital in the middle that is neither a name's nor a title's, between words in small letters.
    """
    return any(_is_stray_capital(token, sentence) for token in sentence[1:-1])


def _is_stray_capital(token: "Token", sentence: "Tokens") -> bool:
    if (
        not token.is_title
        or token.pos_ in {"PROPN", "NOUN", "SYM", "X"}
        or token.ent_type_
        or token.lower_ in _CAPITALS
    ):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    return token.i > sentence.start and before.is_lower and before.is_alpha and after.is_lower and after.is_alpha


def _quoted(sentence: "Tokens") -> frozenset[int]:
    """Return the places of the tokens that stand inside quotations."""
    inside, found = False, set()
    for token in sentence:
        if token.text == '"':
            inside = not inside
        elif inside:
            found.add(token.i)
    return frozenset(found)
