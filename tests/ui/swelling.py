"""Blow values up: the same answers with hostile, endless text in every field that a stranger fills."""

import dataclasses
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")

HOSTILE = (
    "x" * 4500,
    "*_`|" * 1200,
    "https://evil.example/" + "a" * 1500,
    "@everyone <@1> <#2> [a](https://evil.example) \n# b\n" * 30,
    "\u0301Z\u0300\u0301\u0302\u0303\u202e" * 200,
    "👩\u200d🚀" * 300,
    "",
)


def swollen(value: T, text: str) -> T:
    """Return *value* with each of its texts, at any depth, replaced by *text*; enums and keys stay."""
    return _swollen(value, text)  # type: ignore[no-any-return]


def _swollen(value: Any, text: str) -> Any:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return text
    if isinstance(value, tuple):
        return tuple(_swollen(part, text) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _swollen(getattr(value, field.name), text)
            for field in dataclasses.fields(value)
            if field.name not in {"marks", "span", "spans"}
        }
        return dataclasses.replace(value, **changed)
    return value
