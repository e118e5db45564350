"""Sentences of an invented world as the layers of attribution and the action reader see them."""

from collections.abc import Iterable

from bot.analysis.attribution import attribute
from bot.analysis.attribution_line import Line, Voice
from bot.analysis.cues import load_cues
from bot.analysis.language import Language, Parsed
from bot.analysis.quotes import find_quotes, quoted_lines
from bot.analysis.words import Word, read_lines
from bot.model.analysis import ActorId, Mention, MentionType, Quote
from bot.model.spans import Span

GENDERS = {"ilena": "f", "marit": "f", "oskar": "m", "tobin": "m", "yorel": "m"}


def lines_of(language: Language, text: str) -> list[Line]:
    """Return the paragraphs of *text* with their quoted stretches."""
    parsed = language.parse(text)
    return list(quoted_lines(parsed, read_lines(parsed), load_cues()))


def line_of(language: Language, text: str) -> Line:
    """Return the one paragraph of *text*."""
    (line,) = lines_of(language, text)
    return line


def words_of(language: Language, text: str) -> tuple[Word, ...]:
    """Return the words of the one paragraph of *text*."""
    (words,) = read_lines(language.parse(text))
    return words


def word(words: Iterable[Word], text: str) -> Word:
    """Return the first word that reads *text*."""
    return next(one for one in words if one.text == text)


def said_by(voice: Voice | None, text: str) -> tuple[str | None, str | None]:
    """Return the words of the source and of the cue of *voice*."""
    if voice is None:
        return None, None
    return shown(voice.source, text), shown(voice.cue, text)


def shown(span: Span | None, text: str) -> str | None:
    """Return the words of *span*, None for None."""
    return None if span is None else span.of(text)


def attributed(language: Language, text: str) -> list[tuple[str | None, list[str]]]:
    """Return the attributions of *text* as (words of the source, words of the content)."""
    return [
        (shown(one.voice.source, text), [span.of(text) for span in one.content])
        for one in attribute(lines_of(language, text))
    ]


def mentions_of(text: str, *names: str, type: MentionType = MentionType.PERSON) -> tuple[Mention, ...]:  # noqa: A002 - the word for it
    """Return a mention for each place in *text* that holds one of *names*; a surname is the person of the full name."""
    found: list[Mention] = []
    for name in names:
        for form in dict.fromkeys((name, name.split()[-1] if type is MentionType.PERSON else name)):
            start = text.find(form)
            while start >= 0:
                span = Span(start, start + len(form))
                if not any(span.overlaps(mention.span) for mention in found):
                    found.append(Mention(span, type, _id(name, type), name))
                start = text.find(form, start + 1)
    return tuple(sorted(found, key=lambda mention: mention.span))


def _id(name: str, kind: MentionType) -> ActorId:
    return ActorId(f"{kind.value}/{name.lower().replace(' ', '-')}")


def quotes_of(language: Language, text: str, *mentions: Mention) -> tuple[Quote, ...]:
    """Return the quotes of *text* given its mentions."""
    parsed: Parsed = language.parse(text)
    return find_quotes(parsed, sorted(mentions, key=lambda mention: mention.span), GENDERS)
