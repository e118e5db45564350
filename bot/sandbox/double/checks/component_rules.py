"""The rules of components and modals that cross fields; see "Component Reference" in Discord's API reference."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.sandbox.double.errors import Problem

ACTION_ROW: Final = 1
BUTTON: Final = 2
STRING_SELECT: Final = 3
TEXT_INPUT: Final = 4
TEXT_DISPLAY: Final = 10
LABEL: Final = 18
SELECTS: Final = frozenset({STRING_SELECT, 5, 6, 7, 8})
_LINK: Final = 5
_PREMIUM: Final = 6
_BUTTONS_IN_A_ROW: Final = 5
_IN_A_MODAL: Final = 5
_BUTTON_LINKS: Final = ("http://", "https://", "discord://")

Component = Mapping[str, Any]
Path = tuple[str | int, ...]


def walk(components: Iterable[Component] | None) -> Iterator[Component]:
    """Yield every component, nested ones and accessories too, outermost first."""
    for _, component in _walk_with_paths(components, ()):
        yield component


def _walk_with_paths(components: Iterable[Component] | None, path: Path) -> Iterator[tuple[Path, Component]]:
    for number, component in enumerate(components or ()):
        yield from _one((*path, "components", number), component)


def _one(path: Path, component: Component) -> Iterator[tuple[Path, Component]]:
    yield path, component
    yield from _walk_with_paths(component.get("components"), path)
    for key in ("accessory", "component"):
        if isinstance(component.get(key), Mapping):
            yield from _one((*path, key), component[key])


def component_problems(components: Sequence[Component]) -> Iterator[Problem]:
    """Yield what is wrong with the components of a message."""
    known = list(_walk_with_paths(components, ()))
    yield from _repeated(known, "custom_id", "Component custom id cannot be duplicated")
    yield from _repeated(known, "id", "Component id cannot be duplicated")
    for path, component in known:
        if (rules := _RULES.get(component["type"])) is not None:
            yield from (problem._replace(path=(*path, *problem.path)) for problem in rules(component))


def modal_problems(modal: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a modal's data."""
    top = modal.get("components") or ()
    problems = [Problem(("data", *problem.path), problem.text, problem.code) for problem in component_problems(top)]
    if len(top) > _IN_A_MODAL:
        text = f"Must be between 1 and {_IN_A_MODAL} in length."
        problems.append(Problem(("data", "components"), text, "BASE_TYPE_BAD_LENGTH"))
    for path, component in _walk_with_paths(top, ("data",)):
        in_row = path[-2:-1] == ("components",) and len(path) > len(("data", "components", 0))
        if component["type"] == TEXT_INPUT and in_row and not component.get("label"):
            problems.append(Problem((*path, "label"), "This field is required", "BASE_TYPE_REQUIRED"))
    return problems


def _repeated(known: Iterable[tuple[Path, Component]], key: str, text: str) -> Iterator[Problem]:
    counted = Counter(component[key] for _, component in known if component.get(key))
    seen: set[Any] = set()
    for path, component in known:
        value = component.get(key)
        if value and counted[value] > 1 and value in seen:
            yield Problem((*path, key), text, f"COMPONENT_{key.upper()}_DUPLICATED")
        seen.add(value)


def _row(row: Component) -> Iterator[Problem]:
    kinds = [part["type"] for part in row.get("components") or ()]
    selects = sum(kind in SELECTS for kind in kinds)
    if len(kinds) > _BUTTONS_IN_A_ROW or selects > 1 or (selects and len(kinds) > 1):
        text = "The specified component exceeds the maximum width"
        yield Problem(("components",), text, "COMPONENT_LAYOUT_WIDTH_EXCEEDED")


def _button(button: Component) -> Iterator[Problem]:
    wanted = {_LINK: "url", _PREMIUM: "sku_id"}.get(button["style"], "custom_id")
    for key in ("url", "sku_id", "custom_id"):
        if key == wanted and not button.get(key):
            yield Problem((key,), f"A button of style {button['style']} must have {key}", "BASE_TYPE_REQUIRED")
        elif key != wanted and button.get(key):
            text = f"A button of style {button['style']} cannot have {key}"
            yield Problem((key,), text, "COMPONENT_INVALID_FIELD")
    if wanted != "sku_id" and not (button.get("label") or button.get("emoji")):
        yield Problem((), "A button must have a label or an emoji", "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED")
    if button.get("url") and not button["url"].startswith(_BUTTON_LINKS):
        yield Problem(("url",), "Scheme must be one of http, https, discord.", "URL_TYPE_INVALID_SCHEME")


def _select(select: Component) -> Iterator[Problem]:
    low, high = select.get("min_values"), select.get("max_values")
    if low is not None and low > (1 if high is None else high):
        yield Problem(("min_values",), "Must not be greater than max_values.", "COMPONENT_SELECT_RANGE")
    options = select.get("options") or ()
    values = Counter(option.get("value") for option in options)
    for number, option in enumerate(options):
        if values[option.get("value")] > 1:
            text = "The specified option value is already used"
            yield Problem(("options", number, "value"), text, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED")
    if sum(bool(option.get("default")) for option in options) > (1 if high is None else high):
        yield Problem(("options",), "Too many default values.", "SELECT_COMPONENT_TOO_MANY_DEFAULTS")


def _text_input(field: Component) -> Iterator[Problem]:
    low, high = field.get("min_length"), field.get("max_length")
    if low is not None and high is not None and low > high:
        yield Problem(("min_length",), "Must not be greater than max_length.", "TEXT_INPUT_RANGE")
    if field.get("value") and high is not None and len(field["value"]) > high:
        yield Problem(("value",), f"Must be {high} or fewer in length.", "BASE_TYPE_MAX_LENGTH")


_RULES: Final[dict[int, Callable[[Component], Iterator[Problem]]]] = {
    ACTION_ROW: _row, BUTTON: _button, TEXT_INPUT: _text_input, **dict.fromkeys(SELECTS, _select),
}  # fmt: skip
