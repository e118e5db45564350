"""Give an analysis the ids that a directory knows, so that one actor has one id in all articles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bot.analysis.directory import Directory
from bot.analysis.linking import is_local
from bot.model.analysis import Action, Actor, ActorId, Analysis, Mention, MentionType, Quote

_NO_COMPANY: Final = ("country/", "region/", "city/", "territory/", "us-state/", "media/")
"""Actors of too many articles to tell anything about whom the article means."""


def settle(analysis: Analysis, directory: Directory) -> Analysis:
    """Return *analysis* with every actor's known id, and remember its actors in *directory*.

    Full names come first, so that a bare surname may find its bearer; ids of tables stay. What changes is ids and the
    names and types that go with them, never a span. Settling twice gives the same ids.
    """
    company = frozenset(
        actor.id for actor in analysis.actors if not actor.id.startswith(_NO_COMPANY) and not is_local(actor.id)
    )
    settled: dict[ActorId, Actor] = {}
    for actor in sorted(analysis.actors, key=_order):
        known = frozenset(settled[one].id if one in settled else one for one in company if one != actor.id)
        settled[actor.id] = directory.meet(actor, known)
    return replace(
        analysis,
        actors=tuple({actor.id: actor for actor in (settled[one.id] for one in analysis.actors)}.values()),
        mentions=_mentions(analysis.mentions, settled),
        title_mentions=_mentions(analysis.title_mentions, settled),
        roles=tuple(replace(role, actor=_id(role.actor, settled)) for role in analysis.roles),
        quotes=tuple(_quote(quote, settled) for quote in analysis.quotes),
        actions=tuple(_action(action, settled) for action in analysis.actions),
        attacks=tuple(
            replace(attack, agent=_id(attack.agent, settled), patient=_id(attack.patient, settled))
            for attack in analysis.attacks
        ),
    )


def _order(actor: Actor) -> tuple[bool, bool]:
    return is_local(actor.id), actor.type is not MentionType.PERSON


def _id(identity: ActorId, settled: Mapping[ActorId, Actor]) -> ActorId:
    return settled[identity].id if identity in settled else identity


def _ids(identities: Iterable[ActorId], settled: Mapping[ActorId, Actor]) -> tuple[ActorId, ...]:
    return tuple(dict.fromkeys(_id(one, settled) for one in identities))


def _mentions(mentions: Iterable[Mention], settled: Mapping[ActorId, Actor]) -> tuple[Mention, ...]:
    return tuple(
        replace(mention, actor=known.id, type=known.type, name=None if known.known else known.name)
        if mention.actor is not None and (known := settled.get(mention.actor)) is not None and known.id != mention.actor
        else mention
        for mention in mentions
    )


def _quote(quote: Quote, settled: Mapping[ActorId, Actor]) -> Quote:
    speakers = _ids(quote.speakers, settled)
    if speakers == quote.speakers and _ids(quote.about, settled) == quote.about:
        return quote
    names = {actor.id: actor.name for actor in settled.values()}
    name = names.get(speakers[0], quote.speaker_name) if len(speakers) == 1 else quote.speaker_name
    return replace(quote, speakers=speakers, about=_ids(quote.about, settled), speaker_name=name)


def _action(action: Action, settled: Mapping[ActorId, Actor]) -> Action:
    source, target = _id(action.source, settled), _id(action.target, settled)
    names = {actor.id: actor.name for actor in settled.values()}
    return replace(
        action,
        source=source,
        target=target,
        source_name=names.get(source, action.source_name),
        target_name=names.get(target, action.target_name),
    )
