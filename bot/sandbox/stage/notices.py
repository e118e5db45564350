"""From what happens in the double to the frames that one page gets of it."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.double.events import (
    BotStateChanged,
    CommandsChanged,
    Event,
    Exchange,
    FaultsChanged,
    Notice,
    Violation,
)
from bot.sandbox.double.snapshot import commands, hears, is_structural, with_local_files
from bot.sandbox.stage.scene import Scene

JsonObject = dict[str, Any]


def frames_of(notice: Notice, scene: Scene, viewer_id: str, guild_id: str) -> Iterator[JsonObject]:
    """Yield the frames that a viewer of a server gets of a notice: none of what they may not see."""
    match notice:
        case Exchange():
            yield _request(notice)
        case Violation():
            yield _violation(notice)
        case CommandsChanged():
            yield {"op": "commands", "commands": commands(scene.double, viewer_id, guild_id)}
        case BotStateChanged():
            yield {"op": "presence", "bot_state": notice.state}
        case FaultsChanged():
            yield {"op": "faults", "faults": scene.double.faults.shown()}
        case Event():
            yield from _event(notice, scene, viewer_id, guild_id)


def _event(event: Event, scene: Scene, viewer_id: str, guild_id: str) -> Iterator[JsonObject]:
    if is_structural(event):
        yield scene.state(viewer_id, scene.home_of(viewer_id, guild_id), keep=True)
    elif hears(scene.double, event, viewer_id) and event.audience.guild == guild_id:
        yield {"op": "dispatch", "t": event.kind, "d": with_local_files(scene.double, event.data)}


def _request(exchange: Exchange) -> JsonObject:
    return {
        "op": "request", "method": exchange.method, "path": exchange.path, "status": exchange.status,
        "ms": round(exchange.milliseconds, 1),
    }  # fmt: skip


def _violation(violation: Violation) -> JsonObject:
    errors = [
        {"at": ".".join(map(str, problem.path)) or "(body)", "text": problem.text} for problem in violation.problems
    ]
    return {"op": "violation", "method": violation.method, "path": violation.path, "errors": errors}
