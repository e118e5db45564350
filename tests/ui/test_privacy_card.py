"""The privacy card: whatever is held of a server is counted in it, in words."""

from bot.storage.database import Database
from bot.storage.guilds import GuildStore
from bot.ui.privacy_card import Held, confirm_card, forgotten_card, held_card
from tests.storage.samples import GUILD

_NOTHING = "Nothing but that I am here."


def shown(held: Held) -> tuple[str, ...]:
    cards = (held_card(held), confirm_card(held, "Port Ellery Readers"), forgotten_card(held))
    return tuple("\n".join(card.texts) for card in cards)


async def test_every_table_that_is_exported_is_counted_in_words(sqlite: Database) -> None:
    tables = set(await GuildStore(sqlite).export(GUILD))
    assert len(tables) > 10

    for table in tables - {"guild"}:
        for card in shown({table: [{}] * 7}):
            assert "7 " in card, table
            assert _NOTHING not in card


def test_the_server_alone_is_nothing_but_that_the_bot_is_there() -> None:
    assert all(_NOTHING in card for card in shown({"guild": [{}]}))
