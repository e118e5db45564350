"""The wizard's forms fit and are kept by nobody; what is typed into them is taken apart kindly."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.failures import ReplyError
from bot.ui.setup.forms import FORMS, MOST_ADDRESSES, addresses, form_for
from bot.ui.setup.zone_guess import _ZONES, guess_zone
from tests.ui.test_setup_cards import DRAFT

urls = st.from_regex(r"[a-z]{1,8}\.example(/[a-z]{0,5})?", fullmatch=True)


@pytest.mark.parametrize("move", FORMS)
async def test_forms_fit_and_wait_for_nobody(move: str) -> None:
    form = form_for(move, DRAFT)

    made = form.to_dict()
    assert form.is_finished()
    assert len(made["title"]) <= 45
    assert len(made["custom_id"]) <= 100
    (label,) = made["components"]
    assert len(label["label"]) <= 45
    assert len(label["description"]) <= 100
    assert len(label["component"]["placeholder"]) <= 100


@given(st.lists(urls, min_size=1, max_size=MOST_ADDRESSES), st.sampled_from(["\n", " ", ", ", "\r\n", ";"]))
def test_addresses_are_taken_apart_whatever_stands_between(typed: list[str], between: str) -> None:
    assert addresses(f" {between.join(typed)}\n") == tuple(dict.fromkeys(typed))


def test_no_address_and_too_many_are_refused_in_words() -> None:
    with pytest.raises(ReplyError, match="at least one address"):
        addresses(" \n ,")
    with pytest.raises(ReplyError, match=r"6 addresses; I take 5 at a time"):
        addresses("a b c d e f")


def test_guesses_are_zones_and_english_alone_is_none() -> None:
    assert all(ZoneInfo(name) for name in _ZONES.values())
    assert (guess_zone("uk"), guess_zone("en-US"), guess_zone("tlh")) == ("Europe/Kyiv", "", "")
