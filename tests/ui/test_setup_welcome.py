"""The first words in a server show what we do, from real news where there is any, and say when they are made up."""

from dataclasses import replace

import pytest

from bot.model.editions import Edition
from bot.ui.payload import walk
from bot.ui.welcome import welcome, welcome_back
from tests.ui.samples import QUIET, STANDARD
from tests.ui.test_cards import words


def test_welcome_shows_the_latest_news_as_a_sample() -> None:
    card = words(welcome(STANDARD))

    assert "-# From the last 24 hours, as a sample:\n## What you need to know — Sun 16 Aug 2026" in card
    assert "turned back three Estmark trawlers" in card
    assert "ferry" not in card.lower()
    assert "made-up" not in card


@pytest.mark.parametrize("edition", [None, replace(QUIET, bullets=())])
def test_welcome_without_news_shows_a_made_up_world_and_says_so(edition: Edition | None) -> None:
    card = words(welcome(edition))

    assert "-# A sample from a made-up world:" in card
    assert "Port Ellery" in card


def test_sample_that_does_not_fit_is_replaced() -> None:
    long = replace(STANDARD.bullets[0], text="word " * 900, bold=None)

    assert "made-up world" in words(welcome(replace(STANDARD, bullets=(long,))))


def test_welcome_has_one_button() -> None:
    (button,) = [part for part in walk(welcome().components) if part["type"] == 2]

    assert (button["label"], button["custom_id"]) == ("Set up", "s1:open:0::0700:")


def test_server_that_comes_back_reads_what_was_kept() -> None:
    assert "as you left them: 1 digest planned, 23 feeds." in words(welcome_back(1, 23))
