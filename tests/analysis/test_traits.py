"""What the digest learns of a sentence, with the language model that is installed."""

import pytest

from bot.analysis import problems
from bot.analysis.language import RULES_ONLY, Language, load_language
from bot.analysis.traits import content_lemmas, sentence_traits, title_traits
from bot.model.analysis import ActorId, Mention, MentionType, SentenceTraits
from bot.model.spans import Span


def people(text: str, *names: str) -> tuple[Mention, ...]:
    """Return where *names* stand in *text*, as persons."""
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            found.append(Mention(Span(at, at + len(name)), MentionType.PERSON, ActorId(f"person/{name.split()[-1]}")))
            at = text.find(name, at + 1)
    return tuple(found)


def read(language: Language, text: str, *names: str, title: str = "") -> tuple[SentenceTraits, ...]:
    with language.zone():
        parsed, head = language.parse(text), language.parse(title)
        return sentence_traits(parsed, people(text, *names), title=head, title_mentions=people(title, *names))


def one(language: Language, text: str, *names: str) -> SentenceTraits:
    (found,) = read(language, text, *names)
    return found


def test_a_good_sentence_has_a_finite_verb_a_subject_and_no_problem(language: Language) -> None:
    text = "The captain of the ferry Saint Orla was charged with manslaughter on Thursday."
    traits = one(language, text)

    assert traits.finite
    assert traits.problems == ()
    assert traits.subject is not None
    assert traits.subject.of(text) == "The captain"
    assert {"captain", "ferry", "charge", "manslaughter"} <= set(traits.lemmas)
    assert "thursday" not in traits.lemmas


def test_a_bullet_and_a_dateline_are_no_part_of_the_sentence(language: Language) -> None:
    text = "PORT CALDER (Quaywire) - Seven people died on Sunday.\n• None Four are missing in Tolmark."
    first, second = read(language, text)

    assert first.span.of(text) == "Seven people died on Sunday."
    assert second.span.of(text).startswith("Four are missing")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("She refused to sign the treaty.", problems.PRONOUN_START),
        ("This was unacceptable to the assembly.", problems.DEMONSTRATIVE_START),
        ("The latest update confirmed one case.", problems.DEMONSTRATIVE_START),
        ("However, the treaty was signed in Tolmark.", problems.CONNECTIVE_START),
        ("Moscow said this was unacceptable.", problems.DANGLING_THIS),
        ("“It pinched,” he said in Port Calder.", problems.EARLY_PRONOUN),
    ],
)
def test_what_leans_on_something_unsaid_is_named(language: Language, text: str, problem: str) -> None:
    assert problem in one(language, text).problems


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("The passengers were brought to Tolmark.", "passenger"),
        ("Rescuers asked for the ship to be raised.", "ship"),
        ("Officials praised the suspect for his calm.", "suspect"),
        ("A minister spoke of the crash for an hour.", "crash"),
    ],
)
def test_a_definite_that_nothing_explains_names_its_noun(language: Language, text: str, noun: str) -> None:
    found = one(language, text).problems

    assert any(problems.noun_of(problem) == noun for problem in found)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Saint Orla sank on Sunday.",
        "The government of Tolmark resigned.",
        "The ferry that sank on Sunday was old.",
        "A ferry sank and the ship was lost.",
        "The economy of Tolmark grew.",
    ],
)
def test_definites_that_are_explained_are_no_problem(language: Language, text: str) -> None:
    assert one(language, text).problems == ()


def test_the_sentence_before_resolves_a_he_only_with_one_person(language: Language) -> None:
    clear = read(language, "Mira Voss resigned in Tolmark. She cried.", "Mira Voss")
    unclear = read(language, "Mira Voss met Dana Reyle in Tolmark. She cried.", "Mira Voss", "Dana Reyle")

    assert clear[1].context_problems == clear[1].problems == (problems.PRONOUN_START,)
    assert unclear[1].context_problems == ()


def test_the_sentence_before_resolves_a_definite_by_its_noun_or_a_like_one(language: Language) -> None:
    named = read(language, "A ferry of Tolmark sank on Sunday. The ship was old.")
    unnamed = read(language, "A storm hit Tolmark on Sunday. The ship was old.")

    assert named[1].context_problems != ()
    assert unnamed[1].context_problems == ()


def test_the_title_is_the_context_of_the_first_sentence(language: Language) -> None:
    (deck,) = read(language, "She cried for an hour.", "Mira Voss", title="Mira Voss resigns in Tolmark")

    assert deck.problems == deck.context_problems == (problems.PRONOUN_START,)


