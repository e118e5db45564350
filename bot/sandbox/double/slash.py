"""What a client makes of a typed command: Discord's nested options, after the checks that the client itself makes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.errors import NeedToKnowError
from bot.sandbox.double.checks.command_rules import GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND

JsonObject = dict[str, Any]

_NESTED: Final = frozenset({SUBCOMMAND, GROUP})
_BOOLEAN: Final = 5
_THINGS: Final = frozenset({6, 7, 8, 9, 11})
_CHANNEL: Final = 7


class ImpossibleError(NeedToKnowError):
    """A client would not let a member do that; the message says why."""


def command_data(
    command: JsonObject, path: Sequence[str], values: Mapping[str, object], *, focused: str | None = None
) -> JsonObject:
    """Return an interaction's data for *command*; *path* names its group and subcommand, as far as it has them.

    *values* are by option name: text, numbers, truths, ids, or objects of the API that have one. *focused* is the
    option that is being typed into: then nothing need be complete.

    Raises:
        ImpossibleError: no such subcommand or option, one is missing, or a value does not fit.
    """
    leaf, kinds = _leaf(command, path)
    definitions = {option["name"]: option for option in leaf.get("options") or () if option["type"] not in _NESTED}
    if unknown := values.keys() - definitions.keys():
        raise ImpossibleError(f"/{command['name']} has no option {', '.join(sorted(unknown))}")
    needed = [name for name, option in definitions.items() if option.get("required") and name not in values]
    if needed and focused is None:
        raise ImpossibleError(f"/{command['name']} needs {', '.join(needed)}")
    options = [_encoded(definitions[name], value, focused) for name, value in values.items() if value is not None]
    for name, kind in zip(reversed(path), reversed(kinds), strict=True):
        options = [{"type": kind, "name": name, "options": options}]
    return _head(command) | {"options": options}


def menu_data(command: JsonObject, target_id: str) -> JsonObject:
    """Return an interaction's data for a command of the message or user menu."""
    return _head(command) | {"target_id": target_id}


def flattened(data: Mapping[str, Any]) -> tuple[list[str], dict[str, object], str | None]:
    """Return the path, the values and the focused option of an interaction's data."""
    path: list[str] = []
    options = data.get("options") or ()
    while options and options[0]["type"] in _NESTED:
        path.append(options[0]["name"])
        options = options[0].get("options") or ()
    focused = next((option["name"] for option in options if option.get("focused")), None)
    return path, {option["name"]: option["value"] for option in options}, focused


def _head(command: JsonObject) -> JsonObject:
    place = {"guild_id": command["guild_id"]} if "guild_id" in command else {}
    return {"id": command["id"], "name": command["name"], "type": command["type"], **place}


def _leaf(command: JsonObject, path: Sequence[str]) -> tuple[JsonObject, list[int]]:
    node, kinds = command, []
    for name in path:
        inner = [option for option in node.get("options") or () if option["type"] in _NESTED]
        found = next((option for option in inner if option["name"] == name), None)
        if found is None:
            raise ImpossibleError(f"/{command['name']} has no subcommand {name}")
        node = found
        kinds.append(found["type"])
    if any(option["type"] in _NESTED for option in node.get("options") or ()):
        raise ImpossibleError(f"/{' '.join([command['name'], *path])} needs a subcommand")
    return node, kinds


def _encoded(option: JsonObject, value: object, focused: str | None) -> JsonObject:
    shown = {"type": option["type"], "name": option["name"]}
    if option["name"] == focused:
        if not option.get("autocomplete"):
            raise ImpossibleError(f"{option['name']} makes no suggestions")
        return shown | {"value": str(value), "focused": True}
    return shown | {"value": _value(option, value) if focused is None else _loose(value)}


def _loose(value: object) -> object:
    return value["id"] if isinstance(value, Mapping) else value


def _value(option: JsonObject, value: object) -> object:
    if option.get("choices"):
        return _choice(option, value)
    if option["type"] in _THINGS:
        return _thing(option, value)
    if option["type"] == _BOOLEAN:
        if not isinstance(value, bool):
            raise ImpossibleError(f"{option['name']} is true or false, not {value!r}")
        return value
    return _text(option, str(value)) if option["type"] == STRING else _number(option, value)


def _choice(option: JsonObject, value: object) -> object:
    for choice in option["choices"]:
        if value in (choice["value"], choice["name"]):
            return choice["value"]
    allowed = ", ".join(choice["name"] for choice in option["choices"])
    raise ImpossibleError(f"{option['name']} is one of {allowed}, not {value!r}")


def _thing(option: JsonObject, value: object) -> str:
    allowed = option.get("channel_types")
    if isinstance(value, Mapping):
        if option["type"] == _CHANNEL and allowed and value["type"] not in allowed:
            raise ImpossibleError(f"{option['name']} takes no channel of that kind")
        return str(value["user"]["id"] if "user" in value else value["id"])
    return str(value)


def _text(option: JsonObject, value: str) -> str:
    low, high = option.get("min_length") or 0, option.get("max_length") or 6000
    if not low <= len(value) <= high:
        raise ImpossibleError(f"{option['name']} has {low} to {high} characters, not {len(value)}")
    return value


def _number(option: JsonObject, value: object) -> object:
    is_number = isinstance(value, int) or (option["type"] == NUMBER and isinstance(value, float))
    if option["type"] not in {INTEGER, NUMBER} or not is_number or isinstance(value, bool):
        raise ImpossibleError(f"{option['name']} is a number, not {value!r}")
    low, high = option.get("min_value"), option.get("max_value")
    assert isinstance(value, int | float)  # noqa: S101 - told to the type checker
    if (low is not None and value < low) or (high is not None and value > high):
        raise ImpossibleError(f"{option['name']} goes from {low} to {high}, not {value}")
    return value
