"""A stage for each test, with discord.py pointed at it."""

from collections.abc import AsyncIterator

import discord.gateway
import discord.http
import pytest
import yarl

from tests.sandbox.page.stages import Theatre, theatre


@pytest.fixture
async def house(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Theatre]:
    """A stage with its double, and no bot on it."""
    async with theatre() as opened:
        monkeypatch.setattr(discord.http.Route, "BASE", opened.double.api)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(opened.double.gateway_url))
        yield opened
