"""Checks bodies against Discord's whole OpenAPI file, where ``NEEDTOKNOW_DISCORD_SPEC`` names one.

It needs ``jsonschema-rs``, which only developers have. What the double always checks is in ``shapes.json``.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.sandbox.double.checks.leniencies import lenient
from bot.sandbox.double.errors import Problem

if TYPE_CHECKING:
    import jsonschema_rs

VARIABLE: Final = "NEEDTOKNOW_DISCORD_SPEC"
_UNIONS: Final = ("oneOf", "anyOf")


class Spec:
    """Discord's own file. Requests are closed: a field that it does not have is a mistake; answers are open."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._paths: dict[str, Any] = document["paths"]
        self._open = lenient(document)["components"]
        self._closed = _closed(self._open)
        self._validators: dict[tuple[str, str], jsonschema_rs.Draft202012Validator] = {}

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] = os.environ) -> "Spec | None":
        """Return the file that the environment names, or None where it names none."""
        path = variables.get(VARIABLE)
        return _read(path) if path else None

    def request_problems(self, route: str, body: object) -> list[Problem]:
        """Return what is wrong with the body of a request to *route* ("POST /channels/{channel_id}/messages")."""
        schema = _json_schema(self._operation(route).get("requestBody", {}))
        if schema is None:
            return []
        return list(_leaves(self._validator(route, "takes", schema, self._closed).iter_errors(body or {})))

    def answer_problems(self, route: str, status: int, body: object) -> list[Problem]:
        """Return what is wrong with the body of an answer; one that has no schema must be empty."""
        responses = self._operation(route)["responses"]
        kind = str(status) if str(status) in responses else f"{str(status)[0]}XX"
        if kind not in responses:
            return [Problem((), f"{route} never answers {status}")]
        schema = _json_schema(self._resolved(responses[kind]))
        if schema is None:
            return [] if body is None else [Problem((), f"{route} answers no body with {status}")]
        return list(_leaves(self._validator(route, kind, schema, self._open).iter_errors(body)))

    def _operation(self, route: str) -> dict[str, Any]:
        method, path = route.split(" ")
        found: dict[str, Any] = self._paths[path][method.lower()]
        return found

    def _resolved(self, response: dict[str, Any]) -> dict[str, Any]:
        name = response.get("$ref", "").rpartition("/")[2]
        found: dict[str, Any] = self._open["responses"][name] if name else response
        return found

    def _validator(
        self, route: str, part: str, schema: dict[str, Any], components: dict[str, Any]
    ) -> "jsonschema_rs.Draft202012Validator":
        import jsonschema_rs  # noqa: PLC0415 - only developers have it

        key = (route, part)
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(schema | {"components": components})
        return self._validators[key]


@cache
def _read(path: str) -> Spec:
    return Spec(json.loads(Path(path).read_text("utf-8")))


def _json_schema(holder: dict[str, Any]) -> dict[str, Any] | None:
    found: dict[str, Any] | None = holder.get("content", {}).get("application/json", {}).get("schema")
    return found


def _closed(components: dict[str, Any]) -> dict[str, Any]:
    """Close every object that lists its fields."""
    schemas = {
        name: schema | {"additionalProperties": False}
        if "properties" in schema and "additionalProperties" not in schema
        else schema
        for name, schema in components["schemas"].items()
    }
    return components | {"schemas": schemas}


def _leaves(errors: "Iterable[jsonschema_rs.ValidationError]") -> Iterator[Problem]:
    """Yield the errors that say something: of a union, those of the branch that was most likely meant."""
    for error in errors:
        branches = getattr(error.kind, "context", None) if error.kind.name in _UNIONS else None
        if branches:
            yield from _leaves(min(branches, key=_distance))
        else:
            yield Problem(tuple(error.instance_path), error.message[:200], error.kind.name)


def _distance(errors: "Iterable[jsonschema_rs.ValidationError]") -> tuple[bool, int]:
    """Order branches: last those for another ``type`` of component or for null, then by how much is wrong."""
    branch = list(errors)
    other = any(error.kind.name in {"enum", "const"} and error.instance_path[-1:] == ["type"] for error in branch)
    null = any('of type "null"' in error.message for error in branch)
    return other or null, len(branch)
