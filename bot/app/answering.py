"""Builds the bot that answers people over what the machinery knows."""

from bot.app.machinery import Machinery
from bot.client import CommandHash, NewsBot, ShardedNewsBot
from bot.news.remembered import AnswerMemory, RememberedNews, edits_of


def bot_over(machinery: Machinery, hashes: CommandHash) -> NewsBot:
    """Return a bot, not yet connected, that answers out of memory where nobody has written since."""
    memory = AnswerMemory(machinery.database.mark, lambda: machinery.line.is_reading, edits_of(machinery.database))
    news = RememberedNews(machinery.news, memory)
    return ShardedNewsBot(news, machinery.desk, hashes=hashes, clock=machinery.clock)
