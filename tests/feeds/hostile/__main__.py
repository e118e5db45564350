"""Run every misbehaving server in a process of its own: ``python -m tests.feeds.hostile``.

It prints its ports as a line of JSON; when its input ends, it prints what it saw as another one and ends.
"""

import asyncio
import json
import sys
from time import monotonic

from tests.feeds.hostile.cases import dispatch, handlers
from tests.feeds.servers import Handler, Request, answer, serve


def timed(inner: Handler, seconds: dict[str, float]) -> Handler:
    """Note in *seconds* how long each request was held, from its arrival until its last byte was taken or refused."""

    async def handle(request: Request, writer: asyncio.StreamWriter) -> None:
        begun = monotonic()
        try:
            await inner(request, writer)
            await writer.drain()
        finally:
            seconds[request.path] = max(seconds.get(request.path, 0.0), monotonic() - begun)

    return handle


async def main() -> None:
    seconds: dict[str, float] = {}
    async with (
        serve(answer()) as canary,
        serve(timed(dispatch(handlers(canary.port)), seconds)) as server,
    ):
        print(json.dumps({"port": server.port}), flush=True)  # noqa: T201 - for whoever started us
        await asyncio.to_thread(sys.stdin.read)
        print(json.dumps({"seconds": seconds, "canary": len(canary.requests)}), flush=True)  # noqa: T201


if __name__ == "__main__":
    asyncio.run(main())
