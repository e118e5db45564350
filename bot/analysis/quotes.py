"""Find who said what in an article: verbatim words with their offsets, their speakers, and whom they are about."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.analysis.attribution import Attribution, attribute
from bot.analysis.attribution_line import Line, Voice
from bot.analysis.cues import Cues, load_cues
from bot.analysis.language import Parsed
from bot.analysis.mention_index import MentionIndex
from bot.analysis.quotation_marks import pair_marks
from bot.analysis.quote_content import Marks
from bot.analysis.speakers import Speaker, Speakers
from bot.analysis.words import Word, read_lines
from bot.model.analysis import ActorId, Mention, Quote, QuoteKind, Role
from bot.model.spans import Span

__all__ = ["find_quotes", "quoted_lines", "read_lines", "telling"]

_STANCES: Final = frozenset(
    {
        "accuse", "ask", "blame", "call", "condemn", "criticise", "criticize", "demand", "deny", "dismiss", "dispute",
        "expect", "fear", "oppose", "pledge", "predict", "promise", "propose", "reject", "rule", "support", "threaten",
        "urge", "vow", "want", "warn", "welcome",
    }
)  # fmt: skip
"""Verbs whose bare object tells what somebody holds: "denied the charge", "ruled out a second cut"."""


def find_quotes(
    parsed: Parsed,
    mentions: Sequence[Mention],
    genders: Mapping[str, str] | None = None,
    *,
    roles: Sequence[Role] = (),
    lines: Sequence[Sequence[Word]] | None = None,
) -> tuple[Quote, ...]:
    """Return what the text attributes to somebody, in the order of its paragraphs.

    Content is verbatim: each span lies in one paragraph, holds no mark that pairs, and overlaps no other span of its
    quote. A PARTIAL quote covers the clause around the quoted words too, in pieces cut at the marks. *genders* (``m``
    or ``f`` by lower-case given name) serve pronouns; *roles* and *lines* (the words of the paragraphs) are taken
    where the caller has them already. About 6 ms for an article of 800 words.
    """
    cues = load_cues()
    page = tuple(quoted_lines(parsed, lines if lines is not None else read_lines(parsed), cues))
    speakers = Speakers(page, mentions, genders=genders or {}, roles=roles, cues=cues)
    marks, index = Marks(page), MentionIndex(mentions)
    attributions = sorted(attribute(page), key=lambda attribution: attribution.content)
    heard = {voice: speakers.resolve(voice) for voice in sorted({one.voice for one in attributions}, key=_place)}
    read = (
        _quote(attribution, heard[attribution.voice], marks.read(parsed.text, attribution.content), index)
        for attribution in attributions
    )
    return tuple(quote for quote in read if quote.content)


def telling(quotes: Iterable[Quote], lines: Sequence[Sequence[Word]]) -> tuple[Quote, ...]:
    """Return *quotes* without reported ones that only name something: "her own exit" of "announced her own exit".

    What somebody denies, demands or warns of is a stance also without a verb. Where no language model has read *lines*
    all stay.
    """
    words = [word for line in lines for word in line]
    starts = [word.start for word in words]
    if not any(word.tag for word in words):
        return tuple(quotes)

    def inside(span: Span) -> Sequence[Word]:
        return words[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def says(quote: Quote) -> bool:
        cue = {word.lemma for word in inside(quote.cue)} if quote.cue is not None else set()
        content = [word for span in quote.content for word in inside(span)]
        news = "announce" in cue and any(word.lower in {"a", "an"} for word in content[:1])  # "announced an inquiry"
        return news or not _STANCES.isdisjoint(cue) or any(word.is_verb or word.tag == "MD" for word in content)

    return tuple(quote for quote in quotes if quote.kind is not QuoteKind.REPORTED or says(quote))


def _place(voice: Voice) -> Span:
    return voice.source or voice.cue or Span(0, 0)


def _quote(
    attribution: Attribution, who: Sequence[Speaker], read: tuple[QuoteKind, tuple[Span, ...]], index: MentionIndex
) -> Quote:
    kind, content = read
    return Quote(
        kind=kind,
        content=content,
        cue=attribution.voice.cue,
        sources=tuple(speaker.source for speaker in who),
        speakers=tuple(dict.fromkeys(speaker.actor for speaker in who if speaker.actor is not None)),
        speaker_name=_called(who),
        about=tuple(dict.fromkeys(_named(index, content))),
    )


def quoted_lines(parsed: Parsed, lines: Sequence[Sequence[Word]], cues: Cues) -> Iterator[Line]:
    """Yield the paragraphs of *parsed* with the quoted stretches in them."""
    spans = [paragraph.span for paragraph in parsed.paragraphs]
    quoted = pair_marks(parsed.text, spans)
    starts = [stretch.outer.start for stretch in quoted]
    for span, words in zip(spans, lines, strict=True):
        inside = quoted[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        yield Line(parsed.text, tuple(words), inside, cues)


def _called(who: Sequence[Speaker]) -> str | None:
    """Return what to call the speakers together: "Nadja Korrin and Sabina Ruzhko"."""
    names = list(dict.fromkeys(speaker.name for speaker in who if speaker.name))
    if len(names) < 2:
        return names[0] if names else None
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _named(index: MentionIndex, content: Sequence[Span]) -> Iterator[ActorId]:
    for span in content:
        for mention in index.inside(span):
            if mention.actor is not None:
                yield mention.actor
