"""Tests of bot.analysis."""
