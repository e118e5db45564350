"""A message in its simplest form, for when Discord refuses the rich one."""

import json
from typing import Any, Final

from bot.ui.custom_ids import EDITION
from bot.ui.limits import MESSAGE_CONTENT
from bot.ui.payload import ACTION_ROW, COMPONENTS_V2, Payload

SUPPRESS_EMBEDS: Final = 1 << 2
_CUT: Final = "-# The rest did not fit this plain form. `/digest latest` shows all of it."


def plain_message(payload: str) -> str | None:
    """Return the message *payload* (JSON text) as content with the buttons of its edition; None: it is plain already.

    Lines that do not fit Discord's 2,000 characters are left out whole, and the last line says so.
    """
    body = json.loads(payload)
    if not int(body.get("flags", 0)) & COMPONENTS_V2:
        return None
    lines = "\n".join(Payload.from_json(payload).texts).split("\n")
    plain = {
        "content": _fitting(lines),
        "components": [row for row in _rows(body["components"]) if row["components"]],
        "flags": SUPPRESS_EMBEDS,
        "allowed_mentions": {"parse": []},
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _fitting(lines: list[str]) -> str:
    whole = "\n".join(lines)
    if len(whole) <= MESSAGE_CONTENT:
        return whole
    kept: list[str] = []
    room = MESSAGE_CONTENT - len(_CUT)
    for line in lines:
        if len(line) + 1 > room:
            break
        kept.append(line)
        room -= len(line) + 1
    return "\n".join([*kept, _CUT])


def _rows(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for component in components:
        if component["type"] == ACTION_ROW:
            ours = [part for part in component["components"] if EDITION.fullmatch(part.get("custom_id", ""))]
            rows.append({"type": ACTION_ROW, "components": ours})
        else:
            rows += _rows(component.get("components", []))
    return rows
