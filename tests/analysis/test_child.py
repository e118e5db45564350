"""The analysing process, run in this one over pipes of bytes."""

from datetime import UTC, datetime
from io import BytesIO

from bot.analysis.article import Document
from bot.analysis.child import serve
from bot.analysis.language import RULES_ONLY
from bot.analysis.wire import LENGTH_BYTES, Batch, Hello, Reply, Setup, frame, unframe


def frames(written: BytesIO) -> list[bytes]:
    written.seek(0)
    bodies = []
    while length := written.read(LENGTH_BYTES):
        bodies.append(written.read(int.from_bytes(length, "big")))
    return bodies


def run(setup: Setup, *requests: bytes) -> list[bytes]:
    written = BytesIO()
    serve(setup, BytesIO(b"".join(requests)), written)
    return frames(written)


def test_hello_then_one_answer_a_document() -> None:
    documents = tuple(
        Document(f"Report {n}", "Mayor Ada Brask spoke.", datetime(2026, 3, 2, tzinfo=UTC)) for n in range(3)
    )

    hello, *replies = run(Setup(RULES_ONLY, (), None), frame(Batch(documents[:1])), frame(Batch(documents[1:])))

    assert unframe(Hello, hello).error is None
    answers = [unframe(Reply, reply) for reply in replies]
    assert [answer.analysis is not None and answer.rss_bytes > 10_000_000 for answer in answers] == [True, True, True]


def test_wrong_setup_is_told_in_the_hello() -> None:
    (hello,) = run(Setup("no_such_model", (), None))

    assert "no_such_model" in (unframe(Hello, hello).error or "")


def test_missing_tables_are_told_in_the_hello() -> None:
    (hello,) = run(Setup(RULES_ONLY, ("/no/such/tables",), None))

    assert "/no/such/tables" in (unframe(Hello, hello).error or "")
