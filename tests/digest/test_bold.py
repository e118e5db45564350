"""Bold in place: a name that the words already hold."""

from bot.digest.account import Account, Sentence
from bot.digest.bold import bold_of, placed_span
from bot.digest.rebuild import pieces_of
from bot.model.articles import ArticleId
from bot.model.editions import Edit, SourceSpan
from bot.model.spans import Span
from tests.digest.newsroom import NOON, Newsroom


def sentence(text: str) -> Sentence:
    newsroom = Newsroom()
    article = newsroom.report(1, "Harbour Post", "A title", text, NOON)
    return Account(article, newsroom.analyses[article.id]).sentences[0]


def bold(text: str, *edits: Edit, core: dict[str, float] | None = None) -> str | None:
    one = sentence(text)
    pieces = pieces_of(SourceSpan(ArticleId(1), 0, len(text)), edits, text)
    found = bold_of(one, core or {}, pieces)
    return found.of("".join(piece.text for piece in pieces)) if found else None


def test_a_short_subject_with_a_name_is_bold_without_its_article() -> None:
    assert bold("The Northern Assembly has voted for it.") == "Northern Assembly"


def test_of_a_long_subject_only_the_name_is_bold() -> None:
    assert bold("A very long list of people in Arvania said no to it all.") == "Arvania"


def test_without_a_named_subject_the_weightiest_name_is_bold() -> None:
    text = "Rain closed roads from Tolmark to Port Calder."

    assert bold(text, core={"calder": 3.0, "tolmark": 1.0}) == "Port Calder"


def test_a_sentence_without_names_has_no_bold() -> None:
    assert bold("Rain closed all roads.") is None


def test_a_name_put_in_place_of_the_subject_is_bold() -> None:
    text = "Voss has resigned in Arvania."

    assert bold(text, Edit(0, 0, 4, "[Mira Voss]")) == "[Mira Voss]"


def test_bold_moves_with_words_that_are_inserted_before_it() -> None:
    text = "On Tuesday rain closed Skelling Bridge."

    assert bold(text, Edit(0, 10, 10, " [3 Mar]")) == "Skelling Bridge"


def test_a_stretch_that_was_cut_has_no_place() -> None:
    text = "However, Arvania closed."
    pieces = pieces_of(SourceSpan(ArticleId(1), 0, len(text)), (Edit(0, 0, 9, ""),), text)

    assert placed_span(Span(0, 7), pieces) is None
    assert placed_span(Span(9, 16), pieces) == Span(0, 7)
