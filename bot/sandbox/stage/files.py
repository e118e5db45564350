"""The page's own files, as they lie in the package; nothing else is ever served by name."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_TYPES: Final = {
    "html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "png": "image/png",
}  # fmt: skip


def page_files() -> Mapping[str, tuple[bytes, str]]:
    """Return content and type of each file by its path under the page's root ("js/main.js"); "" is the page itself."""
    found = dict(_walk(files("bot.sandbox").joinpath("page"), ""))
    return found | {"": found["index.html"]}


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, tuple[bytes, str]]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif (kind := _TYPES.get(entry.name.rpartition(".")[2])) is not None:
            yield f"{prefix}{entry.name}", (entry.read_bytes(), kind)
