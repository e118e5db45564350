"""The tables that tests of analysis share, loaded once."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from bot.analysis.gazetteer import Gazetteer, Hit


@cache
def gazetteer() -> Gazetteer:
    """The bot's own tables."""
    return Gazetteer.load()


@cache
def demo_gazetteer() -> Gazetteer:
    """The bot's own tables and those of the demo's invented world."""
    return Gazetteer.load([Path(str(files("config").joinpath("demo", "actors")))])


def found(text: str, *, outlet_country: str | None = None, form: str | None = None) -> list[tuple[str, str]]:
    """Return what the tables find in *text* as (words, id)."""
    hits: tuple[Hit, ...] = gazetteer().find(text, outlet_country=outlet_country)
    return [(hit.span.of(text), hit.actor) for hit in hits if form is None or hit.form == form]
