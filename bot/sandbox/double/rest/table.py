"""Every route that the double serves."""

from typing import Final

from bot.sandbox.double.rest import account, channels, commands, messages

ROUTES: Final = (*account.ROUTES, *commands.ROUTES, *channels.ROUTES, *messages.ROUTES)
