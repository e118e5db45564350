"""A stored message is the message."""

import json

import pytest

from bot.ui.components import Option, button, divider, menu, row, text
from bot.ui.payload import COMPONENTS_V2, Payload, boxed

MESSAGE = boxed(text("One"), divider(), text("Two"), row(button("Go", "a1:share:"), button("Stay", "a1:o5:")))


def test_json_comes_back_as_the_same_message() -> None:
    assert Payload.from_json(MESSAGE.to_json()) == MESSAGE
    assert MESSAGE.to_json() == Payload.from_json(MESSAGE.to_json()).to_json()


def test_body_pings_nobody_and_is_components_only() -> None:
    body = json.loads(MESSAGE.to_json())

    assert body["allowed_mentions"] == {"parse": []}
    assert body["flags"] == COMPONENTS_V2 == 32768


@pytest.mark.parametrize("words", ["", "[]", "{}", '{"components": 1, "flags": 2}', "null"])
def test_other_json_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Payload.from_json(words)


def test_sizes_count_nested_parts_and_characters() -> None:
    assert (MESSAGE.size, MESSAGE.characters, MESSAGE.texts) == (7, 6, ("One", "Two"))
    assert MESSAGE.custom_ids == ("a1:share:", "a1:o5:")


def test_too_large_messages_are_refused() -> None:
    assert boxed(text("é" * 4000)).characters == 4000
    with pytest.raises(ValueError, match="4001 characters"):
        boxed(text("é" * 4001))
    with pytest.raises(ValueError, match="41 components"):
        boxed(*[text("a")] * 40)


def test_bare_message_has_no_buttons() -> None:
    assert MESSAGE.bare == boxed(text("One"), divider(), text("Two"))


def test_settled_button_is_off_and_renamed_and_the_rest_stays() -> None:
    settled = MESSAGE.settled("a1:share:", "Shared")

    assert settled == boxed(
        text("One"),
        divider(),
        text("Two"),
        row(button("Shared", "a1:share:", disabled=True), button("Stay", "a1:o5:")),
    )


def test_menu_lines_are_cleaned_cut_and_at_most_25() -> None:
    made = menu("o1:event", "Open", [Option("x\n" * 90, str(number), "n" * 300) for number in range(30)])

    assert len(made["options"]) == 25
    assert all(len(line["label"]) <= 100 and "\n" not in line["label"] for line in made["options"])
    assert all(len(line["description"]) <= 100 for line in made["options"])
    assert menu("o1:event", "Open", [Option("\u200b", "7")])["options"] == [{"label": "7", "value": "7"}]
