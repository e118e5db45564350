"""Files that came with messages or that members chose; they are served again under ``/cdn/``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from typing import Any, Final
from urllib.parse import quote

from bot.sandbox.double.snowflakes import Snowflakes

JsonObject = dict[str, Any]

CDN: Final = "/cdn"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: ``index`` is the number in its form field "files[N]"."""

    index: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept."""

    name: str
    content: bytes
    content_type: str
    attachment: JsonObject


class Files:
    """Keeps files; ``origin`` is where they are served from ("http://127.0.0.1:PORT")."""

    def __init__(self, ids: Snowflakes) -> None:
        self._ids = ids
        self._kept: dict[str, KeptFile] = {}
        self.origin = "http://127.0.0.1"

    def keep(self, name: str, content: bytes, description: str | None = None) -> JsonObject:
        """Keep a file and return it as an attachment object."""
        file_id = self._ids.new()
        content_type = guess_type(name)[0] or "application/octet-stream"
        address = f"{self.origin}{CDN}/{file_id}/{quote(name)}"
        attachment: JsonObject = {
            "id": file_id, "filename": name, "size": len(content), "url": address, "proxy_url": address,
            "content_type": content_type,
        }  # fmt: skip
        if description:
            attachment["description"] = description
        self._kept[file_id] = KeptFile(name, content, content_type, attachment)
        return attachment

    def find(self, file_id: str) -> KeptFile | None:
        """Return a kept file, or None."""
        return self._kept.get(file_id)

    def keep_all(self, uploads: Iterable[Upload], wishes: Iterable[Mapping[str, Any]]) -> list[JsonObject]:
        """Keep *uploads* and return their attachment objects; *wishes* are the body's ``attachments``.

        A wish whose id is an upload's index says how that file is named and described.
        """
        by_index = {str(wish.get("id")): wish for wish in wishes}
        attachments = []
        for upload in uploads:
            wish = by_index.get(str(upload.index), {})
            name = wish.get("filename") or upload.name
            attachments.append(self.keep(name, upload.content, wish.get("description")))
        return attachments
