"""Checks bodies against ``shapes.json``, the facts about Discord's bodies that our bot relies on.

A shape is a JSON object. ``{"see": NAME}`` is another one by name, ``{"any": [...]}`` one of several, ``{"by": "type",
"cases": {...}}`` the one for the value of that field. Else ``is`` says of what kind a value is (text, whole, number,
truth, snowflake, list, map, object), and ``values``, ``length``, ``range``, ``count``, ``size``, ``form``, ``of``,
``fields`` and ``needs`` say more; bounds are inclusive, the upper one may be null. ``"null": true`` lets null pass.
"""

import json
import re
from collections.abc import Callable, Iterator, Sized
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Final

from bot.sandbox.double.errors import Problem

Shape = dict[str, Any]
Path = tuple[str | int, ...]
Value = Any
"""Any JSON value."""

_URI: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")
_DIGITS: Final = re.compile(r"0|[1-9][0-9]*")
_NOT_OF_KIND: Final = {
    "text": ("STRING_TYPE_CONVERT", "Could not interpret {} as string."),
    "whole": ("NUMBER_TYPE_COERCE", "Value {} is not int."),
    "number": ("NUMBER_TYPE_COERCE", "Value {} is not float."),
    "truth": ("BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "snowflake": ("NUMBER_TYPE_COERCE", "Value {} is not snowflake."),
    "list": ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "map": ("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType"),
    "object": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
}
_SIZES: Final = frozenset({"length", "count", "size"})
_REQUIRED: Final = "This field is required"


class Shapes:
    """The table. Requests are closed: a field that the table does not have is a mistake; answers are open."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table
        self._takes: dict[str, Shape] = table["takes"]
        self._gives: dict[str, dict[str, Shape]] = table["gives"]
        self._shapes: dict[str, Shape] = table["shapes"]

    def request_problems(self, route: str, body: object) -> list[Problem]:
        """Return what is wrong with the body of a request to *route* ("POST /channels/{channel_id}/messages")."""
        shape = self._takes.get(route)
        if shape is None:
            return []
        return list(_Walk(self._shapes, closed=True).problems(shape, {} if body is None else body, ()))

    def answer_problems(self, route: str, status: int, body: object) -> list[Problem]:
        """Return what is wrong with the body of an answer; one that has no shape must be empty."""
        shape = self._gives.get(route, {}).get(str(status))
        if shape is None:
            return [] if body is None else [Problem((), f"{route} answers no body with {status}")]
        return list(_Walk(self._shapes, closed=False).problems(shape, body, ()))


@cache
def known_shapes() -> Shapes:
    """Return the table of ``shapes.json``."""
    return Shapes(json.loads(files(__package__).joinpath("shapes.json").read_text("utf-8")))


class _Walk:
    """One walk down a body. Cost is linear in the body, times the branches of a union that has no ``by``."""

    def __init__(self, shapes: dict[str, Shape], *, closed: bool) -> None:
        self._shapes = shapes
        self._closed = closed
        self._inner: dict[str, Callable[[Shape, Any, Path], Iterator[Problem]]] = {
            "list": self._list, "map": self._map, "object": self._object,
        }  # fmt: skip

    def problems(self, shape: Shape, value: object, path: Path) -> Iterator[Problem]:
        """Yield what is wrong with *value*, outermost first."""
        if value is None:
            if not shape.get("null"):
                yield Problem(path, _REQUIRED, "BASE_TYPE_REQUIRED")
        elif "see" in shape:
            yield from self.problems(self._shapes[shape["see"]], value, path)
        elif "by" in shape:
            yield from self._case(shape, value, path)
        elif "any" in shape:
            tried = [list(self.problems(branch, value, path)) for branch in shape["any"]]
            yield from min(tried, key=len)
        else:
            yield from self._plain(shape, value, path)

    def _case(self, shape: Shape, value: object, path: Path) -> Iterator[Problem]:
        field = shape["by"]
        if not isinstance(value, dict):
            yield _not_of_kind("object", value, path)
        elif field not in value:
            yield Problem((*path, field), _REQUIRED, "BASE_TYPE_REQUIRED")
        elif (case := shape["cases"].get(str(value[field]))) is None:
            allowed = ", ".join(shape["cases"])
            yield Problem((*path, field), f"Value must be one of {{{allowed}}}.", "BASE_TYPE_CHOICES")
        else:
            yield from self.problems(case, value, path)

    def _plain(self, shape: Shape, value: Value, path: Path) -> Iterator[Problem]:
        kind = shape.get("is", "")
        if kind and not _is_of_kind(kind, value):
            yield _not_of_kind(kind, value, path)
            return
        yield from chain(_bounds(shape, value, path), _form(shape, value, path))
        if kind in self._inner:
            yield from self._inner[kind](shape, value, path)

    def _list(self, shape: Shape, value: list[Any], path: Path) -> Iterator[Problem]:
        if shape.get("unique") and len({json.dumps(item, sort_keys=True) for item in value}) < len(value):
            yield Problem(path, "Must be unique.", "SET_TYPE_ALREADY_CONTAINS_VALUE")
        for number, item in enumerate(value):
            yield from self.problems(shape.get("of", {"null": True}), item, (*path, number))

    def _map(self, shape: Shape, value: dict[str, Any], path: Path) -> Iterator[Problem]:
        for key, item in value.items():
            yield from self.problems(shape["of"], item, (*path, key))

    def _object(self, shape: Shape, value: dict[str, Any], path: Path) -> Iterator[Problem]:
        fields = shape.get("fields")
        for name in shape.get("needs", ()):
            if name not in value:
                yield Problem((*path, name), _REQUIRED, "BASE_TYPE_REQUIRED")
        for name, item in value.items():
            if fields is not None and name in fields:
                yield from self.problems(fields[name], item, (*path, name))
            elif fields is not None and self._closed:
                yield Problem((*path, name), "Discord knows no such field.", "UNKNOWN_FIELD")


def _is_of_kind(kind: str, value: object) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    match kind:
        case "whole":
            return is_whole
        case "number":
            return is_whole or isinstance(value, float)
        case "snowflake":
            return (is_whole or isinstance(value, str)) and _DIGITS.fullmatch(str(value)) is not None
        case _:
            return isinstance(value, {"text": str, "truth": bool, "list": list, "map": dict, "object": dict}[kind])


def _not_of_kind(kind: str, value: object, path: Path) -> Problem:
    code, text = _NOT_OF_KIND[kind]
    return Problem(path, text.format(json.dumps(value)[:100]), code)


def _bounds(shape: Shape, value: Value, path: Path) -> Iterator[Problem]:
    if "values" in shape and value not in shape["values"]:
        allowed = ", ".join(map(str, shape["values"]))
        yield Problem(path, f"Value must be one of {{{allowed}}}.", "BASE_TYPE_CHOICES")
    for name in _SIZES & shape.keys():
        yield from _size(shape[name], value, path)
    low, high = shape.get("range", (None, None))
    if low is not None and value < low:
        yield Problem(path, f"Value should be greater than or equal to {low}.", "NUMBER_TYPE_MIN")
    if high is not None and value > high:
        yield Problem(path, f"Value should be less than or equal to {high}.", "NUMBER_TYPE_MAX")


def _size(bounds: tuple[int, int | None], value: Sized, path: Path) -> Iterator[Problem]:
    low, high = bounds
    if len(value) < low:
        yield Problem(path, f"Must be between {low} and {high or 'any'} in length.", "BASE_TYPE_BAD_LENGTH")
    elif high is not None and len(value) > high:
        yield Problem(path, f"Must be {high} or fewer in length.", "BASE_TYPE_MAX_LENGTH")


def _form(shape: Shape, value: Value, path: Path) -> Iterator[Problem]:
    form = shape.get("form")
    if form == "uri" and not _URI.fullmatch(value):
        yield Problem(path, "Not a well formed URL.", "URL_TYPE_INVALID_URL")
    if form == "date-time":
        try:
            datetime.fromisoformat(value)
        except ValueError:
            yield Problem(path, f"Could not parse {value}. Should be ISO8601.", "DATE_TIME_TYPE_PARSE")
