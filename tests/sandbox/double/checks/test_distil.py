"""Distiller: each kind of schema becomes a shape that says the same."""

from typing import Any

import pytest

from bot.sandbox.double.checks.distil import Distiller
from bot.sandbox.double.checks.leniencies import lenient

SPEC: dict[str, Any] = {
    "components": {"schemas": {
        "SnowflakeType": {"type": "string"},
        "Kinds": {"type": "integer", "oneOf": [{"const": 1}, {"const": 2}]},
        "A": {"type": "object", "properties": {"type": {"type": "integer", "enum": [1]}, "next": {"$ref": "x/A"}},
              "required": ["type"]},
        "B": {"type": "object", "properties": {"type": {"type": "integer", "enum": [2, 3]}}},
        **{name: {"type": "object", "properties": {}} for name in (
            "RichEmbed", "ApplicationCommandUpdateRequest", "ApplicationCommandCreateRequest",
            "IncomingWebhookUpdateRequestPartial", "IncomingWebhookUpdateForInteractionCallbackRequestPartial")},
    }},
    "paths": {"/a": {"post": {
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "x/A"}}}},
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "x/B"}}}}, "204": {}, "4XX": {}},
    }}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "shape"),
    [
        ({"type": ["string", "null"], "maxLength": 5}, {"is": "text", "null": True, "length": [0, 5]}),
        ({"type": "string", "format": "uri"}, {"is": "text", "form": "uri"}),
        ({"type": "integer", "maximum": 5}, {"is": "whole", "range": [None, 5]}),
        ({"type": "array", "items": {"type": "boolean"}, "minItems": 1, "uniqueItems": True},
         {"is": "list", "of": {"is": "truth"}, "count": [1, None], "unique": True}),
        ({"type": "object", "additionalProperties": {"type": "number"}, "maxProperties": 3},
         {"is": "map", "of": {"is": "number"}, "size": [0, 3]}),
        ({"$ref": "x/SnowflakeType"}, {"is": "snowflake"}),
        ({"$ref": "x/Kinds"}, {"is": "whole", "values": [1, 2]}),
        ({"$ref": "x/A"}, {"see": "A"}),
        ({"oneOf": [{"type": "null"}, {"$ref": "x/A"}]}, {"see": "A", "null": True}),
        ({"anyOf": [{"$ref": "x/A"}, {"$ref": "x/B"}]},
         {"by": "type", "cases": {"1": {"see": "A"}, "2": {"see": "B"}, "3": {"see": "B"}}}),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
         {"any": [{"is": "text"}, {"is": "whole"}], "null": True}),
    ],
)  # fmt: skip
def test_schemas_become_shapes(schema: dict[str, Any], shape: dict[str, Any]) -> None:
    assert Distiller(SPEC).shape(schema) == shape


def test_a_table_holds_what_the_routes_need_and_no_more() -> None:
    table = Distiller(SPEC).table(["POST /a"])

    assert table["takes"] == {"POST /a": {"see": "A"}}
    assert table["gives"] == {"POST /a": {"200": {"see": "B"}}}
    assert list(table["shapes"]) == ["A", "B"]
    assert table["shapes"]["A"]["needs"] == ["type"]


def test_leniencies_leave_the_file_as_it_was() -> None:
    changed = lenient(SPEC)

    assert changed["components"]["schemas"]["RichEmbed"]["properties"] == {"flags": {"type": "integer"}}
    assert SPEC["components"]["schemas"]["RichEmbed"]["properties"] == {}
