"""Bodies that Discord takes, and ways to break them."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

SEND = "POST /channels/{channel_id}/messages"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
COMMANDS = "PUT /applications/{application_id}/commands"
THREADS = "POST /channels/{channel_id}/threads"
CHANNEL = "PATCH /channels/{channel_id}"

_BUTTON = {"type": 2, "style": 1, "label": "Go", "custom_id": "a", "emoji": {"name": "x"}}
_SELECT = {
    "type": 3, "custom_id": "b", "placeholder": "Which", "min_values": 1, "max_values": 2,
    "options": [{"label": "One", "value": "1", "description": "First"}, {"label": "Two", "value": "2"}],
}  # fmt: skip
_EMBED = {
    "title": "T", "description": "D", "url": "https://ledger.example/", "color": 5, "timestamp": "2026-03-02T07:00:00Z",
    "fields": [{"name": "N", "value": "V", "inline": True}], "footer": {"text": "F"}, "author": {"name": "A"},
    "image": {"url": "https://ledger.example/i.png"},
}  # fmt: skip
_V2 = [
    {"type": 17, "accent_color": 7, "components": [
        {"type": 10, "content": "words"},
        {"type": 14, "divider": True, "spacing": 1},
        {"type": 9, "components": [{"type": 10, "content": "more"}], "accessory": {**_BUTTON, "custom_id": "c"}},
        {"type": 12, "items": [{"media": {"url": "https://ledger.example/i.png"}, "description": "Alt"}]},
        {"type": 1, "components": [{"type": 2, "style": 5, "label": "Out", "url": "https://ledger.example/"}]},
    ]},
]  # fmt: skip
_COMMAND = {
    "name": "news", "description": "News.", "type": 1, "nsfw": False, "contexts": [0], "integration_types": [0],
    "default_member_permissions": 32, "name_localizations": {"uk": "новини"},
    "options": [
        {"type": 1, "name": "add", "description": "Add.", "options": [
            {"type": 3, "name": "text", "description": "Text.", "required": True, "min_length": 1, "max_length": 20},
            {"type": 4, "name": "count", "description": "Count.", "min_value": 1, "max_value": 9,
             "choices": [{"name": "One", "value": 1}]},
            {"type": 7, "name": "where", "description": "Where.", "channel_types": [0, 5]},
        ]},
    ],
}  # fmt: skip
_FORM = {"custom_id": "f", "title": "Form", "components": [
    {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "n", "style": 1, "max_length": 10}},
    {"type": 1, "components": [{"type": 4, "custom_id": "m", "style": 2, "label": "Old"}]},
]}  # fmt: skip
GOOD: list[tuple[str, Any]] = [
    (SEND, {"content": "x", "embeds": [_EMBED], "components": [{"type": 1, "components": [_BUTTON]}], "nonce": "n",
            "enforce_nonce": True, "allowed_mentions": {"parse": []}, "flags": 4096, "tts": False}),
    (SEND, {"flags": 32768, "components": _V2, "attachments": [{"id": 0, "filename": "a.png", "description": "Alt"}]}),
    (SEND, {"content": "x", "message_reference": {"message_id": "5"}, "components": [
        {"type": 1, "components": [_SELECT]}]}),
    (EDIT, {"content": None, "embeds": [], "components": _V2, "flags": 32768}),
    (CALLBACK, {"type": 4, "data": {"flags": 64, "components": [{"type": 1, "components": [_SELECT]}]}}),
    (CALLBACK, {"type": 5, "data": {"flags": 64}}),
    (CALLBACK, {"type": 7, "data": {"content": "x"}}),
    (CALLBACK, {"type": 8, "data": {"choices": [{"name": "A", "value": "a"}]}}),
    (CALLBACK, {"type": 9, "data": _FORM}),
    (COMMANDS, [_COMMAND, {"name": "Find it", "type": 3}]),
    (THREADS, {"name": "t", "type": 11, "auto_archive_duration": 60}),
    (THREADS, {"name": "t", "message": {"content": "x"}, "applied_tags": ["7"]}),
    (CHANNEL, {"archived": True, "locked": False}),
]  # fmt: skip

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 30), st.just(1 << 60), st.just(0.5),
    st.text("ab1", max_size=5), st.just("x" * 101), st.just("x" * 4001),
    st.just([]), st.just({}), st.just([1, 1]), st.just([{}] * 41), st.just("12"),
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> tuple[str, Any]:
    """Return a route and a good body with one place changed, taken away or added to."""
    route, good = draw(st.sampled_from(GOOD))
    body = copy.deepcopy(good)
    places = list(_places(body))
    holder, key = draw(st.sampled_from(places))
    how = draw(st.sampled_from(["set", "take", "add", "keep"]))
    if how == "set":
        holder[key] = draw(VALUES)
    elif how == "take":
        del holder[key]
    elif how == "add" and isinstance(holder, dict):
        holder[draw(st.sampled_from(["type", "zap", "flags", "components", "nsfw"]))] = draw(VALUES)
    return route, body


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in list(items):
        yield node, key
        yield from _places(inner)
