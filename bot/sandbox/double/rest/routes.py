"""Routes: which handler answers which method and path. A handler takes the core and the request."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bot.sandbox.double.core import Core
from bot.sandbox.double.rest.answers import Answer
from bot.sandbox.double.rest.requests import Request

Handler = Callable[[Core, Request], Any]
"""Returns the body of a 200, None for a 204, or an :class:`Answer`; raises :class:`ApiError`."""


@dataclass(frozen=True)
class Route:
    """``template`` is the path as Discord's documentation writes it, names in braces."""

    method: str
    template: str
    handler: Handler

    @property
    def key(self) -> str:
        """Return what tables of routes are keyed with."""
        return f"{self.method} {self.template}"

    @property
    def is_public(self) -> bool:
        """Tell whether the token in the path is what authorises: such requests come without the bot's own."""
        return self.template.startswith(("/interactions/", "/webhooks/"))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the pattern of paths, with the template's names as groups."""
        return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(self.template)))


class Router:
    """Finds the route of a request."""

    def __init__(self, routes: Iterable[Route]) -> None:
        # The most literal first: "/users/@me" before "/users/{user_id}".
        self.routes = tuple(sorted(routes, key=lambda route: route.template.count("{")))

    def find(self, request: Request) -> tuple[Route, Request] | None:
        """Return the route and the request with its names filled in; None where there is no such route."""
        for route in self.routes:
            if route.method == request.method and (match := route.pattern.fullmatch(request.path)):
                return route, replace(request, names=match.groupdict())
        return None


def answered(result: Any) -> Answer:  # noqa: ANN401 - any JSON
    """Return what a handler gave as an answer."""
    if isinstance(result, Answer):
        return result
    return Answer(204) if result is None else Answer(200, result)
