"""Takes the pictures of the docs: ``python -m tests.sandbox.page.pictures docs/pictures`` (``make pictures``)."""

import sys
from pathlib import Path
from typing import Any, Final

from tests.sandbox.page.browsers import browser, demo, missing

_LARGEST_BYTES: Final = 200_000


def take_pictures(folder: Path) -> list[Path]:
    """Start the demo, use it as a person would, and write what is seen to *folder*; return the files.

    Raises:
        ValueError: a picture is larger than the docs can take.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as address, browser() as chromium:
        _screens(chromium, address, folder)
        _answers(chromium, address, folder)
    taken = sorted(folder.glob("*.png"))
    for picture in taken:
        if picture.stat().st_size > _LARGEST_BYTES:
            raise ValueError(f"{picture} has {picture.stat().st_size} bytes, more than {_LARGEST_BYTES}")
    return taken


def _screens(chromium: Any, address: str, folder: Path) -> None:
    for name, width, height, scheme in (("first-screen", 1280, 800, "light"), ("narrow-dark", 390, 844, "dark")):
        page = _opened(chromium, address, width, height, scheme)
        page.screenshot(path=folder / f"{name}.png")


def _answers(chromium: Any, address: str, folder: Path) -> None:
    # A little smaller than life, for an edition is long.
    page = _opened(chromium, address, 1180, 1500, "light", device_scale_factor=0.9)
    page.get_by_role("button", name="Close the first steps").click()
    edition = page.locator("article", has=page.get_by_role("heading", name="What you need to know")).last
    edition.locator(".container").screenshot(path=folder / "edition.png")
    page.get_by_role("button", name="newsroom").click()
    page.get_by_role("heading", name="newsroom").wait_for()
    page.mouse.move(0, 0)

    _ask(page, "/actor Ilena Vasarik")
    _take(page, page.get_by_role("heading", name="Ilena Vasarik"), folder / "actor.png")
    _ask(page, "/event ferry")
    page.get_by_role("button", name="Timeline").click()
    page.get_by_role("button", name="Timeline", disabled=True).wait_for()
    _take(page, page.get_by_role("button", name="Timeline"), folder / "event.png")
    _ask(page, "/schedule add channel:archive time:07:00 timezone:Kyiv")
    _take(page, page.get_by_text("I can't post in"), folder / "error.png")
    _greeting(page, folder)


def _greeting(page: Any, folder: Path) -> None:
    """Take what the bot says to a server that has just invited it, and the wizard behind its button."""
    page.get_by_role("button", name="Skarn Head School").click()
    page.get_by_role("button", name="Set up").last.click()
    page.get_by_text("Step 1 of 3").wait_for()
    page.get_by_role("button", name="Continue").last.click()
    page.get_by_text("Step 2 of 3").wait_for()
    page.mouse.move(0, 0)
    first, last = (page.locator("article").nth(number).bounding_box() for number in (0, -1))
    height = last["y"] + last["height"] - first["y"]
    page.screenshot(path=folder / "onboarding.png", clip=first | {"height": height})


def _opened(chromium: Any, address: str, width: int, height: int, scheme: str, **more: Any) -> Any:
    context = chromium.new_context(
        viewport={"width": width, "height": height}, timezone_id="UTC", locale="en-GB", color_scheme=scheme, **more
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_role("heading", name="What you need to know").last.wait_for()
    page.get_by_text("online").wait_for(state="attached")
    return page


def _ask(page: Any, line: str) -> None:
    """Type a whole command, take what is suggested for its last option, and send it."""
    page.locator("#command").fill(line)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")


def _take(page: Any, inside: Any, path: Path) -> None:
    """Take a picture of the newest message that holds *inside*."""
    inside.last.wait_for()
    page.locator("article", has=inside).last.screenshot(path=path)


def main() -> int:
    """Take the pictures into the folder that the command line names."""
    if (why := missing()) is not None:
        sys.stderr.write(f"No pictures without a browser: {why}\n")
        return 1
    for picture in take_pictures(Path(sys.argv[1])):
        sys.stdout.write(f"{picture} {picture.stat().st_size // 1000} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
