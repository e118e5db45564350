"""Frozen values as JSON text, for what is only ever read back whole."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


class _Adapters(dict[type[Any], TypeAdapter[Any]]):
    """One adapter a kind, made when it is first wanted: making one takes milliseconds."""

    def __missing__(self, kind: type[Any]) -> TypeAdapter[Any]:
        self[kind] = TypeAdapter(kind)
        return self[kind]


_ADAPTERS: Final = _Adapters()


def to_document(value: object, *, without: frozenset[str] = frozenset()) -> str:
    """Return *value*, a frozen value of the model, as JSON text; fields that have their default are left out."""
    return _ADAPTERS[type(value)].dump_json(value, exclude_defaults=True, exclude=set(without)).decode()


def from_document(kind: type[T], document: str) -> T:
    """Return the value of *kind* that :func:`to_document` wrote; fields added to the model since have their default."""
    value: T = _ADAPTERS[kind].validate_json(document)
    return value


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from walking over a flood of new values again and again: twice as fast.

    Cycles wait until the block ends; keep it short.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
