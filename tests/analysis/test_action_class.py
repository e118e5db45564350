"""One sentence for each way of reading a class: frames, phrases, nouns, complements."""

import pytest

from bot.analysis.action_class import Reader, Sign
from bot.analysis.action_lexicon import load_lexicon
from bot.analysis.language import Language
from tests.analysis.spoken import words_of

LEXICON = load_lexicon()


def read(language: Language, text: str) -> str | None:
    """Return what the main verb of *text* tells."""
    words = words_of(language, text)
    root = next(word for word in words if word.head is word)
    reading = Reader(words, LEXICON).read(root)
    return reading.action if reading else None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Russia lifted the blockade.", "RETREAT"),
        ("Sudan lifted the curfew.", "CONCEDE"),
        ("Italy suspended aid to Libya.", "SANCTION"),
        ("Paris recalled its ambassador.", "SANCTION"),
        ("Tehran summoned the ambassador.", "DISAPPROVE"),
        ("She launched a blistering attack on the government.", "DISAPPROVE"),
        ("Israel launched a strike on Lebanon on Monday.", "FIGHT"),
        ("The workers began a hunger strike on Monday.", "PROTEST"),
        ("The country cut ties with its neighbour.", "SANCTION"),
        ("The rebels broke the truce.", "REJECT"),
        ("He told members to go home.", "DEMAND"),
        ("The army opened fire.", "FIGHT"),
        ("The court dismissed the case.", "REJECT"),
        ("The government imposed sanctions on the bank.", "SANCTION"),
        ("The government imposed a curfew.", "COERCE"),
        ("The minister sent troops to the border.", "MOBILIZE"),
        ("The minister sent an envoy to Spain.", "CONSULT"),
        ("France sent tons of aid to Haiti.", "AID"),
        ("The company shared data with its rival.", "COOPERATE"),
        ("The troops captured the town.", "FIGHT"),
        ("The gang took hostages.", "COERCE"),
        ("Police placed the man under arrest.", "COERCE"),
        ("The parliament ratified the treaty.", "AGREE"),
        ("The two sides struck a deal.", "AGREE"),
        ("The demonstrators blocked the road.", "PROTEST"),
        ("He was charged with fraud.", "COERCE"),
        ("The rebels surrendered the city.", "RETREAT"),
        ("The president called him a liar.", "DISAPPROVE"),
        ("The president called on members to vote.", "DEMAND"),
        ("The country strengthened its troops.", "MOBILIZE"),
        ("Settlers set fire to the offices.", "COERCE"),
        ("Pirates released the hostages.", "CONCEDE"),
        ("The neighbours exchanged prisoners.", "COOPERATE"),
    ],
)
def test_frames_decide_by_what_stands_around_the_verb(language: Language, text: str, action: str) -> None:
    assert read(language, text) == action


@pytest.mark.parametrize(
    "text",
    [
        "He told members that the plan was safe.",
        "The team met its target.",
        "The city hosted the final.",
        "The firm shelled out millions.",
        "She sent a letter.",
        "The minister denied the allegation.",
        "It rained.",
    ],
)
def test_sentences_that_tell_no_deed(language: Language, text: str) -> None:
    assert read(language, text) is None


@pytest.mark.parametrize(
    ("text", "action", "sign"),
    [
        ("Kestria accused Mornavia of theft.", "DISAPPROVE", Sign.UNMISTAKABLE),
        ("The general lashed out at his critics.", "DISAPPROVE", Sign.UNMISTAKABLE),
        ("The ministers held talks.", "CONSULT", Sign.NOUN),
        ("The agents tried to kill him.", "ASSAULT", Sign.COMPLEMENT),
        ("The minister plans to visit Spain.", "CONSULT", Sign.UNREAL),
        ("The minister is willing to meet rebels.", "AGREE", Sign.COMPLEMENT),
        ("The general is ready to attack the town.", "THREATEN", Sign.COMPLEMENT),
        ("The minister did not want to meet rebels.", "REJECT", Sign.COMPLEMENT),
        ("The minister targeted the unions.", "DISAPPROVE", Sign.USUAL),
        ("The minister travelled to Spain.", "CONSULT", Sign.FRAME),
    ],
)
def test_sign_tells_how_sure_a_class_is(language: Language, text: str, action: str, sign: Sign) -> None:
    words = words_of(language, text)
    root = next(word for word in words if word.head is word)

    reading = Reader(words, LEXICON).read(root)

    assert reading is not None
    assert (reading.action, reading.sign) == (action, sign)
