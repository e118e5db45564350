"""Every kind of answer that a bot can give is shown and can be used, in a browser, with a bare bot behind it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.sandbox.double.errors import Problem
from bot.sandbox.double.events import Violation
from tests.sandbox.double.bare import connected
from tests.sandbox.page.browsers import browser_beside_us, missing
from tests.sandbox.page.stages import Theatre

pytestmark = pytest.mark.skipif(missing() is not None, reason=f"the page is not tried in a browser: {missing()}")


class Reader:
    """Somebody at the page."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def see(self, text: str) -> Any:
        return self.page.get_by_text(text, exact=True).last

    async def use(self, command: str) -> None:
        """Type a command without options and send it."""
        await self.page.locator("#command").focus()
        await self.page.keyboard.type(command)
        await self.page.get_by_role("option", name=command).first.wait_for()
        await self.page.keyboard.press("Enter")
        await self.page.locator(".command-name:focus").wait_for()
        await self.page.keyboard.press("Enter")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def open_menu(self, name: str) -> None:
        await self.click(name)
        await self.page.locator(".select-list:focus").wait_for()

    async def click(self, name: str) -> None:
        await self.page.get_by_role("button", name=name).last.click()


@pytest.fixture
async def reader(house: Theatre) -> AsyncIterator[Reader]:
    """A reader in #general, as the admin."""
    async with connected(house.double), browser_beside_us() as chromium:
        page = await (await chromium.new_context(locale="en-GB", timezone_id="UTC")).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page's script failed: {error}"))
        await page.goto(house.stage.address)
        await page.get_by_role("button", name="general").click()
        await page.get_by_role("heading", name="general").wait_for()
        yield Reader(page)


async def test_a_form_is_checked_filled_in_and_sent_and_one_types_on_afterwards(reader: Reader) -> None:
    await reader.use("/form")
    await reader.page.get_by_role("dialog", name="A form").wait_for()

    await reader.click("Submit")
    await reader.see("“Name” is required.").wait_for()
    await reader.page.keyboard.type("Saint Orla")
    await reader.press("Tab", "ArrowDown")
    await reader.page.locator(".select-list:focus").wait_for()
    await reader.press("Enter")
    await reader.click("Submit")
    await reader.see("Saint Orla/b").wait_for()
    await reader.page.keyboard.type("typing on")

    assert await reader.page.locator("#command").input_value() == "typing on"


async def test_buttons_turn_a_message_and_menus_take_one_or_several(reader: Reader) -> None:
    await reader.use("/panel")
    await reader.click("Turn")
    await reader.see("turned").wait_for()
    await reader.open_menu("Which")
    await reader.press("Enter", "ArrowDown", "Enter", "Escape")
    await reader.see("chose 1,2").wait_for()
    await reader.open_menu("Where")
    await reader.page.keyboard.type("#boats")
    await reader.press("Enter")
    await reader.see("chose boats").wait_for()

    assert await reader.page.get_by_role("button", name="Off").is_disabled()
    assert await reader.page.get_by_text("Only you can see this").count() == 2


async def test_an_option_that_does_not_fit_is_told_before_anything_is_sent(house: Theatre, reader: Reader) -> None:
    await reader.page.locator("#command").fill("/echo text:hello count:12")
    await reader.press("Escape", "Enter", "Enter")
    await reader.see("“count” is at most 9.").wait_for()
    sent = [line for line in house.double.log if line.path.endswith("/callback")]
    await reader.press("Backspace", "Backspace")
    await reader.page.keyboard.type("7")
    await reader.press("Enter")
    await reader.page.get_by_text("hello|7|0.5").wait_for()

    assert sent == []


async def test_embeds_files_and_pictures_are_shown(house: Theatre, reader: Reader) -> None:
    embed = {
        "title": "Tide table", "description": "High at **noon**", "color": 0x0B6E68,
        "footer": {"text": "harbour office"},
        "fields": [{"name": "Low", "value": "at six", "inline": True}], "author": {"name": "Odile"},
    }  # fmt: skip
    message = house.double.messages.builder.new(house.readers.general, house.double.state.bot, {"embeds": [embed]})
    message["attachments"] = [house.double.files.keep("tides.csv", b"6,low"), house.double.files.keep("sea.png", b"no")]
    house.double.messages.publish(message)

    await reader.see("Tide table").wait_for()
    await reader.page.get_by_role("link", name="tides.csv").wait_for()
    await reader.page.get_by_text("This picture could not be loaded.").wait_for()

    assert await reader.page.locator(".embed strong").inner_text() == "noon"
    assert await reader.page.locator(".embed dd").inner_text() == "at six"


async def test_a_silent_bot_is_told_of_where_one_looks_and_the_menu_of_a_message_works(reader: Reader) -> None:
    await reader.page.locator("#command").fill("a word to find")
    await reader.press("Enter")
    await reader.see("a word to find").hover()
    await reader.click("Apps for this message")
    await reader.page.get_by_role("menuitem", name="Find this").click()
    await reader.see("found a word to find").wait_for()
    await reader.use("/silent")
    await reader.see("The application did not respond").wait_for(timeout=8000)
    await reader.click("Dismiss")

    assert await reader.page.locator(".message", has_text="The application did not respond").count() == 0


async def test_a_broken_rule_is_shown_in_red(house: Theatre, reader: Reader) -> None:
    house.double.events.tell(Violation("POST", "/channels/1/messages", (Problem(("content",), "Too long."),)))

    await reader.page.locator("#violation-dot").wait_for()
    await reader.click("Sandbox tools")
    await reader.page.locator(".violations").get_by_text("Too long.").wait_for()

    assert await reader.page.get_by_text("1 request broke a rule of Discord's.").is_visible()


async def test_hostile_words_stay_words(house: Theatre, reader: Reader) -> None:
    words = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) <script>alert(1)</script> \u202eback"
    house.double.messages.say(house.readers.general["id"], words, house.readers.member.user)

    await reader.page.get_by_text("<script>alert(1)</script>").wait_for()

    assert await reader.page.locator(".message :is(img, script, a)").count() == 0


async def test_older_messages_come_when_one_scrolls_up_and_the_place_is_kept(house: Theatre, reader: Reader) -> None:
    for number in range(120):
        house.double.messages.say(house.readers.boats["id"], f"line {number}", house.readers.member.user)
    await reader.page.reload()
    await reader.page.get_by_role("button", name="boats").click()
    await reader.see("line 119").wait_for()
    before = await reader.page.locator("article.message").count()

    await reader.page.locator("#messages").evaluate("list => { list.scrollTop = 0; }")
    await reader.see("line 20").wait_for(state="attached")

    assert before == 50
    assert await reader.page.locator("#messages").evaluate("list => list.scrollTop") > 100
