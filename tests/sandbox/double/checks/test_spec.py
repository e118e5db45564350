"""Spec: Discord's own file, closed for requests and open for answers."""

from bot.sandbox.double.checks.spec import VARIABLE, Spec
from tests.sandbox.double.checks.bodies import GOOD, SEND


def test_without_the_variable_there_is_none() -> None:
    assert Spec.from_environment({}) is None
    assert VARIABLE == "NEEDTOKNOW_DISCORD_SPEC"


def test_good_bodies_pass_and_unknown_fields_do_not(spec: Spec) -> None:
    assert [spec.request_problems(route, body) for route, body in GOOD] == [[]] * len(GOOD)
    (problem,) = spec.request_problems(SEND, {"content": "x", "zap": 1})
    assert "zap" in problem.text


def test_of_a_union_the_branch_that_was_meant_is_told(spec: Spec) -> None:
    body = {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "x" * 101}]}]}

    assert [problem.path for problem in spec.request_problems(SEND, body)] == [
        ("components", 0, "components", 0, "custom_id")
    ]


def test_answers_are_open_but_must_be_of_a_known_status(spec: Spec) -> None:
    assert spec.answer_problems("GET /gateway", 200, {"url": "ws://x", "zap": 1}) == []
    assert spec.answer_problems("GET /gateway", 200, {"url": 1}) != []
    assert spec.answer_problems("GET /gateway", 404, {"message": "x", "code": 0}) == []
    assert spec.answer_problems("GET /gateway", 302, None) != []
    assert spec.answer_problems("POST /channels/{channel_id}/typing", 204, {}) != []
