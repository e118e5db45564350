"""Tables of the servers that invited the bot; everything here goes when its guild goes."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint

from bot.storage.schema.base import numbered, owned, table, text
from bot.storage.types import SNOWFLAKE, Flag, Json, UtcDateTime

GUILD = table(
    "guild",
    Column("id", SNOWFLAKE, primary_key=True, autoincrement=False),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime, index=True),
    Column("notice_channel", SNOWFLAKE),
    Column("zone", Text),
    Column("limits", Json, nullable=False),
)
"""``limits`` holds what an operator allowed beyond the usual quotas."""

CHANNEL = table(
    "channel",
    Column("id", SNOWFLAKE, primary_key=True, autoincrement=False),
    owned("guild_id", "guild.id", index=True),
    Column("problem", Text),
    Column("problem_since", UtcDateTime),
    Column("problem_count", Integer, nullable=False),
    Column("told_at", UtcDateTime),
)

SCHEDULE = numbered(
    "schedule",
    owned("guild_id", "guild.id", index=True),
    Column("channel_id", SNOWFLAKE, nullable=False, index=True),
    text("at"),
    text("zone"),
    text("days"),
    text("length"),
    Column("topic", Text),
    Column("paused", Flag, nullable=False),
    Column("suspended", Text),
    Column("created_by", SNOWFLAKE),
    Column("created_at", UtcDateTime),
    Column("silence_told_at", UtcDateTime),
)
"""``at`` is ``07:00`` by the wall clock of ``zone``; ``days`` holds the digits of its weekdays, 0 is Monday."""

SUBSCRIPTION = numbered(
    "subscription",
    owned("guild_id", "guild.id"),
    Column("feed_id", SNOWFLAKE, ForeignKey("feed.id"), nullable=False, index=True),
    text("name"),
    Column("topic", Text),
    Column("created_by", SNOWFLAKE),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("guild_id", "feed_id"),
)

FEED_NOTICE = numbered(
    "feed_notice",
    owned("guild_id", "guild.id"),
    owned("feed_id", "feed.id", index=True),
    text("kind"),
    Column("code", Text),
    Column("since", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime, index=True),
    UniqueConstraint("guild_id", "feed_id"),
)
"""The last thing that a server was told, or is to be told (``told_at`` NULL), of a feed that it reads."""

CONFIG_LOG = numbered(
    "config_log",
    owned("guild_id", "guild.id"),
    Column("at", UtcDateTime, nullable=False),
    Column("user_id", SNOWFLAKE),
    text("action"),
    text("detail"),
    Index("ix_config_log_guild_time", "guild_id", "at"),
)
