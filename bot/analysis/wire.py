"""What the worker and its child process say to each other: frozen values as JSON, nothing that is ever executed."""

import re
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

from bot.analysis.article import Document
from bot.model.analysis import Analysis

T = TypeVar("T")
LENGTH_BYTES: Final = 4
LONGEST_FRAME: Final = 512 * 1024 * 1024  # bytes; an analysis takes up to twenty times its text
_ADAPTERS: Final[dict[type, TypeAdapter[Any]]] = {}  # made when first needed: making one takes milliseconds
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Setup:
    """What a child is to load: a language model (None: the best there is) and folders with more actor tables."""

    model: str | None
    tables: tuple[str, ...]
    memory_bytes: int | None


@dataclass(frozen=True, slots=True)
class Hello:
    """A child's first word: which model it has loaded and the version of its analyses, or why it cannot work."""

    model: str = ""
    version: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to analyse, in order."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one document of a batch; ``rss_bytes`` is the child's memory after it."""

    analysis: Analysis | None
    error: str | None
    rss_bytes: int


def frame(value: object) -> bytes:
    """Return *value* (one of the classes above) as JSON with its length in four bytes in front."""
    body = _adapter(type(value)).dump_json(value)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def unframe(kind: type[T], body: bytes) -> T:
    """Return the value of *kind* in a frame's *body*.

    Raises:
        ValueError: it does not hold such a value.
    """
    value: T = _adapter(kind).validate_json(body)
    return value


def writable(document: Document) -> Document:
    """Return *document* with half characters, which JSON cannot carry, replaced one by one."""
    if _SURROGATE.search(document.text) is None and _SURROGATE.search(document.title) is None:
        return document
    return replace(
        document, text=_SURROGATE.sub("\ufffd", document.text), title=_SURROGATE.sub("\ufffd", document.title)
    )


def _adapter(kind: type) -> TypeAdapter[Any]:
    made = _ADAPTERS.get(kind)
    if made is None:
        made = _ADAPTERS[kind] = TypeAdapter(kind)
    return made
