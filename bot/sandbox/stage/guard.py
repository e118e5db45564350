"""Who may talk to the sandbox: any page in the browser can reach loopback, so only our own is let in."""

from collections.abc import Callable
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_NAMES: Final = ("127.0.0.1", "localhost")
_COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def hosts(port: int) -> frozenset[str]:
    """Return the values of a ``Host`` header that mean us."""
    return frozenset(f"{name}:{port}" for name in _NAMES)


def policy(port: int) -> str:
    """Return the page's content security policy: its own files, its own socket, no script made out of text."""
    sockets = " ".join(f"ws://{host}" for host in sorted(hosts(port)))
    parts = (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
        f"connect-src 'self' {sockets}", "form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    )  # fmt: skip
    return "; ".join(parts)


def refusal(host: str, origin: str | None, port: int) -> str | None:
    """Return why a request is refused, or None where it is let in.

    A foreign ``Host`` is a name that somebody made point to us (DNS rebinding); a foreign ``Origin`` is another page's
    script or form. The bot sends no origin.
    """
    if host not in hosts(port):
        return "This address is not the sandbox's. Open http://127.0.0.1 with the port that it printed."
    if origin is not None and origin not in {f"http://{name}" for name in hosts(port)}:
        return "Another page may not talk to the sandbox."
    return None


def guarding(port: Callable[[], int]) -> Middleware:
    """Return a middleware that refuses strangers and gives every answer the common headers."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        why = refusal(request.host, request.headers.get("Origin"), port())
        if why is not None:
            return web.Response(status=403, text=why, headers=_COMMON)
        try:
            answer = await handler(request)
        except web.HTTPException as error:
            _protect(error)
            raise
        _protect(answer)
        return answer

    return guard


def _protect(answer: web.StreamResponse) -> None:
    if not answer.prepared:
        for name, value in _COMMON.items():
            answer.headers.setdefault(name, value)
