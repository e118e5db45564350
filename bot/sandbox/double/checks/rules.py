"""The rules of messages that cross fields, which no schema expresses.

Numbers are those of Discord's API reference ("Create Message", "Embed Limits", "Components", "Allowed Mentions");
lengths count code points.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from bot.sandbox.double.checks.component_rules import TEXT_DISPLAY, component_problems, walk
from bot.sandbox.double.errors import Problem

IS_COMPONENTS_V2: Final = 1 << 15
EPHEMERAL: Final = 1 << 6
_V2_TYPES: Final = frozenset({9, TEXT_DISPLAY, 11, 12, 13, 14, 17})
_CONTENT: Final = 2000
_EMBEDS: Final = 6000
_COMPONENTS: Final = 40
_TEXT: Final = 4000
_ROWS: Final = 5
_NONCE: Final = 25
_LINKS: Final = ("http://", "https://", "attachment://")

Message = Mapping[str, Any]


def message_problems(message: Message, *, files: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with a message as it would stand; *files* are the names of what is attached."""
    return [
        *_content_problems(message),
        *_kind_problems(message),
        *component_problems(message.get("components") or ()),
        *_embed_problems(message.get("embeds") or ()),
        *_attachment_problems(message, files),
        *_mention_problems(message.get("allowed_mentions") or {}),
    ]


def is_empty(message: Message, *, files: Collection[str] = ()) -> bool:
    """Tell whether there is nothing to show in a message."""
    has_words = bool((message.get("content") or "").strip())
    return not (has_words or files or any(message.get(key) for key in ("embeds", "components", "poll", "sticker_ids")))


def _content_problems(message: Message) -> Iterator[Problem]:
    if len(message.get("content") or "") > _CONTENT:
        yield Problem(("content",), f"Must be {_CONTENT} or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    if len(str(message.get("nonce") or "")) > _NONCE:
        yield Problem(("nonce",), f"Must be {_NONCE} or fewer in length.", "BASE_TYPE_MAX_LENGTH")


def _kind_problems(message: Message) -> Iterator[Problem]:
    """Yield what does not go with the kind of message: nothing but components, or the older kind."""
    top = message.get("components") or ()
    components = list(walk(top))
    if int(message.get("flags") or 0) & IS_COMPONENTS_V2:
        yield from _v2_problems(message, components)
        return
    if any(component.get("type") in _V2_TYPES for component in components):
        yield Problem(("components",), "These components need the flag IS_COMPONENTS_V2.", "COMPONENT_TYPE_INVALID")
    if len(top) > _ROWS:
        yield Problem(("components",), f"Must be {_ROWS} or fewer in length.", "BASE_TYPE_MAX_LENGTH")


def _v2_problems(message: Message, components: list[Mapping[str, Any]]) -> Iterator[Problem]:
    if len(components) > _COMPONENTS:
        text = f"{len(components)} components, at most {_COMPONENTS} are allowed."
        yield Problem(("components",), text, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED")
    if sum(len(part.get("content") or "") for part in components if part.get("type") == TEXT_DISPLAY) > _TEXT:
        text = f"Displayable text exceeds the maximum size of {_TEXT} characters."
        yield Problem(("components",), text, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED")
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if message.get(key):
            yield Problem((key,), "Cannot be used beside IS_COMPONENTS_V2.", "MESSAGE_CANNOT_USE_LEGACY_FIELDS")


def _embed_problems(embeds: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    known = list(embeds)
    if sum(map(_embed_size, known)) > _EMBEDS:
        yield Problem(("embeds",), f"Embed size exceeds maximum size of {_EMBEDS}", "MAX_EMBED_SIZE_EXCEEDED")
    for number, embed in enumerate(known):
        for path, url in _embed_links(embed):
            if not url.startswith(_LINKS):
                text = f'Scheme "{url.partition(":")[0][:20]}" is not supported.'
                yield Problem(("embeds", number, *path), text, "URL_TYPE_INVALID_SCHEME")


def _embed_size(embed: Mapping[str, Any]) -> int:
    size = sum(len(embed.get(key) or "") for key in ("title", "description"))
    size += len((embed.get("footer") or {}).get("text") or "") + len((embed.get("author") or {}).get("name") or "")
    return size + sum(len(field["name"]) + len(field["value"]) for field in embed.get("fields") or ())


def _embed_links(embed: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    if embed.get("url"):
        yield ("url",), embed["url"]
    for part, key in (("image", "url"), ("thumbnail", "url"), ("author", "url"), ("author", "icon_url"),
                      ("footer", "icon_url")):  # fmt: skip
        if (embed.get(part) or {}).get(key):
            yield (part, key), embed[part][key]


def _attachment_problems(message: Message, files: Collection[str]) -> Iterator[Problem]:
    """Yield the references to files that do not come along."""
    for path, url in _file_links(message):
        name = url.removeprefix("attachment://")
        if name != url and name not in files:
            yield Problem(path, f"Unable to resolve attachment://{name}", "UNFURLED_MEDIA_ITEM_REFERENCED_NOT_FOUND")


def _file_links(message: Message) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for number, embed in enumerate(message.get("embeds") or ()):
        for path, url in _embed_links(embed):
            yield ("embeds", number, *path), url
    for component in walk(message.get("components")):
        items = [*(component.get("items") or ()), component]
        for media in (item.get(key) for item in items for key in ("media", "file")):
            if isinstance(media, Mapping):
                yield ("components",), str(media.get("url") or "")


def _mention_problems(allowed: Mapping[str, Any]) -> Iterator[Problem]:
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or ()) and allowed.get(kind):
            text = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            yield Problem(("allowed_mentions",), text, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE")