def test_a_sentence_inside_a_quotation_of_several_is_marked(language: Language) -> None:
    text = "“They left. Nobody stayed in Tolmark. They never will,” said Mira Voss."
    inner = [trait for trait in read(language, text, "Mira Voss") if trait.span.of(text).startswith("Nobody")]

    assert all(problems.INSIDE_QUOTATION in trait.problems for trait in inner)


def test_a_deck_glued_to_the_first_sentence_is_found_by_its_capital(language: Language) -> None:
    text = "Campus was locked down and police responded to scene Multiple people were injured in Tolmark."

    assert problems.RUN_ON in one(language, text).problems


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("The court sentenced the minister of Tolmark to six years.", "past"),
        ("The ferry has been raised in Tolmark.", "past"),
        ("Arvania and Tolmark will open talks on Monday.", "future"),
        ("A verdict is expected on Thursday in Tolmark.", "future"),
        ("Talks are to open in Tolmark on Monday.", "future"),
        ("The treaty would oblige Tolmark to give notice, a minister said.", "future"),
        ("Tolmark wants the stones.", "present"),
    ],
)
def test_the_tense_is_that_of_what_is_told(language: Language, text: str, tense: str) -> None:
    assert one(language, text).tense == tense


@pytest.mark.parametrize(
    ("text", "word", "direction"),
    [
        ("The ferry sank on Sunday.", "Sunday", "past"),
        ("Parliament will vote on Thursday.", "Thursday", "future"),
        ("The launch has been put off until Tuesday.", "Tuesday", "future"),
        ("A minister said the gates would be closed on Friday.", "Friday", "future"),
        ("Most people began to return on Monday.", "Monday", "past"),
        ("A verdict is due next Wednesday.", "Wednesday", "future"),
        ("Officials met last Saturday.", "Saturday", "past"),
    ],
)
def test_a_date_is_governed_by_the_verb_over_it(language: Language, text: str, word: str, direction: str) -> None:
    assert dict(one(language, text).governors)[text.index(word)] == direction


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("The death toll of the sinking rose to 11 on Monday, officials said.", "rose to 11"),
        ("Arvania and Tolmark will open talks on Monday.", "will open talks"),
        ("At least seven people died when a ferry sank.", "At least seven people died"),
        ("No trains are running in Tolmark.", "No trains are running in Tolmark"),
        ("The launch was called off in Tolmark.", "was called off"),
    ],
)
def test_the_main_clause_says_in_few_words_what_happened(language: Language, text: str, clause: str) -> None:
    (first, *_) = one(language, text).clauses

    assert first.of(text).startswith(clause)
    assert len(first.of(text).split()) <= 7


def test_no_clause_breaks_a_quotation(language: Language) -> None:
    text = 'Mira Voss called the wall "tired, but not in danger" and left Tolmark.'

    assert all('"' not in clause.of(text) for clause in one(language, text).clauses)


def test_verbs_that_are_still_to_come_are_told_apart(language: Language) -> None:
    traits = one(language, "The gates were opened on Monday and will be closed on Thursday in Tolmark.")

    assert "open" in traits.verbs
    assert "close" in traits.ahead
    assert "open" not in traits.ahead


def test_a_title_is_one_sentence_whose_spans_index_it(language: Language) -> None:
    title = "Arvania, Tolmark to open talks on Lake Orm"
    with language.zone():
        traits = title_traits(language.parse(title), ())
        empty = title_traits(language.parse(""), ())

    assert traits is not None
    assert traits.tense == "future"
    assert traits.span.of(title) == title
    assert traits.verbs
    assert empty is None


def test_content_lemmas_leave_out_grammar_numbers_and_the_calendar(language: Language) -> None:
    with language.zone():
        doc = language.parse("On Monday seven people said that 12 ferries were sinking.").paragraphs[0].doc
        found = content_lemmas(doc)

    assert found == ("seven", "ferry", "sink") or found == ("ferry", "sink")


def test_without_a_model_words_alone_are_judged() -> None:
    rules = load_language(RULES_ONLY)
    good = one(rules, "The ferry Saint Orla sank off Tolmark, officials said.")
    leaning = one(rules, "She refused to sign the treaty.")

    assert good.finite
    assert good.problems == ()
    assert "ferry" in good.lemmas
    assert problems.PRONOUN_START in leaning.problems


def test_odd_texts_are_read_without_fail(language: Language) -> None:
    for text in ("", "\n\n", "•", "“", "A.", "None None None.", "?!", "…", "x" * 500):
        assert isinstance(read(language, text, title=text), tuple)
