"""read_path: every article in a file, and a word about whatever is none."""

import gzip
import json
import os
import tracemalloc
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from bot.errors import InputError
from bot.feeds.files import read_path, read_rows
from bot.model.articles import Entry
from tests.feeds.servers import FEED


def read(path: Path, **given: object) -> list[Entry | InputError]:
    return list(read_path(path, **given))  # type: ignore[arg-type] # a test names the options


def one(path: Path, **given: object) -> Entry:
    (item,) = read(path, **given)
    assert isinstance(item, Entry)
    return item


def rows(*lines: object) -> bytes:
    return b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)


def test_plain_text_with_a_heading(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("Talks break down\r\n\r\nThe two sides met for an hour.\r\n\r\nThey left in silence.\r\n", "utf-8")

    entry = one(file)

    assert entry.title == "Talks break down"
    assert entry.text == "Talks break down\n\nThe two sides met for an hour.\n\nThey left in silence."
    assert (entry.published, entry.outlet, entry.url, entry.guid) == (None, None, None, None)


def test_plain_text_that_starts_with_a_sentence_has_no_title(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("The two sides met for an hour.\n\nThey left in silence.", "utf-8")

    assert one(file).title == ""


def test_what_a_plain_file_does_not_say_is_given(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("One sentence.", "utf-8")
    at = datetime(2026, 3, 2, tzinfo=UTC)

    entry = one(file, published=at, outlet="Tidewire", url="https://tide.example/1")

    assert (entry.published, entry.outlet, entry.url) == (at, "Tidewire", "https://tide.example/1")


def test_rows_keep_what_they_say_themselves(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    row = {
        "id": "a", "guid": "g", "title": "T", "text": "Words.", "summary": "S",
        "published": "2026-03-02T10:00:00+02:00",
        "outlet": "Tidewire", "link": "https://tide.example/1", "first_seen": "2026-03-02T09:00:00Z",
        "kind": "opinion",
        "author": "A. Writer", "lang": "en", "status": "withdrawn", "updated": None, "unknown": [1],
    }  # fmt: skip
    file.write_bytes(rows(row, {"id": "b", "summary": "Only a summary.", "published": "2026-03-02"}))

    first, second = read(file, outlet="Elsewhere", url="https://not.example/")

    assert first == Entry(
        title="T", url="https://tide.example/1", guid="g", summary_html="S", text="Words.", author="A. Writer",
        published=datetime(2026, 3, 2, 8, tzinfo=UTC), kind="opinion", language="en", withdrawn=True,
        first_seen=datetime(2026, 3, 2, 9, tzinfo=UTC), outlet="Tidewire",
    )  # fmt: skip
    assert second == Entry(
        title="", guid="b", summary_html="Only a summary.", published=datetime(2026, 3, 2, tzinfo=UTC), date_only=True,
        outlet="Elsewhere",
    )  # fmt: skip


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    good = {"title": "Good"}
    file.write_bytes(rows(good, b"{broken", [1, 2], 7, b"", {"id": "x"}, {"title": None}, b"\xff\xfe", good))

    items = read(file)

    assert [type(item) for item in items] == [Entry, *[InputError] * 6, Entry]
    assert "rows.jsonl, line 2: this is not JSON" in str(items[1])
    assert "rows.jsonl, line 6: there is neither a title nor a text" in str(items[4])


def test_invalid_utf8_is_put_up_with(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_bytes(
        '{"title": "größte Fähre"}'.encode("cp1252") + b"\n" + b'{"title": "a\x81b"}\n{"title": "\\ud800c"}'
    )

    titles = [item.title for item in read(file) if isinstance(item, Entry)]

    assert titles[0] == "größte Fähre"
    assert titles[1].startswith("a")
    assert titles[2] == "c"


def test_packed_rows_are_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(gzip.compress(rows({"title": "One"}, {"title": "Two"})))

    assert [item.title for item in read(file) if isinstance(item, Entry)] == ["One", "Two"]


def test_damaged_packing_is_named_after_what_could_be_read(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(rows({"title": os.urandom(30).hex()}) for _ in range(5000)))
    cut, wrong = tmp_path / "cut.jsonl.gz", tmp_path / "wrong.jsonl.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    wrong.write_bytes(b"not gzip at all")

    *some, last = read(cut)
    (only,) = read(wrong)

    assert len(some) > 1000
    assert "compression is damaged" in str(last)
    assert "compression is damaged" in str(only)


def test_line_of_50_megabytes_is_refused_without_being_held() -> None:
    class Long(BytesIO):
        """A line that is made while it is read."""

        left = 50 << 20

        def readline(self, size: int | None = -1) -> bytes:
            if not self.left:
                return super().readline(size)
            part = min(size or 0, self.left)
            self.left -= part
            return b"x" * part + (b"" if self.left else b"\n")

    tracemalloc.start()
    first, second = read_rows(Long(rows({"title": "After it"})), "long.jsonl")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert isinstance(first, InputError)
    assert "long.jsonl, line 1: this line is longer than 16 MiB" in str(first)
    assert isinstance(second, Entry)
    assert peak < 80 << 20


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b" \n\t ", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        ("random.md", bytes(range(256)) * 20, "no text"),
        ("thing.json", b"{", "not JSON"),
        ("thing.xml", b"<html><body>x</body></html>", "web page"),
        ("page.rss", b"<note>x</note>", "another kind"),
        ("big.txt", b"x" * ((16 << 20) + 1), "larger than 16 MiB"),
    ],
)
def test_what_is_no_article_says_why(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    (item,) = read(file)

    assert isinstance(item, InputError)
    assert why in str(item)
    assert str(file) in str(item)


def test_missing_file_and_unreadable_things_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert "no such file" in str(read(tmp_path / "nothing.txt")[0])
    assert "no ordinary file" in str(read(tmp_path / "pipe")[0])


def test_folder_is_read_by_name_without_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("Second.", "utf-8")
    (tmp_path / "a.txt").write_text("First.", "utf-8")
    (tmp_path / "sub" / "c.jsonl").write_bytes(rows({"text": "Third."}))
    (tmp_path / ".hidden.txt").write_text("Never.", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)

    assert [item.text for item in read(tmp_path) if isinstance(item, Entry)] == ["First.", "Second.", "Third."]


def test_kind_is_told_from_the_content_where_the_name_says_nothing(tmp_path: Path) -> None:
    for name, content in {
        "a": b"<!doctype html><p>Page.</p>",
        "b": b'{"title":"Row"}',
        "c": b"Text.",
        "d": FEED,
    }.items():
        (tmp_path / name).write_bytes(content)

    page, row, text, feed = (item for item in read(tmp_path) if isinstance(item, Entry))

    assert "Page." in page.content_html
    assert (row.title, text.text, feed.title, feed.outlet) == ("Row", "Text.", "One", "T")


def test_json_files_hold_feeds_lists_and_single_articles(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    titles = []
    for value in ({"title": "A"}, [{"title": "B"}, 5], {"items": [{"id": "1", "title": "C"}]}):
        file.write_text(json.dumps(value), "utf-8")
        titles.append([item.title if isinstance(item, Entry) else "error" for item in read(file)])

    assert titles == [["A"], ["B", "error"], ["C"]]
