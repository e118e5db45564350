"""Redaction: no secret reaches a log line, whatever way it takes."""

import io
import logging

from bot.cli.logs import Redaction

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
