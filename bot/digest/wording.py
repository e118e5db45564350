"""Words that make a sentence better or worse for an edition: loaded ones, the other side's, what is still to come."""

import re
from typing import Final

from bot.events import headlines

LOADED: Final = re.compile(
    r"\b(?:slam(?:s|med|ming)?|blast(?:s|ed) (?:at|the|his|her|their|[A-Z])|rip(?:s|ped) into|lash(?:es|ed) out"
    r"|eviscerat\w+"
    r"|humiliat\w+|hilarious\w*|bizarre\w*|stunning(?:ly)?|shocking(?:ly)?|jaw-dropping|unhinged|moronic|insane"
    r"|so-called"
    r"|far-left|leftists?|woke|infamous|notorious|disgraced|embattled|crisis-hit|chaos|chaotic|outrage\w*"
    r"|fury|furious\w*"
    r"|cold-blooded|heartbreaking|devastat\w+|brutal(?:ly)?|cronies|squalid|dramatic(?:ally)?|embarrass\w+"
    r"|awkward(?:ly)?"
    r"|hot mess|trolls?"
    r"|melt(?:s|ed|ing)? down|thug\w*|toad(?:y|ies)|flout\w*|trumpet(?:s|ed|ing)|baseless|sensational\w*"
    r"|bombshells?|gaffes?|blunder\w*|breathtaking|[a-z]+\*{2,}|snub(?:s|bed)?|savag\w+"
    r"|rants?|feud\w*|blast(?:s|ed)(?= [‘'])|cash(?:es|ing) in|dealt a (?:\w+ )?blow|dogged by"
    r"|slapped down|hits? out|blasts?(?= \w+ (?:for|over)\b)"
    r"|meltdown)\b",
    re.IGNORECASE,
)
# The outlet's own people and programmes.
IN_HOUSE: Final = re.compile(
    r"\b(?:legal|political|news|sports) (?:analyst|correspondent|editor|contributor)\b|\b(?:told"
    r"|on) [“\"](?-i:[A-Z])",
    re.IGNORECASE,
)
_MARKS_A_DAY: Final = re.compile(r"\b(?:celebrat(?:es?|ed|ing)|anniversary|reflects? on|looks? back)\b", re.IGNORECASE)
_PRIVATE_LIFE: Final = re.compile(
    r"\b(?:tributes?|best friends?|selfies?|affair with|love affair|tryst|boyfriend"
    r"|girlfriend|topless|bikini|sex(?:ual)? relationship|love life|in photos"
    r"|(?:go(?:es|ing|ne)?|went) viral|viral (?:videos?|clips?|posts?|photos?|images?|memes?|moments?|trends?))\b",
    re.IGNORECASE,
)
# Points at a picture that stands beside the article.
PICTURED: Final = re.compile(
    r"\(?\bpictured\b(?! (?:in|with) court)|\b(?:seen|shown) (?:above|here|below)\b", re.IGNORECASE
)
# Speaks of people at home and of those on screens rather than of public affairs. Words that public affairs use too
# (states host talks, models predict, states and hackers are actors) stand here only with what makes them private.
PRIVATE: Final = re.compile(
    r"\b(?:husbands?|wife|grand(?:mother|father|ma|pa)|pensioner|mums?|moms?|dads?|fans?|stars?|singer"
    r"|(?:show|radio|podcast|quiz|breakfast|former|longtime) hosts?|co-?hosts?"
    r"|(?<!state )(?<!threat )(?<!bad )(?<!key )(?<!hostile )actor"
    r"|(?:film|movie|hollywood|child|soap|stage|voice) actors|actress"
    r"|celebrit(?:y|ies)|supermodels?|(?:fashion|glamour|catwalk|runway|swimsuit|former) models?"
    r"|tv|chef|royals?|duke|duchess"
    r"|baby (?:boy|girl|bump|shower|name|news|joy)|expect(?:s|ing) (?:a |her |his |their )?(?:\w+ )?baby"
    r"|pets?|dogs?|cats?|weddings?|comedian|netflix|film|movie|album|song|tweets?)\b",
    re.IGNORECASE,
)
# Opens with somebody or something that the reader is to know already: "The comedy sketch show …", "The Democrat who …".
PRESUMED: Final = re.compile(
    r"^The (?:(?:[^\W\d_][\w’'-]*\s+){1,4}(?:who|which|that)\b"
    r"|(?:[a-z][\w’'-]*,?\s+){1,4}?(?-i:[-–—]|is|are|was|were"
    r"|has|have|had|will|would|says?|said|also|comes?|came|[a-z]+ed)\b)"
)
# What the outlet makes of the news, or what stands in for news: no event is told by it.
OPINION: Final = re.compile(
    r"\b(?:(?:is|are|was|were) (?:shaping up|poised|bracing|facing (?:fresh |new |growing )?(?:questions"
    r"|pressure|calls))"
    r"|has been open (?:about|in)|comes? face to face|came face to face|a closer look|appears? to have"
    r"|raises? (?:fresh |new )?questions"
    r"|seems? (?:to|set)|(?-i:may|might|could)|remains? unclear|is no stranger|(?:was|were) met with"
    r"|fed up|weigh(?:s|ed) in|jokingly|jok(?:es|ed) (?:that|about)|isn[’']t letting|widely seen"
    r"|(?:is|are) (?:now |also |increasingly )?(?:struggling|grappling|scrambling|reeling))\b",
    re.IGNORECASE,
)
OTHER_SIDE: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|condemn(?:s|ed)?|critici[sz]e[sd]?|disput(?:es|ed)|dismiss(?:es|ed)?"
    r"|oppos(?:es|ed)"
    r"|accus(?:es|ed)|protest(?:s|ed)|threaten(?:s|ed)|retaliat\w+|defend(?:s|ed)|pleaded not guilty|vow(?:s"
    r"|ed) to appeal"
    r"|would appeal|call(?:s|ed) on|warn(?:s|ed)|insist(?:s|ed)|contest(?:s|ed)|challeng(?:es|ed))\b",
    re.IGNORECASE,
)
DENIAL: Final = re.compile(
    r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|disput(?:es|ed)|no evidence|pleaded not guilty"
    r"|refut(?:es|ed)"
    r"|had been told|not true|false)\b",
    re.IGNORECASE,
)
CLAIM: Final = re.compile(
    r"\b(?:accus(?:e|es|ed|ing|ations?)|alleg\w+|blam(?:e|es|ed|ing)|claim(?:s|ed|ing)?|charged? with|charges that"
    r"|suspect(?:s|ed)"
    r"|guilty|wrongdoing)\b",
    re.IGNORECASE,
)
SPEECH: Final = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|wr(?:ite|ites|ote)|add(?:s|ed|ing)|call(?:s|ed|ing)|warn(?:s|ed|ing)"
    r"|accus(?:es|ed|ing)|insist(?:s|ed)|repl(?:y|ies|ied)|argu(?:es|ed)|vow(?:s|ed)|declar(?:es|ed)|promis(?:es|ed)"
    r"|condemn(?:s|ed)|describ(?:es|ed|ing)|den(?:ies|ied)|tweet(?:s|ed)|post(?:s|ed)|claim(?:s|ed)|stat(?:es|ed)"
    r"|announc(?:es|ed)|jok(?:es|ed)|remark(?:s|ed)|thank(?:s|ed)|prais(?:es|ed)|explain(?:s|ed)|according to)\b",
    re.IGNORECASE,
)
VAGUE_DAY: Final = re.compile(r"\b(?:today|yesterday|tomorrow|tonight|this week|last week)\b", re.IGNORECASE)
QUARREL: Final = re.compile(
    r"\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|denounc(?:e|es|ed|ing)|condemn(?:s|ed|ing)?|summon(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"“([^”]+)”|\"([^\"]+)\"")


def is_feature(title: str) -> bool:
    """Tell whether a headline tells no event: it marks a day, shows pictures or tells of private lives.

    Hard news may fall on an anniversary; private lives are news where they reach those who govern.
    """
    is_hard = headlines.is_hard(title)
    marks_a_day = _MARKS_A_DAY.search(title) is not None and not is_hard
    is_of_power = is_hard and headlines.is_national(title)
    return marks_a_day or (_PRIVATE_LIFE.search(title) is not None and not is_of_power)


def quotations(text: str) -> tuple[str, ...]:
    """Return what stands between quotation marks in *text*, in order."""
    return tuple(curly or straight for curly, straight in _QUOTED.findall(text))


def quoted_words(text: str) -> int:
    """Return how many words the longest quotation in *text* has, 0 without one."""
    return max((len(words.split()) for words in quotations(text)), default=0)
