"""What two processes say to each other survives the way."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.article import Document
from bot.analysis.wire import LENGTH_BYTES, Batch, Hello, Reply, frame, unframe, writable
from bot.model.analysis import (
    Action,
    Actor,
    ActorId,
    Analysis,
    DateMention,
    Mention,
    MentionType,
    Quote,
    QuoteKind,
    Role,
    SentenceTraits,
)  # fmt: skip
from bot.model.articles import Part, PartRole
from bot.model.spans import Span

ADA = ActorId("person/ada-brask")
ANALYSIS = Analysis(
    sentences=(Span(0, 9),),
    mentions=(Mention(Span(0, 3), MentionType.PERSON, ADA, "Ada Brask"),),
    actors=(Actor(ADA, "Ada Brask", MentionType.PERSON, ("A. Brask",)),),
    roles=(Role(ADA, "mayor", Span(4, 9)),),
    quotes=(Quote(QuoteKind.PARTIAL, (Span(0, 2), Span(3, 4)), Span(1, 2), (Span(0, 1),), (ADA,), "Ada", (ADA,)),),
    actions=(Action(ADA, "VISIT", "CONSULT", ADA, Span(0, 9)),),
    dates=(DateMention(Span(0, 1), "2026-03", "period", date(2026, 3, 1), date(2026, 3, 31), future=True),),
    traits=(SentenceTraits(Span(0, 9), ("rain",), True, Span(0, 1), ("pronoun start",), (), ((3, "past"),)),),
    title_lemmas=("rain",),
    version="1+x",
)


def sent(value: object) -> bytes:
    whole = frame(value)
    assert int.from_bytes(whole[:LENGTH_BYTES], "big") == len(whole) - LENGTH_BYTES
    return whole[LENGTH_BYTES:]


def test_analysis_comes_back_equal() -> None:
    reply = Reply(ANALYSIS, None, 12)

    assert unframe(Reply, sent(reply)) == reply


def test_documents_come_back_equal() -> None:
    part = Part(1, PartRole.ITEM, Span(0, 4), date(2026, 3, 2))
    batch = Batch((Document("Title", "Text", datetime(2026, 3, 2, 7, tzinfo=UTC), "XK", (part,)),))

    assert unframe(Batch, sent(batch)) == batch


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"model": 7}'])
def test_nonsense_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="Hello"):
        unframe(Hello, body)


@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_can_be_sent_and_keeps_its_offsets(text: str) -> None:
    document = writable(Document(text, text, datetime(2026, 3, 2, tzinfo=UTC)))

    assert len(document.text) == len(text)
    assert unframe(Batch, sent(Batch((document,)))).documents == (document,)
