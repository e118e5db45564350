"""kind_of: news told from what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.kinds import kind_of
from bot.model.articles import ItemKind


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://lamp.example/world/2026/vans-leave", ItemKind.NEWS),
        ("https://lamp.example/opinion/2026/vans-should-leave", ItemKind.OPINION),
        ("https://lamp.example/world/live/2026/vans", ItemKind.LIVE),
        ("https://lamp.example/video/vans", ItemKind.VIDEO),
        ("https://lamp.example/arts/gallery/2026/vans", ItemKind.PICTURES),
        ("https://lamp.example/news-quiz/vans", ItemKind.QUIZ),
        ("https://lamp.example/newsletters/vans", ItemKind.NEWSLETTER),
        ("https://sport.lamp.example/2026/vans", ItemKind.SPORT),
        ("https://lamp.example/celebrity/vans", ItemKind.SOFT),
        ("https://lamp.example/shopping/vans", ItemKind.PROMO),
        ("https://lamp.example/live", ItemKind.NEWS),
        ("https://[broken", ItemKind.NEWS),
        (None, ItemKind.NEWS),
    ],
)
def test_sections_of_an_address_tell(url: str | None, kind: ItemKind) -> None:
    assert kind_of("Vans leave the quay", url) is kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Vans leave the quay", ItemKind.NEWS),
        ("Live music returns to the quay", ItemKind.NEWS),
        ("Mayor watches vans leave", ItemKind.NEWS),
        ("Pilots quiz harbour master over goose", ItemKind.NEWS),
        ("LIVE: vans leave the quay", ItemKind.LIVE),
        ("Vans leave the quay – as it happened", ItemKind.LIVE),
        ("Watch: vans leave the quay", ItemKind.VIDEO),
        ("In pictures: vans on the quay", ItemKind.PICTURES),
        ("Opinion: the vans must stay", ItemKind.OPINION),
        ("The vans must stay | Una Marsh column", ItemKind.OPINION),
        ("Quiz of the week: whose goose is it?", ItemKind.QUIZ),
        ("Morning briefing: vans, geese, paint", ItemKind.NEWSLETTER),
        ("Your Monday briefing: sign up today", ItemKind.PROMO),
        ("Cup joy: Brennick 2, Skarr Rovers 1", ItemKind.SPORT),
        ("Ticket sold in Skarr wins lottery", ItemKind.SOFT),
        ("Seven things to know about geese", ItemKind.LIST),
        ("Why the vans came to the quay", ItemKind.EXPLAINER),
        ("Will the vans come back?", ItemKind.EXPLAINER),
    ],
)
def test_words_of_a_title_tell(title: str, kind: ItemKind) -> None:
    assert kind_of(title, None) is kind


def test_a_hint_wins_where_it_names_a_kind() -> None:
    assert kind_of("Vans leave", "https://lamp.example/sport/vans", "soft") is ItemKind.SOFT
    assert kind_of("Vans leave", "https://lamp.example/sport/vans", "no such kind") is ItemKind.SPORT


def test_a_hint_of_news_is_outweighed_only_by_what_is_plain_to_see() -> None:
    assert kind_of("Whose goose is it?", None, "news") is ItemKind.NEWS
    assert kind_of("LIVE: vans leave the quay", None, "news") is ItemKind.LIVE


@given(st.text(max_size=80), st.none() | st.text(max_size=80), st.none() | st.text(max_size=10))
def test_anything_has_a_kind(title: str, url: str | None, hint: str | None) -> None:
    assert isinstance(kind_of(title, url, hint), ItemKind)
