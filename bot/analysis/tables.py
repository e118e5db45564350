"""Load the tables of ``config/actors``: rows, ambiguous and blocked spellings, titles, nicknames, given names."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from bot.errors import ConfigError
from bot.model.analysis import Actor, ActorId, MentionType

ENTITY_TYPES: Final[Mapping[str, MentionType]] = MappingProxyType(
    {
        "country": MentionType.COUNTRY,
        "territory": MentionType.PLACE,
        "region": MentionType.PLACE,
        "us-state": MentionType.PLACE,
        "city": MentionType.PLACE,
        "igo": MentionType.ORGANISATION,
        "body": MentionType.ORGANISATION,
        "metonym": MentionType.ORGANISATION,
        "party": MentionType.ORGANISATION,
        "armed-group": MentionType.ORGANISATION,
        "company": MentionType.ORGANISATION,
        "media": MentionType.ORGANISATION,
    }
)
"""Tables whose rows are actors or places, and what their names name."""

RULES: Final = frozenset(
    {"default", "country", "near", "defined", "not-in-name", "not-in-caps", "not-first", "the", "never"}
)
_SPELLINGS: Final = ("name", "aliases", "adjective", "person", "people", "members", "context", "abbreviations")
_OTHER_TABLES: Final = frozenset({"pattern", "title", "nickname", "given-name", "ambiguous", "block", "part_of_name"})


@dataclass(frozen=True, slots=True)
class Row:
    """One entity. ``spellings`` are pairs of a text and the field that it stands in ("name", "adjective", …)."""

    actor: Actor
    table: str
    spellings: tuple[tuple[str, str], ...]
    iso: str | None = None
    the: bool = False

    @property
    def country(self) -> ActorId | None:
        """Return the country that this row is, acts for or lies in."""
        return self.actor.id if self.table == "country" else self.actor.country


@dataclass(frozen=True, slots=True)
class Pattern:
    """Bodies that every country has; forms hold ``{adjective}`` or ``{country}``."""

    key: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """When an ambiguous spelling counts, and for whom: ``may_be`` is likeliest first."""

    kind: str
    may_be: tuple[ActorId, ...] = ()
    near: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Title:
    """A role noun. ``gender`` is ``m``, ``f`` or None where the word does not tell; ``before_name`` "Mayor NAME"."""

    name: str
    kind: str
    gender: str | None
    before_name: bool


@dataclass(slots=True)
class Tables:
    """Everything that ``config/actors`` says. Filled once by :func:`load_tables`, then only read."""

    rows: dict[ActorId, Row] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    rules: dict[str, Rule] = field(default_factory=dict)
    blocked: set[str] = field(default_factory=set)
    part_of_name: dict[str, frozenset[str]] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    nicknames: dict[str, set[str]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    digest: str = ""
    """A hash of all that was read, so that an edited table shows."""


def load_tables(extra: Iterable[Path] = ()) -> Tables:
    """Read the tables that come with the bot, then each TOML file in the *extra* folders, in order of name.

    Extra rows are added; an ambiguous spelling that stands in both gets the candidates of both, the later ones
    first, under the later rule.
    Takes about a tenth of a second.

    Raises:
        ConfigError: an extra file cannot be read, has an unknown table, or repeats an id.
    """
    tables = Tables()
    content = hashlib.sha256()
    for file in _toml_files(files("config").joinpath("actors")):
        content.update(file.read_bytes())
        _add(tables, file.name, tomllib.loads(file.read_text("utf-8")))
    for folder in extra:
        if not folder.is_dir():
            raise ConfigError(f"There is no folder “{folder}” with actor tables. Correct the path or leave it out.")
        for file in _toml_files(folder):
            _add_extra(tables, file)
            content.update(file.read_bytes())
    tables.digest = content.hexdigest()[:8]
    return tables


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)


def _add_extra(tables: Tables, file: Traversable) -> None:
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"The actor table “{file.name}” cannot be read: {error}. Correct or remove it.") from error
    _add(tables, file.name, content)


def _add(tables: Tables, file: str, content: Mapping[str, Any]) -> None:
    for table, rows in content.items():
        if table in ENTITY_TYPES:
            for row in _rows(table, rows):
                if row.actor.id in tables.rows:
                    raise ConfigError(f"{file}: {row.actor.id} stands elsewhere too. Give one of them another key.")
                tables.rows[row.actor.id] = row
        elif table in _OTHER_TABLES:
            _add_other(tables, table, rows)
        else:
            known = ", ".join(sorted(ENTITY_TYPES.keys() | _OTHER_TABLES))
            raise ConfigError(f"{file}: unknown table [{table}]. Known are: {known}.")


def _rows(table: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    for key, row in rows.items():
        spellings = tuple((text, kind) for kind in _SPELLINGS for text in _listed(row.get(kind, ())))
        country = row.get("country") or row.get("of") or ("country/united-states" if table == "us-state" else None)
        acts_for = row.get("acts_for")
        if country is None and acts_for and acts_for.startswith("country/"):
            country = acts_for
        actor = Actor(
            id=ActorId(f"{table}/{key}"),
            name=row["name"],
            type=ENTITY_TYPES[table],
            aliases=tuple(text for text, kind in spellings if kind in {"aliases", "context"}),
            acts_for=ActorId(acts_for) if acts_for else None,
            country=ActorId(country) if country else None,
            known=True,
        )
        yield Row(actor, table, spellings, row.get("iso"), bool(row.get("the")))


def _listed(value: str | Iterable[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _add_other(tables: Tables, table: str, rows: Mapping[str, Any]) -> None:
    if table == "pattern":
        tables.patterns.extend(Pattern(key, tuple(row["forms"])) for key, row in rows.items())
    elif table == "ambiguous":
        for spelling, row in rows.items():
            tables.rules[spelling] = _merged(tables.rules.get(spelling), row)
    elif table == "block":
        tables.blocked.update(text for texts in rows.values() for text in texts)
    elif table == "part_of_name":
        for side, words in rows.items():
            tables.part_of_name[side] = tables.part_of_name.get(side, frozenset()) | frozenset(words)
    else:
        _add_words(tables, table, rows)


def _add_words(tables: Tables, table: str, rows: Mapping[str, Any]) -> None:
    if table == "given-name":
        tables.genders.update((name, gender) for gender, names in rows.items() for name in names)
    elif table == "title":
        for row in rows.values():
            gender = None if row["gender"] == "n" else row["gender"]
            title = Title(row["name"], row["kind"], gender, bool(row.get("before_name")))
            for text in (row["name"], *row.get("aliases", ())):
                tables.titles[text.lower()] = replace(title, name=text)
    else:
        for row in rows.values():
            names = {row["name"].lower(), *(short.lower() for short in row["short"])}
            for name in names:
                tables.nicknames.setdefault(name, set()).update(names - {name})


def _merged(before: Rule | None, row: Mapping[str, Any]) -> Rule:
    may_be = tuple(ActorId(actor) for actor in row.get("may_be", ()))
    return Rule(
        kind=row["rule"],
        may_be=(*may_be, *(before.may_be if before else ())),
        near=tuple(row.get("near", ())),
        not_before=tuple(row.get("not_before", ())),
        not_after=tuple(row.get("not_after", ())),
    )
