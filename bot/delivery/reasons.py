"""Why a channel gets no more digests, in words that its admins can act on."""

from typing import Final

from bot.delivery.poster import RefusedError

# JSON error codes of Discord's API reference.
_BY_CODE: Final = {
    10003: "the channel was deleted",
    10004: "I am no longer in this server",
    50001: "I can't see the channel: I am missing View Channel",
    50007: "this person takes no messages from me",
    50008: "messages can't be sent in this kind of channel",
    50013: "I can't post there: I am missing Send Messages",
    50024: "messages can't be sent in this kind of channel",
    50083: "the thread is closed",
}
_BY_STATUS: Final = {403: "I am not allowed to post there", 404: "the channel was deleted"}


def reason_for(error: RefusedError) -> str:
    """Return what is wrong with the place, for ``/schedule list`` and the notice; never a code alone."""
    known = _BY_CODE.get(error.code) or _BY_STATUS.get(error.status)
    return known or f"Discord refused the message (code {error.code or error.status})"
