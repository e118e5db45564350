"""disagreements: figures that outlets dispute, side by side; a toll that moves is none."""

from bot.events.disagreement import disagreements
from bot.model.articles import Article, ItemKind
from bot.model.events import Disagreement
from tests.events.stories import analyses_of, article


def found(*articles: Article) -> tuple[Disagreement, ...]:
    return disagreements(articles, analyses_of(*articles))


GUARD = article(1, "The ship was carrying 186 people, the coastguard said.")
OWNER = article(2, "Its owner names 191 people aboard; the coastguard speaks of 186.", hours=3)


def test_two_figures_for_one_thing_stand_side_by_side() -> None:
    ((what, claims),) = [(each.what, each.claims) for each in found(OWNER, GUARD)]

    assert what == "aboard"
    assert [(claim.value, claim.outlets) for claim in claims] == [(186, ("Outlet 1", "Outlet 2")), (191, ("Outlet 2",))]
    assert all(claim.text == claim.span.of(GUARD.text if claim.article == 1 else OWNER.text) for claim in claims)


def test_growing_toll_is_no_dispute() -> None:
    assert found(article(1, "Seven people died."), article(2, "Eleven people died.", hours=9)) == ()


def test_slow_outlet_is_no_dispute() -> None:
    slow = article(3, "Seven people died.", hours=10)

    assert found(article(1, "Seven people died."), article(2, "Eleven people died.", hours=9), slow) == ()


def test_going_back_to_a_lower_toll_hours_later_is_one() -> None:
    back = article(3, "Seven people died.", hours=12)

    (dispute,) = found(article(1, "Seven people died."), article(2, "Eleven people died.", hours=9), back)

    assert [claim.value for claim in dispute.claims] == [7, 11]


def test_figure_called_wrong_is_one_at_once() -> None:
    (dispute,) = found(article(1, "In all 24 people were killed, not 14, the ministry said."))

    assert [claim.value for claim in dispute.claims] == [14, 24]


def test_large_figures_close_together_agree() -> None:
    assert found(article(1, "Some 20,000 people marched."), article(2, "About 20,500 people marched.")) == ()


def test_opinion_disputes_nothing() -> None:
    assert found(GUARD, article(2, OWNER.text, kind=ItemKind.OPINION)) == ()


def test_one_outlet_with_one_figure_has_no_dispute() -> None:
    assert found(GUARD) == ()
    assert found() == ()
