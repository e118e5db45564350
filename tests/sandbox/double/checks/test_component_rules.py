"""The rules of components and forms."""

from typing import Any

import pytest

from bot.sandbox.double.checks.component_rules import component_problems, modal_problems, walk

BUTTON: dict[str, Any] = {"type": 2, "style": 1, "label": "Go", "custom_id": "a"}
SELECT: dict[str, Any] = {"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}]}
ROW = ("components", 0, "components", 0)


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": [part | {"custom_id": f"{n}{part.get('custom_id', '')}"} if n else part
                                      for n, part in enumerate(parts)]}  # fmt: skip


def paths(*components: dict[str, Any]) -> list[tuple[str | int, ...]]:
    return [problem.path for problem in component_problems(components)]


@pytest.mark.parametrize(
    ("component", "path"),
    [
        ({**BUTTON, "custom_id": ""}, "custom_id"),
        ({**BUTTON, "url": "https://ledger.example/"}, "url"),
        ({"type": 2, "style": 5, "label": "Out"}, "url"),
        ({"type": 2, "style": 5, "label": "Out", "url": "ftp://ledger.example/"}, "url"),
        ({"type": 2, "style": 6}, "sku_id"),
        ({**SELECT, "min_values": 2}, "min_values"),
        ({**SELECT, "min_values": 3, "max_values": 2}, "min_values"),
        ({**SELECT, "options": [{"label": str(n), "value": "a", "default": True} for n in range(2)]}, "options"),
    ],
)
def test_one_component_that_breaks_a_rule_is_told(component: dict[str, Any], path: str) -> None:
    assert (*ROW, path) in paths(row(component))


@pytest.mark.parametrize(
    "component",
    [
        BUTTON,
        {"type": 2, "style": 2, "emoji": {"name": "x"}, "custom_id": "a"},
        {"type": 2, "style": 5, "label": "Out", "url": "https://ledger.example/"},
        {"type": 2, "style": 6, "sku_id": "1"},
        {**SELECT, "min_values": 0, "max_values": 1},
    ],
)
def test_one_that_keeps_them_passes(component: dict[str, Any]) -> None:
    assert paths(row(component)) == []


def test_a_button_shows_something() -> None:
    assert paths(row({"type": 2, "style": 1, "custom_id": "a"})) == [ROW]


def test_a_row_holds_five_buttons_or_one_menu() -> None:
    assert paths(row(*[BUTTON] * 5)) == []
    for too_much in (row(*[BUTTON] * 6), row(SELECT, SELECT), row(SELECT, BUTTON)):
        assert paths(too_much) == [("components", 0, "components")]


def test_ids_are_unique_in_a_message_wherever_they_stand() -> None:
    section = {"type": 9, "components": [{"type": 10, "content": "x", "id": 3}], "accessory": BUTTON}
    container = {"type": 17, "components": [section, row({**BUTTON, "id": 3})]}

    assert paths(container) == [
        ("components", 0, "components", 1, "components", 0, "custom_id"),
        ("components", 0, "components", 1, "components", 0, "id"),
    ]
    assert [part["type"] for part in walk([container])] == [17, 9, 10, 2, 1, 2]


def test_a_form_has_up_to_five_parts_and_labels_for_its_fields() -> None:
    field: dict[str, Any] = {"type": 4, "custom_id": "n", "style": 1}
    good = {"components": [{"type": 18, "label": "Name", "component": field}]}
    bare = {"components": [{"type": 1, "components": [field]}]}
    many = {"components": [{"type": 10, "content": "x"}] * 6}
    odd = {"components": [{"type": 18, "label": "N", "component": {**field, "min_length": 5, "max_length": 2,
                                                                 "value": "xxx"}}]}  # fmt: skip
    at = ("data", "components", 0, "component")

    assert modal_problems(good) == []
    assert [problem.path for problem in modal_problems(bare)] == [("data", *ROW, "label")]
    assert [problem.path for problem in modal_problems(many)] == [("data", "components")]
    assert [problem.path for problem in modal_problems(odd)] == [(*at, "min_length"), (*at, "value")]
