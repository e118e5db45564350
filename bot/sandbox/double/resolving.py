"""The objects that an interaction's values name by id, as Discord sends them along."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.sandbox.double.checks.component_rules import walk
from bot.sandbox.double.files import Files
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

# Which kinds of thing a value may be, by the type of its option, and by the type of its component.
_BY_OPTION: Final = {6: ("users",), 7: ("channels",), 8: ("roles",), 9: ("users", "roles"), 11: ("attachments",)}
_BY_COMPONENT: Final = {
    5: ("users",), 6: ("roles",), 7: ("users", "roles"), 8: ("channels",), 19: ("attachments",),
}  # fmt: skip
_BY_TARGET: Final = {2: ("users",), 3: ("messages",)}
_NOT_IN_MEMBERS: Final = frozenset({"user", "deaf", "mute"})


class Resolver:
    """Looks up what values name."""

    def __init__(self, state: State, files: Files) -> None:
        self._state = state
        self._files = files

    def resolved(self, data: Mapping[str, Any], user_id: str, channel: JsonObject) -> JsonObject:
        """Return ``{"resolved": …}`` for an interaction's data, or an empty object where no value names a thing.

        Permissions in it are those of the person who acts, but for members, whose own they are.
        """
        found: JsonObject = {}
        for kinds, value in _values(data):
            for kind in kinds:
                self._add(found, kind, value, user_id, channel)
        return {"resolved": found} if found else {}

    def _add(self, found: JsonObject, kind: str, value: str, user_id: str, channel: JsonObject) -> None:
        match kind:
            case "users":
                self._add_user(found, value, channel)
            case "channels":
                self._keep(found, kind, value, self._channel(value, user_id))
            case "messages":
                self._keep(found, kind, value, self._state.messages.get(channel["id"], {}).get(value))
            case "attachments":
                kept = self._files.find(value)
                self._keep(found, kind, value, kept.attachment if kept else None)
            case _:
                roles = (self._state.guild_of(channel) or {}).get("roles", ())
                self._keep(found, "roles", value, next((role for role in roles if role["id"] == value), None))

    def _add_user(self, found: JsonObject, value: str, channel: JsonObject) -> None:
        self._keep(found, "users", value, self._state.users.get(value))
        guild = self._state.guild_of(channel)
        member = self._state.member(guild, value) if guild else None
        if member is not None:
            shown = {key: known for key, known in member.items() if key not in _NOT_IN_MEMBERS}
            permissions = str(self._state.permissions_of(value, channel))
            self._keep(found, "members", value, shown | {"permissions": permissions})

    def _channel(self, value: str, user_id: str) -> JsonObject | None:
        channel = self._state.channels.get(value)
        if channel is None:
            return None
        shown = {key: known for key, known in channel.items() if key != "permission_overwrites"}
        return shown | {"permissions": str(self._state.permissions_of(user_id, channel))}

    def _keep(self, found: JsonObject, kind: str, value: str, thing: JsonObject | None) -> None:
        if thing is not None:
            found.setdefault(kind, {})[value] = thing


def _values(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each value that may name a thing, with what it may be."""
    if "target_id" in data:
        yield _BY_TARGET[data["type"]], data["target_id"]
    yield from _in_options(data)
    for component in (data, *walk(data.get("components"))):
        kinds = _BY_COMPONENT.get(component.get("component_type") or component.get("type") or 0, ())
        if component is not data or "component_type" in data:
            yield from ((kinds, str(value)) for value in component.get("values") or ())


def _in_options(holder: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    for option in holder.get("options") or ():
        if "value" in option:
            yield _BY_OPTION.get(option["type"], ()), str(option["value"])
        yield from _in_options(option)
