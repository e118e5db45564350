"""Judge a sentence by its words alone: marks, person, promotion, run-ons; needs no model."""

import re
from typing import Final

from bot.analysis import problems

_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|(?<!\w)[‘'][^’'\n]{2,}?[’'](?!\w)")
_END: Final = re.compile(r"[.!?]['\"’”)\]]*$")
_CUT_OFF: Final = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])['\"’”)\]]*$")
# "World War I", "Elizabeth I" and "US" are no first persons.
_FIRST_PERSON: Final = re.compile(
    r"(?<!War )(?<!Artemis )(?<!Part )(?<!Elizabeth )(?<!Charles )\bI\b(?!\.)|\bI['’]m\b"
    r"|\b(?:[Ww]e|[Yy]ou|[Yy]our|[Oo]ur|[Mm]y|me|us|[Ll]et['’]s)\b"
)
_QUESTION: Final = re.compile(r"\?['\"’”)\]]*(?:\s|$)")
_PROMOTION: Final = re.compile(
    r"\b(?:newsletters?|subscrib\w+|sign(?:s|ed)? up (?:for|to)|click|tap here|read more|find out (?:more|how)"
    r"|learn more|tune in|stay tuned|podcast|in this episode|take a look|live ?blog|as it happened|follow along"
    r"|(?:image|photo|picture)s? (?:credit|by)|getty images|join us|joins? \w+ to discuss|joins? (?:us|the show)"
    r"|joins? [^.]{0,60}\bto discuss|breaks? down (?:the|how|why|what)|weighs in|has (?:more on|the latest|the details)"
    r"|(?:correspondent|anchor|host) [A-Z]\w+ [A-Z]\w+ (?:reports?|explains?|has|speaks?|looks?)"
    r"|here(?:['’]s| is| are) (?:what|how|why|who|where|everything|a look|the)|everything you need to know"
    r"|what (?:to|you need to) know|our (?:reporter|readers|correspondent)|tickets (?:cost|are on sale)"
    r"|speaks? (?:with|to) (?:the )?(?:show|programme|program)|sat down with|more on this|the full story)\b",
    re.IGNORECASE,
)
_MEDIA_START: Final = re.compile(
    r"^(?:Videos?|Photos?|Footage|Images?|Pictures?|Watch|Listen|Live|Exclusive|Gallery)\b"
)
# A deck glued to the first paragraph: a small letter, then a capital that no name explains.
_RUN_ON: Final = re.compile(
    r"[a-z,] (?:The|A|An|It|He|She|They|This|In|On|At|There|After|More|When|While|As|Two|Three|If|But|For|How|What|Plus"
    r"|Several|Some|Most) [a-z]|[a-z]{3,} An? [A-Z][a-z]+ [a-z]|, The [A-Z]|[a-z]{3}[.!?][A-Z][a-z]"
    r"|(?<![.!?,])[’”] (?:The|An?|In|On|At) [a-z]"
)
_FEATURE: Final = re.compile(
    r"(?:^For (?:some|many|most|days|weeks|years|decades|one|more than|months|generations)|^It (?:was|is|has|all"
    r"|started)|^Imagine"
    r"|^Picture|^There (?:was|is|are|were)|^When it comes|^What|^The (?:sound|sight|smell|scene|story) of|^Meet"
    r"|^Once upon|^Gone are|^When the world|^Some people|(?:announcement|decision|move|news|warning|comments?|remarks"
    r"|statement|ruling|report) (?:comes?|came|follows?|followed))\b"
)
_FRAGMENT: Final = re.compile(r"^[a-z•*—–\-…&/,;()\]]")
_LABEL: Final = re.compile(r"^[^\"“]{0,40}(?<!\d):(?!\d)")
_ABOUT_ITSELF: Final = re.compile(
    r"\b(?:earlier version of (?:this|the)|this (?:article|report|story|piece|page|post|live blog)\b"
    r"|this is a (?:developing|breaking)"
    r"|has been (?:updated|corrected|withdrawn) (?:to|because)|was (?:first|originally) published|contributed to this"
    r"|not be (?:published|reproduced)|all rights reserved)\b|^(?:correction|clarification|editor[’']s note)\b",
    re.IGNORECASE,
)
_FINITE_WORD: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|said|told|began|die|fell|find|found|gave|held|hit|kill"
    r"|left|lost"
    r"|made|meet|met|open|plan|rose|sank|saw|sent|struck|take|took|vote|went|win|won|wrote|[a-z]{3,}(?:ed"
    r"|[^s\W\d_]s))\b"
)
# Looked for in the whole sentence.
_WHOLE: Final = (
    (problems.CUT_OFF, _CUT_OFF),
    (problems.PROMOTION, _MEDIA_START),
    (problems.FEATURE, _FEATURE),
    (problems.FRAGMENT, _FRAGMENT),
    (problems.ABOUT_ITSELF, _ABOUT_ITSELF),
)
# Looked for outside quotations: quoted people may ask, speak of themselves and so on.
_OUTSIDE: Final = (
    (problems.QUESTION, _QUESTION),
    (problems.FIRST_PERSON, _FIRST_PERSON),
    (problems.PROMOTION, _PROMOTION),
    (problems.RUN_ON, _RUN_ON),
    (problems.LABEL, _LABEL),
)


def form_problems(words: str) -> tuple[str, ...]:
    """Name the faults of a sentence that show without its grammar, in a fixed order, each once.

    Of quoted stretches only the marks are looked at.
    """
    outside = unquoted(words)
    found = [] if _END.search(words) else [problems.NO_END_MARK]
    if not balanced(words):
        found.append(problems.UNBALANCED)
    if not any(map(str.isalpha, outside)):
        found.append(problems.BARE_QUOTATION)
    found += [name for name, pattern in _WHOLE if pattern.search(words)]
    found += [name for name, pattern in _OUTSIDE if pattern.search(outside)]
    return tuple(dict.fromkeys(found))


def likely_verbs(words: str) -> tuple[str, ...]:
    """Return the words in small letters that may be finite verbs by their form: all that is known without a model."""
    return tuple(dict.fromkeys(_FINITE_WORD.findall(words)))


def unquoted(words: str) -> str:
    """Return *words* with every quoted stretch emptied: “” stands in its place."""
    return _QUOTED.sub("“”", words)


def balanced(words: str) -> bool:
    """Tell whether every quotation mark, round and square bracket that opens in *words* closes there."""
    pairs = (("“", "”"), ("(", ")"), ("[", "]"))
    return words.count('"') % 2 == 0 and all(words.count(left) == words.count(right) for left, right in pairs)


def opens_inside(before: str) -> bool:
    """Tell whether a quotation that began in *before*, the same paragraph's text so far, is still open."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
