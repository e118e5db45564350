"""Slash commands: each file reads input, asks one question and shows the answer."""
