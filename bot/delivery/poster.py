"""Posts one message by Discord's HTTP interface, and says whether a failure is for good."""

import json
from typing import Final, Protocol

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.errors import DeliveryError, NeedToKnowError

# Discord's nonces are at most this long; see "Create Message" in its API reference.
NONCE_LIMIT: Final = 25


class PostponedError(NeedToKnowError):
    """The message may still get through: try again after ``seconds`` with the same nonce."""

    def __init__(self, message: str, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class Poster(Protocol):
    """Puts a message into a channel."""

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        """Post *payload*, a message as JSON text, and return the message's id.

        Raises:
            PostponedError: it may have arrived or not; the same call may be made again.
            DeliveryError: it can't arrive, whatever is tried.
        """
        ...


class DiscordPoster:
    """Posts through the bot's own HTTP client, which keeps to Discord's rate limits.

    No time limit is put around a send: one that sleeps on a global rate limit must not be cancelled, or every later
    request of the client would hang.
    """

    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def post(self, channel: int, payload: str, nonce: str) -> int:
        """Post *payload* with *nonce* enforced, so that Discord drops a second copy."""
        body = json.loads(payload) | {"nonce": nonce, "enforce_nonce": True, "allowed_mentions": {"parse": []}}
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        try:
            sent = await self._http.request(route, json=body)
        except (discord.Forbidden, discord.NotFound) as error:
            raise DeliveryError(f"channel {channel}: HTTP {error.status} {error.text} (code {error.code})") from error
        except discord.RateLimited as error:
            raise PostponedError(f"channel {channel}: rate limited", error.retry_after) from error
        except discord.HTTPException as error:
            if error.status in {408, 429} or error.status >= 500:
                raise PostponedError(f"channel {channel}: HTTP {error.status}") from error
            raise DeliveryError(f"channel {channel}: HTTP {error.status} {error.text} (code {error.code})") from error
        except (aiohttp.ClientError, OSError) as error:
            raise PostponedError(f"channel {channel}: {type(error).__name__}") from error
        return int(sent["id"])
