"""What a client makes of a filled-in form (modal), and of a used component, after the checks that it makes itself."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.sandbox.double.checks.component_rules import (
    ACTION_ROW,
    BUTTON,
    LABEL,
    SELECTS,
    STRING_SELECT,
    TEXT_DISPLAY,
    TEXT_INPUT,
    walk,
)
from bot.sandbox.double.slash import ImpossibleError

JsonObject = dict[str, Any]

_LINK: Final = 5
_UPLOAD: Final = 19
_RADIO: Final = 21
_CHECKBOXES: Final = 22
_CHECKBOX: Final = 23
_MANY: Final = frozenset({*SELECTS, _UPLOAD, _CHECKBOXES})


def button_data(message: Mapping[str, Any], label: str) -> JsonObject:
    """Return an interaction's data for pressing a button of *message*; *label* is its text or its custom id.

    Raises:
        ImpossibleError: there is no such button, or it cannot be pressed.
    """
    buttons = [part for part in walk(message["components"]) if part["type"] == BUTTON]
    found = next((part for part in buttons if label in {part.get("label"), part.get("custom_id")}), None)
    if found is None:
        known = ", ".join(str(part.get("label")) for part in buttons) or "none"
        raise ImpossibleError(f"no button “{label}”; there are: {known}")
    if found.get("disabled") or found["style"] == _LINK or "custom_id" not in found:
        raise ImpossibleError(f"the button “{label}” cannot be pressed")
    return _component_data(found)


def select_data(message: Mapping[str, Any], values: Sequence[str], menu: str | None = None) -> JsonObject:
    """Return an interaction's data for choosing in a menu of *message*; *menu* is its placeholder or custom id.

    Options may be named by label or value; things by id. Without *menu* the first one that is not switched off.

    Raises:
        ImpossibleError: there is no such menu or option, or too many or too few are chosen.
    """
    menus = [part for part in walk(message["components"]) if part["type"] in SELECTS and not part.get("disabled")]
    found = next((part for part in menus if menu in {None, part.get("placeholder"), part.get("custom_id")}), None)
    if found is None:
        raise ImpossibleError(f"no menu “{menu}” that can be used")
    return _component_data(found) | {"values": _chosen(found, values)}


def form_data(modal: Mapping[str, Any], fields: Mapping[str, object]) -> JsonObject:
    """Return an interaction's data for submitting *modal*; *fields* are by custom id or by label.

    A field that is left out keeps what the form came with.

    Raises:
        ImpossibleError: there is no such field, or a value does not fit.
    """
    left = dict(fields)
    components = [_filled(component, left) for component in modal["components"]]
    if left:
        known = ", ".join(part["custom_id"] for part in walk(modal["components"]) if "custom_id" in part)
        raise ImpossibleError(f"the form has no field {', '.join(left)}; there are: {known}")
    return {"custom_id": modal["custom_id"], "components": components}


def fields_of(components: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Return what a submitted form holds, by custom id."""
    filled = [part for part in walk(components) if "custom_id" in part]
    return {part["custom_id"]: part.get("values", part.get("value")) for part in filled}


def _component_data(component: Mapping[str, Any]) -> JsonObject:
    return {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"]}


def _filled(component: Mapping[str, Any], left: dict[str, object]) -> JsonObject:
    shown: JsonObject = {"type": component["type"], "id": component["id"]}
    if component["type"] == LABEL:
        return shown | {"component": _answered(component["component"], left, component["label"])}
    if component["type"] == ACTION_ROW:
        inner = [_answered(part, left, part.get("label") or "") for part in component["components"]]
        return shown | {"components": inner}
    if component["type"] == TEXT_DISPLAY:
        return shown
    raise ImpossibleError(f"a component of type {component['type']} in a form")


def _answered(component: Mapping[str, Any], left: dict[str, object], label: str) -> JsonObject:
    name = next((key for key in (component["custom_id"], label) if key in left), None)
    given = left.pop(name) if name is not None else None
    shown = {"type": component["type"], "id": component["id"], "custom_id": component["custom_id"]}
    if component["type"] in _MANY:
        return shown | {"values": _chosen(component, _as_list(given, component))}
    if component["type"] == TEXT_INPUT:
        return shown | {"value": _written(component, component.get("value") or "" if given is None else str(given))}
    if component["type"] == _RADIO:
        defaults = [option["value"] for option in component["options"] if option.get("default")]
        return shown | {"value": given if given is not None else next(iter(defaults), None)}
    return shown | {"value": bool(component.get("default") if given is None else given)}


def _as_list(given: object, component: Mapping[str, Any]) -> Sequence[str]:
    if given is None:
        return [option["value"] for option in component.get("options") or () if option.get("default")]
    return (
        [str(value) for value in given] if isinstance(given, Sequence) and not isinstance(given, str) else [str(given)]
    )


def _written(component: Mapping[str, Any], text: str) -> str:
    low, high = component.get("min_length") or 0, component.get("max_length") or 4000
    is_needed = component.get("required") is not False
    if (is_needed and not text) or (text and len(text) < low) or len(text) > high:
        raise ImpossibleError(
            f"{component['custom_id']} has {low or int(is_needed)} to {high} characters, not {len(text)}"
        )
    return text


def _chosen(component: Mapping[str, Any], values: Sequence[str]) -> list[str]:
    chosen = [_option(component, value) for value in values]
    low, high = _bounds(component)
    if not low <= len(chosen) <= high:
        raise ImpossibleError(f"{component['custom_id']} takes {low} to {high} values, not {len(chosen)}")
    return chosen


def _bounds(component: Mapping[str, Any]) -> tuple[int, int]:
    low, high = component.get("min_values"), component.get("max_values")
    if component.get("required") is False:
        low = 0
    return 1 if low is None else int(low), 1 if high is None else int(high)


def _option(component: Mapping[str, Any], value: str) -> str:
    """Return the value of an option; of menus of things the id as it is."""
    if component["type"] not in {STRING_SELECT, _CHECKBOXES}:
        return value
    for option in component["options"]:
        if value in {option["value"], option["label"]}:
            return str(option["value"])
    raise ImpossibleError(f"{component['custom_id']} has no option “{value}”; there are: {_labels(component)}")


def _labels(component: Mapping[str, Any]) -> str:
    return ", ".join(_each_label(component))


def _each_label(component: Mapping[str, Any]) -> Iterator[str]:
    for option in component["options"]:
        yield str(option["label"])
