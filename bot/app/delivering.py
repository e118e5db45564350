"""Wires what posts digests: the rules out of the settings, ledger and sender over one database."""

from datetime import timedelta

from bot.app.machinery import Machinery
from bot.delivery.breaker import Breaker
from bot.delivery.corrections import Corrections, Editor
from bot.delivery.delivery import Delivery
from bot.delivery.ledger import Ledger
from bot.delivery.poster import Poster
from bot.delivery.rules import Rules
from bot.delivery.sender import Sender
from bot.delivery.tripwires import watch_for
from bot.settings import Settings


def rules_of(settings: Settings) -> Rules:
    """Return the figures that deliveries keep to."""
    delivery = settings.delivery
    return Rules(
        grace=timedelta(hours=delivery.grace_hours),
        lease=timedelta(seconds=delivery.lease_seconds),
        spread=timedelta(seconds=delivery.spread_seconds),
        silence=timedelta(days=delivery.silence_days),
    )


def ledger_of(machinery: Machinery, settings: Settings) -> Ledger:
    """Return what composes the digests of *machinery*'s schedules."""
    return Ledger(machinery.database, machinery.news, machinery.clock, rules_of(settings), watch=watch_for())


def sender_of(machinery: Machinery, poster: Poster, settings: Settings, breaker: Breaker | None = None) -> Sender:
    """Return what sends them through *poster*."""
    rules = rules_of(settings)
    return Sender(machinery.database, poster, machinery.clock, rules, breaker=breaker, watch=watch_for())


def corrections_of(machinery: Machinery, editor: Editor) -> Corrections:
    """Return what puts posted digests right through *editor*."""
    return Corrections(machinery.database, editor, machinery.clock, watch=watch_for())


def delivery_of(machinery: Machinery, poster: Poster, settings: Settings) -> Delivery:
    """Return both in one hand."""
    return Delivery(ledger_of(machinery, settings), sender_of(machinery, poster, settings))
