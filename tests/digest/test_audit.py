"""Every character of an edition is explained, or the audit names what is not."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.digest.audit import audit, item_problems, labelled, rebuild
from bot.digest.audit_text import unexplained_lines
from bot.digest.edition import make_edition
from bot.digest.export import to_text
from bot.digest.rebuild import JOINT, rebuilt, text_of
from bot.model.analysis import Action, ActorId
from bot.model.articles import Article, ArticleId, ItemKind, Part, PartRole
from bot.model.editions import Edit, Edition, Excerpt, Item, Link, SourceSpan
from bot.model.spans import Span
from tests.digest.newsroom import Newsroom, many, ordinary_day, request

NEWSROOM = ordinary_day()
EDITION = make_edition(NEWSROOM.material(), request())
ARTICLES = NEWSROOM.articles
BIG = make_edition(many(14).material(), request())
BIG_ARTICLES = many(14).articles

SENTENCES = [
    "Arvania closed the gates of Lake Orm on Tuesday.",
    "“We shall open them,” said Mira Voss of Tolmark.",
    "Tolmark asked Arvania for a meeting on Friday.",
    "Nobody in Port Calder heard of it.",
    "However, Tolmark was told on Monday.",
]


def archive() -> dict[ArticleId, Article]:
    """Return two articles of the same five sentences, in turned order."""
    newsroom = Newsroom()
    newsroom.report(1, "Harbour Post", "Gates of Lake Orm closed", " ".join(SENTENCES))
    newsroom.report(1, "Radio Quay", "Gates closed on Lake Orm", "\n\n".join(reversed(SENTENCES)))
    return newsroom.articles


def item_of(*spans: SourceSpan, edits: tuple[Edit, ...] = (), articles: Mapping[ArticleId, Article]) -> Item:
    text = text_of(rebuilt(spans, edits, JOINT, articles), JOINT)
    name = articles[spans[0].article].outlet.name
    return Item(None, text, spans, edits, (Link(name, None),), one_outlet=True)


def span(article: Article, sentence: str) -> SourceSpan:
    at = article.text.index(sentence)
    return SourceSpan(article.id, at, at + len(sentence))


@st.composite
def honest_items(draw: st.DrawFn) -> Item:
    """Draw an item of one or two whole sentences of one article, its days resolved as they are."""
    articles = archive()
    article = articles[draw(st.sampled_from(sorted(articles)))]
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=2, unique=True))
    spans = tuple(span(article, sentence) for sentence in chosen)
    edits = []
    for number, one in enumerate(spans):
        words = one.span.of(article.text)
        if words.startswith("However, ") and draw(st.booleans()):
            edits.append(Edit(number, one.start, one.start + 9, "", "leading connective"))
        for word, label in (("Tuesday", " [3 Mar]"), ("Friday", " [6 Mar]"), ("Monday", " [2 Mar 2026]")):
            if word in words and not any(edit.start == edit.end for edit in edits) and draw(st.booleans()):
                at = one.start + words.index(word) + len(word)
                edits.append(Edit(number, at, at, label, "day"))
    return item_of(*spans, edits=tuple(edits), articles=articles)


def test_a_composed_edition_passes() -> None:
    assert audit(EDITION, ARTICLES).ok
    assert audit(BIG, BIG_ARTICLES, many(14).analyses).ok
    assert audit(BIG, BIG_ARTICLES).checked == sum(len(item.text) for item in BIG.items)


@given(honest_items())
def test_what_is_copied_whole_and_edited_by_rule_is_explained(item: Item) -> None:
    assert item_problems(item, archive()) == ()
    assert rebuild(item, archive()) == item.text


@given(honest_items(), st.data())
def test_a_changed_character_is_found(item: Item, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(item.text) - 1))
    other = data.draw(st.characters(codec="utf-8"))
    assume(other != item.text[at])

    changed = replace(item, text=item.text[:at] + other + item.text[at + 1 :])

    assert item_problems(changed, archive()) != ()


@given(honest_items(), st.data())
def test_a_span_of_another_place_is_found(item: Item, data: st.DataObject) -> None:
    article = archive()[item.spans[0].article]
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    assume(SourceSpan(article.id, start, end) != item.spans[0])

    swapped = replace(item, spans=(SourceSpan(article.id, start, end), *item.spans[1:]))

    assert item_problems(swapped, archive()) != ()


@given(st.data())
def test_part_of_a_sentence_is_found_even_where_its_text_agrees(data: st.DataObject) -> None:
    articles = archive()
    article = articles[ArticleId(1)]
    whole = span(article, data.draw(st.sampled_from(SENTENCES)))
    start = data.draw(st.integers(whole.start, whole.end - 1))
    end = data.draw(st.integers(start + 1, whole.end))
    assume((start, end) != (whole.start, whole.end))
    assume(article.text[start:end].strip() == article.text[start:end])
    assume(not article.text[whole.start : start].endswith(". "))

    cut = item_of(SourceSpan(article.id, start, end), articles=articles)

    assert item_problems(cut, articles) != ()


def test_foreign_sentences_without_a_common_name_are_found() -> None:
    articles = archive()
    first = span(articles[ArticleId(1)], SENTENCES[3])
    second = span(articles[ArticleId(2)], "Tolmark asked Arvania for a meeting on Friday.")

    joined = item_of(first, second, articles=articles)

    assert any("share no proper name" in problem for problem in item_problems(joined, articles))


def test_foreign_sentences_that_swap_the_roles_are_found() -> None:
    newsroom = Newsroom()
    arvania, tolmark = ActorId("country/arvania"), ActorId("country/tolmark")
    text = "Soldiers of Arvania shelled the town in Tolmark."
    for name, deed in (("Harbour Post", (arvania, tolmark)), ("Radio Quay", (tolmark, arvania))):
        action = Action(deed[0], "shell", "ASSAULT", deed[1], Span(0, len(text)))
        newsroom.report(1, name, "Shells fall", text, actions=[action])
    spans = tuple(SourceSpan(article, 0, len(text)) for article in newsroom.articles)
    joined = item_of(*spans, articles=newsroom.articles)

    assert item_problems(joined, newsroom.articles) == ()
    problems = item_problems(joined, newsroom.articles, newsroom.analyses)
    assert any("who did what to whom" in problem for problem in problems)


def test_two_bullets_of_a_round_up_are_never_joined() -> None:
    newsroom = Newsroom()
    text = f"• {SENTENCES[0]}\n• {SENTENCES[2]}"
    places = [text.index(SENTENCES[number]) for number in (0, 2)]
    ends = [at + len(SENTENCES[number]) for at, number in zip(places, (0, 2), strict=True)]
    parts = tuple(Part(i + 1, PartRole.ITEM, Span(places[i], ends[i])) for i in range(2))
    article = newsroom.report(1, "Harbour Post", "What happened", text, parts=parts)
    joined = item_of(*(SourceSpan(article.id, places[i], ends[i]) for i in range(2)), articles=newsroom.articles)

    assert any("two bullets" in problem for problem in item_problems(joined, newsroom.articles))


@pytest.mark.parametrize(
    "edit",
    [
        Edit(0, 0, 7, "[Mira Arvania]"),
        Edit(0, 0, 7, "[Nobody Arvania]"),
        Edit(0, 0, 7, "Tolmark"),
        Edit(0, 8, 14, "opened"),
        Edit(0, 15, 15, " [not]"),
        Edit(0, 47, 47, " [4 Mar]"),
        Edit(0, 40, 40, " [3 Mar]"),
        Edit(0, 47, 47, " [31 Feb]"),
        Edit(0, 0, 8, ""),
    ],
    ids=[
        "no such name", "no such name either", "no brackets", "another word", "a bracket that is no day",
        "a day of another weekday", "a day behind no day word", "a day that is none", "a cut",
    ],
)  # fmt: skip
def test_edits_that_no_rule_allows_are_found(edit: Edit) -> None:
    articles = archive()
    changed = item_of(span(articles[ArticleId(1)], SENTENCES[0]), edits=(edit,), articles=articles)

    assert any("no rule allows" in problem for problem in item_problems(changed, articles))


def test_a_full_name_must_stand_in_a_stored_article() -> None:
    newsroom = Newsroom()
    article = newsroom.report(1, "Harbour Post", "Voss resigns", "Voss resigned on Tuesday. Mira Voss was tired.")
    honest = item_of(SourceSpan(article.id, 0, 25), edits=(Edit(0, 0, 4, "[Mira Voss]"),), articles=newsroom.articles)
    other = item_of(SourceSpan(article.id, 0, 25), edits=(Edit(0, 0, 4, "[Anna Voss]"),), articles=newsroom.articles)

    assert item_problems(honest, newsroom.articles) == ()
    assert item_problems(other, newsroom.articles) != ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("“We shall leave. They know it well. Nobody will stay,” said Mira Voss.", "They know it well."),
        ("“We shall leave. They know it well.", "“We shall leave."),
    ],
    ids=["inside a quotation", "half a quotation"],
)
def test_a_quotation_is_never_broken(text: str, sentence: str) -> None:
    newsroom = Newsroom()
    article = newsroom.report(1, "Harbour Post", "Leaving", text)
    broken = item_of(span(article, sentence), articles=newsroom.articles)

    assert any("breaks a quotation" in problem for problem in item_problems(broken, newsroom.articles))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [({"status": "withdrawn"}, "withdrawn"), ({"kind": ItemKind.OPINION}, "lends no words")],
)
def test_words_of_withdrawn_articles_and_of_opinion_are_found(changes: dict[str, object], problem: str) -> None:
    articles = archive()
    item = item_of(span(articles[ArticleId(1)], SENTENCES[0]), articles=articles)
    articles[ArticleId(1)] = replace(articles[ArticleId(1)], **changes)  # type: ignore[arg-type]  # as named above

    assert any(problem in found for found in item_problems(item, articles))


def test_an_article_that_is_gone_is_a_problem_and_not_a_crash() -> None:
    assert not audit(EDITION, {}).ok


def test_problems_name_their_item() -> None:
    wrong = replace(EDITION.bullets[1], text=EDITION.bullets[1].text + " Really.")
    edition = replace(EDITION, bullets=(EDITION.bullets[0], wrong, *EDITION.bullets[2:]))

    problems = audit(edition, ARTICLES).problems

    assert problems
    assert all(problem.startswith("bullet 2:") for problem in problems)
    assert [name for name, _ in labelled(BIG)][:2] == ["bullet 1", "bullet 2"]


@pytest.mark.parametrize(
    "changed",
    [
        replace(EDITION, title="What you should fear — Wed 4 Mar 2026"),
        replace(EDITION, bullets=EDITION.bullets * 4),
        replace(EDITION, bullets=(replace(EDITION.bullets[0], links=(Link("Somebody Else", None),)),)),
        replace(EDITION, bullets=(replace(EDITION.bullets[0], bold=Span(0, 9_999)),)),
        replace(EDITION, bullets=(replace(EDITION.bullets[0], one_outlet=True),)),
        replace(EDITION, bullets=(replace(EDITION.bullets[0], new=Excerpt((), "all is new")),)),
        replace(EDITION, bullets=(replace(EDITION.bullets[0], joint=" and so "),)),
    ],
    ids=["title", "too many", "outlet", "bold", "one outlet", "new words", "joint"],
)
def test_what_stands_around_the_words_is_checked_too(changed: Edition) -> None:
    assert not audit(changed, ARTICLES).ok


@given(st.data())
def test_any_word_that_is_put_into_the_text_of_an_edition_is_found(data: st.DataObject) -> None:
    lines = to_text(BIG).rstrip("\n").split("\n")
    number = data.draw(st.integers(0, len(lines) - 1))
    word = data.draw(st.sampled_from(["really", "not", "shocking", "Arvania", "12"]))
    at = data.draw(st.integers(0, len(lines[number])))
    changed = [*lines[:number], f"{lines[number][:at]}{word}{lines[number][at:]}", *lines[number + 1 :]]
    # another count is a count, another outlet's number a number: those are checked where they are made
    assume(not (word == "12" and any(map(str.isdigit, lines[number][max(0, at - 1) : at + 1]))))

    assert list(unexplained_lines("\n".join(changed), BIG)) != []


def test_a_line_that_is_left_out_is_found() -> None:
    lines = to_text(EDITION).split("\n")
    short = "\n".join(line for line in lines if not line.startswith("2. "))

    assert list(unexplained_lines(to_text(EDITION), EDITION)) == []
    assert any("not in its text" in problem for problem in unexplained_lines(short, EDITION))
