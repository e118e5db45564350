"""``/healthz`` and ``/metrics``: whether each long task is alive, told over loopback HTTP to whoever restarts us."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.errors import ConfigError

_PREFIX: Final = "needtoknow_"


@dataclass(frozen=True, slots=True)
class Sign:
    """How long ago a part of the bot last did its work, and how long that may be."""

    name: str
    idle_seconds: float
    limit_seconds: float

    @property
    def is_stale(self) -> bool:
        """Tell whether it is too long ago."""
        return self.idle_seconds > self.limit_seconds


class Health:
    """Knows the signs of life of all parts. Ages are measured by a monotonic clock: setting the time changes none."""

    def __init__(self) -> None:
        self._signs: dict[str, tuple[Callable[[], float], float]] = {}
        self._figures: dict[str, Callable[[], float]] = {}

    def watch(self, name: str, idle_seconds: Callable[[], float], limit_seconds: float) -> None:
        """Ask *idle_seconds* for how long *name* has done nothing; instead of whom *name* meant before."""
        self._signs[name] = (idle_seconds, limit_seconds)

    def count(self, name: str, figure: Callable[[], float]) -> None:
        """Show a figure in the metrics; one called ``…_total`` only grows."""
        self._figures[name] = figure

    def signs(self) -> tuple[Sign, ...]:
        """Return every sign as it is now, in the order in which the parts were named."""
        return tuple(Sign(name, idle(), limit) for name, (idle, limit) in self._signs.items())

    def report(self) -> dict[str, object]:
        """Return the signs as JSON; ``ok`` is False where one of them is stale."""
        signs = self.signs()
        parts = {
            sign.name: {
                "ok": not sign.is_stale,
                "idle_seconds": round(sign.idle_seconds, 1),
                "limit": sign.limit_seconds,
            }
            for sign in signs
        }
        return {"ok": not any(sign.is_stale for sign in signs), "parts": parts}

    def metrics(self) -> str:
        """Return all figures in Prometheus' text format."""
        lines = [f"# TYPE {_PREFIX}up gauge", f"{_PREFIX}up {int(not any(sign.is_stale for sign in self.signs()))}"]
        lines.append(f"# TYPE {_PREFIX}idle_seconds gauge")
        lines += [f'{_PREFIX}idle_seconds{{part="{sign.name}"}} {sign.idle_seconds:.1f}' for sign in self.signs()]
        for name, figure in self._figures.items():
            lines.append(f"# TYPE {_PREFIX}{name} {'counter' if name.endswith('_total') else 'gauge'}")
            lines.append(f"{_PREFIX}{name} {figure()!r}")
        return "\n".join(lines) + "\n"


class Beat:
    """Remembers when something last went well."""

    def __init__(self, reading: Callable[[], float] = time.monotonic) -> None:
        self._reading = reading
        self._at = reading()

    def beat(self) -> None:
        """It went well just now."""
        self._at = self._reading()

    def idle_seconds(self) -> float:
        """Return how long ago that was."""
        return self._reading() - self._at


class HealthServer:
    """Serves the health at *address*, such as ``127.0.0.1:8765``; an empty one serves nothing."""

    def __init__(self, health: Health, address: str) -> None:
        self._health = health
        self._address = address
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        """Begin to listen.

        Raises:
            ConfigError: the address is none, or is taken.
        """
        if not self._address:
            return self
        host, port = split_address(self._address)
        app = web.Application()
        app.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", self._metrics)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise ConfigError(f"Cannot listen at health.address {self._address}: {error.strerror or error}.") from error
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _healthz(self, _: web.Request) -> web.Response:
        report: Mapping[str, object] = self._health.report()
        return web.json_response(report, status=200 if report["ok"] else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(text=self._health.metrics(), content_type="text/plain", charset="utf-8")


def split_address(address: str) -> tuple[str, int]:
    """Return host and port of ``127.0.0.1:8765`` or ``[::1]:8765``.

    Raises:
        ConfigError: it is no such address.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ConfigError(f"Setting health.address is wrong: {address!r}. Write host and port: 127.0.0.1:8765.")
    return host.strip("[]"), int(port)
