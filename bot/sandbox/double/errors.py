"""Discord's error answers."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """Where in a request's body something is wrong, what, and Discord's name for that kind of mistake."""

    path: tuple[str | int, ...]
    text: str
    code: str = "BASE_TYPE_INVALID"


class ApiError(Exception):
    """An answer that is no success; ``code`` is Discord's JSON error code, 0 where it has none."""

    def __init__(self, status: int, code: int, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.problems = tuple(problems)

    def body(self) -> dict[str, Any]:
        """Return the answer's JSON, field errors nested as Discord nests them."""
        answer: dict[str, Any] = {"message": self.message, "code": self.code}
        if self.problems:
            answer["errors"] = _nested(self.problems)
        return answer


def _nested(problems: Iterable[Problem]) -> dict[str, Any]:
    root: dict[str, Any] = {}
    for problem in problems:
        node = root
        for key in problem.path:
            node = node.setdefault(str(key), {})
        node.setdefault("_errors", []).append({"code": problem.code, "message": problem.text})
    return root


def unknown(what: str, code: int) -> ApiError:
    """Return the 404 for a thing that is not there."""
    return ApiError(404, code, f"Unknown {what}")


def invalid(problems: Iterable[Problem]) -> ApiError:
    """Return the 400 for a body that breaks the rules."""
    return ApiError(400, 50035, "Invalid Form Body", problems)


def refuse(problems: Iterable[Problem]) -> None:
    """Do nothing where there are no problems.

    Raises:
        ApiError: 400, there is one.
    """
    if found := tuple(problems):
        raise invalid(found)


def missing_access() -> ApiError:
    """Return the 403 for a place that cannot be seen at all."""
    return ApiError(403, 50001, "Missing Access")


def missing_permissions() -> ApiError:
    """Return the 403 for something that is not allowed in a place that is seen."""
    return ApiError(403, 50013, "Missing Permissions")
