"""The names by which time zones are found: those of the tz database, and our own table of cities and abbreviations."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.text.fold import fold

# Of the names without an area only these are shown: "Navajo" or "PRC" help nobody.
_AREALESS: Final = frozenset({"UTC", "EST", "MST", "HST", "CET", "EET", "MET", "WET"})


@dataclass(frozen=True, slots=True)
class ZoneNames:
    """Every name, folded, with the IANA zones it stands for.

    ``by_fold`` holds all IANA names. ``searchable`` are (folded name, zone) of all kinds, the usual zones first;
    ``ordered`` the zones of the world, the usual ones first; ``labels`` how a zone is shown; ``fixed`` those that are
    an offset rather than a place.
    """

    by_fold: Mapping[str, str]
    popular: Sequence[str]
    ordered: Sequence[str]
    fixed: frozenset[str]
    cities: Mapping[str, Sequence[str]]
    countries: Mapping[str, Sequence[str]]
    abbreviations: Mapping[str, Sequence[str]]
    searchable: Sequence[tuple[str, str]]
    labels: Mapping[str, str]


@cache
def zone_names() -> ZoneNames:
    """Return the names, read once from ``config/zones.toml`` and the tzdata package."""
    table = tomllib.loads(files("config").joinpath("zones.toml").read_text("utf-8"))
    keys = files("tzdata").joinpath("zones").read_text("utf-8").split()
    places = list(_places())
    popular = table["popular"]
    ordered = tuple(dict.fromkeys([*popular, *(key for key, _ in places)]))
    cities = _cities(ordered) | {fold(name): (key,) for name, key in table["city"].items()}
    countries = _usual_first(_countries(places), popular) | {
        fold(name): tuple(zones) for name, zones in table["country"].items()
    }
    abbreviations = {name: tuple(zones) for name, zones in table["abbreviation"].items()}
    return ZoneNames(
        by_fold={fold(key.replace("+", " plus ")): key for key in keys},
        popular=tuple(popular),
        ordered=ordered,
        fixed=frozenset(key for key in keys if key.startswith("Etc/") or key in _AREALESS),
        cities=cities,
        countries=countries,
        abbreviations=abbreviations,
        searchable=tuple(_searchable(ordered, (cities, countries, abbreviations))),
        labels=_labels(places, table),
    )


def _places() -> Iterator[tuple[str, str]]:
    """Yield each zone of the tz database's table with the country it lies in, the most populous of a country first."""
    folder = files("tzdata").joinpath("zoneinfo")
    codes = dict(_rows(folder.joinpath("iso3166.tab").read_text("utf-8"), 0, 1))
    for code, key in _rows(folder.joinpath("zone.tab").read_text("utf-8"), 0, 2):
        yield key, codes.get(code, code)


def _rows(table: str, first: int, second: int) -> Iterator[tuple[str, str]]:
    for line in table.splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells[first], cells[second]


@cache
def home_zone(country: str) -> str | None:
    """Return the zone that most of a country's news are dated in: its usual one, else the first of the tz database.

    *country* is an ISO 3166 alpha-2 code. None: the database has no such country.
    """
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    zones = [key for code, key in _rows(table, 0, 2) if code == country.upper()]
    return next((key for key in zone_names().popular if key in zones), zones[0] if zones else None)


def _cities(keys: Sequence[str]) -> dict[str, Sequence[str]]:
    return {fold(_city(key)): (key,) for key in reversed(keys) if "/" in key}


def _city(key: str) -> str:
    return key.rsplit("/", 1)[-1].replace("_", " ")


def _countries(places: Sequence[tuple[str, str]]) -> dict[str, Sequence[str]]:
    zones: dict[str, list[str]] = {}
    for key, country in places:
        zones.setdefault(fold(country), []).append(key)
    return dict(zones)


def _usual_first(tables: Mapping[str, Sequence[str]], popular: Sequence[str]) -> dict[str, Sequence[str]]:
    return {name: tuple(sorted(keys, key=lambda key: key not in popular)) for name, keys in tables.items()}


def _searchable(ordered: Sequence[str], tables: Sequence[Mapping[str, Sequence[str]]]) -> Iterator[tuple[str, str]]:
    rank = {key: number for number, key in enumerate(ordered)}
    named = [(name, key) for table in tables for name, keys in table.items() for key in keys]
    named += [(fold(key), key) for key in ordered]
    yield from sorted(named, key=lambda pair: (rank.get(pair[1], len(rank)), pair[0]))


def _labels(places: Sequence[tuple[str, str]], table: Mapping[str, Any]) -> dict[str, str]:
    labels = {key: f"{_city(key)}, {country} ({key})" for key, country in places}
    labels |= {"UTC": "UTC", "Etc/GMT": "GMT"}
    fixed = {key for zones in table["abbreviation"].values() for key in zones if key in _AREALESS - {"UTC"}}
    labels |= {key: f"{key} as named in the tz database ({key})" for key in fixed}
    for hours in range(1, 15):
        labels[f"Etc/GMT-{hours}"] = f"UTC+{hours} all year, no summer time (Etc/GMT-{hours})"
        labels[f"Etc/GMT+{hours}"] = f"UTC−{hours} all year, no summer time (Etc/GMT+{hours})"
    return labels
