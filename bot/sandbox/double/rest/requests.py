"""Requests of the bot, taken apart: body as JSON, files by the number of their form field."""

import json
import re
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Final

from aiohttp import web

from bot.sandbox.double.errors import ApiError
from bot.sandbox.double.files import Upload

JsonObject = dict[str, Any]

API: Final = "/api/v10"
LARGEST_FILE: Final = 10 << 20
_MOST_FILES: Final = 10
_FILE_FIELD: Final = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``names`` are the parts of the path that the route's template names; ``body`` is None for none."""

    method: str
    path: str
    query: dict[str, str]
    body: Any = None
    uploads: tuple[Upload, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> JsonObject:
        """Return the body as an object; an empty one where there is none."""
        return self.body if isinstance(self.body, dict) else {}

    def asks(self, name: str) -> bool:
        """Tell whether the query has *name* set to something true."""
        return self.query.get(name, "").lower() in {"1", "true"}


async def read_request(raw: web.Request) -> Request:
    """Return a request taken apart; ``names`` are still empty.

    Raises:
        ApiError: the body is no JSON, or a file is too large, or there are too many.
    """
    content = await raw.read()
    path, query = raw.path.removeprefix(API), dict(raw.query)
    body: Any = None
    uploads: tuple[Upload, ...] = ()
    if raw.content_type == "application/json" and content:
        body = _json(content)
    elif raw.content_type == "multipart/form-data":
        body, uploads = _multipart(raw.headers["Content-Type"], content)
    return Request(raw.method, path, query, body, uploads)


def _json(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError as error:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from error


def _multipart(content_type: str, content: bytes) -> tuple[object, tuple[Upload, ...]]:
    parsed = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + content)
    body: object = None
    uploads: list[Upload] = []
    for part in parsed.iter_parts():
        payload = part.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else b""
        if _field_name(part) == "payload_json":
            body = _json(raw)
        elif (match := _FILE_FIELD.fullmatch(_field_name(part))) is not None:
            uploads.append(_upload(int(match[1]), part.get_filename() or "unknown", raw))
    if len(uploads) > _MOST_FILES:
        raise ApiError(400, 30015, f"Maximum number of attachments in a message reached ({_MOST_FILES})")
    return body, tuple(uploads)


def _upload(index: int, name: str, content: bytes) -> Upload:
    if len(content) > LARGEST_FILE:
        raise ApiError(413, 40005, "Request entity too large")
    return Upload(index, name, content)


def _field_name(part: Message) -> str:
    return str(part.get_param("name", header="content-disposition") or "")
