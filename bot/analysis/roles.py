"""Read the roles that an article gives to persons: before the name, behind it, or in front with a comma."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from bot.analysis.language import Paragraph, Parsed
from bot.analysis.tables import Title
from bot.model.analysis import Mention, MentionType, Role
from bot.model.spans import Span

if TYPE_CHECKING:  # importing spaCy takes most of a second
    from spacy.tokens import Doc, Token

_NOMINAL: Final = frozenset({"NOUN", "PROPN", "ADJ"})
_LEADING: Final = frozenset(
    {"acting", "outgoing", "incoming", "leading", "sitting", "retired", "disgraced", "deposed", "ruling"}
)
_TAKES: Final = frozenset({"of", "for", "at", "to", "in", "on"})
_FAMILY: Final = frozenset(
    {
        "wife",
        "husband",
        "son",
        "daughter",
        "mother",
        "father",
        "brother",
        "sister",
        "widow",
        "widower",
        "cousin",
        "nephew",
    }
)
_ARTICLE: Final = re.compile(r"(?:the|a|an|his|her|its|their) ", re.IGNORECASE)
_WORDS_BEFORE: Final = re.compile(r"((?:[\w.'’-]+ ){1,8})$")
_LONGEST: Final = 90  # characters
_LONGEST_TAIL: Final = 10  # words after the role noun


def find_roles(parsed: Parsed, mentions: Sequence[Mention], titles: Mapping[str, Title]) -> tuple[Role, ...]:
    """Return the roles of the persons among *mentions*, in order of the name they belong to.

    ``text`` is copied from the text without a leading article; the name is never part of it. Copulas ("Smith is the
    president") are not read: too many of them say something else. Without a language model only the words right before
    a name are read.
    """
    roles: list[Role] = []
    for mention in mentions:
        if mention.type is not MentionType.PERSON or mention.actor is None:
            continue
        paragraph = parsed.paragraph_at(mention.span.start)
        if paragraph is None:
            continue
        for span in _spans(parsed, paragraph, mention, titles):
            text = span.of(parsed.text)
            if text and len(text) <= _LONGEST and not text.isupper() and not span.overlaps(mention.span):
                roles.append(Role(mention.actor, text, span))
                break
    return tuple(roles)


def _spans(parsed: Parsed, paragraph: Paragraph, mention: Mention, titles: Mapping[str, Title]) -> Iterator[Span]:
    tokens = paragraph.tokens(mention.span)
    if tokens is None:
        return
    if not tokens.root.dep_:
        yield from _before_by_words(parsed, mention.span, titles)
        return
    yield from _trimmed(parsed, paragraph, _before(paragraph.doc, tokens.start, titles))
    yield from _trimmed(parsed, paragraph, _behind(paragraph.doc, tokens.root, tokens.end, titles))
    yield from _trimmed(parsed, paragraph, _in_front(paragraph.doc, tokens.root, tokens.start, titles))


def _trimmed(parsed: Parsed, paragraph: Paragraph, found: tuple[int, int] | None) -> Iterator[Span]:
    """Yield the span of tokens (first, after last) without article and marks at its borders."""
    if found is None or found[0] >= found[1]:
        return
    tokens = paragraph.doc[found[0] : found[1]]
    start, end = paragraph.offset + tokens.start_char, paragraph.offset + tokens.end_char
    article = _ARTICLE.match(parsed.plain, start, end)
    start = article.end() if article else start
    slash = parsed.plain.rfind("/", start, end)
    text = parsed.plain[max(start, slash + 1) : end]
    kept = text.strip(" \"'(,.-–—")
    if kept:
        start = max(start, slash + 1) + text.index(kept)
        yield Span(start, start + len(kept))


def _before(doc: "Doc", start: int, titles: Mapping[str, Title]) -> tuple[int, int] | None:
    """Return the nominal phrase right before a name whose last words are a title: "Hungarian Prime Minister"."""
    first = start
    while first > 0 and _is_nominal(doc[first - 1]) and doc[first - 1].sent.start == doc[start].sent.start:
        first -= 1
    while first < start and (doc[first].tag_ == "POS" or doc[first].is_punct):
        first += 1
    while first < start and doc[first].is_upper and len(doc[first]) > 3 and doc[first].lower_ not in titles:
        first += 1
    words = [token.lower_ for token in doc[first:start]]
    return (first, start) if words and _ends_in_title(words, titles) else None


def _is_nominal(token: "Token") -> bool:
    if token.pos_ in _NOMINAL or token.tag_ == "POS" or token.lower_ in _LEADING:
        return True
    return token.text == "-" and 0 < token.i < len(token.doc) - 1 and token.whitespace_ == ""


def _ends_in_title(words: Sequence[str], titles: Mapping[str, Title]) -> bool:
    if words[-1] in {"elect", "designate"}:
        return len(words) > 2
    if any(word in _FAMILY for word in words):
        return False
    return any(
        " ".join(words[-count:]).replace(" - ", "-") in titles for count in range(1, min(len(words), 5) + 1)
    ) or (words[-1] == "minister")


def _behind(doc: "Doc", root: "Token", end: int, titles: Mapping[str, Title]) -> tuple[int, int] | None:
    """Return the apposition behind a name: "head of the dam authority"; where the tree lost it, by its comma."""
    for child in root.children:
        if child.dep_ == "appos" and child.i >= end and _is_title(child, titles):
            return _phrase(child, end)
    if end + 1 < len(doc) and doc[end].text == ",":
        for token in doc[end + 1 : end + 8]:
            if token.pos_ in {"VERB", "AUX", "PRON"} or token.text in {",", "."}:
                return None
            if _is_title(token, titles) and token.dep_ != "compound":
                return _phrase(token, end + 1)
    return None


def _in_front(doc: "Doc", root: "Token", start: int, titles: Mapping[str, Title]) -> tuple[int, int] | None:
    """Return the role with a comma in front: "the US defense secretary, NAME"."""
    if start < 2 or doc[start - 1].text != ",":
        return None
    head = root.head if root.dep_ == "appos" and root.head.i < start else doc[start - 2]
    if not _is_title(head, titles) and head.i != start - 2:
        return None
    noun = head if _is_title(head, titles) else _last_title(doc, start - 1, titles)
    if noun is None or (noun.pos_ == "PROPN" and noun.ent_type_ == "PERSON"):
        return None
    first = min((token.i for token in noun.subtree if token.i <= noun.i), default=noun.i)
    return first, start - 1


def _last_title(doc: "Doc", before: int, titles: Mapping[str, Title]) -> "Token | None":
    """Return the role noun of a phrase such as "captain of the ferry" that ends at token *before*."""
    for token in reversed(doc[max(0, before - 9) : before]):
        if token.pos_ in {"VERB", "AUX", "PRON"} or token.text in {",", ".", ";", '"'}:
            return None
        if _is_title(token, titles) and token.i + 1 < before and doc[token.i + 1].lower_ in _TAKES:
            return token
    return None


def _is_title(token: "Token", titles: Mapping[str, Title]) -> bool:
    if token.lower_ in _FAMILY or token.pos_ not in {"NOUN", "PROPN", "ADJ"} or _is_figure(token, titles):
        return False
    return (
        token.lower_ in titles
        or token.lower_ == "minister"
        or token.doc[max(0, token.i - 1) : token.i + 1].text.lower() in titles
    )


def _is_figure(token: "Token", titles: Mapping[str, Title]) -> bool:
    """Tell whether "a queen of cool" only describes: who rules a country rules a named one."""
    title = titles.get(token.lower_)
    if title is None or title.kind != "royal":
        return False
    of = next((right for right in token.rights if right.dep_ == "prep" and right.lower_ == "of"), None)
    indefinite = any(left.lower_ in {"a", "an"} for left in token.lefts)
    return indefinite and of is not None and not any(word.pos_ == "PROPN" for word in _near(of))


def _phrase(noun: "Token", not_before: int) -> tuple[int, int]:
    """Return the phrase of a role noun: from its first modifier to the end of its "of …"."""
    first = max(not_before, min(token.i for token in noun.subtree if token.i <= noun.i))
    last = noun.i + 1
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in _TAKES and child.i >= last:
            inside = [token.i for token in _near(child) if token.i <= noun.i + _LONGEST_TAIL]
            last = max([last, *(place + 1 for place in inside)])
    return first, last


def _near(preposition: "Token") -> Iterator["Token"]:
    """Yield the words of a prepositional phrase, clauses and appositions left out."""
    yield preposition
    for child in preposition.children:
        if child.dep_ not in {"relcl", "acl", "appos", "advcl", "punct", "cc", "conj"}:
            yield from _near(child)


def _before_by_words(parsed: Parsed, span: Span, titles: Mapping[str, Title]) -> Iterator[Span]:
    """Yield the title right before a name where there is no tree: as many words as make a title."""
    found = _WORDS_BEFORE.search(parsed.plain, max(0, span.start - 80), span.start)
    words = found[1].split() if found else []
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        if phrase.lower() in titles:
            yield Span(span.start - len(phrase) - 1, span.start - 1)
            return
