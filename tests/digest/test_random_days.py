"""Random days: whatever the news, an edition is audited, fits Discord, and shows any character that is not its own."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.digest.audit import audit, item_problems, rebuild
from bot.digest.edition import make_edition
from bot.digest.rebuild import JOINT, rebuilt, text_of
from bot.errors import AuditError
from bot.model.articles import ItemKind
from bot.model.editions import Edition, Item, Length, Link, SourceSpan
from bot.ui.digest_message import digest_message
from bot.ui.limits import MESSAGE_COMPONENTS, MESSAGE_TEXT
from bot.ui.message_audit import audit_messages
from bot.ui.payload import walk
from tests.digest.newsroom import MORNING, NOON, PEOPLE, PLACES, Newsroom, request

_DEEDS: Final = (
    "agreed to open the gates", "closed the harbour", "rejected the plan", "voted to raise the ferry tax",
    "launched a search for the crew", "accused the council of delay", "signed the treaty on fishing",
    "said that {count} people had died", "will open talks on Thursday", "found a crack in the wall",
)  # fmt: skip
_TAILS: Final = ("on Tuesday", "on Monday", "after a long night", "in spite of the storm", "two days after the vote")
_QUOTES: Final = (
    "“We have waited long enough for this,” {person} said.",
    "{person} told reporters that “the water will *not* wait” for anybody.",
    "However, {person} denied it.",
    "It was not clear when the road would be open again.",
    "{person} is to be heard by the court on 12 March.",
)
_ODD: Final = ("", " [sic]", " <@1>", " *_~`|", " https://a.example/x?y=1", " «ü»", " 港")
_OUTLETS: Final = (*(f"Outlet {letter}" for letter in "ABCDEFG"), "A name that is long enough to be cut " * 2)
_WIDE: Final = "word " * 60
# A story costs a hundredth of a second or two, and a day has up to thirty.
_FEW: Final = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
_MANY: Final = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
Day = tuple[Newsroom, Edition]


@st.composite
def days(draw: st.DrawFn) -> Day:
    """Draw the news of a day or a week and an edition of it, in a random length; some days are quiet."""
    newsroom = Newsroom()
    week = draw(st.booleans())
    for event in range(1, draw(st.sampled_from((0, 1, 3, 8, 16, 24))) + 1):
        place, deed, tail = (draw(st.sampled_from(some)) for some in (PLACES, _DEEDS, _TAILS))
        at = NOON - timedelta(hours=draw(st.integers(0, 6 * 24 if week else 18)))
        for outlet in draw(st.lists(st.sampled_from(_OUTLETS), min_size=1, max_size=4, unique=True)):
            person, quote = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(_QUOTES))
            done = deed.format(count=draw(st.integers(2, 99)))
            first = f"{place} {done} number {event} {tail}, {person} said{draw(st.sampled_from(_ODD))}."
            body = f"{first} {quote.format(person=person)}\n\n{draw(st.sampled_from(('', f'{_WIDE}was said.', first)))}"
            kind = draw(st.sampled_from((ItemKind.NEWS,) * 6 + (ItemKind.OPINION, ItemKind.LIVE)))
            newsroom.report(event, outlet, f"{place} {done} number {event}", body.strip(), at, kind=kind)
        newsroom.storylines[next(reversed(newsroom.reports))] = draw(st.integers(1, 9))
    if draw(st.booleans()):
        newsroom.remember(make_edition(newsroom.material(), request(MORNING - timedelta(days=1))))
    wanted = request(length=draw(st.sampled_from(list(Length))), hours=168 if week else 24)
    return newsroom, make_edition(newsroom.material(), wanted)


def _is_sound(day: Day) -> None:
    newsroom, edition = day
    messages = digest_message(replace(edition, id=None))

    assert edition.audit.ok, edition.audit.problems
    assert audit(edition, newsroom.articles, newsroom.analyses).ok
    assert audit_messages(messages, edition).ok
    for message in messages:
        texts = [part["content"] for part in walk(message.to_dict()["components"]) if "content" in part]
        assert sum(map(len, texts)) == message.characters <= MESSAGE_TEXT
        assert len(list(walk(message.to_dict()["components"]))) <= MESSAGE_COMPONENTS
        assert all(texts)


def _is_touched(day: Day, draw: st.DataObject) -> None:
    newsroom, edition = day
    items = edition.items
    assume(items)
    item = draw.draw(st.sampled_from(items))
    for wrong in (_misspelt(item, draw), _shifted(item, draw), _swapped(item, items)):
        if wrong is not None and not _says_the_same(wrong, newsroom):
            assert item_problems(wrong, newsroom.articles, newsroom.analyses), wrong


def _says_the_same(wrong: Item, newsroom: Newsroom) -> bool:
    """Tell whether another span gives the same words: outlets copy each other."""
    try:
        return rebuild(wrong, newsroom.articles) == wrong.text
    except AuditError:
        return False


def _misspelt(item: Item, draw: st.DataObject) -> Item:
    at = draw.draw(st.integers(0, len(item.text) - 1))
    sign = draw.draw(st.sampled_from("aZ9 ”.é").filter(lambda one: one != item.text[at]))
    return replace(item, text=item.text[:at] + sign + item.text[at + 1 :])


def _shifted(item: Item, draw: st.DataObject) -> Item | None:
    first = item.spans[0]
    by = draw.draw(st.integers(1, 3))
    if first.end - first.start <= by:
        return None
    return replace(item, spans=(replace(first, start=first.start + by), *item.spans[1:]))


def _swapped(item: Item, items: tuple[Item, ...]) -> Item | None:
    other = next((one for one in items if one.spans[0] != item.spans[0]), None)
    return None if other is None else replace(item, spans=(other.spans[0], *item.spans[1:]))


@_FEW
@given(days())
def test_a_random_day_is_audited_and_fits(day: Day) -> None:
    _is_sound(day)


@_FEW
@given(days(), st.data())
def test_a_character_or_a_span_that_is_not_the_items_own_is_found(day: Day, data: st.DataObject) -> None:
    _is_touched(day, data)


@pytest.mark.slow
@_MANY
@given(days(), st.data())
def test_many_random_days(day: Day, data: st.DataObject) -> None:
    _is_sound(day)
    _is_touched(day, data)


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
def test_sentences_of_two_reports_that_share_no_name_are_never_joined(
    here: str, there: str, one: str, other: str
) -> None:
    assume(not set(here.split()) & set(there.split()) and one != other)
    newsroom = Newsroom()
    first = newsroom.report(1, "Outlet A", "Gates", f"{here} closed the gates, {one} said.")
    second = newsroom.report(1, "Outlet B", "Gates", f"{there} opened a harbour, {other} said.")
    spans = tuple(SourceSpan(article.id, 0, len(article.text)) for article in (first, second))
    text = text_of(rebuilt(spans, (), JOINT, newsroom.articles), JOINT)
    joined = Item(None, text, spans, (), (Link("Outlet A", None),), one_outlet=True)

    problems = item_problems(joined, newsroom.articles, newsroom.analyses)

    assert "it joins sentences of two articles that share no proper name" in problems
