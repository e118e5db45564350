"""The tables, declared once for both dialects; migrations bring a database to this shape."""

from bot.storage.schema.base import METADATA
from bot.storage.schema.deliveries import (
    CORRECTION,
    EDITION,
    EDITION_ARTICLE,
    EDITION_ITEM,
    MESSAGE_EDIT,
    OCCURRENCE,
    OUTBOX_PART,
)
from bot.storage.schema.findings import (
    ACTION,
    ACTOR,
    ACTOR_ALIAS,
    ACTOR_LOG,
    ACTOR_ROLE,
    ANALYSIS,
    DATE_MENTION,
    MENTION,
    QUOTE,
    QUOTE_ACTOR,
)
from bot.storage.schema.notes import NOTE
from bot.storage.schema.sources import ARTICLE, ARTICLE_PART, ARTICLE_REVISION, FEED, FEED_STATE, OUTLET
from bot.storage.schema.stories import (
    COUNTER,
    DOCUMENT_FREQUENCY,
    EVENT,
    EVENT_ACTOR,
    EVENT_ARTICLE,
    EVENT_LOG,
    EVENT_REDIRECT,
    STORYLINE,
)
from bot.storage.schema.tenants import CHANNEL, CONFIG_LOG, FEED_NOTICE, GUILD, SCHEDULE, SUBSCRIPTION

__all__ = [
    "ACTION", "ACTOR", "ACTOR_ALIAS", "ACTOR_LOG", "ACTOR_ROLE", "ANALYSIS", "ARTICLE", "ARTICLE_PART",
    "ARTICLE_REVISION", "CHANNEL", "CONFIG_LOG", "CORRECTION", "COUNTER", "DATE_MENTION", "DOCUMENT_FREQUENCY",
    "EDITION", "EDITION_ARTICLE", "EDITION_ITEM", "EVENT", "EVENT_ACTOR", "EVENT_ARTICLE", "EVENT_LOG",
    "EVENT_REDIRECT", "FEED", "FEED_NOTICE", "FEED_STATE", "GUILD", "MENTION", "MESSAGE_EDIT", "METADATA", "NOTE",
    "OCCURRENCE", "OUTBOX_PART", "OUTLET", "QUOTE", "QUOTE_ACTOR", "SCHEDULE", "STORYLINE", "SUBSCRIPTION",
]  # fmt: skip
