"""New objects in the form of Discord's API: plain dicts, complete, without any memory of their own."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

JsonObject = dict[str, Any]

TEXT: Final = 0
DIRECT: Final = 1
VOICE: Final = 2
CATEGORY: Final = 4
ANNOUNCEMENT: Final = 5
ANNOUNCEMENT_THREAD: Final = 10
PUBLIC_THREAD: Final = 11
PRIVATE_THREAD: Final = 12
FORUM: Final = 15
MEDIA: Final = 16
THREADS: Final = frozenset({ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})
FORUMS: Final = frozenset({FORUM, MEDIA})
WRITABLE: Final = frozenset({TEXT, DIRECT, VOICE, ANNOUNCEMENT, 13, *THREADS})
"""Channel types that take messages."""

_A_DAY_IN_MINUTES: Final = 1440


def iso(at: datetime) -> str:
    """Return an instant as the API writes it."""
    return at.isoformat(timespec="microseconds")


def user(user_id: str, name: str, *, bot: bool = False) -> JsonObject:
    """Return a user."""
    made = {
        "id": user_id, "username": name, "discriminator": "0", "avatar": None, "global_name": name,
        "public_flags": 0, "flags": 0, "primary_guild": None, "banner": None, "accent_color": None,
        "avatar_decoration_data": None, "collectibles": None,
    }  # fmt: skip
    return made | ({"bot": True} if bot else {})


def own_account(bot: JsonObject) -> JsonObject:
    """Return the bot's user as it sees itself."""
    return bot | {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None, "premium_type": 0}


def application(bot: JsonObject, owner: JsonObject, guild_count: int) -> JsonObject:
    """Return the application that the bot belongs to."""
    return {
        "id": bot["id"], "name": bot["username"], "icon": None, "description": "", "type": None, "bot": bot,
        "verify_key": "0" * 64, "flags": 1 << 23, "flags_new": str(1 << 23), "redirect_uris": [],
        "interactions_endpoint_url": None, "role_connections_verification_url": None, "owner": owner, "team": None,
        "approximate_guild_count": guild_count, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "bot_public": True,
        "bot_require_code_grant": False, "integration_types_config": {}, "eligible_oauth2_scopes": [],
    }  # fmt: skip


def guild(guild_id: str, name: str, owner_id: str, now: str) -> JsonObject:
    """Return a server without roles, channels and members."""
    return {
        "id": guild_id, "name": name, "owner_id": owner_id, "icon": None, "description": None, "home_header": None,
        "splash": None, "discovery_splash": None, "features": [], "banner": None, "application_id": None,
        "region": "deprecated", "afk_channel_id": None, "afk_timeout": 300, "system_channel_id": None,
        "system_channel_flags": 0, "widget_enabled": False, "widget_channel_id": None, "verification_level": 0,
        "roles": [], "default_message_notifications": 0, "mfa_level": 0, "explicit_content_filter": 0,
        "max_presences": None, "max_members": 500000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "vanity_url_code": None, "premium_tier": 0, "premium_subscription_count": 0,
        "preferred_locale": "en-US", "rules_channel_id": None, "safety_alerts_channel_id": None,
        "public_updates_channel_id": None, "premium_progress_bar_enabled": False, "nsfw": False, "nsfw_level": 0,
        "emojis": [], "stickers": [], "incidents_data": None, **dict.fromkeys(_ONLY_ON_THE_GATEWAY),
        "channels": [], "members": [], "threads": [], "presences": [], "voice_states": [], "stage_instances": [],
        "guild_scheduled_events": [], "soundboard_sounds": [], "member_count": 0, "large": False,
        "unavailable": False, "joined_at": now,
    }  # fmt: skip


_ONLY_ON_THE_GATEWAY: Final = (
    "channels", "members", "threads", "presences", "voice_states", "stage_instances", "guild_scheduled_events",
    "soundboard_sounds", "member_count", "large", "unavailable", "joined_at",
)  # fmt: skip


def guild_over_http(known: JsonObject, *, counts: bool = False) -> JsonObject:
    """Return a server as HTTP answers show it: without what only the gateway tells."""
    shown = {key: value for key, value in known.items() if key not in _ONLY_ON_THE_GATEWAY}
    counted = {"approximate_member_count": known["member_count"], "approximate_presence_count": 1}
    return shown | (counted if counts else {})


def role(role_id: str, name: str, permissions: int, position: int) -> JsonObject:
    """Return a role."""
    return {
        "id": role_id, "name": name, "permissions": str(permissions), "position": position, "color": 0,
        "hoist": False, "managed": False, "mentionable": False, "flags": 0, "icon": None, "unicode_emoji": None,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }  # fmt: skip


def member(of: JsonObject, roles: Iterable[str], now: str) -> JsonObject:
    """Return the membership of a user; *roles* are ids."""
    return {
        "user": of, "roles": list(roles), "joined_at": now, "deaf": False, "mute": False, "flags": 0, "nick": None,
        "avatar": None, "banner": None, "pending": False, "premium_since": None, "communication_disabled_until": None,
    }  # fmt: skip


def channel(channel_id: str, guild_id: str, name: str, kind: int, position: int) -> JsonObject:
    """Return a channel of a server."""
    made: JsonObject = {
        "id": channel_id, "type": kind, "guild_id": guild_id, "name": name, "nsfw": False, "position": position,
        "permission_overwrites": [], "parent_id": None, "topic": None, "last_message_id": None,
        "rate_limit_per_user": 0, "flags": 0,
    }  # fmt: skip
    forum: JsonObject = {
        "available_tags": [],
        "default_reaction_emoji": None,
        "default_sort_order": None,
        "default_forum_layout": 0,
    }
    return made | (forum if kind in FORUMS else {})


def direct_channel(channel_id: str, recipient: JsonObject) -> JsonObject:
    """Return the channel between the bot and one person."""
    return {"id": channel_id, "type": DIRECT, "last_message_id": None, "flags": 0, "recipients": [recipient]}


def thread(thread_id: str, parent: JsonObject, owner_id: str, now: str, wishes: Mapping[str, Any]) -> JsonObject:
    """Return a thread under *parent*; *wishes* is the request's body."""
    kind = wishes.get("type") or (ANNOUNCEMENT_THREAD if parent["type"] == ANNOUNCEMENT else PUBLIC_THREAD)
    state = {
        "archived": False, "archive_timestamp": now, "locked": False, "create_timestamp": now,
        "auto_archive_duration": wishes.get("auto_archive_duration") or _A_DAY_IN_MINUTES,
    }  # fmt: skip
    made = {
        "id": thread_id, "type": kind, "guild_id": parent["guild_id"], "parent_id": parent["id"],
        "name": wishes["name"], "owner_id": owner_id, "last_message_id": None, "message_count": 0, "flags": 0,
        "member_count": 1, "total_message_sent": 0, "thread_metadata": state,
        "rate_limit_per_user": wishes.get("rate_limit_per_user") or 0,
    }  # fmt: skip
    return made | ({"applied_tags": list(wishes.get("applied_tags") or ())} if parent["type"] in FORUMS else {})


def overwrite(target_id: str, *, allow: int = 0, deny: int = 0, is_member: bool = False) -> JsonObject:
    """Return a permission overwrite of a channel for a role, or for a member."""
    return {"id": target_id, "type": int(is_member), "allow": str(allow), "deny": str(deny)}
