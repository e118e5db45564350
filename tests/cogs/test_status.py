"""/status and /help as a reader sees them."""

from bot.ui.help_text import leaves
from tests.cogs.town import Town, answer


async def test_status_is_told_for_this_server(town: Town) -> None:
    assert "2,310 articles" in answer(await town.member.slash(town.channel, "status"))
    assert town.news.asked == [("status", {"guild": town.guild.id})]


async def test_help_names_every_command(town: Town) -> None:
    words = answer(await town.member.slash(town.channel, "help"))

    for name in town.admin.available_commands(town.channel):
        assert f"`/{name}" in words
    assert "`/schedule add channel time timezone [days] [length] [topic]`" in words
    for_admins = [one for one in leaves(town.bot.tree.get_commands()) if (one.root_parent or one).default_permissions]
    assert words.count("needs Manage Server") == len(for_admins) > 7
