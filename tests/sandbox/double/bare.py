"""A bare discord.py client with a command of every kind, to see that the double carries it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from io import BytesIO
from typing import Any

import discord
from discord import app_commands, ui

from bot.sandbox.double.server import Double
from bot.sandbox.double.state import JsonObject

Interaction = discord.Interaction[Any]


class Panel(ui.View):
    """Buttons and menus whose answers are of every kind."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.Button(label="Elsewhere", url="https://ledger.example/"))
        self.add_item(ui.Button(label="Off", disabled=True, custom_id="off"))

    @ui.button(label="Turn", custom_id="turn")
    async def turn(self, interaction: Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="turned")

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="turned later")

    @ui.button(label="Form", custom_id="form")
    async def form(self, interaction: Interaction, _: ui.Button[Any]) -> None:
        await interaction.response.send_modal(Form())

    @ui.select(cls=ui.Select, placeholder="Which", custom_id="which", max_values=2, row=1, options=[
        discord.SelectOption(label="One", value="1"), discord.SelectOption(label="Two", value="2"),
    ])  # fmt: skip
    async def which(self, interaction: Interaction, select: ui.Select[Any]) -> None:
        await interaction.response.send_message(f"chose {','.join(select.values)}", ephemeral=True)

    @ui.select(cls=ui.ChannelSelect, placeholder="Where", custom_id="where", row=2)
    async def where(self, interaction: Interaction, select: ui.ChannelSelect[Any]) -> None:
        await interaction.response.send_message(f"chose {select.values[0].name}", ephemeral=True)


class Form(ui.Modal, title="A form"):
    """Every kind of field that discord.py has labels for."""

    name: ui.Label[Any] = ui.Label(text="Name", component=ui.TextInput(custom_id="name", min_length=2))
    size: ui.Label[Any] = ui.Label(
        text="Size", component=ui.Select(custom_id="size", options=[discord.SelectOption(label="Big", value="b")])
    )

    async def on_submit(self, interaction: Interaction) -> None:
        name, size = self.name.component, self.size.component
        assert isinstance(name, ui.TextInput)
        assert isinstance(size, ui.Select)
        text = f"{name.value}/{','.join(size.values)}"
        if interaction.message is not None:
            await interaction.response.edit_message(content=text)
        else:
            await interaction.response.send_message(text)


class BareBot(discord.Client):
    """A client that answers, and notes every event that reaches it."""

    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        super().__init__(
            intents=intents or discord.Intents(guilds=True),
            max_ratelimit_timeout=60,
            guild_ready_timeout=0.05,
            **options,
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self._news = asyncio.Event()
        _add_commands(self.tree)
        _add_menus(self.tree)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the double does not make shards wait."""

    async def on_socket_event_type(self, kind: str) -> None:
        self.heard.append(kind)
        self._news.set()
        self._news = asyncio.Event()

    async def hears(self, kind: str, *, times: int = 1) -> None:
        """Wait until an event of *kind* came so many times."""
        async with asyncio.timeout(8):
            while self.heard.count(kind) < times:
                await self._news.wait()

    def place(self, channel: JsonObject) -> discord.PartialMessageable:
        return self.get_partial_messageable(int(channel["id"]), guild_id=int(channel.get("guild_id", 0)))


def _add_commands(tree: app_commands.CommandTree[Any]) -> None:
    @tree.command(description="Answer.")
    async def ping(interaction: Interaction, word: str) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send(f"pong {word}")

    @ping.autocomplete("word")
    async def words(_: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed}!", value=typed)]

    @tree.command(description="Repeat everything.")
    async def echo(
        interaction: Interaction,
        text: app_commands.Range[str, 2, 20],
        count: app_commands.Range[int, 1, 9] = 1,
        ratio: float = 0.5,
        flag: bool = False,
        person: discord.Member | None = None,
        place: discord.TextChannel | None = None,
        role: discord.Role | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        size = len(await file.read()) if file else None
        parts = [text, count, ratio, flag, person, place, role, size]
        await interaction.response.send_message("|".join(map(str, parts)))

    @tree.command(description="Show a panel.")
    async def panel(interaction: Interaction, private: bool = False) -> None:
        await interaction.response.send_message("panel", view=Panel(), ephemeral=private)

    @tree.command(description="Open a form.")
    async def form(interaction: Interaction) -> None:
        await interaction.response.send_modal(Form())

    @tree.command(description="Say nothing.")
    async def silent(interaction: Interaction) -> None:
        """Never answer."""

    @tree.command(description="Answer with files and embeds.")
    async def rich(interaction: Interaction) -> None:
        embed = discord.Embed(title="Title", description="Words").set_image(url="attachment://a.png")
        embed.add_field(name="Field", value="Value").set_footer(text="Foot").set_author(name="Author")
        await interaction.response.send_message(embed=embed, file=discord.File(BytesIO(b"png"), "a.png"))
        await interaction.followup.send("two", ephemeral=True)
        await interaction.delete_original_response()

    desk = app_commands.Group(name="desk", description="A desk.")
    drawer = app_commands.Group(name="drawer", description="Its drawer.", parent=desk)

    @drawer.command(name="open", description="Open it.")
    async def open_drawer(interaction: Interaction, width: int) -> None:
        await interaction.response.send_message(f"open {width}")

    tree.add_command(desk)


def _add_menus(tree: app_commands.CommandTree[Any]) -> None:
    @tree.context_menu(name="Find this")
    async def find(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"found {message.content}", ephemeral=True)

    @tree.context_menu(name="Who is it")
    async def who(interaction: Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"{member.name} {member.guild_permissions.value}", ephemeral=True)


@asynccontextmanager
async def connected(double: Double, bot: BareBot | None = None) -> AsyncIterator[BareBot]:
    """Run a bare bot against *double* until the block ends."""
    client = bot or BareBot()
    task = asyncio.ensure_future(client.start(double.state.token))
    try:
        async with asyncio.timeout(10):
            await double.gateway.identified.wait()
            await client.wait_until_ready()
        yield client
    finally:
        await client.close()
        with suppress(asyncio.CancelledError, discord.DiscordException):
            await task
