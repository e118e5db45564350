"""An edition becomes messages that hold all of it, whole and in order."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AuditError
from bot.model.editions import Edition, Item, Link
from bot.model.spans import Span
from bot.ui.digest_message import digest_message
from bot.ui.limits import MESSAGE_COMPONENTS, MESSAGE_TEXT
from bot.ui.message_audit import audit_messages
from bot.ui.payload import TEXT, Payload, walk
from bot.ui.plain_text import plain
from bot.ui.safe_text import discord_line
from tests.ui.discord_reader import read
from tests.ui.samples import DAM, EDITIONS, END, LAW, QUIET, STANDARD, UPDATE, item


def lines(*payloads: Payload) -> list[str]:
    return [line for payload in payloads for content in payload.texts for line in content.split("\n")]


def long_item(number: int) -> Item:
    words = f"Story {number} is told in as many words as an editor would let pass, with [15 Aug] and more. " * 5
    url = f"https://wire.example/{'section/' * 20}{number}?utm=x"
    return replace(item(words.strip()[:450], "Story", Link("Northline Wire", url), more=9), one_outlet=False)


def test_first_message_is_header_background_and_bullets_and_second_the_rest() -> None:
    first, second = digest_message(STANDARD)

    assert first.texts[0].startswith(
        "## What you need to know — Sun 16 Aug 2026\n-# 7 stories · 214 articles · 9 outlets"
    )
    assert first.texts[1].startswith("-# **Background** · Varland and Estmark")
    assert [content.partition(".")[0] for content in first.texts[2:]] == list("1234567")
    assert [content.partition("\n")[0] for content in second.texts[:3]] == [
        "**Also**",
        "**Quote of the day**",
        "**Coming up**",
    ]
    assert "What you need to know" not in second.to_json()


@pytest.mark.parametrize("name", EDITIONS)
def test_messages_keep_the_limits_and_pass_the_audit(name: str) -> None:
    messages = digest_message(EDITIONS[name], next_run=END, due=END, share=True)

    assert audit_messages(messages, EDITIONS[name]).ok
    for message in messages:
        assert message.characters <= MESSAGE_TEXT
        assert message.size <= MESSAGE_COMPONENTS
        assert len(set(message.custom_ids)) == len(message.custom_ids)


@pytest.mark.parametrize("name", EDITIONS)
def test_only_headings_lists_bold_times_and_our_links_are_live(name: str) -> None:
    edition = EDITIONS[name]
    allowed = {link.url.partition("?")[0] for told in edition.items for link in told.links if link.url}

    for message in digest_message(edition):
        for content in message.texts:
            result = read(content)
            assert set(result.live) <= {"heading", "small", "list", "quote", "bold", "italic", "masked", "time"}
            assert {address for _, address in result.links} <= allowed


def test_links_are_of_the_first_outlet_without_query_and_count_the_others() -> None:
    (bullet,) = [line for line in lines(*digest_message(STANDARD)) if line.startswith("1. **")]

    assert bullet.endswith("([Harbour Ledger](https://ledger.example/2026/08/15/trawlers-turned-back) +5)")


def test_one_outlet_is_said() -> None:
    assert any(line.startswith("5. ") and line.endswith(" · one outlet)") for line in lines(*digest_message(STANDARD)))


def test_item_without_address_names_its_outlet() -> None:
    edition = replace(QUIET, bullets=(replace(LAW, links=(Link("Northline Wire", None),), more=0),))

    assert any(line.endswith("(Northline Wire)") for line in lines(*digest_message(edition)))


def test_update_is_labelled_and_says_what_is_new() -> None:
    told = lines(*digest_message(UPDATE))

    assert "1. **Update:** 14 people are still missing after the **Karse dam** overflowed" in told[3 - 1]
    assert "-# New since 15 Aug: *14 people are still missing* (was: 31 people are missing)" in told


def test_update_without_known_day_says_new() -> None:
    assert DAM.was is not None
    bullets = (replace(DAM, was=replace(DAM.was, day=None)), replace(DAM, was=None))

    told = [line for line in lines(*digest_message(replace(UPDATE, bullets=bullets))) if line.startswith("-# New")]

    assert told == [
        "-# New: *14 people are still missing* (was: 31 people are missing)",
        "-# New: *14 people are still missing*",
    ]


def test_headline_form_is_bold_up_to_its_joint() -> None:
    headline = replace(LAW, text="Ferry stops — The last boat leaves.", headline=True, bold=None, joint=" — ")
    alone = replace(LAW, text="Ferry stops", headline=True, bold=None, joint=" — ")

    told = lines(*digest_message(replace(QUIET, bullets=(headline, alone))))

    assert told[2].startswith("1. **Ferry stops** — The last boat leaves. (")
    assert told[3].startswith("2. **Ferry stops** (")


def test_quiet_day_says_so_and_what_comes_next() -> None:
    (message,) = digest_message(QUIET, next_run=END + timedelta(days=1))
    told = lines(message)

    assert told[1] == "-# Quiet day: 2 stories met the bar (437 articles from 13 outlets read)."
    assert f"-# Next edition <t:{int(END.timestamp()) + 86400}:F>. Want more? /digest now hours:72" in told


def test_empty_day_is_one_message() -> None:
    (message,) = digest_message(replace(QUIET, bullets=(), articles=1, outlets=1))

    assert "-# Quiet day: no story met the bar (1 article from 1 outlet read)." in lines(message)
    assert message.custom_ids == (f"d1:why:{QUIET.id}",)


def test_topic_and_delay_are_said_safely() -> None:
    told = lines(*digest_message(replace(STANDARD, topic="*fish* @everyone"), due=END))

    assert told[1].endswith(r" · topic: \*fish\* ＠everyone")
    assert told[2] == f"-# Late: this edition was due <t:{int(END.timestamp())}:f>."


def test_buttons_are_there_only_when_they_work() -> None:
    stored = digest_message(STANDARD)
    fresh = digest_message(replace(STANDARD, id=None))
    shared = digest_message(replace(STANDARD, id=None), share=True)

    assert [message.custom_ids for message in stored] == [("d1:src:12", "d1:why:12"), ("d1:src:12:2",)]
    assert [message.custom_ids for message in fresh] == [(), ()]
    assert [message.custom_ids for message in shared] == [("a1:share:",), ("a1:share:",)]


def test_bullets_that_do_not_fit_go_on_whole_in_another_message() -> None:
    edition = replace(STANDARD, bullets=tuple(long_item(number) for number in range(1, 13)))

    messages = digest_message(edition)

    assert len(messages) >= 3
    told = [line for line in lines(*messages) if line[:1].isdigit()]
    assert [line.partition(".")[0] for line in told] == [str(number) for number in range(1, 13)]
    assert all(plain(one.text) in read(line).words for one, line in zip(edition.bullets, told, strict=True))


def test_long_sections_are_laid_into_several_texts() -> None:
    edition = replace(QUIET, also=tuple(long_item(number) for number in range(1, 13)))

    messages = digest_message(edition)

    assert sum(line.startswith("- Story") for line in lines(*messages)) == 12
    assert all(message.characters <= MESSAGE_TEXT for message in messages)


def test_item_longer_than_a_message_is_refused_rather_than_cut() -> None:
    with pytest.raises(AuditError, match="too large"):
        digest_message(replace(QUIET, bullets=(item("word " * 1200),)))


def test_same_edition_gives_same_bytes() -> None:
    assert [m.to_json() for m in digest_message(STANDARD)] == [m.to_json() for m in digest_message(STANDARD)]


def test_message_that_shows_other_words_is_never_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ui.digest_message.told_words", lambda one: discord_line(one.text.replace("three", "four")))

    with pytest.raises(AuditError, match="unexplained"):
        digest_message(STANDARD)


texts = st.text(min_size=1, max_size=120).filter(lambda words: plain(words) != "")


@given(st.lists(st.tuples(texts, st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=6), texts, st.data())
def test_any_text_comes_through_whole(bullets: list[tuple[str, int, int]], outlet: str, data: st.DataObject) -> None:
    made = [
        replace(item(words, "", Link(outlet, "https://ledger.example/a")), bold=Span(min(a, b), max(a, b)))
        for words, a, b in bullets
    ]
    edition: Edition = replace(STANDARD, bullets=tuple(made), quote=made[0], title=data.draw(texts))

    messages = digest_message(edition)

    shown = "\n".join(read(content).words for message in messages for content in message.texts)
    assert all(plain(one.text) in shown for one in made)
    assert all(set(read(content).live) <= {"heading", "small", "list", "quote", "bold", "masked", "time"}
               for message in messages for content in message.texts)  # fmt: skip


def test_separators_and_rows_are_not_counted_as_words() -> None:
    first, _ = digest_message(STANDARD)

    assert sum(1 for part in walk(first.components) if part["type"] == TEXT) == 9
