"""Tests of bot.events; samples.py holds the made-up reports."""
