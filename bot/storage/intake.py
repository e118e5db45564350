"""What becomes of a batch of drafts of one outlet: new, revised or known already. Pure; the store writes it down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bot.model.articles import ArticleId, Draft
from bot.storage.identity import Keys, Shared, Verdict, compare, shared_among, shares_text

_LOOK_AT_MOST: Final = 20


class Outcome(StrEnum):
    """What storing a draft came to."""

    NEW = "new"
    REVISED = "revised"
    DUPLICATE = "duplicate"


@dataclass(slots=True, eq=False)
class Story:
    """A story as it will stand in the store: changed while a batch is decided. ``id`` is None until it is written."""

    keys: Keys
    revision: int = 1
    withdrawn: bool = False
    id: ArticleId | None = None
    text: str | None = None
    older: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Decision:
    """One draft, the story it belongs to, what it means for it, and the revision it has (or makes)."""

    draft: Draft
    keys: Keys
    story: Story
    outcome: Outcome
    revision: int

    @property
    def id(self) -> ArticleId:
        """Return the article's id; the story must have been written."""
        if self.story.id is None:
            raise RuntimeError("a story was used before it was written")
        return self.story.id


class Intake:
    """Decides a batch, draft by draft, in order; *known* are the stored stories that share a key with any of them."""

    def __init__(self, known: Sequence[Story], drafts: Sequence[tuple[Draft, Keys]]) -> None:
        self._drafts = drafts
        self._shared: Shared = shared_among(
            [(keys, draft.first_seen) for draft, keys in self._drafts], [story.keys for story in known]
        )
        self._by_key: dict[tuple[str, str], list[Story]] = defaultdict(list)
        for story in known:
            self._register(story)

    def undecided(self) -> frozenset[ArticleId]:
        """Return the stored stories whose text is needed to decide."""
        return frozenset(
            story.id
            for _, keys in self._drafts
            for story in self._candidates(keys)
            if story.id is not None and compare(keys, story.keys, self._shared) is Verdict.ASK_TEXT
        )

    def decide(self, texts: Mapping[ArticleId, str]) -> tuple[Decision, ...]:
        """Decide every draft, in order; *texts* holds those of :meth:`undecided`."""
        return tuple(self._settle(draft, keys, texts) for draft, keys in self._drafts)

    def _settle(self, draft: Draft, keys: Keys, texts: Mapping[ArticleId, str]) -> Decision:
        story = self._match(draft, keys, texts)
        if story is None:
            story = Story(keys, withdrawn=draft.withdrawn, text=draft.text)
            self._register(story)
            return Decision(draft, keys, story, Outcome.NEW, 1)
        if draft.withdrawn:
            outcome = Outcome.DUPLICATE if story.withdrawn else Outcome.REVISED
            story.withdrawn = True
            return Decision(draft, keys, story, outcome, story.revision)
        if keys.text_hash == story.keys.text_hash or keys.text_hash in story.older:
            return Decision(draft, keys, story, Outcome.DUPLICATE, story.revision)
        self._revise(story, draft, keys)
        return Decision(draft, keys, story, Outcome.REVISED, story.revision)

    def _revise(self, story: Story, draft: Draft, keys: Keys) -> None:
        story.older.add(story.keys.text_hash)
        story.keys = replace(keys, at=story.keys.at, guid=keys.guid or story.keys.guid, url=keys.url or story.keys.url)
        story.revision += 1
        story.withdrawn = False
        story.text = draft.text
        self._register(story)

    def _match(self, draft: Draft, keys: Keys, texts: Mapping[ArticleId, str]) -> Story | None:
        likely: list[Story] = []
        for story in self._candidates(keys):
            verdict = compare(keys, story.keys, self._shared)
            if verdict is Verdict.SAME:
                return story
            if verdict is Verdict.ASK_TEXT:
                likely.append(story)
        return next((story for story in likely if shares_text(draft.text, _text(story, texts))), None)

    def _candidates(self, keys: Keys) -> Iterable[Story]:
        found = (story for key in _index_keys(keys) for story in self._by_key[key][-_LOOK_AT_MOST:])
        return dict.fromkeys(found)

    def _register(self, story: Story) -> None:
        for key in _index_keys(story.keys):
            if story not in self._by_key[key][-_LOOK_AT_MOST:]:
                self._by_key[key].append(story)


def _index_keys(keys: Keys) -> Iterator[tuple[str, str]]:
    """Yield the keys that find candidates, the most telling first."""
    named = (("hash", keys.text_hash), ("url", keys.url), ("guid", keys.guid), ("title", keys.title))
    return ((name, value) for name, value in named if value)


def _text(story: Story, texts: Mapping[ArticleId, str]) -> str:
    if story.text is not None:
        return story.text
    return "" if story.id is None else texts.get(story.id, "")
