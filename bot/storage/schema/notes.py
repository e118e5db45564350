"""A table of single facts that the bot keeps about itself."""

from sqlalchemy import Column, Text

from bot.storage.schema.base import table, text

NOTE = table("note", Column("name", Text, primary_key=True), text("value"))
"""For instance which commands Discord was last told, and when the bot last showed life."""
