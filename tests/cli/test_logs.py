"""Redaction: no secret reaches a log line, whatever way it takes."""

import io
import logging

import pytest

from bot.cli.logs import Redaction, configure_logging

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"  # made up


def logged(message: str, *args: object, error: Exception | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction(("swordfish",)))
    logger = logging.getLogger("tests.redaction")
    logger.handlers[:] = [handler]
    try:
        if error is not None:
            raise error
        logger.warning(message, *args)
    except ValueError:
        logger.exception(message, *args)
    return stream.getvalue()


def test_a_known_secret_is_hidden_in_message_and_arguments() -> None:
    assert "swordfish" not in logged("login with swordfish and %s", "swordfish")


def test_a_token_is_hidden_by_its_shape() -> None:
    assert TOKEN not in logged("Authorization: Bot %s", TOKEN)


def test_a_traceback_is_searched_too() -> None:
    text = logged("failed", error=ValueError(f"bad token swordfish {TOKEN}"))

    assert "ValueError" in text
    assert "swordfish" not in text
    assert TOKEN not in text


def test_an_interaction_address_loses_its_token() -> None:
    address = "/webhooks/123456789012345678/aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OmFiYw/messages"

    assert "aW50ZXJhY3Rpb246" not in logged("POST %s", address)


def test_a_title_with_line_breaks_stays_one_line() -> None:
    assert logged("stored: %s", "a\nERROR root forged").count("\n") == 1


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("https://a.example/rss?key=s3cret&x=1 failed", "https://a.example/rss?[hidden] failed"),
        ("(https://user:s3cret@a.example/rss)", "(https://[hidden]@a.example/rss)"),
        ("'https://s3cret@a.example/?s3cret'", "'https://[hidden]@a.example/?[hidden]'"),
        ("https://a.example/rss#s3cret", "https://a.example/rss?[hidden]"),
        ("postgresql://bot:s3cret@db.example/news", "postgresql://[hidden]@db.example/news"),
        ("why? because", "why? because"),
        ("https://a.example/rss", "https://a.example/rss"),
    ],
)
def test_an_address_loses_what_may_be_a_key(written: str, shown: str) -> None:
    assert shown in logged("%s", written)
    assert "s3cret" not in logged("fetch", error=ValueError(written))


def test_every_handler_hides_and_no_library_prints_bodies(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [logging.StreamHandler(), logging.NullHandler()])
    names = ("discord.http", "discord.gateway", "discord.webhook.async_", "aiosqlite", "asyncio", "sqlalchemy.engine")
    levels = {name: logging.getLogger(name).level for name in (*names, "discord", "apscheduler", "sqlalchemy")}
    level = root.level
    try:
        configure_logging("DEBUG", secrets=["swordfish"])

        assert [any(isinstance(one, Redaction) for one in handler.filters) for handler in root.handlers] == [True]
        assert not any(logging.getLogger(name).isEnabledFor(logging.DEBUG) for name in names)
        assert not logging.getLogger("sqlalchemy.engine").isEnabledFor(logging.INFO)
    finally:
        root.setLevel(level)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
