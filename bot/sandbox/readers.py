"""The demo's servers on the double: "Inner Sea Readers", who get a daily edition, and a school that just invited us."""

from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.double import objects
from bot.sandbox.double.core import Core
from bot.sandbox.double.permissions import (
    ADD_REACTIONS,
    ATTACH_FILES,
    CREATE_PUBLIC_THREADS,
    EMBED_LINKS,
    MANAGE_CHANNELS,
    MANAGE_GUILD,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    USE_APPLICATION_COMMANDS,
    VIEW_CHANNEL,
)

JsonObject = dict[str, Any]

_LOOK: Final = VIEW_CHANNEL | READ_MESSAGE_HISTORY
_TAKE_PART: Final = (
    SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | ADD_REACTIONS | USE_APPLICATION_COMMANDS | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
)  # fmt: skip
_RUN_IT: Final = _LOOK | _TAKE_PART | MANAGE_GUILD | MANAGE_CHANNELS | MANAGE_MESSAGES
_BOT_NEEDS: Final = _LOOK | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | SEND_MESSAGES_IN_THREADS


@dataclass(frozen=True, slots=True)
class Viewer:
    """One of the people whose eyes the page can look through."""

    user: JsonObject
    label: str
    note: str

    def shown(self) -> JsonObject:
        """Return the viewer as the page's ``state`` frame has it."""
        return {"user": self.user, "label": self.label, "note": self.note}


@dataclass(frozen=True, slots=True)
class Readers:
    """The made-up servers and people, as objects of the double."""

    guild: JsonObject
    school: JsonObject
    daily: JsonObject
    general: JsonObject
    boats: JsonObject
    newsroom: JsonObject
    admin: Viewer
    member: Viewer
    stranger: Viewer

    @property
    def viewers(self) -> tuple[Viewer, ...]:
        """Return the people to look through, the mightiest first."""
        return (self.admin, self.member, self.stranger)


def build_readers(core: Core) -> Readers:
    """Put the servers on the double; the bot is in the first already, the second is yet to invite it."""
    state = core.state
    mira, jonas, petra = (state.add_user(name) for name in ("Mira", "Jonas", "Petra"))
    guild = state.add_guild("Inner Sea Readers", state.add_user("Odile"), joined=False)
    _everyone(guild)["permissions"] = str(_LOOK)
    admins = state.add_role(guild, "Admin", _RUN_IT)
    readers = state.add_role(guild, "Reader", _TAKE_PART, mentionable=True)
    bots = state.add_role(guild, "needtoknow", _BOT_NEEDS)
    state.add_member(guild, mira, [admins, readers])
    state.add_member(guild, jonas, [readers])
    state.add_member(guild, petra)
    # As long as the server itself: it was greeted then.
    state.add_member(guild, state.bot, [bots])["joined_at"] = guild["joined_at"]
    daily, general, boats, newsroom = _channels(core, guild, admins, bots)
    guild["system_channel_id"] = general["id"]
    return Readers(
        guild=guild, school=_school(core, mira), daily=daily, general=general, boats=boats, newsroom=newsroom,
        admin=Viewer(mira, "Admin", "runs the server and sets the bot up"),
        member=Viewer(jonas, "Member", "reads, writes and asks"),
        stranger=Viewer(petra, "Stranger", "just came in: may read, not write or ask"),
    )  # fmt: skip


def _channels(
    core: Core, guild: JsonObject, admins: JsonObject, bots: JsonObject
) -> tuple[JsonObject, JsonObject, JsonObject, JsonObject]:
    state = core.state
    everyone = guild["id"]
    read_only = [
        objects.overwrite(everyone, deny=SEND_MESSAGES),
        objects.overwrite(admins["id"], allow=SEND_MESSAGES),
        objects.overwrite(bots["id"], allow=SEND_MESSAGES),
    ]
    staff = [
        objects.overwrite(everyone, deny=VIEW_CHANNEL),
        objects.overwrite(admins["id"], allow=VIEW_CHANNEL),
        objects.overwrite(bots["id"], allow=VIEW_CHANNEL),
    ]
    news = state.add_channel(guild, "News", kind=objects.CATEGORY)["id"]
    daily = state.add_channel(
        guild, "daily-news", parent_id=news, topic="One edition every morning at seven. Each sentence has its source."
    )
    state.add_channel(
        guild, "announcements", kind=objects.ANNOUNCEMENT, parent_id=news, permission_overwrites=read_only,
        topic="What the admins have to say; other servers may follow it",
    )  # fmt: skip
    quay = state.add_channel(guild, "On the quay", kind=objects.CATEGORY)["id"]
    general = state.add_channel(guild, "general", parent_id=quay, topic="Talk about the news, and about the weather")
    boats = state.add_channel(guild, "boats", parent_id=quay, topic="A quiet channel that gets no news yet")
    rooms = state.add_channel(guild, "Staff", kind=objects.CATEGORY, permission_overwrites=staff)["id"]
    newsroom = state.add_channel(
        guild, "newsroom", parent_id=rooms, permission_overwrites=staff, topic="Only admins see this: set up, try out"
    )
    silent = [*staff, objects.overwrite(core.state.bot["id"], deny=SEND_MESSAGES, is_member=True)]
    state.add_channel(
        guild, "archive", parent_id=rooms, permission_overwrites=silent, topic="The bot may not write here: it says so"
    )
    return daily, general, boats, newsroom


def _school(core: Core, owner: JsonObject) -> JsonObject:
    guild = core.state.add_guild("Skarn Head School", owner, joined=False)
    front = core.state.add_channel(guild, "front-door", topic="The bot came in here today: nothing is set up")
    core.state.add_channel(guild, "class-3b")
    guild["system_channel_id"] = front["id"]
    return guild


def _everyone(guild: JsonObject) -> JsonObject:
    found: JsonObject = next(role for role in guild["roles"] if role["id"] == guild["id"])
    return found
