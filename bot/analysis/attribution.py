"""Attribute words to voices: layer by layer over the lines of one article, quoted words first, then reported ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.analysis.attribution_continuation import introduction, is_carried, previous_sentence, transcript_label
from bot.analysis.attribution_head import find_head
from bot.analysis.attribution_line import Line, LineQuote, Voice
from bot.analysis.attribution_plain import find_plain
from bot.analysis.attribution_reported import Reported, reported_clauses
from bot.analysis.attribution_tail import find_tail
from bot.analysis.attribution_tree import find_behind
from bot.model.spans import Span

_FIRM_TAILS = frozenset({"tail-inverted", "tail-according", "tail-signature"})
_OPEN_ENDS = frozenset({",", "?", "!"})
_DASH_ENDS = frozenset({"—", "-"})
_SENTENCE_WORDS = 3
_UNLED_WORDS = 4
_GOING_ON_WORDS = 5


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words with the voice that says them. ``content`` covers the marks of quoted words, in text order."""

    voice: Voice
    content: tuple[Span, ...]


@dataclass(slots=True, eq=False)
class _Draft:
    """An attribution that may still grow. ``reported``: found without marks; ``carries``: the next paragraph may
    keep its voice.
    """

    voice: Voice
    content: list[Span]
    reported: bool = False
    carries: bool = True


@dataclass(slots=True)
class _Memory:
    """What one paragraph hands to the next: an unfinished quote, an introduction, the last voice."""

    unfinished: _Draft | None = None
    introduced: Voice | None = None
    last: Voice | None = None


@dataclass(slots=True)
class _Page:
    """The attributions of one line while it is read."""

    line: Line
    memory: _Memory
    drafts: list[_Draft] = field(default_factory=list)
    by_quote: dict[LineQuote, _Draft] = field(default_factory=dict)
    current: _Draft | None = None

    def give(self, quote: LineQuote, draft: _Draft, content: Span | None = None) -> None:
        """Add the words of *quote* to *draft*, whose voice is now the one that speaks."""
        draft.content.append(content or quote.quoted.outer)
        if draft not in self.drafts:
            self.drafts.append(draft)
        self.by_quote[quote] = self.current = draft

    def same(self, voice: Voice) -> _Draft:
        """Return the draft that has the very source and cue of *voice*, or a new one."""
        for draft in self.drafts:
            if draft.voice.cue == voice.cue and draft.voice.source == voice.source:
                return draft
        return _Draft(voice, [])


def attribute(lines: Iterable[Line]) -> tuple[Attribution, ...]:
    """Return who says what in an article, in the order of its paragraphs.

    A voice goes on over paragraphs where marks or an introduction say so. Never guesses: quoted words without a
    voice are left out. Linear in the text.
    """
    memory = _Memory()
    found: list[_Draft] = []
    for line in lines:
        page = _read(line, memory)
        found.extend(draft for draft in page.drafts if draft is not memory.unfinished)
        memory = _remember(page)
    return tuple(Attribution(draft.voice, _merged(draft.content)) for draft in found if draft.content)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return *spans* in text order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _read(line: Line, memory: _Memory) -> _Page:
    page = _Page(line, memory)
    for quote in line.quotes:
        _attribute_quote(page, quote)
    for clause in reported_clauses(line):
        _attribute_clause(page, clause)
    _drop_nested(page)
    _leave_nearer(page)
    return page


def _attribute_quote(page: _Page, quote: LineQuote) -> None:
    line = page.line
    if (labelled := transcript_label(line.text, quote)) is not None:
        page.give(quote, _Draft(labelled[0], []), labelled[1])
        return
    if (unfinished := _unfinished(page, quote)) is not None:
        page.give(quote, unfinished)
        return
    if line.is_title(quote):
        return
    if (voice := _named(line, quote)) is not None:
        page.give(quote, page.same(voice))
    elif (draft := _continued(page, quote)) is not None:
        page.give(quote, draft)


def _unfinished(page: _Page, quote: LineQuote) -> _Draft | None:
    """Return the draft of the paragraph before, if *quote* goes on with it and names no voice of its own."""
    if page.memory.unfinished is None or quote is not page.line.quotes[0] or quote.first != 0:
        return None
    if quote.last in _OPEN_ENDS and find_tail(page.line, quote) is not None:
        return None
    return page.memory.unfinished


def _named(line: Line, quote: LineQuote) -> Voice | None:
    """Return the voice that the sentence around *quote* names."""
    if not line.has_tags:
        return find_plain(line, quote)
    headed = _has_head(line, quote)
    voice = _tail_first(line, quote, headed=headed)
    if voice is None and headed:
        voice = find_head(line, quote)
    if voice is None and quote.last in _OPEN_ENDS:
        voice = find_tail(line, quote)
    if voice is None:
        voice = find_behind(line, quote)
    if voice is None and quote.last != ".":
        voice = find_tail(line, quote)
    return voice


def _has_head(line: Line, quote: LineQuote) -> bool:
    """Tell whether words of the same sentence stand before *quote*."""
    return line.outside(quote.first - 1) and not line.ends_sentence(quote.first - 1)


