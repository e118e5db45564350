"""Tests of bot.feeds."""
