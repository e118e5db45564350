"""Forms and components as a client sends them, and what it refuses."""

from typing import Any

import pytest

from bot.sandbox.double.forms import button_data, fields_of, form_data, select_data
from bot.sandbox.double.slash import ImpossibleError

OPTIONS = [{"label": "One", "value": "1", "default": True}, {"label": "Two", "value": "2"}]


def label(text: str, kind: int, custom_id: str, number: int, **more: Any) -> dict[str, Any]:
    component = {"type": kind, "custom_id": custom_id, "id": number + 1, **more}
    return {"type": 18, "id": number, "label": text, "component": component}


FORM: dict[str, Any] = {
    "custom_id": "form", "title": "Form", "components": [
        {"type": 10, "id": 1, "content": "Please fill this in."},
        label("Name", 4, "name", 2, style=1, max_length=5, value="Ida"),
        label("Note", 4, "note", 4, style=2, required=False, min_length=3),
        label("Which", 3, "which", 6, options=OPTIONS, max_values=2),
        label("Who", 5, "who", 8, required=False),
        label("Radio", 21, "radio", 10, options=OPTIONS),
        label("Boxes", 22, "boxes", 12, options=OPTIONS, min_values=0, max_values=2),
        label("Box", 23, "box", 14, default=True),
        label("Files", 19, "files", 16, required=False),
        {"type": 1, "id": 18, "components": [
            {"type": 4, "id": 19, "custom_id": "old", "style": 1, "label": "Old", "required": False}]},
    ],
}  # fmt: skip


def test_a_form_that_is_left_alone_keeps_what_it_came_with() -> None:
    data = form_data(FORM, {})

    assert fields_of(data["components"]) == {
        "name": "Ida", "note": "", "which": ["1"], "who": [], "radio": "1", "boxes": ["1"], "box": True, "files": [],
        "old": "",
    }  # fmt: skip
    assert data["components"][0] == {"type": 10, "id": 1}
    assert data["components"][1]["component"] == {"type": 4, "id": 3, "custom_id": "name", "value": "Ida"}
    assert data["components"][9]["components"][0]["id"] == 19


def test_fields_are_filled_by_id_or_label() -> None:
    filled = {"Name": "Ole", "note": "long", "which": ["Two", "1"], "who": "77", "Radio": "2", "boxes": [],
              "box": False, "files": ["5"], "Old": "x"}  # fmt: skip

    assert fields_of(form_data(FORM, filled)["components"]) == {
        "name": "Ole", "note": "long", "which": ["2", "1"], "who": ["77"], "radio": "2", "boxes": [], "box": False,
        "files": ["5"], "old": "x",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "1 to 5 characters"),
        ({"name": "Isabel"}, "1 to 5 characters"),
        ({"note": "xx"}, "3 to 4000 characters"),
        ({"which": []}, "1 to 2 values"),
        ({"which": ["Three"]}, "no option “Three”; there are: One, Two"),
        ({"boxes": ["1", "2", "1"]}, "0 to 2 values"),
        ({"colour": "red"}, "no field colour"),
    ],
)
def test_values_that_do_not_fit_are_refused(fields: dict[str, object], words: str) -> None:
    with pytest.raises(ImpossibleError, match=words):
        form_data(FORM, fields)


def test_a_form_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ImpossibleError, match="type 17"):
        form_data({"custom_id": "f", "components": [{"type": 17, "id": 1}]}, {})


MESSAGE: dict[str, Any] = {"components": [
    {"type": 1, "id": 1, "components": [
        {"type": 2, "id": 2, "style": 1, "label": "Go", "custom_id": "go"},
        {"type": 2, "id": 3, "style": 1, "label": "Off", "custom_id": "off", "disabled": True},
        {"type": 2, "id": 4, "style": 5, "label": "Out", "url": "https://ledger.example/"}]},
    {"type": 1, "id": 5, "components": [
        {"type": 3, "id": 6, "custom_id": "which", "placeholder": "Which", "options": OPTIONS, "min_values": 1,
         "max_values": 1}]},
    {"type": 1, "id": 7, "components": [{"type": 8, "id": 8, "custom_id": "where", "placeholder": "Where"}]},
]}  # fmt: skip


def test_buttons_and_menus_are_found_by_what_people_read() -> None:
    go = {"custom_id": "go", "component_type": 2, "id": 2}
    which = {"custom_id": "which", "component_type": 3, "id": 6}

    assert button_data(MESSAGE, "Go") == button_data(MESSAGE, "go") == go
    assert select_data(MESSAGE, ["Two"]) == select_data(MESSAGE, ["2"], "Which") == which | {"values": ["2"]}
    assert select_data(MESSAGE, ["55"], "where")["values"] == ["55"]


@pytest.mark.parametrize("label_text", ["Off", "Out", "Nowhere"])
def test_buttons_that_cannot_be_pressed_are_refused(label_text: str) -> None:
    with pytest.raises(ImpossibleError):
        button_data(MESSAGE, label_text)


@pytest.mark.parametrize(("values", "menu"), [(["1", "2"], None), (["3"], None), (["1"], "Nowhere"), ([], "Which")])
def test_choices_that_cannot_be_made_are_refused(values: list[str], menu: str | None) -> None:
    with pytest.raises(ImpossibleError):
        select_data(MESSAGE, values, menu)
