"""Words keep their places in the stored text and their tree."""

from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.words import read_lines


def test_words_index_the_stored_text(language: Language) -> None:
    text = "• None Ilena Vasarik spoke.\n\n“We agreed,” she said."

    lines = read_lines(language.parse(text))

    assert [text[word.start : word.end] for words in lines for word in words] == [
        *("Ilena", "Vasarik", "spoke", "."),
        *("“", "We", "agreed", ",", "”", "she", "said", "."),
    ]


def test_heads_and_children_agree(language: Language) -> None:
    (words,) = read_lines(language.parse("The union, which is small, has called off its strike."))

    for word in words:
        assert word.head is word or word in word.head.children
        assert all(child.head is word for child in word.children)
    root = next(word for word in words if word.head is word)
    assert root.edges() == (0, len(words))
    assert {word.i for word in root.subtree()} == set(range(len(words)))


def test_words_without_a_model_have_no_tags() -> None:
    (words,) = read_lines(load_language(RULES_ONLY).parse("Ilena Vasarik spoke."))

    assert [word.tag for word in words] == [""] * 4
    assert not any(word.is_verb for word in words)
