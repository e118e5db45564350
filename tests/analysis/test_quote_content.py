"""What kind of quote attributed words make, and their pieces without marks."""

import pytest

from bot.analysis.language import Language
from bot.analysis.quote_content import Marks
from bot.model.analysis import QuoteKind
from bot.model.spans import Span
from tests.analysis.spoken import lines_of


@pytest.mark.parametrize(
    ("text", "content", "kind", "pieces"),
    [
        ("“We agreed,” she said.", "“We agreed,”", QuoteKind.DIRECT, ["We agreed,"]),
        ("She said: “We agreed.”", "“We agreed.”", QuoteKind.DIRECT, ["We agreed."]),
        ("She was “heartbroken” by it.", "“heartbroken”", QuoteKind.PARTIAL, ["heartbroken"]),
        ("She said it was late.", "it was late", QuoteKind.REPORTED, ["it was late"]),
        (
            "She said the wall was “tired, but safe”, and left.",
            "the wall was “tired, but safe”, and left",
            QuoteKind.PARTIAL,
            ["the wall was", "tired, but safe", "and left"],
        ),
    ],
)
def test_kind_and_pieces(language: Language, text: str, content: str, kind: QuoteKind, pieces: list[str]) -> None:
    start = text.index(content)

    read, found = Marks(lines_of(language, text)).read(text, [Span(start, start + len(content))])

    assert read is kind
    assert [span.of(text) for span in found] == pieces
