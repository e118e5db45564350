"""The bot's registered commands, global ones and those of single servers, and who may use them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.sandbox.double.checks.command_rules import CHAT_INPUT, command_problems, command_set_problems
from bot.sandbox.double.errors import ApiError, refuse, unknown
from bot.sandbox.double.events import CommandsChanged, Events
from bot.sandbox.double.permissions import ADMINISTRATOR, ALL, USE_APPLICATION_COMMANDS
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]

_LOCALISED: Final = ("name_localizations", "description_localizations")
_IDS: Final = ("id", "version")
_GIVEN: Final = (*_IDS, "application_id", "guild_id")
_IN_SERVERS: Final = 0
_IN_DIRECT: Final = 1


class Commands:
    """Registers commands. A place is a server's id, or None for everywhere."""

    def __init__(self, state: State, events: Events) -> None:
        self._state = state
        self._events = events
        self._by_place: dict[str | None, list[JsonObject]] = {}
        self._overrides: dict[tuple[str, str], dict[str, bool]] = {}

    @property
    def everywhere(self) -> list[JsonObject]:
        """Return the global commands."""
        return list(self._by_place.get(None, ()))

    def in_place(self, place: str | None) -> list[JsonObject]:
        """Return the commands of one place."""
        return list(self._by_place.get(place, ()))

    def get(self, place: str | None, command_id: str) -> JsonObject:
        """Return a command.

        Raises:
            ApiError: 404 with code 10063, there is none.
        """
        found = next((command for command in self._by_place.get(place, ()) if command["id"] == command_id), None)
        if found is None:
            raise unknown("application command", 10063)
        return found

    def put_all(self, place: str | None, bodies: Sequence[Mapping[str, Any]]) -> list[JsonObject]:
        """Make *bodies* the commands of a place; one that was there keeps its id.

        Raises:
            ApiError: 400, they break a rule.
        """
        refuse(command_set_problems(bodies))
        known = {_key(command): command for command in self._by_place.get(place, ())}
        self._set(place, [self._made(place, body, known.get(_key(body))) for body in bodies])
        return self.in_place(place)

    def put(self, place: str | None, body: Mapping[str, Any]) -> tuple[JsonObject, bool]:
        """Register one command and tell whether it is new; one of the same name and type is replaced.

        Raises:
            ApiError: 400, it breaks a rule.
        """
        old = next((command for command in self.in_place(place) if _key(command) == _key(body)), None)
        others = [command for command in self.in_place(place) if command is not old]
        refuse(command_problems(body))
        refuse(command_set_problems([*others, body]))
        command = self._made(place, body, old)
        self._set(place, [*others, command])
        return command, old is None

    def change(self, place: str | None, command_id: str, body: Mapping[str, Any]) -> JsonObject:
        """Change fields of a command.

        Raises:
            ApiError: there is none, or the result breaks a rule.
        """
        old = self.get(place, command_id)
        wished = {key: value for key, value in old.items() if key not in _GIVEN} | dict(body)
        refuse(command_problems(wished))
        command = self._made(place, wished, old)
        self._set(place, [command if known is old else known for known in self.in_place(place)])
        return command

    def remove(self, place: str | None, command_id: str) -> None:
        """Remove a command.

        Raises:
            ApiError: there is none.
        """
        old = self.get(place, command_id)
        self._set(place, [command for command in self.in_place(place) if command is not old])

    def allow(self, command: JsonObject, guild: JsonObject, target: JsonObject, *, allowed: bool) -> None:
        """Open or close a command to a role or a user, as an owner may do in the server's settings."""
        target_id = target["user"]["id"] if "user" in target else target["id"]
        self._overrides.setdefault((guild["id"], command["id"]), {})[target_id] = allowed

    def usable_by(self, user_id: str, channel: JsonObject) -> list[JsonObject]:
        """Return the commands that a client offers a user in a channel, a server's own before global ones."""
        guild = self._state.guild_of(channel)
        if guild is None:
            return [command for command in self.everywhere if _is_for(command, _IN_DIRECT)]
        if not self._state.is_in(guild) or not self._may_use_any(user_id, channel):
            return []
        own = self.in_place(guild["id"])
        names = {_key(command) for command in own}
        everywhere = [command for command in self.everywhere if _key(command) not in names]
        known = [command for command in [*own, *everywhere] if _is_for(command, _IN_SERVERS)]
        return [command for command in known if self._may_use(command, user_id, guild, channel)]

    def find(self, name: str, user_id: str, channel: JsonObject, kind: int = CHAT_INPUT) -> JsonObject | None:
        """Return the command that a user gets by its name in a channel, or None."""
        usable = self.usable_by(user_id, channel)
        return next((command for command in usable if _key(command) == (kind, name)), None)

    def _may_use_any(self, user_id: str, channel: JsonObject) -> bool:
        return bool(self._state.permissions_of(user_id, channel) & USE_APPLICATION_COMMANDS)

    def _may_use(self, command: JsonObject, user_id: str, guild: JsonObject, channel: JsonObject) -> bool:
        granted = self._state.permissions_of(user_id, channel)
        if granted == ALL or granted & ADMINISTRATOR:
            return True
        member = self._state.member(guild, user_id) or {"roles": []}
        overrides = self._overrides.get((guild["id"], command["id"]), {})
        if user_id in overrides:
            return overrides[user_id]
        of_roles = [overrides[role] for role in (*member["roles"], guild["id"]) if role in overrides]
        if of_roles:
            return any(of_roles)
        needed = command["default_member_permissions"]
        return needed is None or (int(needed) != 0 and granted & int(needed) == int(needed))

    def _made(self, place: str | None, body: Mapping[str, Any], old: JsonObject | None) -> JsonObject:
        needed = body.get("default_member_permissions")
        given = {key: value for key, value in body.items() if value is not None}
        made = {
            **_defaults(place), **given, "type": body.get("type") or CHAT_INPUT,
            "description": body.get("description") or "", "application_id": self._state.bot["id"],
            "default_member_permissions": None if needed is None else str(needed),
        }  # fmt: skip
        if old is not None and made == {key: value for key, value in old.items() if key not in _IDS}:
            return old
        return made | {"id": old["id"] if old else self._state.ids.new(), "version": self._state.ids.new()}

    def _set(self, place: str | None, commands: list[JsonObject]) -> None:
        self._by_place[place] = commands
        self._events.tell(CommandsChanged(place))


def shown(command: JsonObject, *, localisations: bool) -> JsonObject:
    """Return a command as it is listed; its translations only where they are asked for."""
    return command if localisations else {key: value for key, value in command.items() if key not in _LOCALISED}


def require_own_application(state: State, application_id: str) -> None:
    """Make sure that the bot asks for its own application.

    Raises:
        ApiError: 403, it is another one.
    """
    if application_id != state.bot["id"]:
        raise ApiError(403, 20012, "You are not authorized to perform this action on this application")


def _defaults(place: str | None) -> JsonObject:
    common: JsonObject = {"nsfw": False, "name_localizations": None, "description_localizations": None}
    if place is not None:
        return common | {"guild_id": place}
    return common | {"contexts": None, "integration_types": [0], "dm_permission": True}


def _key(command: Mapping[str, Any]) -> tuple[int, str]:
    return int(command.get("type") or CHAT_INPUT), command["name"]


def _is_for(command: Mapping[str, Any], context: int) -> bool:
    contexts = command.get("contexts")
    if contexts is None:
        return context == _IN_SERVERS or command.get("dm_permission") is not False
    return context in contexts
