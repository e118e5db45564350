"""The rules of commands and suggestions."""

from typing import Any

import pytest

from bot.sandbox.double.checks.command_rules import choice_problems, command_problems, command_set_problems

NEWS: dict[str, Any] = {"name": "news", "description": "News."}


def option(name: str = "text", kind: int = 3, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": "D", **more}


def news(*options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**NEWS, "options": list(options), **more}


def paths(command: dict[str, Any]) -> list[tuple[str | int, ...]]:
    return [problem.path for problem in command_problems(command)]


@pytest.mark.parametrize("name", ["news", "новини", "समाचार", "ข่าว", "a-b_c'", "日本"])
def test_names_of_all_scripts_pass(name: str) -> None:
    assert paths({**NEWS, "name": name}) == []


@pytest.mark.parametrize("name", ["News", "two words", "", "x" * 33, "a/b", "Новини", "x\n"])
def test_names_that_are_none_do_not(name: str) -> None:
    assert paths({**NEWS, "name": name}) == [("name",)]


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ({"name": "news"}, ("description",)),
        (news(name_localizations={"uk": "Новини"}), ("name_localizations", "uk")),
        (news(name_localizations={"xx": "news"}), ("name_localizations", "xx")),
        (news(*[option(f"o{n}") for n in range(26)]), ("options",)),
        (news(option(), option()), ("options", 0)),
        (news(option("a"), option("b", required=True)), ("options", 1)),
        (news(option("a", 1), option("b")), ("options",)),
        (news(option("a", 1, required=True)), ("options", 0, "required")),
        (news(option("a", 2, options=[option("b", 2)])), ("options", 0, "options", 0, "type")),
        (news(option(autocomplete=True, choices=[{"name": "A", "value": "a"}])), ("options", 0, "autocomplete")),
        (news(option(kind=7, autocomplete=True)), ("options", 0, "autocomplete")),
        (news(option(kind=4, choices=[{"name": "A", "value": "a"}])), ("options", 0, "choices", 0, "value")),
        (news(option(kind=4, choices=[{"name": "A", "value": 1 << 54}])), ("options", 0, "choices", 0, "value")),
        (news(option(choices=[{"name": "A", "value": "a"}, {"name": "A", "value": "b"}])), ("options", 0, "choices")),
        (news(option(kind=4, min_value=3, max_value=2)), ("options", 0, "min_value")),
        (news(option(min_length=3, max_length=2)), ("options", 0, "min_length")),
        ({"name": "Menu", "type": 3, "description": "no"}, ("description",)),
        ({"name": "Menu", "type": 2, "options": [option()]}, ("options",)),
    ],
)
def test_a_command_that_breaks_a_rule_is_told_where(command: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert path in paths(command)


def test_commands_that_keep_them_pass() -> None:
    group = option("feed", 2, options=[option("add", 1, options=[option("url", required=True), option("name")])])

    assert paths(news(option("list", 1), group)) == []
    assert paths({"name": "Find This Story", "type": 3}) == []


def test_a_command_has_eight_thousand_characters_and_the_longest_translation_counts() -> None:
    def sized(extra: int, **more: Any) -> dict[str, Any]:
        # 8 for name and description, 24 options of 2 + 100 characters each, the rest in choices.
        options = [option(f"o{n:x}"[:2], description="d" * 100) for n in range(16)]
        rest = 8000 - len("news") - len("News.") - 16 * 102 - len("last") - 1
        choices = [{"name": f"{n:03}", "value": "v" * 300} for n in range(rest // 303)]
        choices.append({"name": "zz", "value": "v" * (rest % 303 - 2 + extra)})
        return news(*options, {"type": 3, "name": "last", "description": "D", "choices": choices, **more})

    translated = sized(0, description_localizations={"uk": "DD"})

    assert paths(sized(0)) == []
    assert paths(sized(1)) == paths(translated) == [()]


def test_sets_are_limited_and_unique_by_type() -> None:
    many = [{**NEWS, "name": f"n{number}"} for number in range(101)]
    menus = [{"name": f"M{number}", "type": 3} for number in range(16)]

    assert command_set_problems(many[:100] + menus[:15]) == []
    assert [problem.path for problem in command_set_problems(many)] == [()]
    assert [problem.path for problem in command_set_problems(menus)] == [()]
    assert [problem.path for problem in command_set_problems([NEWS, NEWS])] == [(0,), (1,)]
    assert command_set_problems([NEWS, {"name": "news", "type": 3}]) == []


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [(3, "a", True), (3, "", False), (3, "x" * 101, False), (3, 1, False), (4, 1, True), (4, True, False),
     (4, 0.5, False), (10, 0.5, True), (10, 1, True)],
)  # fmt: skip
def test_suggestions_are_of_the_options_kind(kind: int, value: Any, fits: bool) -> None:
    assert (choice_problems([{"name": "A", "value": value}], kind) == []) == fits
