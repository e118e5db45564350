"""draft: an entry becomes an article that can be stored."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import InputError
from bot.feeds.draft import draft
from bot.model.articles import Entry, ItemKind, PartRole

SEEN = datetime(2026, 3, 4, 12, tzinfo=UTC)
ENTRY = Entry(
    title="Vans leave the quay", text="The vans left on Monday.", url="https://lamp.example/vans?utm_source=rss"
)


def test_plain_text_wins_over_markup() -> None:
    entry = replace(ENTRY, summary_html="<p>" + "A long deck. " * 20 + "</p>", content_html="<p>Body.</p>")

    assert draft(entry, "Lamp", SEEN).text == "The vans left on Monday."


def test_the_longer_of_content_and_summary_counts() -> None:
    entry = replace(
        ENTRY, text=" ", summary_html="<p>A deck</p><p>The vans left on Monday.</p>", content_html="<p>Short.</p>"
    )

    assert draft(entry, "Lamp", SEEN).text == "A deck\n\nThe vans left on Monday."


def test_a_line_that_repeats_the_title_goes() -> None:
    entry = replace(ENTRY, text="Vans leave the quay\n\nThe vans left on Monday.")

    assert draft(entry, "Lamp", SEEN).text == "The vans left on Monday."


def test_a_missing_title_is_the_first_sentence_cut_at_a_word() -> None:
    long = "The vans " + "and the geese " * 20 + "left."

    assert draft(replace(ENTRY, title=""), "Lamp", SEEN).title == "The vans left on Monday."
    title = draft(replace(ENTRY, title=" ", text=long), "Lamp", SEEN).title
    assert len(title) <= 120
    assert long.startswith(title + " ")


@pytest.mark.parametrize(
    ("published", "event_at"),
    [
        (SEEN - timedelta(hours=3), SEEN - timedelta(hours=3)),
        (None, SEEN),
        (SEEN + timedelta(seconds=1), SEEN),
        (datetime(1989, 12, 31, tzinfo=UTC), SEEN),
        (datetime(2026, 3, 4, 9, tzinfo=timezone(timedelta(hours=2))), datetime(2026, 3, 4, 7, tzinfo=UTC)),
    ],
    ids=["published", "undated", "future", "before the web", "other zone"],
)
def test_it_counts_by_its_publication_unless_that_cannot_be(published: datetime | None, event_at: datetime) -> None:
    drafted = draft(replace(ENTRY, published=published), "Lamp", SEEN)

    assert drafted.event_at == event_at
    assert drafted.published == published


def test_the_sources_own_first_sight_counts_before_ours() -> None:
    drafted = draft(replace(ENTRY, first_seen=SEEN - timedelta(days=2)), "Lamp", SEEN)

    assert drafted.first_seen == drafted.event_at == SEEN - timedelta(days=2)


def test_address_kind_and_parts_are_filled_in() -> None:
    text = "March 3: What to know\n\n• The vans left the quay at noon.\n• The goose took over the bench."

    drafted = draft(replace(ENTRY, text=text, kind="soft", author=" Una  Marsh ", guid=" 7\0 "), "Lamp", SEEN)

    assert (drafted.url, drafted.kind) == ("https://lamp.example/vans", ItemKind.SOFT)
    assert (drafted.author, drafted.guid) == ("Una Marsh", "7")
    assert [part.role for part in drafted.parts] == [PartRole.ITEM, PartRole.ITEM]


def test_a_title_alone_is_enough() -> None:
    assert draft(replace(ENTRY, text="", summary_html="<p>Continue reading...</p>"), "Lamp", SEEN).text == ""


def test_a_withdrawal_needs_no_words() -> None:
    assert draft(Entry(title="", guid="7", withdrawn=True), "Lamp", SEEN).withdrawn


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry(title="", url="https://lamp.example/vans"), "neither title nor text"),
        (replace(ENTRY, text="\0\1\2\3PK\x05\x06" * 20), "is no text"),
        (replace(ENTRY, text="a " * 500_001), "more than 1,000,000 characters"),
        (replace(ENTRY, text="", content_html="<p>" + "a " * 500_001), "more than 1,000,000 characters"),
    ],
    ids=["empty", "binary", "endless text", "endless markup"],
)
def test_what_is_no_article_is_refused(entry: Entry, message: str) -> None:
    with pytest.raises(InputError, match=message):
        draft(entry, "Lamp", SEEN)


@given(
    title=st.text(max_size=40),
    text=st.text(max_size=80),
    html=st.text(max_size=80),
    url=st.none() | st.text(max_size=40),
)
def test_any_entry_is_drafted_or_refused(title: str, text: str, html: str, url: str | None) -> None:
    entry = Entry(title=title, text=text, summary_html=html, url=url)
    try:
        drafted = draft(entry, "Lamp", SEEN)
    except InputError:
        return

    assert drafted.title
    (drafted.title + drafted.text + (drafted.url or "")).encode()
