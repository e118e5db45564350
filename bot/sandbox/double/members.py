"""People of the sandbox: what they do reaches the bot as Discord tells it, and what they see comes back.

Use it as ``mira = Member(core, user, channel)``, then ``seen = await mira.slash("schedule add", time="07:00")`` and
``seen.text``, ``seen.shown``, ``seen.modal``, ``seen.failure``. Whatever a client would not let them do raises
:class:`ImpossibleError`: an unknown command, a button that is not there, a menu that takes one value only.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.double.checks.command_rules import CHAT_INPUT, MESSAGE, USER
from bot.sandbox.double.checks.component_rules import BUTTON
from bot.sandbox.double.checks.rules import EPHEMERAL
from bot.sandbox.double.core import Core
from bot.sandbox.double.forms import button_data, fields_of, form_data, select_data
from bot.sandbox.double.interactions import Interaction, Kind
from bot.sandbox.double.permissions import READ_MESSAGE_HISTORY, VIEW_CHANNEL
from bot.sandbox.double.slash import ImpossibleError, command_data, flattened, menu_data

JsonObject = dict[str, Any]


class Member:
    """One person in one channel. Every act waits until they see a result, at most *patience* seconds after the first.

    The bot's failure to answer within three seconds comes back as ``failure``, not as an error.
    """

    def __init__(self, core: Core, user: JsonObject, channel: JsonObject, *, patience: float = 10.0) -> None:
        self._core = core
        self.user = user
        self.channel = channel
        self.patience = patience

    def at(self, channel: JsonObject) -> "Member":
        """Return the same person in another channel."""
        return Member(self._core, self.user, channel, patience=self.patience)

    @property
    def commands(self) -> list[JsonObject]:
        """Return the commands that their client offers here."""
        return self._core.commands.usable_by(self.user["id"], self.channel)

    @property
    def sees(self) -> list[JsonObject]:
        """Return the messages that they see here, oldest first, those for them alone included."""
        return visible_messages(self._core, self.user["id"], self.channel)

    async def slash(self, command: str, /, **options: object) -> Interaction:
        """Use a command ("schedule add") with *options*.

        Raises:
            ImpossibleError: their client would not let them.
        """
        found, path = self._command(command)
        return await self._acted(Kind.COMMAND, command_data(found, path, options), name=command)

    async def type(self, command: str, option: str, typed: str, /, **options: object) -> list[JsonObject]:
        """Type into an option of a command and return the bot's suggestions; none where it stays silent.

        Raises:
            ImpossibleError: their client would not let them.
        """
        found, path = self._command(command)
        data = command_data(found, path, options | {option: typed}, focused=option)
        return (await self._acted(Kind.AUTOCOMPLETE, data, name=command)).choices

    async def use_on(self, command: str, target: JsonObject, /) -> Interaction:
        """Use a command of the menu of a message, or of a user or member.

        Raises:
            ImpossibleError: their client would not let them.
        """
        kind = MESSAGE if "author" in target else USER
        found = self._core.commands.find(command, self.user["id"], self.channel, kind)
        if found is None:
            raise ImpossibleError(f"no menu entry “{command}” for {self.user['username']} here")
        target_id = target["user"]["id"] if "user" in target else target["id"]
        return await self._acted(Kind.COMMAND, menu_data(found, target_id), name=command)

    async def press(self, message: JsonObject, label: str, /) -> Interaction:
        """Press a button of a message, by its label or custom id.

        Raises:
            ImpossibleError: their client would not let them.
        """
        return await self._acted(Kind.COMPONENT, button_data(self._seen(message), label), message=message)

    async def choose(self, message: JsonObject, /, *values: str, menu: str | None = None) -> Interaction:
        """Choose in a menu of a message; *menu* is its placeholder or custom id, None the first one.

        Raises:
            ImpossibleError: their client would not let them.
        """
        data = select_data(self._seen(message), values, menu)
        return await self._acted(Kind.COMPONENT, data, message=message)

    async def submit(self, opened: Interaction, /, **fields: object) -> Interaction:
        """Submit the form that *opened* brought; *fields* by custom id, or by label.

        Raises:
            ImpossibleError: there is no form, or a value does not fit.
        """
        return await self.submit_fields(opened, fields)

    async def submit_fields(self, opened: Interaction, fields: Mapping[str, object], /) -> Interaction:
        """Submit a form whose fields have names that are no Python names.

        Raises:
            ImpossibleError: there is no form, or a value does not fit.
        """
        if opened.modal is None:
            raise ImpossibleError("no form was opened")
        data = form_data(opened.modal, fields)
        return await self._acted(Kind.MODAL, data, message=opened.message)

    def say(self, content: str) -> JsonObject:
        """Write a message.

        Raises:
            ApiError: they may not, or it is too long or empty.
        """
        return self._core.messages.say(self.channel["id"], content, self.user)

    def upload(self, name: str, content: bytes) -> JsonObject:
        """Choose a file, for an option or a form, and return it as an attachment."""
        return self._core.files.keep(name, content)

    def dismiss(self, message: JsonObject) -> None:
        """Forget a message that they alone see; nothing happens to others."""
        if message["flags"] & EPHEMERAL:
            self._core.callbacks.forget(message, self.user["id"])

    def start(
        self,
        kind: Kind,
        data: Mapping[str, Any],
        *,
        message_id: str | None = None,
        opened: Interaction | None = None,
    ) -> Interaction:
        """Do what a client's raw *data* says, without waiting; for a page that builds the data itself.

        The data is checked and built anew. ``message_id`` is the message of a used component, ``opened`` the
        interaction that brought the submitted form.

        Raises:
            ImpossibleError: their client would not let them.
        """
        if kind is Kind.COMPONENT:
            message = self._message(message_id or "")
            return self._sent(kind, self._component(message, data), message=message)
        if kind is Kind.MODAL:
            if opened is None or opened.modal is None:
                raise ImpossibleError("no form was opened")
            filled = form_data(opened.modal, fields_of(data["components"]))
            return self._sent(kind, filled, message=opened.message)
        found = next((command for command in self.commands if command["id"] == data["id"]), None)
        if found is None:
            raise ImpossibleError("no such command here")
        if found["type"] != CHAT_INPUT:
            return self._sent(kind, menu_data(found, data["target_id"]), name=found["name"])
        path, values, focused = flattened(data)
        rebuilt = command_data(found, path, values, focused=focused)
        return self._sent(kind, rebuilt, name=" ".join([found["name"], *path]))

    async def _acted(
        self, kind: Kind, data: JsonObject, *, message: JsonObject | None = None, name: str = ""
    ) -> Interaction:
        return await self._sent(kind, data, message=message, name=name).settled(seconds=self.patience)

    def _sent(self, kind: Kind, data: JsonObject, *, message: JsonObject | None = None, name: str = "") -> Interaction:
        granted = self._core.state.permissions_of(self.user["id"], self.channel)
        if not granted & VIEW_CHANNEL:
            raise ImpossibleError(f"{self.user['username']} does not see that channel")
        return self._core.interactions.send(kind, data, self.user, self.channel["id"], message=message, name=name)

    def _command(self, name: str) -> tuple[JsonObject, Sequence[str]]:
        first, *path = name.split()
        found = self._core.commands.find(first, self.user["id"], self.channel)
        if found is None:
            raise ImpossibleError(f"no command /{first} for {self.user['username']} here")
        return found, path

    def _seen(self, message: JsonObject) -> JsonObject:
        return self._message(message["id"])

    def _message(self, message_id: str) -> JsonObject:
        found = next((message for message in self.sees if message["id"] == message_id), None)
        if found is None:
            raise ImpossibleError(f"{self.user['username']} sees no such message here")
        return found

    def _component(self, message: JsonObject, data: Mapping[str, Any]) -> JsonObject:
        if data.get("component_type") == BUTTON:
            return button_data(message, data["custom_id"])
        return select_data(message, data.get("values") or (), data["custom_id"])


def visible_messages(core: Core, user_id: str, channel: JsonObject) -> list[JsonObject]:
    """Return the messages of a channel that a user sees, oldest first, those for them alone included."""
    granted = core.state.permissions_of(user_id, channel)
    if not granted & VIEW_CHANNEL:
        return []
    public = core.state.messages.get(channel["id"], {}).values() if granted & READ_MESSAGE_HISTORY else ()
    own = core.state.private.get(user_id, {}).values()
    seen = [*public, *(message for message in own if message["channel_id"] == channel["id"])]
    return sorted(seen, key=lambda message: int(message["id"]))
