"""Whom a message pings: what its words say, cut to what the sender allows and may do."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.double.checks.component_rules import TEXT_DISPLAY, walk

_USER: Final = re.compile(r"<@!?(\d+)>")
_ROLE: Final = re.compile(r"<@&(\d+)>")
_EVERYONE: Final = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Pings:
    """Ids of who is pinged, in order of appearance."""

    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False


def words_of(message: Mapping[str, Any]) -> str:
    """Return the text of a message in which mentions count: its content, or its text displays."""
    shown = [part["content"] for part in walk(message.get("components")) if part["type"] == TEXT_DISPLAY]
    return "\n".join([message.get("content") or "", *shown])


def pings(text: str, allowed: Mapping[str, Any] | None, *, may_ping_all: bool, mentionable: Iterable[str]) -> Pings:
    """Return whom *text* pings.

    *allowed* is the body's ``allowed_mentions``, None where it has none: then all that is written counts.
    *mentionable* are the roles that anybody may ping; the others need the permission that *may_ping_all* stands for.
    """
    users, roles = dict.fromkeys(_USER.findall(text)), dict.fromkeys(_ROLE.findall(text))
    open_roles = set(mentionable)
    may = [role for role in roles if may_ping_all or role in open_roles]
    return Pings(
        users=tuple(user for user in users if _is_allowed(user, "users", allowed)),
        roles=tuple(role for role in may if _is_allowed(role, "roles", allowed)),
        everyone=may_ping_all and bool(_EVERYONE.search(text)) and _parses("everyone", allowed),
    )


def _parses(kind: str, allowed: Mapping[str, Any] | None) -> bool:
    return allowed is None or kind in (allowed.get("parse") or ())


def _is_allowed(target: str, kind: str, allowed: Mapping[str, Any] | None) -> bool:
    named = (allowed or {}).get(kind) or ()
    return _parses(kind, allowed) or target in {str(one) for one in named}
