"""One open page: through whose eyes it looks, what it asks for, and what it gets to see."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import time, timedelta
from typing import Any, Final

from bot.errors import NeedToKnowError
from bot.sandbox.double.errors import ApiError
from bot.sandbox.double.events import Notice
from bot.sandbox.double.faults import Fault
from bot.sandbox.double.interactions import Callback, Interaction, Kind
from bot.sandbox.double.members import Member
from bot.sandbox.double.slash import ImpossibleError
from bot.sandbox.double.snapshot import PAGE, history, with_local_files
from bot.sandbox.night import next_wall_time
from bot.sandbox.stage.notices import frames_of
from bot.sandbox.stage.scene import Scene
from bot.tasks import end_task, spawn

JsonObject = dict[str, Any]

PROTOCOL: Final = 1
_SETTLES_WITHIN_SECONDS: Final = 60.0
# Hours go by in a moment then, and a question has three seconds by that clock.
_NOT_NOW: Final = "The hours are passing. Ask again in a moment."
_LONGEST_MOVE: Final = timedelta(days=31)


class Viewing:
    """Takes the frames of one page and puts the answers through *send*. Call :meth:`close` when the page is gone."""

    def __init__(self, scene: Scene, send: Callable[[JsonObject], None]) -> None:
        self._scene = scene
        self.send = send
        self._viewer = scene.readers.admin.user["id"]
        self._guild = scene.home_of(self._viewer)
        self._forms: dict[str, Interaction] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ops: dict[str, Callable[[JsonObject], None]] = {
            "hello": self._hello, "view": self._view, "guild": self._choose_guild, "history": self._history,
            "say": self._say, "interact": self._interact, "dismiss": self._dismiss, "clock": self._clock,
            "fault": self._fault,
        }  # fmt: skip

    def take(self, frame: JsonObject) -> None:
        """Do what a frame of the page asks; one that cannot be read, or done, is answered with a note."""
        try:
            self._ops[frame["op"]](frame)
        except ApiError as error:
            self._note(error.message)
        except NeedToKnowError as error:
            self._note(str(error))
        except (KeyError, ValueError, TypeError, OverflowError):
            self._note("The page sent something that the sandbox does not know. Reload the page.")

    def hear(self, notice: Notice) -> None:
        """Send on what this page may know of a notice."""
        for frame in frames_of(notice, self._scene, self._viewer, self._guild):
            self.send(frame)

    async def close(self) -> None:
        """End what is still under way for this page."""
        for task in list(self._tasks):
            await end_task(task)

    def _note(self, text: str) -> None:
        self.send({"op": "note", "text": text, "level": "error"})

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = spawn(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _hello(self, frame: JsonObject) -> None:
        self.send({"op": "hello", "protocol": PROTOCOL})
        self._look_as(frame.get("viewer_id") or self._viewer)

    def _view(self, frame: JsonObject) -> None:
        self._look_as(frame["viewer_id"])

    def _look_as(self, viewer_id: str) -> None:
        if viewer_id in {viewer.user["id"] for viewer in self._scene.readers.viewers}:
            self._viewer = viewer_id
        self._show(self._guild)

    def _choose_guild(self, frame: JsonObject) -> None:
        self._show(frame["guild_id"])

    def _show(self, guild_id: str) -> None:
        self._guild = self._scene.home_of(self._viewer, guild_id)
        self.send(self._scene.state(self._viewer, self._guild))

    def _history(self, frame: JsonObject) -> None:
        channel_id, before = frame["channel_id"], frame.get("before")
        messages = history(self._scene.double, self._viewer, channel_id, before=before)
        answer = {"op": "history", "channel_id": channel_id, "messages": messages, "before": before}
        local: JsonObject = with_local_files(self._scene.double, answer | {"more": len(messages) == PAGE})
        self.send(local)

    def _say(self, frame: JsonObject) -> None:
        self._member(frame["channel_id"]).say(frame["content"])

    def _dismiss(self, frame: JsonObject) -> None:
        own = self._scene.double.state.private.get(self._viewer, {})
        if (message := own.get(frame["message_id"])) is not None:
            self._member(message["channel_id"]).dismiss(message)

    def _member(self, channel_id: str) -> Member:
        state = self._scene.double.state
        return self._scene.double.member(state.users[self._viewer], state.channel(channel_id))

    def _interact(self, frame: JsonObject) -> None:
        nonce = frame["nonce"]
        if self._scene.night is not None and self._scene.night.is_passing:
            self._settled(nonce, _NOT_NOW)
            return
        try:
            interaction = self._member(frame["channel_id"]).start(
                Kind(frame["type"]),
                frame["data"],
                message_id=frame.get("message_id"),
                opened=self._forms.get(frame.get("answers") or ""),
            )
        except (ImpossibleError, ApiError) as error:
            self._settled(nonce, str(error))
            return
        self._begin(self._follow(nonce, interaction), "interaction")

    async def _follow(self, nonce: str, interaction: Interaction) -> None:
        """Tell the page of the bot's first answer, and the guide of the last."""
        if not await interaction.acknowledged():
            self._settled(nonce, interaction.failure)
            return
        if interaction.callback is Callback.CHOICES:
            self.send({"op": "choices", "nonce": nonce, "choices": interaction.choices})
            return
        if interaction.callback is Callback.MODAL:
            self._forms[nonce] = interaction
            self.send({"op": "modal", "nonce": nonce, "data": interaction.modal})
        self._settled(nonce)
        with suppress(TimeoutError):
            self._scene.guide.saw(await interaction.settled(seconds=_SETTLES_WITHIN_SECONDS))

    def _settled(self, nonce: str, failure: str | None = None) -> None:
        self.send({"op": "settled", "nonce": nonce, "ok": failure is None, "message": failure})

    def _clock(self, frame: JsonObject) -> None:
        night, now = self._scene.night, self._scene.double.clock.now()
        if night is None or night.is_passing:
            self._note("The clock is being moved already." if night else "This sandbox's clock cannot be moved.")
            return
        is_morning = "next" in frame
        if is_morning:
            goal = next_wall_time(now, time.fromisoformat(frame["next"]), self._scene.zone)
        else:
            goal = now + timedelta(seconds=float(frame["by_seconds"]))
        if not now < goal <= now + _LONGEST_MOVE:
            self._note("The clock goes on, never back, and at most a month at once.")
            return
        # A subscriber's morning may come later than the sandbox's: let it come.
        guide = self._scene.guide
        night.begin(goal, awaited=(lambda: guide.awaits_delivery) if is_morning else None)

    def _fault(self, frame: JsonObject) -> None:
        faults = self._scene.double.faults
        if (arm := frame.get("arm")) is not None:
            faults.arm_route(Fault(arm["kind"]), arm["route"], min(max(int(arm["count"]), 1), 99))
        elif (order := frame.get("disarm")) is not None:
            faults.disarm(int(order))
        else:
            wish = frame["random"]
            share = min(max(float(wish["percent"]), 0.0), 100.0) / 100 if wish["on"] else 0.0
            faults.at_random(share, int(wish["seed"]))
