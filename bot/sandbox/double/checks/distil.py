"""Makes ``shapes.json``, our compact table of what Discord's bodies look like, from its official OpenAPI file.

Run it as ``python -m bot.sandbox.double.checks.distil OPENAPI_FILE`` after Discord has changed something that we use.
The notation of the table is told in :mod:`bot.sandbox.double.checks.shapes`.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from bot.sandbox.double.checks.leniencies import lenient
from bot.sandbox.double.rest.table import ROUTES

Json = dict[str, Any]

_KINDS: Final = {
    "string": "text", "integer": "whole", "number": "number", "boolean": "truth", "array": "list", "object": "object",
}  # fmt: skip
_BOUNDS: Final = {
    "length": ("minLength", "maxLength"), "range": ("minimum", "maximum"), "count": ("minItems", "maxItems"),
    "size": ("minProperties", "maxProperties"),
}  # fmt: skip
_FORMATS: Final = frozenset({"uri", "date-time"})
_SNOWFLAKE: Final[Json] = {"is": "snowflake"}


class Distiller:
    """Translates the schemas of one OpenAPI file; ``shapes`` fills with those that were referred to."""

    def __init__(self, spec: Json) -> None:
        self._schemas: Json = spec["components"]["schemas"]
        self._paths: Json = spec["paths"]
        self.shapes: Json = {}

    def table(self, routes: Iterable[str]) -> Json:
        """Return the table of *routes*: what each takes and answers, and the shapes that these refer to."""
        takes: Json = {}
        gives: Json = {}
        for route in routes:
            method, path = route.split(" ")
            operation = self._paths[path][method.lower()]
            if body := _json_schema(operation.get("requestBody", {})):
                takes[route] = self.shape(body)
            answers = {
                status: self.shape(schema)
                for status, response in operation["responses"].items()
                if status.startswith("2") and (schema := _json_schema(response))
            }
            gives |= {route: answers} if answers else {}
        return {"takes": takes, "gives": gives, "shapes": dict(sorted(self.shapes.items()))}

    def shape(self, schema: Json) -> Json:
        """Return *schema* in our notation."""
        if "$ref" in schema:
            return self._reference(schema["$ref"].rpartition("/")[2])
        branches = schema.get("oneOf") or schema.get("anyOf")
        if branches and all("const" in branch for branch in branches):
            return _kind(schema) | {"values": [branch["const"] for branch in branches]}
        if branches:
            return self._union(branches)
        return self._plain(schema)

    def _reference(self, name: str) -> Json:
        if name == "SnowflakeType":
            return dict(_SNOWFLAKE)
        schema = self._schemas[name]
        if "properties" not in schema:  # lists of values are short enough to be written out
            return self.shape(schema)
        if name not in self.shapes:
            self.shapes[name] = {}
            self.shapes[name] = self._plain(schema)
        return {"see": name}

    def _union(self, branches: list[Json]) -> Json:
        real = [branch for branch in branches if branch.get("type") != "null"]
        nullable = {"null": True} if len(real) < len(branches) else {}
        if len(real) == 1:
            return self.shape(real[0]) | nullable
        cases = dict(self._cases(real))
        if cases:
            return {"by": "type", "cases": cases} | nullable
        return {"any": [self.shape(branch) for branch in real]} | nullable

    def _cases(self, branches: list[Json]) -> Iterator[tuple[str, Json]]:
        """Yield each branch under the values of ``type`` that it is for; nothing where a branch has none."""
        schemas = [self._schemas.get(branch.get("$ref", "").rpartition("/")[2], {}) for branch in branches]
        values = [schema.get("properties", {}).get("type", {}).get("enum", ()) for schema in schemas]
        flat = [value for found in values for value in found]
        if not all(values) or len(flat) != len(set(flat)):
            return
        for branch, found in zip(branches, values, strict=True):
            for value in found:
                yield str(value), self.shape(branch)

    def _plain(self, schema: Json) -> Json:
        shape = _kind(schema)
        if "enum" in schema:
            shape["values"] = schema["enum"]
        for name, (low, high) in _BOUNDS.items():
            if low in schema or high in schema:
                shape[name] = [schema.get(low, None if name == "range" else 0), schema.get(high)]
        if "items" in schema:
            shape["of"] = self.shape(schema["items"])
        if schema.get("uniqueItems"):
            shape["unique"] = True
        shape |= self._members(schema)
        if schema.get("format") in _FORMATS:
            shape["form"] = schema["format"]
        return shape

    def _members(self, schema: Json) -> Json:
        if "properties" in schema:
            fields = {name: self.shape(inner) for name, inner in schema["properties"].items()}
            needs = [name for name in schema.get("required", ()) if name in fields]
            return {"fields": fields} | ({"needs": needs} if needs else {})
        if isinstance(schema.get("additionalProperties"), dict):
            return {"is": "map", "of": self.shape(schema["additionalProperties"])}
        return {}


def _json_schema(holder: Json) -> Json | None:
    found: Json | None = holder.get("content", {}).get("application/json", {}).get("schema")
    return found


def _kind(schema: Json) -> Json:
    kinds = schema.get("type", [])
    names = [kinds] if isinstance(kinds, str) else kinds
    real = [_KINDS[name] for name in names if name != "null"]
    shape: Json = {"is": real[0]} if real else {}
    return shape | ({"null": True} if "null" in names else {})


def main(arguments: list[str]) -> None:
    """Write the table beside this file."""
    spec = json.loads(Path(arguments[0]).read_text("utf-8"))
    table = Distiller(lenient(spec)).table(route.key for route in ROUTES)
    lines = [f" {json.dumps(key)}: {_lines(part)}" for key, part in table.items()]
    Path(__file__).with_name("shapes.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _lines(part: Json) -> str:
    """Return a part with one line an entry, so that a change shows as a line."""
    rows = [f"  {json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in part.items()]
    return "{\n" + ",\n".join(rows) + "\n }"


if __name__ == "__main__":
    main(sys.argv[1:])
