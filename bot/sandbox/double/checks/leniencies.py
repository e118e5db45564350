"""What Discord takes although its OpenAPI file does not say so."""

from typing import Any, Final

JsonObject = dict[str, Any]

# Ids may be written as numbers.
_SNOWFLAKE: Final = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$", "minimum": 0}
_TRUTH: Final = {"type": ["boolean", "null"]}
_COMMAND: Final = {
    "nsfw": _TRUTH,
    "default_member_permissions": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/SnowflakeType"}]},
}
# Fields that discord.py sends, by the schema that lacks them or knows them otherwise.
_FIELDS: Final[dict[str, JsonObject]] = {
    "RichEmbed": {"flags": {"type": "integer"}},
    "ApplicationCommandUpdateRequest": _COMMAND,
    "ApplicationCommandCreateRequest": _COMMAND,
    "IncomingWebhookUpdateRequestPartial": {"tts": _TRUTH},
    "IncomingWebhookUpdateForInteractionCallbackRequestPartial": {"tts": _TRUTH},
}


def lenient(document: JsonObject) -> JsonObject:
    """Return Discord's OpenAPI file with what it leaves out."""
    schemas = document["components"]["schemas"] | {"SnowflakeType": _SNOWFLAKE}
    for name, fields in _FIELDS.items():
        schemas[name] = schemas[name] | {"properties": schemas[name]["properties"] | fields}
    return document | {"components": document["components"] | {"schemas": schemas}}
