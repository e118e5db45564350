"""The whole bot reads a changed and a withdrawn report in its feeds, and puts the digest that it posted right."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.editions import EditionId, Item
from bot.sandbox.bot_process import BotGoneError
from bot.sandbox.double.events import Exchange, Notice
from bot.sandbox.world import WorldItem
from bot.storage.articles import ArticleStore
from bot.storage.database import Database
from bot.storage.editions import EditionStore
from bot.ui.payload import walk
from tests.app.running import Running, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


async def told(stage: Running) -> list[tuple[Item, WorldItem, str]]:
    """Return the bullets of the first edition, each with its world item and the sentence that it copied."""
    async with Database(str(stage.folder / "news.sqlite"), create=False, check=False) as database:
        stored = await EditionStore(database).get(EditionId(1))
        assert stored is not None
        spans = [item.spans[0] for item in stored.edition.bullets]
        articles = await ArticleStore(database).find([span.article for span in spans])
    by_guid = {item.guid: item for item in stage.newsroom._world.items}
    return [
        (item, by_guid[str(articles[span.article].guid)], span.span.of(articles[span.article].text))
        for item, span in zip(stored.edition.bullets, spans, strict=True)
        if span.field == "text"
    ]


def shown(stage: Running, channel: str) -> str:
    messages = stage.double.state.messages[channel].values()
    parts = [part for message in messages for part in walk(message["components"])]
    return "\n".join(part["content"].replace("**", "") for part in parts if "content" in part)


@pytest.mark.parametrize("point", ["corrections.want", "editor.edit", "corrections.settle"])
async def test_a_posted_digest_is_put_right_though_the_bot_dies(tmp_path: Path, point: str) -> None:
    edits: list[str] = []

    def hear(notice: Notice) -> None:
        if isinstance(notice, Exchange) and notice.method == "PATCH" and "/messages/" in notice.path:
            edits.append(shown(stage, channel["id"]))

    async with running(tmp_path) as stage:
        channel = stage.double.guilds.add_channel(stage.guilds[0], "morning")
        at = (stage.clock.now() + timedelta(hours=1)).replace(second=0, microsecond=0)
        await stage.admin.slash("schedule add", channel=channel, time=f"{at:%H:%M}", timezone="UTC")
        stage.clock.set(at)
        await stage.bot.follow()
        (_, revised, old), (_, withdrawn, taken) = (await told(stage))[:2]
        new = f"{old[:-1].rsplit(' ', 1)[0]} elsewhere."
        later = at + timedelta(minutes=30)
        changes = (
            replace(revised, text=revised.text.replace(old, new), first_seen=later),
            replace(withdrawn, title=f"Withdrawn: {withdrawn.title}", first_seen=later),
        )
        world = stage.newsroom._world
        stage.newsroom._world = replace(world, items=(*world.items, *changes))
        for outlet in sorted({one.outlet for one in changes}):
            name = next(one.name for one in world.outlets if one.id == outlet)
            await stage.admin.slash("feed add", url=stage.newsroom.feeds[name], name=name)
        stage.double.listeners.append(hear)
        await stage.bot.__aexit__(None, None, None)
        stage.more = {"NEEDTOKNOW_FAILPOINT": point}
        await stage.start()
        stage.clock.set(at + timedelta(hours=2))
        with suppress(BotGoneError):
            await stage.bot.follow()
        await stage.bot.gone.wait()
        await stage.bot.__aexit__(None, None, None)
        stage.more = {}
        await stage.start()
        await stage.bot.follow()
        text = shown(stage, channel["id"])

    assert f"~~{old[:20]}" in text
    assert new[-30:] in text
    assert f"~~{taken[:20]}" in text
    assert "the outlet took this report back." in text
    assert len(edits) == (2 if point == "corrections.settle" else 1)
    assert set(edits) == {text}
    assert stage.double.violations == []
    assert stage.wrong == []
