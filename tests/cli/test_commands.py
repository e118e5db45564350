"""The command line: right answers, clear refusals, and JSON that stays put."""

import json
from pathlib import Path

import pytest

from tests.cli.run import Ran, run

TEXT = (
    "Mayor Enna Quill of Lower Brod closed the stone bridge on Monday. “The river has the last word,” Quill said. "
    "The bridge was built in 1911."
)


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> "Cli":
    monkeypatch.chdir(tmp_path)
    return Cli(monkeypatch, capsys)


class Cli:
    """Runs commands."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *words: str | Path, stdin: bytes = b"") -> Ran:
        return run(self._monkeypatch, self._capsys, *words, stdin=stdin)


def test_occurrences_keep_the_clock_change_rules(cli: Cli) -> None:
    ran = cli(
        "occurrences", "--at", "02:30", "--zone", "America/New_York", "--from", "2026-03-07", "--count", "2", "--json"
    )

    assert json.loads(ran.out) == [
        {"local_date": "2026-03-07", "utc": "2026-03-07T07:30:00Z"},
        {"local_date": "2026-03-08", "utc": "2026-03-08T07:00:00Z"},
    ]


def test_occurrences_answer_one_line_for_each_line(cli: Cli) -> None:
    asked = [
        {"at": "07:00", "zone": "Europe/Kyiv", "from": "2026-03-28", "count": 2},
        {"at": "noon", "zone": "UTC", "from": "2026-01-01", "count": 1},
    ]

    ran = cli("occurrences", "-", stdin="\n".join(map(json.dumps, asked)).encode())

    first, second = map(json.loads, ran.out.splitlines())
    assert [row["utc"] for row in first] == ["2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z"]
    assert second == [{"local_date": "2026-01-01", "utc": "2026-01-01T12:00:00Z"}]


def test_render_answers_every_line_whatever_its_bytes(cli: Cli) -> None:
    ran = cli("render", "-", stdin=b"hello @everyone\n\xff\xfe broken\n\n[a](http://x.example)\n")

    lines = [json.loads(line)["discord"] for line in ran.out.splitlines()]
    assert len(lines) == 4
    assert "@everyone" not in lines[0]
    assert "](http" not in lines[3]


def test_analyze_keeps_the_text_and_its_offsets(cli: Cli, tmp_path: Path) -> None:
    rows = [{"id": "a", "title": "Bridge closed", "text": TEXT, "published": "2026-03-03T08:00:00Z"}]
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    ran = cli("analyze", tmp_path / "in.jsonl", "--keep-text", "--json")

    (row,) = [json.loads(line) for line in ran.out.splitlines()]
    (quote,) = [quote for quote in row["quotes"] if quote["kind"] == "direct"]
    (start, end), *_ = quote["content"]
    assert row["text"] == TEXT
    assert row["text"][start:end] == "The river has the last word,"
    assert quote["speaker_name"] == "Enna Quill"
    assert {date["value"] for date in row["dates"]} == {"2026-03-02", "1911"}
    assert {"id", "text", "sentences", "mentions", "quotes", "actions", "dates"} <= set(row)


def test_cluster_returns_every_id_and_puts_two_reports_together(cli: Cli, tmp_path: Path) -> None:
    rows = [
        {"id": "1", "title": "Flood closes stone bridge in Lower Brod after river Ulda rises"},
        {"id": "2", "title": "Stone bridge in Lower Brod closed by flood as river Ulda rises"},
        {"id": "3", "title": "Bakers of Holm win the rye bread prize of the islands"},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")

    ran = cli("cluster", path)

    groups = {row["id"]: row["cluster"] for row in map(json.loads, ran.out.splitlines())}
    assert list(groups) == ["1", "2", "3"]
    assert groups["1"] == groups["2"] != groups["3"]


@pytest.mark.parametrize("form", ["html", "rss"])
def test_reasons_are_refused_where_they_can_not_be_printed(cli: Cli, tmp_path: Path, form: str) -> None:
    ran = cli("digest", "--db", tmp_path / "news.sqlite", "--format", form, "--explain")

    assert (ran.code, ran.out) == (2, "")
    assert f"--explain can't be printed as {form}" in ran.err


def test_from_file_to_digest(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(f"Bridge closed in Lower Brod\n\n{TEXT}", "utf-8")
    db = tmp_path / "news.sqlite"

    took = cli("ingest", tmp_path / "story.txt", "--db", db, "--published", "2026-03-02T09:00:00Z", "--outlet",
               "The Skerry Post", "--url", "https://post.example/1", "--json")  # fmt: skip
    edition = cli("digest", "--db", db, "--at", "2026-03-02T18:00:00Z", "--zone", "Europe/Kyiv", "--json")
    plain = cli("digest", "--db", db, "--at", "2026-03-02T18:00:00Z", "--explain")
    actor = cli("actor", "Quill", "--db", db, "--json")
    quotes = cli("quotes", "--by", "enna quill", "--db", db, "--json")
    hits = cli("search", '"stone bridge"', "--db", db, "--json")
    listed = cli("articles", "--db", db, "--json")
    events = cli("events", "--db", db, "--json")
    status = cli("status", "--db", db, "--json")

    assert json.loads(took.out)["articles"] == {"new": 1, "revised": 0, "duplicate": 0, "rejected": 0}
    made = json.loads(edition.out)
    (bullet,) = made["bullets"]
    assert made["audit"]["ok"] is True
    assert bullet["text"] in made["text"]
    assert bullet["outlets"] == [{"name": "The Skerry Post", "url": "https://post.example/1"}]
    assert "one outlet" in made["text"]
    assert "kept" in plain.out
    assert json.loads(actor.out)["actor"]["name"] == "Enna Quill"
    assert [row["text"] for row in json.loads(quotes.out)] == ["The river has the last word,"]
    assert len(json.loads(hits.out)) == 1
    assert {"id", "title", "text", "url", "outlet"} <= set(json.loads(listed.out))
    assert {"id", "title", "start", "end", "articles", "outlets", "actors", "importance", "reasons"} <= set(
        json.loads(events.out)[0]
    )
    assert json.loads(status.out)["articles"] == 1


def test_same_digest_same_bytes(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(TEXT, "utf-8")
    db = tmp_path / "news.sqlite"
    cli("ingest", tmp_path / "story.txt", "--db", db, "--published", "2026-03-02T09:00:00Z", "--outlet", "The Post")

    first, second = (cli("digest", "--db", db, "--at", "2026-03-02T18:00:00Z", "--json").out for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (["ingest", "nowhere.txt"], 2, "nowhere.txt"),
        (["ingest"], 2, "Nothing to ingest"),
        (["digest", "--db", "nowhere.sqlite"], 1, "nowhere.sqlite"),
        (["events", "--db", "no/folder/x.sqlite"], 1, "no/folder"),
        (["digest", "--zone", "Mars/Olympus", "--db", "x"], 2, "Mars/Olympus"),
        (["digest", "--at", "yesterday", "--db", "x"], 2, "yesterday"),
        (["occurrences", "--at", "25:00"], 2, "25:00"),
        (["occurrences", "--at", "07:00", "--zone", "EST5"], 2, "EST5"),
        (["occurrences", "--at", "07:00", "--count", "0"], 2, "count"),
        (["cluster", "nowhere.jsonl"], 2, "nowhere.jsonl"),
        (["eval", "clusters"], 78, "NEEDTOKNOW_DATA"),
        (["eval", "nonsense", "--data", "."], 2, "nonsense"),
        (["run"], 78, "NEEDTOKNOW_TOKEN"),
        (["restore", "nowhere.backup"], 2, "nowhere.backup"),
        (["nonsense"], 2, "nonsense"),
        (["status", "--db", "mongodb://x"], 78, "mongodb"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_one_plain_line(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, named: str
) -> None:
    for variable in ("NEEDTOKNOW_DATA", "NEEDTOKNOW_TOKEN"):
        monkeypatch.delenv(variable, raising=False)

    ran = cli(*words)

    assert ran.code == code
    assert named in ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


def test_a_foreign_or_damaged_database_is_named_and_never_altered(cli: Cli, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.sqlite"
    foreign.write_bytes(b"this is no database, but somebody's letter" * 50)

    ran = cli("events", "--db", foreign)

    assert ran.code == 1
    assert "foreign.sqlite" in ran.err
    assert foreign.read_bytes() == b"this is no database, but somebody's letter" * 50


def test_an_unknown_setting_is_a_configuration_error(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEEDTOKNOW_FEEDS__TOTAL_SECNDS", "3")

    ran = cli("status")

    assert ran.code == 78
    assert "feeds.total_seconds" in ran.err


def test_backup_and_restore_round_trip(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(TEXT, "utf-8")
    db, copy = tmp_path / "news.sqlite", tmp_path / "copy.backup"
    cli("ingest", tmp_path / "story.txt", "--db", db, "--outlet", "The Post")

    saved = cli("backup", copy, "--db", db)
    db.unlink()
    restored = cli("restore", copy, "--db", db)
    listed = cli("articles", "--db", db, "--json")

    assert (saved.code, restored.code) == (0, 0)
    assert len(listed.out.splitlines()) == 1


def test_every_command_explains_itself(cli: Cli) -> None:
    top = cli("--help")

    assert top.code == 0
    assert "digest" in top.out
    assert cli("--version").out.startswith("needtoknow ")


def test_actors_are_merged_and_the_change_is_taken_back(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(TEXT + "\n\nLord Enno Brask said: “It will rain.” Ada Wren left.", "utf-8")
    assert cli("ingest", "news.txt", "--db", "n.db").code == 0

    merged = cli("actors", "merge", "Enno Brask", "Enna Quill", "--by", "ana", "--db", "n.db", "--json")
    quoted = cli("quotes", "--by", "Enna Quill", "--db", "n.db", "--json")
    change = json.loads(merged.out)["change"]
    undone = cli("actors", "undo", str(change), "--by", "ben", "--db", "n.db")
    log = json.loads(cli("actors", "log", "--db", "n.db", "--json").out)
    again = cli("actors", "undo", str(change), "--db", "n.db")

    assert {row["speaker_name"] for row in json.loads(quoted.out)} == {"Enna Quill", "Enno Brask"}
    assert undone.code == 0
    assert [(row["action"], row["by"]) for row in log] == [("undo", "ben"), ("merge", "ana")]
    assert again.code == 1
    assert "no change" in again.err
