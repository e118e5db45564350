"""The table of facts: good bodies pass, broken ones are told where; it agrees with Discord's own file."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from bot.sandbox.double.checks.distil import Distiller
from bot.sandbox.double.checks.leniencies import lenient
from bot.sandbox.double.checks.shapes import known_shapes
from bot.sandbox.double.checks.spec import VARIABLE, Spec
from bot.sandbox.double.rest.table import ROUTES
from tests.sandbox.double.checks.bodies import CALLBACK, COMMANDS, GOOD, SEND, broken

FORMS = {"URL_TYPE_INVALID_URL", "DATE_TIME_TYPE_PARSE"}
_SPEC = Spec.from_environment()
needs_spec = pytest.mark.skipif(_SPEC is None, reason=f"no OpenAPI file of Discord's: set {VARIABLE} to it")


@pytest.mark.parametrize(("route", "body"), GOOD)
def test_good_bodies_pass(route: str, body: Any) -> None:
    assert known_shapes().request_problems(route, body) == []


@pytest.mark.parametrize(
    ("route", "body", "path", "code"),
    [
        (SEND, {"content": 1}, ("content",), "STRING_TYPE_CONVERT"),
        (SEND, {"flags": "1"}, ("flags",), "NUMBER_TYPE_COERCE"),
        (SEND, {"tts": 1}, ("tts",), "BOOLEAN_TYPE_CONVERT"),
        (SEND, {"embeds": {}}, ("embeds",), "LIST_TYPE_CONVERT"),
        (SEND, {"embeds": [[]]}, ("embeds", 0), "MODEL_TYPE_CONVERT"),
        (SEND, {"embeds": [{"timestamp": "soon"}]}, ("embeds", 0, "timestamp"), "DATE_TIME_TYPE_PARSE"),
        (SEND, {"embeds": [{"url": "no link"}]}, ("embeds", 0, "url"), "URL_TYPE_INVALID_URL"),
        (SEND, {"embeds": [{"color": -1}]}, ("embeds", 0, "color"), "NUMBER_TYPE_MIN"),
        (SEND, {"embeds": [{"color": 1 << 25}]}, ("embeds", 0, "color"), "NUMBER_TYPE_MAX"),
        (SEND, {"message_reference": {"message_id": "x"}}, ("message_reference", "message_id"), "NUMBER_TYPE_COERCE"),
        (SEND, {"zap": 1}, ("zap",), "UNKNOWN_FIELD"),
        (SEND, {"components": [{}]}, ("components", 0, "type"), "BASE_TYPE_REQUIRED"),
        (SEND, {"components": [{"type": 2}]}, ("components", 0, "type"), "BASE_TYPE_CHOICES"),
        (SEND, {"components": [{"type": 10, "content": ""}]}, ("components", 0, "content"), "BASE_TYPE_BAD_LENGTH"),
        (CALLBACK, {"type": 9, "data": None}, ("data",), "BASE_TYPE_REQUIRED"),
        (CALLBACK, None, ("type",), "BASE_TYPE_REQUIRED"),
        (COMMANDS, {}, (), "LIST_TYPE_CONVERT"),
        (COMMANDS, [{"name": "x", "contexts": [0, 0]}], (0, "contexts"), "SET_TYPE_ALREADY_CONTAINS_VALUE"),
        (COMMANDS, [{"name": "x", "contexts": [9]}], (0, "contexts", 0), "BASE_TYPE_CHOICES"),
        (COMMANDS, [{"name": "x", "name_localizations": {"uk": ""}}], (0, "name_localizations", "uk"),
         "BASE_TYPE_BAD_LENGTH"),
    ],
)  # fmt: skip
def test_broken_ones_are_told_where_and_how(route: str, body: Any, path: tuple[str | int, ...], code: str) -> None:
    problems = known_shapes().request_problems(route, body)

    assert [(problem.path, problem.code) for problem in problems] == [(path, code)]


def test_a_route_without_a_body_takes_any_and_answers_are_open() -> None:
    shapes = known_shapes()

    assert shapes.request_problems("GET /users/@me", {"zap": 1}) == []
    assert shapes.answer_problems("GET /gateway", 200, {"url": "ws://x", "zap": 1}) == []
    assert shapes.answer_problems("GET /gateway", 200, {}) != []
    assert shapes.answer_problems("POST /channels/{channel_id}/typing", 204, None) == []
    assert shapes.answer_problems("POST /channels/{channel_id}/typing", 204, {}) != []


@needs_spec
@settings(max_examples=400)
@given(broken())
def test_the_table_and_discords_file_agree_on_what_passes(case: tuple[str, Any]) -> None:
    assert _SPEC is not None
    route, body = case

    # The file's formats of links and times bind nobody; the table insists on them.
    ours = [problem for problem in known_shapes().request_problems(route, body) if problem.code not in FORMS]
    theirs = _SPEC.request_problems(route, body)

    assert (ours == []) == (theirs == []), (ours, theirs)


@needs_spec
def test_the_table_is_what_the_script_makes_of_discords_file() -> None:
    assert _SPEC is not None
    made = Distiller(lenient(_SPEC.document)).table(route.key for route in ROUTES)

    assert json.loads(json.dumps(made)) == known_shapes().table


def test_the_table_knows_the_answer_of_every_route_that_gives_one() -> None:
    gives = known_shapes().table["gives"]
    silent = {"POST /channels/{channel_id}/typing"}

    assert [route.key for route in ROUTES if route.method == "GET" and route.key not in gives] == []
    assert set(gives) - {route.key for route in ROUTES} == set()
    assert silent <= {route.key for route in ROUTES}
