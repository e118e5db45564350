"""Messages put right: what goes with an old sentence goes when it is struck through."""

from datetime import UTC, datetime

import pytest

from bot.model.editions import Item
from bot.ui.corrected import PutRight, corrected
from bot.ui.digest_message import digest_message
from bot.ui.safe_text import discord_line
from tests.ui.samples import UPDATE

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize("withdrawn", [True, False], ids=["withdrawn", "no longer said"])
def test_what_an_update_says_is_new_goes_with_its_sentence(withdrawn: bool) -> None:
    message = digest_message(UPDATE)[0]
    item = next(one for one in UPDATE.bullets if one.new is not None)
    assert item.new is not None
    assert f"*{item.new.text}*" in "\n".join(message.texts)

    shown = "\n".join(corrected(message, [PutRight(item, None, withdrawn, AT)]).texts)

    assert f"~~{discord_line(item.text)}~~" in shown
    assert f"*{item.new.text}*" not in shown
    assert "(was:" not in shown
    assert "Corrected" in shown


def test_other_updates_keep_what_they_say_is_new() -> None:
    message = digest_message(UPDATE)[0]
    gone: Item = next(one for one in UPDATE.bullets if one.new is None)

    shown = "\n".join(corrected(message, [PutRight(gone, None, True, AT)]).texts)

    assert "(was:" in shown
