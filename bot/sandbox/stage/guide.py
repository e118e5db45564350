"""First steps for a newcomer: what to try, and what of it the double saw done."""

from collections.abc import Callable
from typing import Any, Final

from bot.sandbox.double.events import Event, Notice
from bot.sandbox.double.interactions import Interaction, Kind
from bot.sandbox.double.slash import flattened

JsonObject = dict[str, Any]

READ: Final = "read"
ASK: Final = "ask"
SUBSCRIBE: Final = "subscribe"
SCHEDULED: Final = "scheduled"
DELIVERED: Final = "delivered"
# What the ids of the buttons under an edition begin with.
_UNDER_EDITIONS: Final = "d1:"


class Guide:
    """Three steps. ``done`` holds the ids of those that were done, and of the parts of the last one.

    Give it every notice of the double, and every interaction that was settled; *told* is called when more is done.
    """

    def __init__(self, bot_id: str, told: Callable[[], None] = lambda: None) -> None:
        self._bot_id = bot_id
        self.told = told
        self._subscribed: str | None = None
        self.done: set[str] = set()

    @property
    def awaits_delivery(self) -> bool:
        """Tell whether a channel was subscribed here that got no edition yet."""
        return SCHEDULED in self.done and DELIVERED not in self.done

    def hear(self, notice: Notice) -> None:
        """Take note of an edition in the channel that was subscribed."""
        if not isinstance(notice, Event) or notice.kind != "MESSAGE_CREATE" or self._subscribed is None:
            return
        message = notice.data
        is_own = message["author"]["id"] == self._bot_id and "interaction_metadata" not in message
        if is_own and message["channel_id"] == self._subscribed:
            self._add(DELIVERED, SUBSCRIBE)

    def saw(self, interaction: Interaction) -> None:
        """Take note of what a person did and the bot answered with more than plain words, which are its errors."""
        answered = any(message["components"] for message in interaction.shown)
        if not answered:
            return
        if interaction.kind is Kind.COMPONENT:
            if str(interaction.data.get("custom_id")).startswith(_UNDER_EDITIONS):
                self._add(READ)
        elif interaction.name == "actor":
            self._add(ASK)
        elif interaction.name == "schedule add":
            self._subscribed = str(flattened(interaction.data)[1]["channel"])
            self._add(SCHEDULED)

    def shown(self, channel_id: str, message_id: str | None) -> JsonObject:
        """Return the steps for the page's ``state`` frame; *message_id* is the newest edition of the channel."""
        edition = {"label": "Show it", "channel_id": channel_id, "message_id": message_id}
        return {
            "title": "Your first minute",
            "finished": "That is all it takes. Ask on, or break things under Tools.",
            "steps": [
                {
                    "id": READ, "title": "Read today’s edition", "actions": [edition],
                    "words": "Each sentence is copied. Press Sources under it to see from where.",
                },
                {
                    "id": ASK, "title": "Ask about somebody",
                    "words": "Type /actor and a name: who they are, what they said and did.",
                    "actions": [{"label": "Ask /actor", "command": "actor", "values": {"name": "Vasarik"}}],
                },
                {
                    "id": SUBSCRIBE, "title": "Subscribe a channel",
                    "words": "Choose channel, time and city. Then let the night pass.",
                    "actions": [
                        {
                            "id": SCHEDULED, "label": "/schedule add", "command": "schedule add",
                            "values": {"time": "07:00"},
                        },
                        {"id": DELIVERED, "label": "Next morning", "next": "07:00"},
                    ],
                },
            ],
            "done": sorted(self.done),
        }  # fmt: skip

    def _add(self, *steps: str) -> None:
        if not self.done.issuperset(steps):
            self.done.update(steps)
            self.told()
