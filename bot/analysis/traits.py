"""Sum up each sentence for the digest, which never parses: verb, subject, lemmas, what keeps it from standing alone."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.analysis import clauses as grammar
from bot.analysis import problems
from bot.analysis.language import Paragraph, Parsed
from bot.analysis.sentence_form import form_problems, likely_verbs, opens_inside
from bot.analysis.sentence_words import sentence_words
from bot.analysis.standing_alone import alone_problems, context_of, is_glued, resolved, start_problems
from bot.model.analysis import Mention, SentenceTraits
from bot.model.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_LOOSE_MARK: Final = re.compile(r"\"|(?<!\w)'|'(?!\w)(?<!s')")


class _Reader(NamedTuple):
    """What somebody has read before a sentence: what it tells is worked out only where a sentence lacks something."""

    tokens: "Tokens"
    mentions: Sequence[Mention]


def sentence_traits(
    parsed: Parsed,
    mentions: Sequence[Mention],
    *,
    title: Parsed | None = None,
    title_mentions: Sequence[Mention] = (),
) -> tuple[SentenceTraits, ...]:
    """Return the traits of each sentence of *parsed*, in order.

    ``span`` leaves out a bullet or dateline in front. *title* is the context of the first sentence, as a deck is
    written under its headline. Without a model only what words alone show is judged. Linear in the text.
    """
    ordered = sorted(mentions, key=lambda mention: mention.span)
    before = _Reader(title.paragraphs[0].doc[:], title_mentions) if title and title.paragraphs else None
    traits = []
    for span in parsed.sentences:
        paragraph = parsed.paragraph_at(span.end - 1) if span.end else None
        tokens = paragraph.tokens(span) if paragraph else None
        if paragraph is None or tokens is None:
            continue
        whole = Span(max(span.start, paragraph.offset), span.end)
        own = _within(ordered, whole)
        trait = _traits(parsed, paragraph, tokens, whole, own)
        traits.append(_with_context(trait, before, whole.of(parsed.text)))
        before = _Reader(tokens, own)
    return tuple(traits)


def title_traits(title: Parsed, mentions: Sequence[Mention]) -> SentenceTraits | None:
    """Return the traits of a whole title as one sentence; spans index the title. None for an empty one."""
    paragraph = title.paragraphs[0] if title.paragraphs else None
    if paragraph is None or not len(paragraph.doc):
        return None
    whole = Span(paragraph.offset, paragraph.span.end)
    return _traits(title, paragraph, paragraph.doc[:], whole, tuple(mentions))


def content_lemmas(doc: "Doc | Tokens") -> tuple[str, ...]:
    """Return the lower-case lemmas of the content words of *doc*, in order, with repeats.

    Left out are stop words, numbers, words of one or two letters, the calendar and verbs of saying. Without a model
    the words themselves stand in for their lemmas.
    """
    empty = sentence_words().empty
    lemmas = ((token.lemma_ or token.text).lower() for token in doc if _is_content(token))
    return tuple(lemma for lemma in lemmas if lemma not in empty)


def _is_content(token: "Token") -> bool:
    return len(token) > 2 and not token.is_stop and _WORD.fullmatch(token.text) is not None


def _within(ordered: Sequence[Mention], span: Span) -> tuple[Mention, ...]:
    start = bisect_left(ordered, span.start, key=lambda mention: mention.span.start)
    end = bisect_left(ordered, span.end, key=lambda mention: mention.span.start)
    return tuple(ordered[start:end])


def _traits(
    parsed: Parsed, paragraph: Paragraph, tokens: "Tokens", whole: Span, mentions: Sequence[Mention]
) -> SentenceTraits:
    words = whole.of(parsed.text)
    found = list(form_problems(words))
    if opens_inside(parsed.text[paragraph.offset : whole.start]):
        found.append(problems.INSIDE_QUOTATION)
    lemmas = content_lemmas(tokens)
    if not tokens.doc.has_annotation("DEP"):
        found.extend(start_problems(words))
        verbs = likely_verbs(words)
        return SentenceTraits(whole, lemmas, bool(verbs), problems=tuple(found), verbs=verbs)
    if is_glued(tokens):
        found.append(problems.RUN_ON)
    found.extend(alone_problems(tokens, paragraph.offset, mentions))
    verb, doing = grammar.main_verb(tokens), grammar.verbs_of(tokens)
    told = grammar.told_verb(verb) if verb is not None else None
    return SentenceTraits(
        whole,
        lemmas,
        finite=verb is not None and grammar.is_finite(verb),
        subject=_place(grammar.subject_of(verb) if verb is not None else None, paragraph),
        problems=tuple(found),
        governors=grammar.governors(tokens, paragraph.offset),
        tense=grammar.tense_of(told) if told is not None else "",
        verbs=grammar.full_verbs(doing),
        ahead=grammar.verbs_ahead(doing),
        clauses=tuple(_places(grammar.clauses(tokens, told, doing), paragraph)),
    )


def _with_context(trait: SentenceTraits, before: _Reader | None, words: str) -> SentenceTraits:
    if not trait.problems or before is None:
        return trait
    context = context_of(before.tokens, before.mentions)
    mended = tuple(problem for problem in trait.problems if resolved(problem, context, words))
    return replace(trait, context_problems=mended) if mended else trait


def _place(tokens: "Tokens | None", paragraph: Paragraph) -> Span | None:
    if tokens is None:
        return None
    return Span(paragraph.offset + tokens.start_char, paragraph.offset + tokens.end_char)


def _places(found: Iterable["Tokens"], paragraph: Paragraph) -> list[Span]:
    """Return where whole phrases stand; one that breaks a quotation is none."""
    whole = (one for one in found if not _LOOSE_MARK.search(one.text))
    return [Span(paragraph.offset + one.start_char, paragraph.offset + one.end_char) for one in whole]
