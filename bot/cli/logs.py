"""Logging: one line a record on standard error, never a secret in it."""

import logging
import re
from collections.abc import Sequence
from typing import Final

# A bot token, and the token of an interaction or webhook inside an address.
_SHAPES: Final = (
    re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b"),
    re.compile(r"(?<=/)(?:aW50[\w-]{20,}|[\w-]{68})\b"),
)
_HIDDEN: Final = "[hidden]"
# What an address may hold of a subscriber's key: a user with a password, and everything after the question mark.
_IN_ADDRESS: Final = (
    (re.compile(r"(?<=://)[^\s/@\"'<>]+(?=@)"), _HIDDEN),
    (re.compile(r"(://[^\s?#\"'<>]+)[?#][^\s\"'<>)\]]+"), rf"\1?{_HIDDEN}"),
)


class Redaction(logging.Filter):
    """Takes secrets out of every record, by value and by shape, its traceback included."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite *record* without secrets; keep it in any case."""
        record.msg, record.args = self.hide(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = self.hide(self._formatter.formatException(record.exc_info))
        return True

    def hide(self, text: str) -> str:
        """Return *text* with every secret replaced."""
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        for shape in _SHAPES:
            text = shape.sub(_HIDDEN, text)
        for shape, instead in _IN_ADDRESS:
            text = shape.sub(instead, text)
        # One record is one line: a newline in foreign text must not look like another record.
        return text.replace("\r", "\\r").replace("\n", "\\n") if "Traceback" not in text else text


def configure_logging(level: str, *, secrets: Sequence[str] = ()) -> None:
    """Send records of *level* and above to standard error, and keep libraries from printing bodies."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(Redaction(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # At DEBUG these print request bodies and addresses that hold interaction tokens.
    for name in ("discord", "discord.http", "discord.gateway", "aiosqlite", "asyncio"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelName(level)))
    for name in ("apscheduler", "sqlalchemy"):  # at INFO the latter prints every statement
        logging.getLogger(name).setLevel(logging.WARNING)
