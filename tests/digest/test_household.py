"""Names that everybody prints need no introduction."""

from dataclasses import replace

from bot.digest.account import Account
from bot.digest.household import PRINTED, PRINTED_OF_KNOWN, household
from bot.model.analysis import Actor, ActorId, MentionType
from tests.digest.newsroom import Newsroom


def accounts(count: int, *, known: bool = False) -> list[Account]:
    newsroom = Newsroom()
    voss = Actor(ActorId("person/mira-voss"), "Mira Voss", MentionType.PERSON, known=known)
    for number in range(count):
        newsroom.report(number, "Harbour Post", "A speech", "Mira Voss spoke in Port Calder, and Hale was there.")
    return [Account(one, replace(newsroom.analyses[one.id], actors=(voss,))) for one in newsroom.articles.values()]


def test_a_name_that_many_reports_give_in_full_is_known() -> None:
    assert household(accounts(PRINTED)) == {"voss"}
    assert household(accounts(PRINTED - 1)) == frozenset()


def test_fewer_do_for_somebody_who_stands_in_the_tables() -> None:
    assert household(accounts(PRINTED_OF_KNOWN, known=True)) == {"voss"}
    assert household(accounts(PRINTED_OF_KNOWN)) == frozenset()