def _tail_first(line: Line, quote: LineQuote, *, headed: bool) -> Voice | None:
    """Return the voice behind *quote* where that place tells more than the one before it."""
    open_ended = quote.last in _OPEN_ENDS | _DASH_ENDS
    if headed and not open_ended and line.words[quote.first - 1].text in {",", ":"}:
        return None
    voice = find_tail(line, quote)
    if voice is None:
        return None
    firm = quote.last == "," or voice.layer in _FIRM_TAILS or not headed
    return voice if firm else None


def _continued(page: _Page, quote: LineQuote) -> _Draft | None:
    """Return a draft of the voice that goes on in *quote*: sentences keep it, single fragments do not."""
    headed = _has_head(page.line, quote)
    sentence = quote.capitalised and quote.words >= _SENTENCE_WORDS and not headed
    if page.current is not None and (sentence or quote.words >= _GOING_ON_WORDS):
        return page.current
    if not sentence and (headed or quote.words < _UNLED_WORDS):
        return None
    voice: Voice | None = None
    if quote.first > 0:
        voice = previous_sentence(page.line, quote) if page.current is None else None
    elif page.memory.introduced is not None:
        voice = page.memory.introduced
    elif page.memory.last is not None:
        voice = Voice(page.memory.last.source, None, page.memory.last.head, "continued-paragraph")
    return _Draft(voice, []) if voice is not None else None


def _attribute_clause(page: _Page, clause: Reported) -> None:
    content = [_balanced(page.line.quotes, span) for span in clause.content]
    for draft in page.drafts:
        cue = draft.voice.cue
        if cue is not None and cue.start <= clause.verb.start < cue.end:
            for span in content:
                _widen(draft, span)
            return
    draft = _Draft(clause.voice, content, reported=True, carries=clause.speech)
    page.drafts.append(draft)
    for quote in page.line.quotes:
        opens = quote.quoted.outer.start
        if quote not in page.by_quote and any(span.start <= opens < span.end for span in content):
            page.by_quote[quote] = draft


def _balanced(quotes: Sequence[LineQuote], content: Span) -> Span:
    """Return *content* with the rest of a quote that it cuts in two."""
    for quote in quotes:
        outer = quote.quoted.outer
        if content.start <= outer.start < content.end < outer.end:
            content = Span(content.start, outer.end)
    return content


def _widen(draft: _Draft, clause: Span) -> None:
    """Put the whole clause in place of the quoted words that it holds."""
    held = [span for span in draft.content if clause.start <= span.start and span.end <= clause.end + 2]
    if held:
        end = max(clause.end, *(span.end for span in held))
        draft.content = sorted([span for span in draft.content if span not in held] + [Span(clause.start, end)])


def _drop_nested(page: _Page) -> None:
    """Drop reported clauses whose cue is part of what somebody else says; the widest clauses are kept first."""
    kept = [draft for draft in page.drafts if not draft.reported]
    reported = [draft for draft in page.drafts if draft.reported]
    for draft in sorted(reported, key=lambda draft: -sum(len(span) for span in draft.content)):
        if not any(_holds_cue(other, draft) for other in kept):
            kept.append(draft)
    page.drafts = [draft for draft in page.drafts if draft in kept]


def _leave_nearer(page: _Page) -> None:
    """Leave quoted words to the verb whose very clause they are: "said he hopes … but warned “it will not be …”".

    A verb of thought takes nothing, nor does a clause that holds the other cue as well.
    """
    for draft in page.drafts:
        for other in page.drafts:
            takes = draft.reported and draft.carries and not other.reported and other is not draft
            if takes and not _holds_cue(draft, other):
                _take(draft, other)


def _take(draft: _Draft, other: _Draft) -> None:
    """Move to *draft* the quoted words of *other* that its clause holds, or that hold its clause."""
    around = [span for span in other.content if all(span.contains(one) for one in draft.content)]
    within = [span for span in other.content if any(one.contains(span) for one in draft.content)]
    if around:
        draft.content = around
    other.content = [span for span in other.content if span not in around and span not in within]


def _holds_cue(draft: _Draft, other: _Draft) -> bool:
    cue = other.voice.cue
    return cue is not None and any(span.contains(cue) for span in draft.content)


def _remember(page: _Page) -> _Memory:
    line = page.line
    quotes = line.quotes
    unfinished = page.by_quote.get(quotes[-1]) if quotes and quotes[-1].quoted.goes_on else None
    return _Memory(unfinished if page.drafts else None, introduction(line), _last_voice(page))


def _last_voice(page: _Page) -> Voice | None:
    """Return the voice that was heard last in this paragraph, else the one remembered from before it."""
    text = page.line.text
    candidates = [draft for draft in page.drafts if draft.carries and is_carried(text, draft.voice)]
    if not candidates and page.line.quotes:
        candidates = page.drafts
    if not candidates:
        return page.memory.last
    return max(candidates, key=lambda draft: draft.content[-1].end if draft.content else 0).voice
