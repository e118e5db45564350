"""settle: one actor, one id in all articles, and no span moves."""

from bot.analysis.directory import Directory
from bot.analysis.linking import local_id
from bot.analysis.settling import settle
from bot.model.analysis import Action, Actor, ActorId, Analysis, Mention, MentionType, Quote, QuoteKind, Role
from bot.model.spans import Span

KNOWN = Actor(ActorId("person/tova-ruzhko"), "Tova Ruzhko", MentionType.PERSON)
MET = Actor(ActorId("person/tova-ruzko"), "Tova Ruzko", MentionType.PERSON)
KENYA = Actor(ActorId("country/kenya"), "Kenya", MentionType.COUNTRY, known=True)


def article(actor: Actor = MET) -> Analysis:
    return Analysis(
        mentions=(
            Mention(Span(0, 10), MentionType.PERSON, actor.id, actor.name),
            Mention(Span(20, 25), MentionType.COUNTRY, KENYA.id),
        ),
        actors=(actor, KENYA),
        roles=(Role(actor.id, "minister", Span(12, 19)),),
        quotes=(
            Quote(QuoteKind.DIRECT, (Span(30, 40),), speakers=(actor.id,), speaker_name=actor.name, about=(KENYA.id,)),
        ),
        actions=(Action(actor.id, "VISIT", "CONSULT", KENYA.id, Span(0, 40), actor.name, "Kenya"),),
    )


def test_every_id_of_an_article_becomes_the_known_one() -> None:
    directory = Directory()
    directory.add(KNOWN)

    settled = settle(article(), directory)

    assert settled.mentions[0].actor == KNOWN.id
    assert settled.mentions[0].name == "Tova Ruzhko"
    assert settled.roles[0].actor == KNOWN.id
    assert (settled.quotes[0].speakers, settled.quotes[0].speaker_name) == ((KNOWN.id,), "Tova Ruzhko")
    assert settled.actions[0].source == KNOWN.id
    assert [actor.id for actor in settled.actors] == [KNOWN.id, KENYA.id]
    assert [mention.span for mention in settled.mentions] == [mention.span for mention in article().mentions]


def test_settling_twice_changes_nothing() -> None:
    directory = Directory()
    directory.add(KNOWN)

    once = settle(article(), directory)

    assert settle(once, directory) == once


def test_stranger_of_one_article_keeps_an_id_of_its_own() -> None:
    stranger = Actor(local_id("Ruzhko", "text"), "Ruzhko", MentionType.PERSON)

    assert settle(article(stranger), Directory()).mentions[0].actor == stranger.id


def test_person_taken_for_an_organisation_is_mended() -> None:
    directory = Directory()
    directory.add(KNOWN, seen=9)
    mistaken = Actor(ActorId("organisation/ruzhko"), "Ruzhko", MentionType.ORGANISATION)

    settled = settle(article(mistaken), directory)

    assert (settled.mentions[0].actor, settled.mentions[0].type) == (KNOWN.id, MentionType.PERSON)
