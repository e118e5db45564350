"""A posted edition whose source changed: what no longer holds, and what stands there now."""

from dataclasses import replace

from bot.digest.audit import item_problems
from bot.digest.corrections import corrections_of
from bot.digest.edition import make_edition
from bot.model.articles import Article
from bot.model.editions import Edition
from tests.digest.newsroom import Newsroom, request

TEXT = (
    "Arvania began to vaccinate 2.1 million children against measles on Tuesday.\n\n"
    "Nurses of Arvania will travel by bus."
)


def posted() -> tuple[Newsroom, Article, Edition]:
    newsroom = Newsroom()
    article = newsroom.report(1, "Harbour Post", "Arvania begins to vaccinate 2.1 million children", TEXT)
    return newsroom, article, make_edition(newsroom.material(), request())


def test_an_unchanged_source_needs_no_correction() -> None:
    newsroom, _, edition = posted()

    assert edition.bullets
    assert corrections_of(edition, newsroom.articles, newsroom.analyses) == ()


def test_a_changed_figure_is_corrected_from_the_same_sentence() -> None:
    newsroom, article, edition = posted()
    newsroom.change(article, text=TEXT.replace("2.1", "1.2"), revision=2)

    (found,) = corrections_of(edition, newsroom.articles, newsroom.analyses)

    assert found.label == "bullet 1"
    assert "2.1 million" in found.old.text
    assert found.new is not None
    assert found.new.text.startswith(
        "Arvania began to vaccinate 1.2 million children against measles on Tuesday [3 Mar]."
    )
    assert item_problems(found.new, newsroom.articles) == ()
    assert not found.withdrawn


def test_words_that_only_moved_need_no_correction() -> None:
    newsroom, article, edition = posted()
    newsroom.change(article, text=f"Updated by the desk in Port Calder.\n\n{TEXT}", revision=2)

    assert corrections_of(edition, newsroom.articles, newsroom.analyses) == ()


def test_full_names_that_were_filled_in_are_filled_in_again() -> None:
    newsroom = Newsroom()
    text = "Voss resigned in Arvania on Tuesday over a vote on fishing.\n\nMira Voss had led the Northern Assembly."
    article = newsroom.report(1, "Harbour Post", "Voss resigns over fishing vote in Arvania", text)
    edition = make_edition(newsroom.material(), request())
    newsroom.change(article, text=f"The assembly was surprised in Tolmark.\n\n{text}", revision=2)

    assert edition.bullets[0].text.startswith("[Mira Voss] resigned")
    assert corrections_of(edition, newsroom.articles, newsroom.analyses) == ()


def test_a_withdrawn_source_leaves_nothing() -> None:
    newsroom, article, edition = posted()
    newsroom.change(article, status="withdrawn", text="This report was withdrawn.", revision=2)

    (found,) = corrections_of(edition, newsroom.articles, newsroom.analyses)

    assert found.withdrawn
    assert found.new is None


def test_a_sentence_that_is_gone_is_not_replaced_by_another() -> None:
    newsroom, article, edition = posted()
    newsroom.change(article, text="Fishing on Lake Orm is good this spring, anglers said.", revision=2)

    (found,) = corrections_of(edition, newsroom.articles, newsroom.analyses)

    assert found.new is None
    assert not found.withdrawn


def test_a_changed_headline_is_a_correction_of_its_line() -> None:
    newsroom, article, edition = posted()
    (bullet,) = edition.bullets
    span = replace(bullet.spans[0], start=0, end=len(article.title), field="title")
    line = replace(bullet, text=article.title, spans=(span,), edits=(), headline=True, bold=None)
    newsroom.change(article, title="Arvania begins to vaccinate 1.2 million children", revision=2)

    (found,) = corrections_of(replace(edition, bullets=(line,)), newsroom.articles, newsroom.analyses)

    assert found.new is not None
    assert found.new.text == "Arvania begins to vaccinate 1.2 million children"
