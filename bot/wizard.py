"""The wizard of /setup: a daily digest in three clicks, each of which says all that was chosen before it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Final

import discord

from bot.model.answers import Choice, FeedsTried, Pack
from bot.news.questions import DeskQuestions, NewsQuestions
from bot.news.runs import next_runs
from bot.text.zones import parse_time
from bot.ui.once import Once
from bot.ui.preflight import may_configure, server_of
from bot.ui.setup import draft as moves
from bot.ui.setup.cards import done_card, reading_words, what_card, when_card, where_card
from bot.ui.setup.draft import Draft, Press, read_time
from bot.ui.setup.forms import FORMS, addresses, form_for
from bot.ui.setup.press import begun, channel_problem, check_channel, current_channel, send_card, turn_card
from bot.ui.setup.preview import Look, fill_in
from bot.ui.setup.zone_guess import guess_zone

Interaction = discord.Interaction[Any]
Step = Callable[[Interaction, Press], Awaitable[None]]

_HOURS: Final = 24
# Steps that ask for no channel yet, or change nothing: every other one checks the channel again.
_WITHOUT_CHANNEL: Final = frozenset({moves.OPEN, moves.WHERE, moves.HERE, moves.CHANNEL, moves.SHOW, moves.AGAIN})


class Wizard:
    """Answers each press with the next card. What was chosen travels in the ids of the buttons: it keeps nothing."""

    def __init__(self, news: NewsQuestions, desk: DeskQuestions, now: Callable[[], datetime], once: Once) -> None:
        self._news, self._desk, self._now, self._once = news, desk, now, once
        self._steps: dict[str, Step] = {
            moves.OPEN: self._open, moves.WHERE: self._where, moves.HERE: self._here, moves.CHANNEL: self._channel,
            moves.WHAT: self._what, moves.PACK: self._pack, moves.KEEP: self._keep, moves.FEEDS_TYPED: self._feeds,
            moves.AT: self._at, moves.CLOCK_TYPED: self._clock, moves.ZONE: self._zone, moves.CITY_TYPED: self._city,
            moves.SAVE: self._save, moves.SHOW: self._show, moves.AGAIN: self._show,
        }  # fmt: skip

    async def take(self, interaction: Interaction, press: Press) -> None:
        """Answer one press; every step needs Manage Server.

        Raises:
            UserError: the person may not, or can mend what they chose; also its Discord twin, ReplyError.
        """
        may_configure(interaction)
        if press.move not in _WITHOUT_CHANNEL:
            check_channel(interaction, press.draft.channel)
        if press.move in FORMS:
            await interaction.response.send_modal(form_for(press.move, press.draft))
        elif press.move in self._steps:
            await self._steps[press.move](interaction, press)

    async def _open(self, interaction: Interaction, _: Press) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        lines = await self._desk.schedules(server_of(interaction))
        zone = lines[0].schedule.zone if lines else guess_zone(str(interaction.locale))
        draft = Draft(current_channel(interaction), zone=zone)
        problem = channel_problem(interaction, draft.channel)
        await send_card(interaction, where_card(draft, problem, planned=len(lines)))

    async def _where(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await turn_card(interaction, where_card(press.draft, channel_problem(interaction, press.draft.channel)))

    async def _here(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        problem = channel_problem(interaction, press.draft.channel)
        if problem is not None or not press.draft.channel:
            await turn_card(interaction, where_card(press.draft, problem))
        else:
            await self._ask_what(interaction, press.draft)

    async def _channel(self, interaction: Interaction, press: Press) -> None:
        await self._here(interaction, replace(press, draft=replace(press.draft, channel=_number(press.value))))

    async def _what(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await self._ask_what(interaction, press.draft)

    async def _pack(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await self._ask_when(interaction, replace(press.draft, pack=press.value))

    async def _keep(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await self._ask_when(interaction, replace(press.draft, pack=""))

    async def _feeds(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        urls = addresses(press.value)
        tried = await self._desk.add_feeds(server_of(interaction), urls, interaction.user.id)
        step = self._ask_when if tried.lines else self._ask_what
        await step(interaction, replace(press.draft, pack=""), tried)

    async def _at(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await self._ask_when(interaction, replace(press.draft, at=read_time(press.value) or press.draft.at))

    async def _clock(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await self._ask_when(interaction, replace(press.draft, at=parse_time(press.value)))

    async def _zone(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        await self._ask_when(interaction, replace(press.draft, zone=press.value))

    async def _city(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        found = await self._desk.zones_meant(press.value)
        if len(found) == 1:
            await self._ask_when(interaction, replace(press.draft, zone=found[0].value))
        else:
            await self._ask_when(interaction, press.draft, zones=found)

    async def _save(self, interaction: Interaction, press: Press) -> None:
        await interaction.response.defer()
        with begun(self._once, ("setup", _message(interaction)), again=False) as is_first:
            if is_first:
                await self._save_once(interaction, press.draft)

    async def _save_once(self, interaction: Interaction, draft: Draft) -> None:
        done = await self._desk.set_up(
            server_of(interaction),
            draft.channel,
            at=f"{draft.at:%H:%M}",
            zone=draft.zone,
            pack=draft.pack or None,
            user=interaction.user.id,
        )
        await turn_card(interaction, done_card(draft, done, await self._named(draft.pack)))

    async def _show(self, interaction: Interaction, press: Press) -> None:
        with begun(self._once, ("preview", _message(interaction)), again=True) as is_first:
            if not is_first or press.move == moves.AGAIN:
                await interaction.response.defer()
            else:
                await interaction.response.defer(ephemeral=True, thinking=True)
            if is_first:
                await self._preview(interaction, press.draft)

    async def _preview(self, interaction: Interaction, draft: Draft) -> None:
        await fill_in(interaction, partial(self._look, server_of(interaction), draft), draft)

    async def _look(self, server: int, draft: Draft) -> Look:
        edition = await self._news.digest(zone=draft.zone or "UTC", hours=_HOURS, guild=server)
        waiting = 0 if edition.items else (await self._news.status(server)).waiting_analysis
        return Look(self._now(), edition, await self._desk.feeds(server), waiting, await self._named(draft.pack))

    async def _ask_what(self, interaction: Interaction, draft: Draft, tried: FeedsTried | None = None) -> None:
        feeds = await self._desk.feeds(server_of(interaction))
        await turn_card(interaction, what_card(draft, await self._desk.packs(), len(feeds), tried))

    async def _ask_when(
        self,
        interaction: Interaction,
        draft: Draft,
        tried: FeedsTried | None = None,
        *,
        zones: Sequence[Choice] = (),
    ) -> None:
        server = server_of(interaction)
        reading = reading_words(await self._named(draft.pack), len(await self._desk.feeds(server)))
        first = next(iter(next_runs(draft.schedule(server), self._now(), 1)), None) if draft.zone else None
        card = when_card(
            draft, first, zones or await self._zones(draft), reading=reading, tried=tried, several=bool(zones)
        )
        await turn_card(interaction, card)

    async def _zones(self, draft: Draft) -> tuple[Choice, ...]:
        usual = await self._desk.zone_choices("")
        alike = await self._desk.zone_choices(draft.zone) if draft.zone else ()
        return (*(one for one in alike if one.value == draft.zone), *usual)

    async def _named(self, key: str) -> Pack | None:
        return next((pack for pack in await self._desk.packs() if pack.key == key), None)


def _message(interaction: Interaction) -> int:
    return interaction.message.id if interaction.message else 0


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() else 0
