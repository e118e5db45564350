"""``make bench``: quality against labelled sets (``NEEDTOKNOW_DATA``), speed on the demo's articles."""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.speed import measure
from bot.analysis.language import load_language

SPEED: Final = "speed"
QUALITY: Final = ("clusters", "quotes", "names", "actions", "dates", "importance")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures that *arguments* name, all of them where they name none.

    Raises:
        SystemExit: they ask for help, or name what is not measured.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").replace("``", ""))
    parser.add_argument(
        "measures", nargs="*", metavar="MEASURE", help=f"one of {', '.join((SPEED, *QUALITY))}; all without one"
    )
    wanted = parser.parse_args(arguments).measures
    if unknown := sorted({*wanted} - {SPEED, *QUALITY}):
        parser.error(f"nothing measures {', '.join(unknown)}")
    if SPEED in wanted or not wanted:
        for what, figure in measure():
            print(f"{what:<40} {figure}")
    _quality([name for name in QUALITY if name in wanted or not wanted])


def _quality(names: Sequence[str]) -> None:
    folder = os.environ.get("NEEDTOKNOW_DATA")
    if not names:
        return
    if not folder:
        print("No labelled sets: set NEEDTOKNOW_DATA to their folder for quality too.")
        return
    data = Path(folder, "data") if Path(folder, "data").is_dir() else Path(folder)
    language = load_language()
    for name in names:
        for what, figure in import_module(f"bot.evaluation.{name}").score(data, language).items():
            print(f"{name:<10} {what:<40} {figure:.3f}")


if __name__ == "__main__":
    main()
