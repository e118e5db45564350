"""Sum up each sentence for the digest, which never parses: verb, subject, lemmas, what keeps it from standing alone."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.analysis import clauses as grammar
from bot.analysis import problems
from bot.analysis.language import Paragraph, Parsed
from bot.analysis.sentence_form import form_problems, likely_verbs, opens_inside
from bot.analysis.sentence_words import sentence_words
from bot.analysis.standing_alone import Context, alone_problems, context_of, is_glued, resolved, start_problems
from bot.model.analysis import Mention, SentenceTraits
from bot.model.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_LOOSE_MARK: Final = re.compile(r"\"|(?<!\w)'|'(?!\w)(?<!s')")


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
    before = _title_context(title, title_mentions)
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
        before = context_of(tokens, own)
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
    return not token.is_stop and len(token) > 2 and _WORD.fullmatch(token.text) is not None


def _title_context(title: Parsed | None, mentions: Sequence[Mention]) -> Context:
    if title is None or not title.paragraphs:
        return Context()
    return context_of(title.paragraphs[0].doc[:], mentions)


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
    verb = grammar.main_verb(tokens)
    told = grammar.told_verb(verb) if verb is not None else None
    return SentenceTraits(
        whole,
        lemmas,
        finite=verb is not None and grammar.is_finite(verb),
        subject=_place(grammar.subject_of(verb) if verb is not None else None, paragraph),
        problems=tuple(found),
        governors=grammar.governors(tokens, paragraph.offset),
        tense=grammar.tense_of(told) if told is not None else "",
        verbs=grammar.full_verbs(tokens),
        ahead=grammar.verbs_ahead(tokens),
        clauses=tuple(_places(grammar.clauses(tokens, told), paragraph)),
    )


def _with_context(trait: SentenceTraits, before: Context, words: str) -> SentenceTraits:
    mended = tuple(problem for problem in trait.problems if resolved(problem, before, words))
    return replace(trait, context_problems=mended) if mended else trait


def _place(tokens: "Tokens | None", paragraph: Paragraph) -> Span | None:
    if tokens is None:
        return None
    return Span(paragraph.offset + tokens.start_char, paragraph.offset + tokens.end_char)


def _places(found: Iterable["Tokens"], paragraph: Paragraph) -> list[Span]:
    """Return where whole phrases stand; one that breaks a quotation is none."""
    whole = (one for one in found if not _LOOSE_MARK.search(one.text))
    return [Span(paragraph.offset + one.start_char, paragraph.offset + one.end_char) for one in whole]
