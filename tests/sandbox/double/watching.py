"""Holds the double's own answers against Discord's response schemas."""

from collections.abc import Callable
from typing import Any

from bot.sandbox.double.checks.shapes import known_shapes
from bot.sandbox.double.checks.spec import Spec
from bot.sandbox.double.errors import Problem
from bot.sandbox.double.events import Exchange, Notice


def watch(wrong: list[tuple[str, Problem]]) -> Callable[[Notice], None]:
    """Return a listener that collects what is wrong with the double's own answers."""
    spec = Spec.from_environment()

    def listen(notice: Notice) -> None:
        if not isinstance(notice, Exchange) or notice.route is None or notice.status is None:
            return
        problems = []
        if notice.status < 300:
            problems += known_shapes().answer_problems(notice.route, notice.status, notice.answer)
        if spec is not None and notice.status < 500 and not isinstance(notice.answer, str):
            problems += spec.answer_problems(notice.route, notice.status, _without_details(notice.answer))
        wrong.extend((f"{notice.route} {notice.status}", problem) for problem in problems)

    return listen


def _without_details(answer: Any) -> Any:
    """Return an answer without the errors of single fields: their codes are numbers in the file, words in truth."""
    if isinstance(answer, dict) and "errors" in answer:
        return {key: value for key, value in answer.items() if key != "errors"}
    return answer
