"""What kind of headline it is: hard news, everyday crime, generic, loaded, and how it is written."""

import re
from typing import Final

_HARD: Final = re.compile(
    r"""\b(?:
    kill\w*|dead|deaths?|dies|died|toll|attack\w*|strikes?|airstrikes?|missiles?|drones?|war|cease-?fire|troops|army|navy
    |military|earthquake|quake|flood\w*|wildfires?|hurricane|typhoon|cyclone|eruption|evacuat\w*|explosion|blast|outbreak
    |epidemic|pandemic|virus|vaccin\w*|famine|sinks?|sank|elect\w*|votes?|voted|parliament|congress|senate|senators?
    |assembly|lawmakers|mps|president|prime\sminister|premier|chancellor|minist(?:er|ers|ry)|government|cabinet|coalition
    |court|judges?|rul(?:es|ed|ing)|lawsuit|sue[sd]?|indict\w*|charg(?:es|ed)|arrest\w*|convict\w*|sentenc\w+|jailed
    |guilty|treaty|talks|summit|sanctions?|tariffs?|nuclear|hostages?|kidnap\w*|protest\w*|riot\w*|union|inflation
    |interest\srates?|central\sbank|economy|budget|border|migrants?|refugees?|asylum|un|nato|eu|imf|coup|curfew|emergency
    |resign\w*|impeach\w*|ratif\w+|referendum|law|bill|ban|bans|banned|reforms?|approv\w+|agree(?:s|d|ment)?|deal|accord|pact
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LOCAL: Final = re.compile(
    r"""\b(?:
    police|murder\w*|homicide|manslaughter|stolen|thie(?:f|ves)|burglar\w*|robb\w+|stabb\w*|shot|gunman|assault\w*|rape\w*
    |crash\w*|collision|car|driver|motorist|cyclist|pedestrian|teen\w*|man|woman|boy|girl|mother|father|couple|body
    |arrested|charged|jailed|drowned|missing
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NATIONAL: Final = re.compile(
    r"""\b(?:
    president|prime\sminister|premier|chancellor|ministers?|ex-minister|government|parliament|congress|senate|assembly
    |supreme\scourt|troops|protest\w*|riot\w*|unrest|virus|vaccine|un|nato|eu|embassy|election|party|mayor|airline|airliner|ferry|train
    |bridge|dam|quake|earthquake
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_GENERIC: Final = re.compile(
    r"""^(?:how|why|what|who|where|when|which|should|could|can|is|are|do|does|will|meet|inside|watch|listen|photos?
    |pictures?|in\spictures|video|quiz|live|here(?:'|’)?s|best\sof|top\s\d+|your|my|explain(?:ed|er)|timeline|profile
    |analysis|opinion|comment|editorial|letters?|review|obituary|fact\scheck|briefing|\d+\s(?:things|ways|reasons|tips))\b
    |\?\W*$|\b(?:as\sit\shappened|live\supdates?|live\sblog|quiz|horoscope|crossword|podcast|newsletter|explained
    |what\s(?:to|we|you\sneed\sto)\sknow|what\sit\smeans|in\sphotos)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LOADED: Final = re.compile(
    r"""\b(?:slam(?:s|med)?|blast(?:s|ed)\b(?!\sat)|rip(?:s|ped)?|destroys|shreds|trolls|mocks|shock(?:ing|ed)?|stunning
    |bizarre|hilarious|humiliat\w+|furious|fury|outrage\w*|chaos|brutal\w*|disgraced|embattled|insane|jaw-dropping
    |unhinged|joy|heartbreak\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LONG_WORD: Final = re.compile(r"[^\W\d_][\w’'-]{3,}")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_SMALL_IN_TITLES: Final = frozenset(
    {"about", "above", "after", "against", "amid", "among", "around", "before", "between", "during", "from", "into",
     "near", "onto", "over", "than", "that", "through", "under", "until", "upon", "when", "while", "with", "without"}
)  # fmt: skip
_PREFIXED: Final = re.compile(r"^[^:]{2,40}: \S")
_MARKS: Final = re.compile(r"[\"“”‘]|(?<!\w)'")


def is_hard(title: str) -> bool:
    """Tell whether a headline speaks of power, law, war, disaster, money or disease."""
    return _HARD.search(title) is not None


def is_local(title: str) -> bool:
    """Tell whether a headline is of everyday crime or accident, with nobody of national weight in it."""
    return _LOCAL.search(title) is not None and not is_national(title)


def is_national(title: str) -> bool:
    """Tell whether a headline names somebody or something of national weight."""
    return _NATIONAL.search(title) is not None


def is_generic(title: str) -> bool:
    """Tell whether a headline asks, explains, lists or announces a format rather than tells something."""
    return _GENERIC.search(title) is not None


def is_loaded(title: str) -> bool:
    """Tell whether a headline shouts or judges."""
    return _LOADED.search(title) is not None


def has_label(title: str) -> bool:
    """Tell whether a headline is of the form "Label: what happened"."""
    return _PREFIXED.match(title) is not None


def has_marks(title: str) -> bool:
    """Tell whether words of a headline stand in quotation marks."""
    return _MARKS.search(title) is not None


def is_sentence_case(title: str) -> bool:
    """Tell whether a headline is written as a sentence: not every weighty word has a capital, and none shouts.

    Many names alone do not make title case, as long as one word that title case would raise is left small.
    """
    words: list[str] = _WORD.findall(title)[1:]
    capitals = sum(word[0].isupper() for word in words)
    small = any(len(word) > 3 and word.islower() and word not in _SMALL_IN_TITLES for word in words)
    shouted = sum(word.isupper() for word in _LONG_WORD.findall(title))
    return shouted < 2 and (small or capitals <= 0.55 * len(words))
