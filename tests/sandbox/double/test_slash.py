"""command_data: Discord's nesting, and what a client refuses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.double.slash import ImpossibleError, command_data, flattened, menu_data


def option(name: str, kind: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": "D", **more}


LEAF = [
    option("text", 3, required=True, min_length=2, max_length=5),
    option("count", 4, min_value=1, max_value=9),
    option("ratio", 10, max_value=1.5),
    option("flag", 5),
    option("where", 7, channel_types=[0, 5]),
    option("who", 9),
    option("size", 3, choices=[{"name": "Big", "value": "b"}]),
    option("word", 3, autocomplete=True),
]
PLAIN: dict[str, Any] = {"id": "1", "name": "plain", "type": 1, "options": LEAF}
DEEP: dict[str, Any] = {
    "id": "2", "name": "deep", "type": 1, "guild_id": "9", "options": [
        option("group", 2, options=[option("leaf", 1, options=LEAF)]), option("other", 1),
    ],
}  # fmt: skip


def test_options_are_nested_in_group_and_subcommand() -> None:
    data = command_data(DEEP, ["group", "leaf"], {"text": "abc", "count": 3})

    leaf = [{"type": 3, "name": "text", "value": "abc"}, {"type": 4, "name": "count", "value": 3}]
    inner = {"type": 1, "name": "leaf", "options": leaf}
    assert data == {
        "id": "2", "name": "deep", "type": 1, "guild_id": "9",
        "options": [{"type": 2, "name": "group", "options": [inner]}],
    }  # fmt: skip
    assert flattened(data) == (["group", "leaf"], {"text": "abc", "count": 3}, None)
    assert command_data(DEEP, ["other"], {})["options"] == [{"type": 1, "name": "other", "options": []}]


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("where", {"id": "5", "type": 5}, "5"),
        ("where", "7", "7"),
        ("who", {"user": {"id": "6"}}, "6"),
        ("who", {"id": "8"}, "8"),
        ("size", "Big", "b"),
        ("size", "b", "b"),
        ("ratio", 1, 1),
        ("ratio", 0.5, 0.5),
        ("flag", False, False),
        ("text", "ab", "ab"),
    ],
)
def test_values_are_sent_as_discord_sends_them(name: str, value: object, sent: object) -> None:
    (*_, found) = command_data(PLAIN, [], {"text": "abc"} | {name: value})["options"]

    assert (found["name"], found["value"]) == (name, sent)


@pytest.mark.parametrize(
    ("path", "values", "words"),
    [
        ([], {}, "needs text"),
        ([], {"text": "abc", "colour": "red"}, "no option colour"),
        ([], {"text": "a"}, "2 to 5 characters"),
        ([], {"text": "abcdef"}, "2 to 5 characters"),
        ([], {"text": "abc", "count": 0}, "1 to 9"),
        ([], {"text": "abc", "count": 10}, "1 to 9"),
        ([], {"text": "abc", "count": "3"}, "is a number"),
        ([], {"text": "abc", "count": True}, "is a number"),
        ([], {"text": "abc", "count": 0.5}, "is a number"),
        ([], {"text": "abc", "ratio": 2.0}, "goes from None to 1.5"),
        ([], {"text": "abc", "flag": 1}, "true or false"),
        ([], {"text": "abc", "where": {"id": "5", "type": 2}}, "no channel of that kind"),
        ([], {"text": "abc", "size": "Small"}, "one of Big"),
        (["sub"], {"text": "abc"}, "no subcommand sub"),
    ],
)
def test_what_does_not_fit_is_refused(path: list[str], values: dict[str, object], words: str) -> None:
    with pytest.raises(ImpossibleError, match=words):
        command_data(PLAIN, path, values)


@pytest.mark.parametrize("path", [[], ["group"], ["nothing"], ["group", "nothing"]])
def test_a_command_with_subcommands_needs_one(path: list[str]) -> None:
    with pytest.raises(ImpossibleError, match="subcommand"):
        command_data(DEEP, path, {})


def test_while_somebody_types_nothing_need_be_complete() -> None:
    data = command_data(PLAIN, [], {"where": {"id": "5", "type": 2}, "count": 99, "word": 12}, focused="word")

    assert data["options"][-1] == {"type": 3, "name": "word", "value": "12", "focused": True}
    assert [found["value"] for found in data["options"]] == ["5", 99, "12"]
    assert flattened(data)[2] == "word"
    with pytest.raises(ImpossibleError, match="no suggestions"):
        command_data(PLAIN, [], {"text": "a"}, focused="text")


def test_a_menu_names_its_target() -> None:
    assert menu_data({"id": "3", "name": "Find it", "type": 3}, "77") == {
        "id": "3", "name": "Find it", "type": 3, "target_id": "77",
    }  # fmt: skip


@given(st.text(min_size=2, max_size=5), st.integers(1, 9), st.booleans())
def test_what_is_flattened_builds_the_same_again(text: str, count: int, flag: bool) -> None:
    values: dict[str, object] = {"text": text, "count": count, "flag": flag}
    data = command_data(DEEP, ["group", "leaf"], values)

    path, found, focused = flattened(data)

    assert command_data(DEEP, path, found, focused=focused) == data
