"""``make bench``: quality against labelled sets (``NEEDTOKNOW_DATA``), speed on the demo's articles."""

import os
from importlib import import_module
from pathlib import Path

from benchmarks.speed import measure
from bot.analysis.language import load_language

MEASURES = ("clusters", "quotes", "names", "actions", "dates", "importance")


def main() -> None:
    """Print every figure."""
    for what, figure in measure():
        print(f"{what:<40} {figure}")
    folder = os.environ.get("NEEDTOKNOW_DATA")
    if not folder:
        print("No labelled sets: set NEEDTOKNOW_DATA to their folder for quality too.")
        return
    data = Path(folder, "data") if Path(folder, "data").is_dir() else Path(folder)
    language = load_language()
    for name in MEASURES:
        for what, figure in import_module(f"bot.evaluation.{name}").score(data, language).items():
            print(f"{name:<10} {what:<40} {figure:.3f}")


if __name__ == "__main__":
    main()
