"""The tables of config/actors are sound, and extra ones are told what is wrong with them."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.analysis.tables import ENTITY_TYPES, RULES, Tables, load_tables
from bot.errors import ConfigError

ACTORS = Path(str(files("config").joinpath("actors")))
DEMO = Path(str(files("config").joinpath("demo", "actors")))
REFERENCES = {"capital", "seat", "main_city", "country", "state", "of", "acts_for"}
SPELLINGS = {"name", "aliases", "adjective", "person", "people", "members", "context"}


def raw(folder: Path = ACTORS) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for file in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(file.read_text("utf-8")).items():
            if table in ENTITY_TYPES:
                yield from ((table, key, row) for key, row in rows.items())


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load_tables()


def test_thousands_of_rows_are_there(tables: Tables) -> None:
    assert len(tables.rows) > 2_200
    assert len(tables.titles) > 300
    assert len(tables.genders) > 600


def test_every_id_is_readable_and_rows_are_sorted() -> None:
    keys = defaultdict(list)
    for table, key, _ in raw():
        keys[table].append(key)

    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for some in keys.values() for key in some)
    assert all(a < b for some in keys.values() for a, b in pairwise(some))


@pytest.mark.parametrize("folder", [ACTORS, DEMO])
def test_every_reference_leads_to_a_row(folder: Path, tables: Tables) -> None:
    known = set(tables.rows) | {f"{table}/{key}" for table, key, _ in raw(folder)}

    lost = [
        (table, key, target)
        for table, key, row in raw(folder)
        for field in REFERENCES & row.keys()
        for target in listed(row[field])
        if target is not True and target not in known
    ]

    assert lost == []


def test_country_codes_are_two_letters_and_unique() -> None:
    codes = [row["iso"] for _, _, row in (*raw(), *raw(DEMO)) if "iso" in row]

    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in codes)
    assert len(codes) == len(set(codes))


def test_every_shared_spelling_has_a_rule_that_names_all_its_owners(tables: Tables) -> None:
    owners = defaultdict(set)
    guarded = set()
    for table, key, row in raw():
        for field in SPELLINGS & row.keys():
            for text in listed(row[field]):
                owners[text].add(f"{table}/{key}")
                guarded |= {text} if field == "context" else set()

    assert [text for text, some in owners.items() if len(some) > 1 and text not in tables.rules] == []
    assert [text for text in guarded if text not in tables.rules] == []
    assert [text for text, rule in tables.rules.items() if not owners[text] <= set(rule.may_be)] == []


def test_every_rule_is_known_and_names_rows(tables: Tables) -> None:
    for spelling, rule in tables.rules.items():
        assert rule.kind in RULES, spelling
        assert (rule.kind == "near") == bool(rule.near), spelling
        assert set(rule.may_be) <= set(tables.rows), spelling


def test_blocked_strings_are_nobodys_names(tables: Tables) -> None:
    named = {text for row in tables.rows.values() for text, form in row.spellings if form != "abbreviations"}

    assert tables.blocked & named == set()


def test_nicknames_lead_both_ways(tables: Tables) -> None:
    assert "joseph" in tables.nicknames["joe"]
    assert "joe" in tables.nicknames["joseph"]


def test_extra_folder_adds_rows_and_comes_first_among_candidates(tmp_path: Path) -> None:
    (tmp_path / "more.toml").write_text(
        '[igo]\nleague = { name = "Inland League", context = ["the alliance"], kind = "regional" }\n'
        '[ambiguous]\n"the alliance" = { rule = "defined", may_be = ["igo/league"] }\n',
        "utf-8",
    )

    more = load_tables([tmp_path])

    assert more.rules["the alliance"].may_be == ("igo/league", "igo/nato")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[ruler]\na = 1\n", r"unknown table \[ruler\]"),
        ('[country]\nfrance = { name = "Frankia" }\n', "country/france stands elsewhere"),
        ("[country\n", "cannot be read"),
    ],
)
def test_wrong_extra_file_is_named(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "wrong.toml").write_text(content, "utf-8")

    with pytest.raises(ConfigError, match=told) as error:
        load_tables([tmp_path])

    assert "wrong.toml" in str(error.value)


def test_missing_extra_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere"):
        load_tables([tmp_path / "nowhere"])
