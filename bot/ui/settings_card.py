"""What a server has chosen and how much room it has left."""

from bot.model.answers import ServerRoom
from bot.ui.components import text
from bot.ui.payload import Payload, boxed


def settings_card(room: ServerRoom) -> Payload:
    """Return the settings of a server, its limits and how much of them is used."""
    place = f"<#{room.notice_channel}>" if room.notice_channel else "the channel of the oldest schedule"
    pace = (
        f"-# Up to {room.feed_adds} feeds a minute can be added; digests of one channel lie at least"
        f" {room.minutes_apart} minutes apart. Whoever runs the bot can allow more."
    )
    rows = (
        "## Settings",
        f"Notices about broken feeds go to {place}. `/settings notices:` chooses another channel.",
        f"Feeds: {room.feeds} of {room.most_feeds} · schedules: {room.schedules} of {room.most_schedules}",
        pace,
    )
    return boxed(text("\n".join(rows)))
