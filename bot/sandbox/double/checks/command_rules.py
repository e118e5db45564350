"""The rules of commands and their suggestions that cross fields; see "Application Commands" in the API reference."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.sandbox.double.errors import Problem

CHAT_INPUT: Final = 1
USER: Final = 2
MESSAGE: Final = 3
SUBCOMMAND: Final = 1
GROUP: Final = 2
STRING: Final = 3
INTEGER: Final = 4
CHANNEL: Final = 7
NUMBER: Final = 10
AT_MOST: Final = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
"""How many commands of each type there may be, globally and again in each server."""
_SIZE: Final = 8000
_OPTIONS: Final = 25
_CHOICE_VALUE: Final = 100
_NESTED: Final = frozenset({SUBCOMMAND, GROUP})
_TYPED: Final = frozenset({STRING, INTEGER, NUMBER})
_LARGEST: Final = 1 << 53
# \w holds the letters and digits of all scripts, but not the vowel signs of Devanagari and Thai, which count as well.
_NAME: Final = re.compile(r"[-_'\w\u0900-\u0963\u0966-\u097f\u0e01-\u0e3a\u0e40-\u0e5b]{1,32}")
_LOCALES: Final = frozenset(
    {
        "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "he", "hi", "hr", "hu",
        "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi",
        "zh-CN", "zh-TW",
    }
)  # fmt: skip

Command = Mapping[str, Any]
Path = tuple[str | int, ...]


def command_set_problems(commands: Sequence[Command]) -> list[Problem]:
    """Return what is wrong with all commands of one place, in the order in which they are sent."""
    problems: list[Problem] = []
    counts = Counter(_type(command) for command in commands)
    for kind, limit in AT_MOST.items():
        if counts[kind] > limit:
            text = f"Maximum number of application commands reached ({limit})"
            problems.append(Problem((), text, "APPLICATION_COMMAND_LIMIT_REACHED"))
    names = Counter((_type(command), command.get("name")) for command in commands)
    for number, command in enumerate(commands):
        if names[_type(command), command.get("name")] > 1:
            text = "Application command names must be unique"
            problems.append(Problem((number,), text, "APPLICATION_COMMANDS_DUPLICATE_NAME"))
        problems += command_problems(command, (number,))
    return problems


def command_problems(command: Command, path: Path = ()) -> list[Problem]:
    """Return what is wrong with one command."""
    if _type(command) != CHAT_INPUT:
        return list(_menu_problems(command, path))
    problems = [*_name_problems(command, path), *_options_problems(command, path, depth=0)]
    if _size(command) > _SIZE:
        text = f"Command exceeds maximum size ({_SIZE})"
        problems.append(Problem(path, text, "APPLICATION_COMMAND_TOO_LARGE"))
    if not command.get("description"):
        problems.append(Problem((*path, "description"), "This field is required", "BASE_TYPE_REQUIRED"))
    return problems


def choice_problems(choices: Sequence[Mapping[str, Any]], kind: int = STRING) -> list[Problem]:
    """Return what is wrong with the suggestions for an option of type *kind*."""
    problems: list[Problem] = []
    for number, choice in enumerate(choices):
        path = ("data", "choices", number, "value")
        problems.extend(_choice_problems(choice, kind, path))
        if isinstance(choice.get("value"), str) and not 1 <= len(choice["value"]) <= _CHOICE_VALUE:
            text = f"Must be between 1 and {_CHOICE_VALUE} in length."
            problems.append(Problem(path, text, "BASE_TYPE_BAD_LENGTH"))
    return problems


def _type(command: Command) -> int:
    return int(command.get("type") or CHAT_INPUT)


def _menu_problems(command: Command, path: Path) -> Iterator[Problem]:
    for key in ("description", "options", "description_localizations"):
        if command.get(key):
            text = "Context menu commands cannot have description or options"
            yield Problem((*path, key), text, "APPLICATION_COMMAND_INVALID_FIELD")


def _name_problems(command: Command, path: Path) -> Iterator[Problem]:
    names: dict[Path, str] = {("name",): command.get("name") or ""}
    names |= {("name_localizations", place): name for place, name in (command.get("name_localizations") or {}).items()}
    for where, name in names.items():
        if not _NAME.fullmatch(name) or name != name.lower():
            yield Problem((*path, *where), "Command name is invalid", "APPLICATION_COMMAND_INVALID_NAME")
    for key in ("name_localizations", "description_localizations"):
        for place in command.get(key) or ():
            if place not in _LOCALES:
                yield Problem((*path, key, place), "Not a locale of Discord's.", "BASE_TYPE_CHOICES")


def _options_problems(command: Command, path: Path, *, depth: int) -> Iterator[Problem]:
    options = command.get("options") or ()
    at = (*path, "options")
    if len(options) > _OPTIONS:
        yield Problem(at, f"Must be {_OPTIONS} or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    kinds = {option.get("type") in _NESTED for option in options}
    if len(kinds) > 1:
        text = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        yield Problem(at, text, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID")
    names = Counter(option.get("name") for option in options)
    optional_seen = False
    for number, option in enumerate(options):
        here = (*at, number)
        if names[option.get("name")] > 1:
            yield Problem(here, "Option name must be unique", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS")
        if option.get("required") and optional_seen:
            text = "Required options must be placed before non-required options"
            yield Problem(here, text, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID")
        optional_seen |= not option.get("required")
        yield from _option_problems(option, here, depth + 1)


def _option_problems(option: Command, path: Path, depth: int) -> Iterator[Problem]:
    kind = option.get("type")
    yield from _name_problems(option, path)
    if (kind == GROUP and depth > 1) or (kind == SUBCOMMAND and depth > 2):
        yield Problem((*path, "type"), "Nested too deeply", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID")
    if kind in _NESTED:
        if option.get("required"):
            yield Problem((*path, "required"), "Subcommands cannot be required", "APPLICATION_COMMAND_INVALID_FIELD")
        yield from _options_problems(option, path, depth=depth)
        return
    choices = option.get("choices") or ()
    if option.get("autocomplete") and (choices or kind not in _TYPED):
        text = "Autocomplete goes with text and number options without choices"
        yield Problem((*path, "autocomplete"), text, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID")
    for number, choice in enumerate(choices):
        yield from _choice_problems(choice, int(kind or STRING), (*path, "choices", number, "value"))
    if len({choice.get("name") for choice in choices}) < len(choices):
        text = "Choice names must be unique"
        yield Problem((*path, "choices"), text, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS")
    yield from _range_problems(option, path)


def _range_problems(option: Command, path: Path) -> Iterator[Problem]:
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        small, large = option.get(low), option.get(high)
        if small is not None and large is not None and small > large:
            yield Problem((*path, low), f"Must not be greater than {high}.", "APPLICATION_COMMAND_OPTIONS_RANGE")


def _choice_problems(choice: Mapping[str, Any], kind: int, path: Path) -> Iterator[Problem]:
    value = choice.get("value")
    wanted: tuple[type, ...] = {INTEGER: (int,), NUMBER: (int, float)}.get(kind, (str,))
    if value is None or not isinstance(value, wanted) or isinstance(value, bool):
        yield Problem(path, f"Could not interpret the value for an option of type {kind}.", "BASE_TYPE_INVALID")
    elif isinstance(value, int | float) and abs(value) > _LARGEST:
        yield Problem(path, "Value should be between -2^53 and 2^53.", "NUMBER_TYPE_MAX")


def _size(command: Command) -> int:
    """Return how much counts against the size: of each text its longest localisation."""
    size = _longest(command, "name") + _longest(command, "description")
    for choice in command.get("choices") or ():
        size += _longest(choice, "name") + len(str(choice.get("value", "")))
    return size + sum(_size(option) for option in command.get("options") or ())


def _longest(part: Mapping[str, Any], key: str) -> int:
    texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
    return max(map(len, texts))
