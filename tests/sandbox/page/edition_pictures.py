"""Takes pictures of every kind of edition: ``python -m tests.sandbox.page.edition_pictures FOLDER``."""

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.digest.edition import make_edition
from bot.model.editions import Length
from bot.ui.corrected import PutRight, corrected
from bot.ui.digest_message import digest_message
from bot.ui.payload import Payload
from tests.digest.newsroom import MORNING, NOON, Newsroom, bridge, many, request, strike, talks
from tests.sandbox.page.browsers import browser_beside_us, missing
from tests.sandbox.page.stages import theatre
from tests.ui.samples import EDITIONS, STANDARD


def kinds() -> Iterator[tuple[str, tuple[Payload, ...]]]:
    """Yield the messages of each kind of edition with its name."""
    yield from ((name, digest_message(edition)) for name, edition in EDITIONS.items())
    first, second = STANDARD.bullets[:2]
    now = replace(first, text=first.text.replace("three Estmark", "four Estmark"))
    changes = [PutRight(first, now, withdrawn=False, at=MORNING), PutRight(second, None, withdrawn=True, at=MORNING)]
    yield "correction", tuple(corrected(message, changes) for message in digest_message(STANDARD))
    week = Newsroom()
    bridge(week)
    talks(week, at=NOON - timedelta(days=4))
    strike(week, at=NOON - timedelta(days=2))
    yield "weekly", digest_message(make_edition(week.material(), request(hours=168)))
    yield "long", digest_message(make_edition(many(14, 3).material(), request(length=Length.LONG)))


async def take_pictures(folder: Path) -> list[Path]:
    """Post each kind of edition into a channel of the sandbox, and write what a reader sees to *folder*."""
    taken = []
    for name, messages in kinds():
        async with theatre() as stage, browser_beside_us() as chromium:
            for message in messages:
                body = json.loads(message.to_json())
                stage.double.messages.send(stage.readers.daily["id"], body, (), stage.double.state.bot)
            page = await chromium.new_page(viewport={"width": 900, "height": 1900}, timezone_id="UTC", locale="en-GB")
            await page.goto(stage.stage.address)
            await page.get_by_role("button", name="Close the first steps").click()
            shown = page.locator("article", has=page.locator(".container"))
            await shown.last.wait_for()
            for number in range(await shown.count()):
                taken.append(folder / f"{name}-{number + 1}.png")
                await shown.nth(number).screenshot(path=taken[-1])
    return taken


def main() -> int:
    """Take the pictures into the folder that the command line names."""
    if (why := missing()) is not None:
        sys.stderr.write(f"No pictures without a browser: {why}\n")
        return 1
    for picture in asyncio.run(take_pictures(Path(sys.argv[1]))):
        sys.stdout.write(f"{picture}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
