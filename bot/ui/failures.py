"""Answer what went wrong with one sentence, and log it once."""

import logging
from typing import Any, Final

import discord
from discord import app_commands

from bot.errors import UserError
from bot.ui.graphemes import cut
from bot.ui.limits import MESSAGE_CONTENT
from bot.ui.safe_text import discord_line

_LOG = logging.getLogger(__name__)

# Discord API reference, "JSON Error Codes": the interaction is gone, was answered already, or its token ran out
# after 15 minutes. Nobody can be told any more, and nothing is wrong with us.
_TOO_LATE: Final = frozenset({10062, 40060, 10015, 50027})
_SORRY: Final = "Something went wrong on my side. It has been logged. Please try again in a minute."
_CHANGED: Final = "This command has changed since Discord last looked. Please try again in a minute."


class ReplyError(UserError):
    """The person asking can fix it; the text is Discord Markdown of ours in which foreign words are already safe."""


class NotAllowedError(app_commands.CheckFailure):
    """The person may not do this here; the text says what they need."""


async def answer_failure(interaction: discord.Interaction[Any], error: BaseException, what: str) -> None:
    """Tell the person in one sentence what to do about *error*; *what* names the command or button for the log.

    An error that is nobody's to fix is logged with its traceback, here and nowhere else. Never raises for an
    interaction that has gone stale.
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if _is_too_late(cause):
        _LOG.warning("answer came too late: what=%s guild=%s code=%s", what, interaction.guild_id, _code(cause))
        return
    words = _words(cause)
    if words is None:
        _LOG.error("command failed: what=%s guild=%s", what, interaction.guild_id, exc_info=cause)
    await _tell(interaction, words or _SORRY, what)


def _words(cause: BaseException) -> str | None:
    """Return the sentence for *cause*, or None where it is our fault."""
    if isinstance(cause, ReplyError | NotAllowedError):
        return cut(str(cause), MESSAGE_CONTENT)
    if isinstance(cause, UserError):
        return discord_line(str(cause), MESSAGE_CONTENT)
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return _CHANGED
    if isinstance(cause, app_commands.TransformerError):
        return f"I can't use “{discord_line(str(cause.value), 100)}” there. Please choose one of the suggestions."
    return "That can't be done here." if isinstance(cause, app_commands.CheckFailure) else None


class TooLateFilter(logging.Filter):
    """Turns discord.py's traceback of a suggestion that came too late, for somebody typing fast, into one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, the too late ones as a short note."""
        cause = record.exc_info[1] if record.exc_info else None
        if cause is not None and _is_too_late(cause):
            record.exc_info, record.exc_text = None, None
            record.levelno, record.levelname = logging.INFO, "INFO"
        return True


async def _tell(interaction: discord.Interaction[Any], words: str, what: str) -> None:
    try:
        if interaction.response.is_done():
            await interaction.followup.send(words, ephemeral=True)
        else:
            await interaction.response.send_message(words, ephemeral=True)
    except discord.HTTPException as error:
        _LOG.warning("could not tell: what=%s guild=%s code=%s", what, interaction.guild_id, error.code)


def _is_too_late(cause: BaseException) -> bool:
    return isinstance(cause, discord.InteractionResponded) or _code(cause) in _TOO_LATE


def _code(cause: BaseException) -> int | None:
    return cause.code if isinstance(cause, discord.HTTPException) else None
