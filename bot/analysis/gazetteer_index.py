"""Build what the gazetteer looks up: every spelling of the tables under its first word."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.analysis.gazetteer_rules import Meaning
from bot.analysis.tables import Row, Rule, Tables
from bot.model.analysis import Actor, ActorId, MentionType

WORD: Final = re.compile(r"\w+")
_FOLLOWS: Final = re.compile(r"(?: |'s? )\w+")
_ARTICLES: Final = frozenset({"the ", "The "})


@dataclass(frozen=True, slots=True)
class Spelling:
    """One text to look for, without its article.

    ``meanings`` are likeliest first; none of them: a blocked string. One of ``articles`` must stand in front, where
    there are any. ``country`` may own a body that is named right behind ("US military").
    """

    text: str
    meanings: tuple[Meaning, ...]
    rule: Rule | None
    articles: tuple[str, ...] = ()
    country: ActorId | None = None

    @property
    def names_country(self) -> bool:
        """Tell whether it is a country's name."""
        return any(actor.startswith("country/") and form in {"name", "aliases"} for actor, form in self.meanings)

    @property
    def names_state(self) -> bool:
        """Tell whether it names a part of a country."""
        return any(actor.startswith(("us-state/", "territory/")) for actor, _ in self.meanings)

    @property
    def is_abbreviation(self) -> bool:
        """Tell whether it is nothing but a state's abbreviation, which counts only after a city."""
        return bool(self.meanings) and all(form == "abbreviations" for _, form in self.meanings)


class Index:
    """Spellings by first word, made when the word is first met; bodies of countries by what follows the country."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._texts: dict[str, list[str]] = {}
        self._meanings = _meanings(tables)
        for text in self._meanings:
            first = WORD.search(text[4:] if text[:4] in _ARTICLES else text)
            if first is not None:
                self._texts.setdefault(first[0], []).append(text)
        self._made: dict[str, list[Spelling]] = {}
        self._bodies = _bodies(tables)

    def __contains__(self, word: str) -> bool:
        return word in self._texts

    def starting_with(self, word: str) -> list[Spelling]:
        """Return the spellings whose first word is *word*, longest first."""
        made = self._made.get(word)
        if made is None:
            made = [self._spelling(text) for text in self._texts.get(word, ())]
            made.sort(key=lambda spelling: (-len(spelling.text), not spelling.articles))
            self._made[word] = made
        return made

    def body(self, text: str, end: int) -> tuple[str, str] | None:
        """Return (pattern, its words) for a body named right after a country that ends at *end*, longest first."""
        follows = _FOLLOWS.match(text, end)
        for words, pattern in self._bodies.get(follows[0], ()) if follows else ():
            if text.startswith(words, end) and not text[end + len(words) :][:1].isalnum():
                return pattern, words
        return None

    def _spelling(self, text: str) -> Spelling:
        """Put the candidates of a rule first, in its order; a rule may also name rows that lack the spelling."""
        owners = self._meanings[text]
        rule = self._tables.rules.get(text)
        ordered = tuple(owners)
        if rule is not None and rule.may_be:
            forms = dict(reversed(owners))
            ordered = tuple((actor, forms.get(actor, "context")) for actor in rule.may_be)
        articles = _articles(text, self._meanings)
        countries = {actor for actor, _ in ordered if actor.startswith("country/")}
        country = countries.pop() if len(countries) == 1 else None
        return Spelling(text[4:] if articles else text, ordered, rule, articles, country)


def _meanings(tables: Tables) -> dict[str, list[Meaning]]:
    meanings: dict[str, list[Meaning]] = {}
    for row in tables.rows.values():
        for text, form in row.spellings:
            meanings.setdefault(text, []).append((row.actor.id, form))
    for text, country, pattern in _prefixed(tables):
        meanings.setdefault(text, [(body_of(country, pattern), "name")])
    for text in tables.blocked:
        meanings.setdefault(text, [])
    return meanings


def _articles(text: str, others: Mapping[str, object]) -> tuple[str, ...]:
    """Return the articles that may stand before *text*; both cases, unless the other one is a name of its own."""
    if text[:4] not in _ARTICLES:
        return ()
    other = ("The " if text[0] == "t" else "the ") + text[4:]
    return (text[:4],) if other in others else (text[:4], other[:4])


def body_of(country: ActorId, pattern: str) -> ActorId:
    """Return the id of the body that *pattern* means in *country*."""
    return ActorId(f"body/{pattern}-{country.partition('/')[2]}")


def organ(tables: Tables, identity: ActorId) -> Actor | None:
    """Return the body of that id if a pattern makes it, or None."""
    for pattern in tables.patterns:
        country = ActorId("country/" + identity.removeprefix(f"body/{pattern.key}-"))
        row = tables.rows.get(country)
        if row is not None and identity == body_of(country, pattern.key):
            texts = list(dict.fromkeys(_forms(pattern.forms, row)))
            return Actor(identity, texts[0], MentionType.ORGANISATION, tuple(texts[1:]), country, country, known=True)
    return None


def _prefixed(tables: Tables) -> Iterator[tuple[str, ActorId, str]]:
    """Yield the names of bodies that end in their country: "Central Bank of Kenya"."""
    countries = [row for row in tables.rows.values() if row.table == "country"]
    for pattern in tables.patterns:
        forms = tuple(form for form in pattern.forms if not form.startswith("{"))
        for row in countries:
            yield from ((text, row.actor.id, pattern.key) for text in _forms(forms, row))


def _forms(forms: Iterable[str], row: Row) -> Iterator[str]:
    names = [text for text, form in row.spellings if form in {"name", "aliases"}]
    adjectives = [text for text, form in row.spellings if form == "adjective"] or names[:1]
    for form in forms:
        if "{adjective}" in form:
            yield from (form.replace("{adjective}", adjective) for adjective in adjectives)
        else:
            yield from (form.replace("{country}", name) for name in names)


def _bodies(tables: Tables) -> Mapping[str, list[tuple[str, str]]]:
    """Group what follows a country in a body's name ("'s parliament", " army") by its first word."""
    bodies: dict[str, list[tuple[str, str]]] = {}
    for pattern in tables.patterns:
        for form in pattern.forms:
            if not form.startswith("{"):
                continue
            words = form.partition("}")[2]
            for variant in {words, words.replace("'s ", "' ", 1)}:
                first = _FOLLOWS.match(variant)
                if first is not None:
                    bodies.setdefault(first[0], []).append((variant, pattern.key))
    for group in bodies.values():
        group.sort(key=lambda body: -len(body[0]))
    return bodies
