"""The analysing process: reads batches of documents from its standard input, writes one answer each."""

import logging
import os
import resource
import signal
import sys
from pathlib import Path
from typing import BinaryIO

from bot.analysis.article import Analyser
from bot.analysis.gazetteer import Gazetteer
from bot.analysis.language import load_language
from bot.analysis.wire import LENGTH_BYTES, Batch, Hello, Reply, Setup, frame, unframe
from bot.errors import ConfigError
from bot.processes import MemoryGauge

_LOG = logging.getLogger(__name__)


def main() -> None:
    """Serve until the parent closes the pipe. Whatever prints on standard output lands on standard error instead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides when we end
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    setup = _read(sys.stdin.buffer)
    if setup is not None:
        serve(unframe(Setup, setup), sys.stdin.buffer, replies)


def serve(setup: Setup, requests: BinaryIO, replies: BinaryIO) -> None:
    """Load what *setup* says, say hello, then answer every batch of *requests*."""
    try:
        analyser, hello = _loaded(setup)
    except ConfigError as error:
        _write(replies, Hello(error=str(error)))
        return
    _write(replies, hello)
    memory = MemoryGauge()
    while (body := _read(requests)) is not None:
        documents = unframe(Batch, body).documents
        for document, found in zip(documents, analyser.analyse_all(documents), strict=True):
            if isinstance(found, Exception):
                _LOG.error("document not analysed: title=%.60r", document.title, exc_info=found)
                reply = Reply(None, f"{type(found).__name__}: {found}", memory.used_bytes())
            else:
                reply = Reply(found, None, memory.used_bytes())
            _write(replies, reply)


def _loaded(setup: Setup) -> tuple[Analyser, Hello]:
    if setup.memory_bytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (setup.memory_bytes, setup.memory_bytes))
    language = load_language(setup.model)
    analyser = Analyser(language, Gazetteer.load(Path(folder) for folder in setup.tables))
    return analyser, Hello(f"{language.name} {language.version}", analyser.version)


def _read(stream: BinaryIO) -> bytes | None:
    length = stream.read(LENGTH_BYTES)
    if len(length) < LENGTH_BYTES:
        return None
    return stream.read(int.from_bytes(length, "big"))


def _write(stream: BinaryIO, value: object) -> None:
    stream.write(frame(value))
    stream.flush()


if __name__ == "__main__":
    main()
