"""Send and turn messages in answer to an interaction that was deferred."""

from typing import Any

import discord

from bot.ui.layout import to_view
from bot.ui.payload import Payload


async def reply(interaction: discord.Interaction[Any], *payloads: Payload, public: bool = False) -> None:
    """Send *payloads* in order; only the person who asked sees them unless *public*."""
    for payload in payloads:
        await interaction.followup.send(view=to_view(payload), ephemeral=not public)


async def turn(interaction: discord.Interaction[Any], payload: Payload) -> None:
    """Put *payload* in the place of the message whose button was pressed."""
    await interaction.edit_original_response(view=to_view(payload))
