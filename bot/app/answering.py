"""Builds the bot that answers people over what the machinery knows."""

import gc

from bot.app.machinery import Machinery
from bot.client import CommandHash, NewsBot, ShardedNewsBot
from bot.news.remembered import AnswerMemory, RememberedNews, edits_of


def bot_over(machinery: Machinery, hashes: CommandHash) -> NewsBot:
    """Return a bot, not yet connected, that answers out of memory where nobody has written since.

    All that lives by now lives as long as the process and is left out of garbage collections from here on: looking
    through actor tables and word counts again and again would keep everybody who asks waiting for half a second.
    """
    memory = AnswerMemory(machinery.database.mark, lambda: machinery.line.is_reading, edits_of(machinery.database))
    news = RememberedNews(machinery.news, memory)
    bot = ShardedNewsBot(news, machinery.desk, hashes=hashes, clock=machinery.clock)
    gc.collect()
    gc.freeze()
    return bot
