"""From a request's body to a message as the API shows it: defaults, component ids, media, mentions."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any, Final

from bot.sandbox.double.checks.component_rules import SELECTS, TEXT_DISPLAY, walk
from bot.sandbox.double.checks.rules import EPHEMERAL, IS_COMPONENTS_V2
from bot.sandbox.double.files import Files, Upload
from bot.sandbox.double.mentions import Pings, pings, words_of
from bot.sandbox.double.permissions import MENTION_EVERYONE
from bot.sandbox.double.state import State

JsonObject = dict[str, Any]
Uploads = Sequence[Upload]

SUPPRESS_EMBEDS: Final = 1 << 2
SUPPRESS_NOTIFICATIONS: Final = 1 << 12
_FLAGS_OF_SENDERS: Final = SUPPRESS_EMBEDS | EPHEMERAL | SUPPRESS_NOTIFICATIONS | IS_COMPONENTS_V2
_FLAGS_OF_EDITORS: Final = SUPPRESS_EMBEDS | IS_COMPONENTS_V2
_REPLY: Final = 19
_FILE: Final = 13
# What the API shows of a component although the sender left it out, by type.
_DEFAULTS: Final[dict[int, JsonObject]] = {
    11: {"description": None, "spoiler": False},
    _FILE: {"spoiler": False},
    14: {"divider": True, "spacing": 1},
    17: {"accent_color": None, "spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
}


class Builder:
    """Makes and changes message objects; it stores only files."""

    def __init__(self, state: State, files: Files) -> None:
        self._state = state
        self._files = files

    def new(
        self, channel: JsonObject, author: JsonObject, body: Mapping[str, Any], uploads: Uploads = (), **more: object
    ) -> JsonObject:
        """Return a message of *author*; *more* are further fields of the API's message object."""
        message: JsonObject = {
            "id": self._state.ids.new(), "channel_id": channel["id"], "author": author, "type": 0,
            "tts": bool(body.get("tts")), "timestamp": self._state.now(), "edited_timestamp": None, "pinned": False,
            "flags": int(body.get("flags") or 0) & _FLAGS_OF_SENDERS, "content": body.get("content") or "",
            "attachments": self._files.keep_all(uploads, body.get("attachments") or ()),
        }  # fmt: skip
        if body.get("nonce") is not None:
            message["nonce"] = body["nonce"]
        whole = {"embeds": body.get("embeds"), "components": body.get("components")}
        message |= self._shown(whole, message["attachments"])
        message |= self._mentions(channel, author, message, body.get("allowed_mentions"))
        return message | self._reference(channel, body) | more

    def change(self, message: JsonObject, body: Mapping[str, Any], uploads: Uploads = ()) -> None:
        """Apply an edit's body to *message*."""
        message["flags"] = merged_flags(message, body)
        if "content" in body:
            message["content"] = body["content"] or ""
        if "attachments" in body or uploads:
            wishes = body.get("attachments", message["attachments"]) or ()
            kept = {str(wish.get("id")) for wish in wishes}
            old = [attachment for attachment in message["attachments"] if attachment["id"] in kept]
            message["attachments"] = [*old, *self._files.keep_all(uploads, wishes)]
        message |= self._shown(body, message["attachments"])
        channel = self._state.channels[message["channel_id"]]
        message |= self._mentions(channel, message["author"], message, body.get("allowed_mentions"))
        message["edited_timestamp"] = self._state.now()

    def _shown(self, body: Mapping[str, Any], attachments: list[JsonObject]) -> JsonObject:
        shown: JsonObject = {}
        if "embeds" in body:
            shown["embeds"] = [_embed(embed, attachments) for embed in body.get("embeds") or ()]
        if "components" in body:
            shown["components"] = copy.deepcopy(list(body.get("components") or ()))
            self._complete(shown["components"], attachments)
        return shown

    def _complete(self, components: list[JsonObject], attachments: list[JsonObject]) -> None:
        """Give every component its id where the sender left it out, its defaults, and its media an address."""
        for component in numbered(components):
            for key, value in _DEFAULTS.get(component["type"], {}).items():
                component.setdefault(key, value)
            self._place_media(component, attachments)

    def _place_media(self, component: JsonObject, attachments: list[JsonObject]) -> None:
        if component["type"] == _FILE:
            found = _attached(component["file"]["url"], attachments)
            component |= {"name": found.get("filename", ""), "size": found.get("size", 0)}
        for holder in (component, *(component.get("items") or ())):
            for key in ("media", "file"):
                if isinstance(holder.get(key), dict):
                    holder[key] = {"id": self._state.ids.new()} | _media(holder[key]["url"], attachments)

    def _mentions(
        self, channel: JsonObject, author: JsonObject, message: JsonObject, allowed: Mapping[str, Any] | None
    ) -> JsonObject:
        guild = self._state.guild_of(channel)
        roles = guild["roles"] if guild else ()
        found = pings(
            words_of(message),
            allowed,
            may_ping_all=bool(self._state.permissions_of(author["id"], channel) & MENTION_EVERYONE),
            mentionable=[role["id"] for role in roles if role["mentionable"]],
        )
        return self._as_fields(found)

    def _as_fields(self, found: Pings) -> JsonObject:
        users = [self._state.users[user] for user in found.users if user in self._state.users]
        return {"mentions": users, "mention_roles": list(found.roles), "mention_everyone": found.everyone}

    def _reference(self, channel: JsonObject, body: Mapping[str, Any]) -> JsonObject:
        reference = body.get("message_reference")
        if not reference:
            return {}
        message_id = str(reference["message_id"])
        place = {"type": 0, "channel_id": channel["id"], "message_id": message_id}
        guild = {"guild_id": channel["guild_id"]} if "guild_id" in channel else {}
        replied = self._state.messages.get(channel["id"], {}).get(message_id)
        return {"type": _REPLY, "message_reference": place | guild, "referenced_message": replied}


