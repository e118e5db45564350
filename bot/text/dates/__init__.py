"""Find the dates that a text names and resolve them by the day it was published."""

from bot.text.dates.find import find_dates, heading_date

__all__ = ["find_dates", "heading_date"]
