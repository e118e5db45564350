"""An edition as text, Markdown and JSON."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest.edition import make_edition
from bot.digest.export import escaped, explained, item_json, to_json, to_markdown, to_text
from bot.model.editions import Excerpt, Link, SourceSpan
from tests.digest.newsroom import Newsroom, many, ordinary_day, request

EDITION = make_edition(ordinary_day().material(), request())
FULL = make_edition(many(14).material(), request())


def test_text_holds_every_item_once_in_reading_order() -> None:
    text = to_text(FULL)
    places = [text.index(item.text) for item in FULL.items]

    assert places == sorted(places)
    assert all(text.count(item.text) == 1 for item in FULL.bullets)
    assert text.splitlines()[0] == FULL.title


def test_text_counts_what_it_holds_and_names_the_window_in_the_readers_time() -> None:
    second = to_text(EDITION).splitlines()[1]

    assert second == "3 stories · 7 articles · 4 outlets · 1-minute read · 3 Mar 07:00 – 4 Mar 07:00 UTC"


def test_the_first_outlet_is_named_and_the_others_counted() -> None:
    assert "(Harbour Post +2)" in to_text(EDITION)


def test_an_update_says_what_is_new_on_a_line_of_its_own() -> None:
    span = EDITION.bullets[0].spans[0]
    new = Excerpt((SourceSpan(span.article, span.start, span.start + 18),), "Four people died w")
    edition = replace(EDITION, bullets=(replace(EDITION.bullets[0], update=True, new=new, was=new),))

    lines = to_text(edition).splitlines()

    assert any(line.startswith("1. Update: ") for line in lines)
    assert "   New: Four people died w (was: Four people died w)" in lines


def test_json_has_the_keys_that_other_programs_read() -> None:
    found = json.loads(json.dumps(to_json(FULL)))

    assert {
        "title", "window", "background", "bullets", "also", "quote", "coming", "quiet", "audit", "text",
    } <= set(found)  # fmt: skip
    assert found["window"] == ["2026-03-03T07:00:00Z", "2026-03-04T07:00:00Z"]
    assert found["audit"]["ok"] is True
    for item in [*found["bullets"], *found["also"]]:
        assert {"event", "text", "spans", "edits", "outlets", "update", "new", "was", "bold", "reasons"} <= set(item)
        assert item["outlets"][0]["url"].startswith("https://")
    assert found["also"][0]["spans"][0]["field"] == "title"


def test_json_of_an_item_keeps_article_offsets() -> None:
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "Arvania votes", "Arvania voted to ban nets on Lake Orm on Tuesday.")
    (item,) = make_edition(newsroom.material(), request()).bullets

    found = item_json(item)

    assert found["spans"] == [{"article": 1, "start": 0, "end": 49}]
    assert found["edits"] == [{"span": 0, "start": 48, "end": 48, "text": " [3 Mar]", "why": "day"}]


def test_explained_gives_a_rule_for_each_story() -> None:
    rows = explained(FULL)

    assert len(rows) == 14
    assert all(row["rule"] for row in rows)


def test_markdown_links_the_outlet_and_sets_bold_in_place() -> None:
    text = to_markdown(EDITION)

    assert "([Harbour Post](<https://news.example/1>) +2)" in text
    assert text.startswith("# What you need to know — Wed 4 Mar 2026")


@given(st.text(max_size=80))
def test_nothing_in_an_item_is_read_as_markup(text: str) -> None:
    shown = escaped(text)

    assert "".join(shown.split("\\")).replace("\\", "") == text.replace("\\", "")
    for sign in "*_[]<`":
        assert shown.count(sign) == shown.count(f"\\{sign}")


@pytest.mark.parametrize("url", ["https://news.example/a>b", "https://news.example/a b\nc"])
def test_an_address_cannot_break_out_of_its_link(url: str) -> None:
    item = replace(EDITION.bullets[0], links=(Link("Harbour Post", url),))

    text = to_markdown(replace(EDITION, bullets=(item,)))

    assert "(<https://news.example/a%" in text