def numbered(components: list[JsonObject]) -> list[JsonObject]:
    """Give every component that has no id the next free one, and return all of them, outermost first."""
    known = [component for component in walk(components) if isinstance(component, dict)]
    taken = {component["id"] for component in known if component.get("id")}
    free = (number for number in count(1) if number not in taken)
    for component in known:
        component["id"] = component.get("id") or next(free)
    return known


def merged_flags(message: Mapping[str, Any], body: Mapping[str, Any]) -> int:
    """Return the flags of *message* after an edit; that it is all components stays so for ever."""
    flags = int(message["flags"])
    if body.get("flags") is None:
        return flags
    wished = int(body["flags"]) & _FLAGS_OF_EDITORS
    return flags & ~SUPPRESS_EMBEDS | wished


def all_text(message: Mapping[str, Any]) -> str:
    """Return every word that a message shows, embeds and components included, a part a line; labels of buttons not."""
    lines = [message.get("content") or ""]
    for embed in message.get("embeds") or ():
        lines += [embed.get("title") or "", embed.get("description") or ""]
        lines += [f"{field['name']}\n{field['value']}" for field in embed.get("fields") or ()]
        lines.append((embed.get("footer") or {}).get("text") or "")
    lines += [part["content"] for part in walk(message.get("components")) if part["type"] == TEXT_DISPLAY]
    return "\n".join(line for line in lines if line)


def _embed(embed: Mapping[str, Any], attachments: Iterable[JsonObject]) -> JsonObject:
    known = list(attachments)
    shown = {key: value for key, value in embed.items() if value is not None} | {"type": "rich"}
    for part in ("image", "thumbnail"):
        if shown.get(part):
            media = _media(shown[part]["url"], known)
            shown[part] = {"url": media["url"], "proxy_url": media["proxy_url"], "width": 0, "height": 0}
    for part in ("author", "footer"):
        if (shown.get(part) or {}).get("icon_url"):
            url = _media(shown[part]["icon_url"], known)["url"]
            shown[part] = shown[part] | {"icon_url": url, "proxy_icon_url": url}
    return shown


def _media(url: str, attachments: Iterable[JsonObject]) -> JsonObject:
    found = _attached(url, attachments)
    place = {"url": found.get("url", url), "proxy_url": found.get("proxy_url", url), "width": None, "height": None}
    kind = {"content_type": found["content_type"], "attachment_id": found["id"]} if found else {}
    return place | kind


def _attached(url: str, attachments: Iterable[JsonObject]) -> JsonObject:
    name = url.removeprefix("attachment://")
    if name == url:
        return {}
    return next((attachment for attachment in attachments if attachment["filename"] == name), {})
