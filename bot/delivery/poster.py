"""Posts one message by Discord's HTTP interface, looks whether one arrived, and says what a failure means."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Protocol

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.delivery.breaker import Breaker
from bot.errors import DeliveryError, NeedToKnowError
from bot.ui.payload import walk

# Discord's nonces are at most this long; see "Create Message" in its API reference.
NONCE_LIMIT: Final = 25
_PAGE: Final = 100
_PAGES: Final = 10
# The machine's clock may be wrong by days, while message ids carry Discord's own time.
_WRONG_CLOCK: Final = timedelta(days=4)
_BANNED_SECONDS: Final = 600.0
# What 400 answers for places rather than for bodies: no text channel, archived thread (JSON error codes).
_PLACE_CODES: Final = frozenset({50008, 50024, 50083})


class PostponedError(NeedToKnowError):
    """The message may still get through: try again after ``seconds`` with the same nonce.

    ``arrived`` is False where this request surely did not arrive (of a look or an edit it says nothing about the
    message), None where nobody knows. ``is_weather``: the fault is
    the network's or Discord's, and likely everybody's.
    """

    def __init__(
        self,
        message: str,
        seconds: float | None = None,
        *,
        arrived: Literal[False] | None = None,
        is_weather: bool = True,
    ) -> None:
        super().__init__(message)
        self.seconds = seconds
        self.arrived = arrived
        self.is_weather = is_weather


class RefusedError(DeliveryError):
    """Discord refuses the message for good: because of the place, or (``is_body``) because of what it says."""

    def __init__(self, message: str, *, status: int = 403, code: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    @property
    def is_body(self) -> bool:
        """Tell whether another body might be taken in the same place."""
        return self.status in {400, 413} and self.code not in _PLACE_CODES


class TokenRefusedError(DeliveryError):
    """Discord no longer takes the bot's token: nothing can be sent until the operator acts."""


class Poster(Protocol):
    """Puts messages into channels."""

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        """Post *payload*, a message as JSON text, and return the message's id.

        Raises:
            PostponedError: the same call may be made again, after :meth:`find`.
            RefusedError: it can't arrive, whatever is tried.
            TokenRefusedError: nothing can be sent any more.
        """
        ...

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        """Return the id of the message in *channel* that *payload* became at *since* or later, or None.

        Raises:
            PostponedError: nobody can tell now; also RefusedError and TokenRefusedError.
        """
        ...


class DiscordPoster:
    """Posts through the bot's own HTTP client, which keeps to Discord's rate limits.

    No time limit is put around a send: one that sleeps on a global rate limit must not be cancelled, or every later
    request of the client would hang. ``me`` is the bot's own user id; None takes any bot for us. While ``breaker``
    rests no request is made: every call is postponed until it may be.
    """

    def __init__(self, http: HTTPClient, me: int | None = None, breaker: Breaker | None = None) -> None:
        self._http = http
        self._me = me
        self._breaker = breaker or Breaker()

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        """Post *payload* with *nonce* enforced, so that Discord drops a second copy; see :class:`Poster`."""
        body = json.loads(payload) | {"nonce": nonce, "enforce_nonce": True, "allowed_mentions": {"parse": []}}
        sent = await self._request("POST", channel, json=body)
        return int(sent["id"])

    async def edit(self, channel: int, message: int, payload: str) -> None:
        """Let *message* say *payload* instead; the same edit made twice is one edit.

        Raises:
            PostponedError: the same call may be made again.
            RefusedError: it can't be edited, as when somebody deleted it.
            TokenRefusedError: nothing can be sent any more.
        """
        body = json.loads(payload) | {"allowed_mentions": {"parse": []}}
        await self._request("PATCH", channel, message, json=body)

    async def find(self, channel: int, payload: str, since: datetime | None) -> int | None:
        """Page back through *channel*, the newest first; see :class:`Poster`.

        A message of ours is known by the ids of its buttons, which name edition and part. Without Read Message
        History Discord shows nothing, so that only the nonce keeps a copy away.
        """
        wanted = _mark(json.loads(payload))
        oldest = None if since is None else discord.utils.time_snowflake(since - _WRONG_CLOCK)
        before: dict[str, int] = {}
        for _ in range(_PAGES):
            page: list[Mapping[str, Any]] = await self._request("GET", channel, params={"limit": _PAGE, **before})
            for message in page:
                if self._is_mine(message) and _mark(message) == wanted:
                    return int(message["id"])
            last = int(page[-1]["id"]) if page else 0
            if len(page) < _PAGE or (oldest is not None and last < oldest):
                break
            before = {"before": last}
        return None

    def _is_mine(self, message: Mapping[str, Any]) -> bool:
        author = message["author"]
        return int(author["id"]) == self._me if self._me is not None else bool(author.get("bot"))

    async def _request(self, method: str, channel: int, message: int | None = None, **more: object) -> Any:  # noqa: ANN401 - any JSON
        if (rest := self._breaker.rest_seconds) > 0:
            raise PostponedError(f"channel {channel}: no requests for now", rest, arrived=False, is_weather=False)
        path = "/channels/{channel_id}/messages" + ("/{message_id}" if message is not None else "")
        route = Route(method, path, channel_id=channel, message_id=message)
        try:
            return await self._http.request(route, **more)  # type: ignore[arg-type] # files and form, which we never have
        except discord.RateLimited as error:
            seconds = error.retry_after
            raise PostponedError(
                f"channel {channel}: rate limited", seconds, arrived=False, is_weather=False
            ) from error
        except discord.HTTPException as error:
            raise _meaning(channel, error) from error
        except aiohttp.ClientConnectorError as error:
            raise PostponedError(f"channel {channel}: {type(error).__name__}", arrived=False) from error
        except (aiohttp.ClientError, OSError, RuntimeError) as error:  # RuntimeError: the client was closed under it
            raise PostponedError(f"channel {channel}: {type(error).__name__}") from error


def _meaning(channel: int, error: discord.HTTPException) -> NeedToKnowError:
    what = f"channel {channel}: HTTP {error.status} {error.text} (code {error.code})".strip()
    if error.status == 401:
        return TokenRefusedError("Discord refuses the token. Reset it in the developer portal and set it anew.")
    if error.status == 429:
        seconds = _BANNED_SECONDS if not error.response.headers.get("Via") else None
        return PostponedError(what, seconds, arrived=False, is_weather=False)
    if error.status == 408 or error.status >= 500:
        return PostponedError(what)
    return RefusedError(what, status=error.status, code=error.code)


def _mark(message: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells a message from every other one of ours: the ids of its buttons, else its words."""
    parts = list(walk(message.get("components") or ()))
    ids = tuple(part["custom_id"] for part in parts if "custom_id" in part)
    return ids or (message.get("content") or "", *(part["content"] for part in parts if "content" in part))
