"""``needtoknow eval``: measure the reading of news against labelled sets."""

import os
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.cli.options import Json, NoDatabase
from bot.cli.output import note, say_json, table
from bot.errors import ConfigError, UsageError

DATA_VARIABLE: Final = "NEEDTOKNOW_DATA"
_MEASURES: Final = ("clusters", "quotes", "names", "actions", "dates", "importance")


def register(app: typer.Typer) -> None:
    """Add this file's command to *app*."""
    app.command("eval", help=f"Measure against labelled sets: {', '.join(_MEASURES)}.")(evaluate)


def evaluate(
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="What to measure.")],
    data: Annotated[
        Path | None, typer.Option(help=f"The folder of labelled sets; {DATA_VARIABLE} where left out.")
    ] = None,
    as_json: Json = False,
    _db: NoDatabase = None,
) -> None:
    """Measure against labelled sets."""
    from bot.analysis.language import load_language
    from bot.settings import load_settings

    for name in names:
        if name not in _MEASURES:
            raise UsageError(f"There is no measure “{name}”. There are: {', '.join(_MEASURES)}.")
    folder = _folder(data)
    language = load_language(load_settings().language.model or None)
    found: dict[str, dict[str, float]] = {}
    for name in names:
        note(f"measuring {name} …")
        found[name] = import_module(f"bot.evaluation.{name}").score(folder, language)
    if as_json:
        say_json({"language": language.name, "figures": found})
        return
    table(language.name, ("measure", "figure", "", "baseline"), _rows(found))


def _rows(found: dict[str, dict[str, float]]) -> list[tuple[str, str, str, str]]:
    """Return a row for each figure, its baseline beside it: a figure of the same name with ``baseline_`` before it."""
    rows = []
    for name, figures in found.items():
        for what, figure in figures.items():
            of, _, last = what.rpartition(" ")
            baseline = figures.get(f"{of} baseline_{last}".strip())
            if not last.startswith("baseline_"):
                rows.append((name, what, f"{figure:.3f}", "" if baseline is None else f"{baseline:.3f}"))
    return rows


def _folder(data: Path | None) -> Path:
    named = data or (Path(os.environ[DATA_VARIABLE]) if os.environ.get(DATA_VARIABLE) else None)
    if named is None:
        raise ConfigError(f"Labelled sets are needed: name their folder by --data DIR or {DATA_VARIABLE}.")
    if not named.is_dir():
        raise ConfigError(f"There is no folder {named} (from --data or {DATA_VARIABLE}).")
    # The sets may stand in the folder itself, or in its folder "data".
    return named / "data" if (named / "data").is_dir() else named
