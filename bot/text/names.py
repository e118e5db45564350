"""Compare persons' names across spellings, initials and short forms."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from rapidfuzz.distance import JaroWinkler

from bot.text.fold import fold
from bot.text.wordlist import words

_POSSESSIVE: Final = re.compile(r"(?:[’']s|(?<=s)[’'])$", re.IGNORECASE)
_NICKNAME: Final = re.compile(r"\s[(\"“][^)\"”]*[)\"”](?=\s)")
_HONORIFICS: Final = words("mr mrs ms miss dr sir dame lord lady prof professor mx sheikh")
_SUFFIXES: Final = words("jr sr ii iii iv phd md")
_PARTICLES: Final = words(
    """
    al el bin ibn ben bint abu von van der den de del della di da dos du la le ter ten zu
    """
)
# Family names that stand in front: only before given names of Chinese or Korean syllables. (Vietnamese names too
# stand family first, but their bearers are called by the last word.)
_FRONT_FAMILIES: Final = words(
    """
    bai ban cai cao chang chen cheng cho choe choi chung deng ding fan feng gao guo han he ho hong hu huang hwang
    jang jeon jeong jia jiang jin jo jung kang kim ko kwon lai lam lau lee li liang lim lin liu lu luo ma meng
    moon noh oh pak park peng qin ren rhee ri ryu seo shen shi shin sim son song su sun tan tang tao tian wan wang
    wei wen wong wu xi xia xiao xie xu yan yang yao ye yi yin yoo yoon yu yuan yun zeng zhang zhao zheng zhong
    zhou zhu
    """
)
# Those of them that also end a name in western order ("Sun Myung Moon").
_WESTERN_LAST: Final = frozenset({"kim", "lee", "moon", "park", "wong", "yang"})
_SYLLABLE: Final = (
    r"(?:(?:[bpmfdtnlgkhjqxrzcswy]|zh|ch|sh|hs|ts)?"
    r"(?:iang|iong|uang|oon|eou|yeong|yeon|yang|yung|yong|eung|oong|eong|ang|eng|ing|ong|ung|eon|eok|eun|eol|ian|iao|uan|uai|"
    r"yun|ien|ai|an|ao|ei|en|er|eo|eu|ia|ie|in|iu|ou|ua|ui|un|uo|ue|ae|ye|yo|yu|ok|uk|ik|il|im|ol|um|om|a|e|i|o|u))"
)
_EASTERN_GIVEN: Final = re.compile(rf"{_SYLLABLE}{{1,2}}")

_SKELETON: Final = (
    (re.compile(r"tch|cz"), "ch"),
    (re.compile(r"sch"), "sh"),
    (re.compile(r"([csz])h"), r"\1"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"c(?=[aoukrlt]|$)"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"(?<=[aeiou])h(?![aeiouy])"), ""),
    (re.compile(r"(?<!^)j|y"), "i"),
    (re.compile(r"(.)\1+"), r"\1"),
)
# Jaro-Winkler: a surname may be misspelled in a letter or two, no more ("Volodomyr" reaches .97).
_CLOSE: Final = 0.92
_SHORTEST_FUZZY: Final = 5
_LONGEST_EASTERN: Final = 3  # words: a family name and a given name of one or two


def name_tokens(name: str) -> tuple[str, ...]:
    """Return the folded words of a person's *name*, in order, without honorific, nickname in marks and possessive.

    “Mr. Volodymyr Zelenskiy’s” → ``("volodymyr", "zelenskiy")``. Suffixes and particles stay.
    """
    bare = _POSSESSIVE.sub("", _NICKNAME.sub("", name.strip()).strip())
    tokens = fold(re.sub(r"(?<=[A-Z])\.(?=[A-Z])", ". ", bare)).split()
    while len(tokens) > 1 and tokens[0] in _HONORIFICS:
        tokens.pop(0)
    return tuple(tokens)


def skeleton(token: str) -> str:
    """Return what is left of a folded *token* once spellings of the same sounds are written alike.

    Zelensky, Zelenskiy and Zelenskyy share one; so do Ruzhko and Ruzko, Nadja and Nadia.
    """
    bones = fold(token)
    for sound, written in _SKELETON:
        bones = sound.sub(written, bones)
    return bones


def surname(name: str) -> str:
    """Return the folded surname of *name* with its particles (“Ursula von der Leyen” → ``von der leyen``).

    A family name that stands in front (Xi Jinping, Kim Jong Un) is told by its syllables. Empty for an empty name.
    """
    return " ".join(_divided(name)[1])


def same_person(a: str, b: str, nicknames: Mapping[str, Collection[str]] | None = None) -> bool:
    """Tell whether *a* and *b* can be spellings of one person's name.

    Surnames must have one skeleton or be nearly equal, and so must given names, where an initial stands for a name
    and *nicknames* maps a folded given name to its folded short forms. Middle names may be left out but not differ.
    A bare surname equals only a bare surname: whose it is, the document must tell.
    """
    given_a, family_a = _divided(a)
    given_b, family_b = _divided(b)
    if not family_a or not family_b or not _same_family(family_a, family_b):
        return False
    if not given_a or not given_b:
        return not given_a and not given_b
    if "".join(given_a) == "".join(given_b):
        return True
    return all(_same_given(x, y, nicknames or {}) for x, y in zip(given_a, given_b, strict=False))


def _divided(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return given names and family name, folded."""
    tokens = name_tokens(name)
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES:
        tokens = tokens[:-1]
    if _family_in_front(tokens, hyphen="-" in name):
        return tokens[1:], tokens[:1]
    border = max(len(tokens) - 1, 0)
    while border > 1 and tokens[border - 1] in _PARTICLES:
        border -= 1
    if border == 1 and tokens[0] in _PARTICLES:
        border = 0
    return tokens[:border], tokens[border:]


def _family_in_front(tokens: tuple[str, ...], *, hyphen: bool) -> bool:
    if not 1 < len(tokens) <= _LONGEST_EASTERN or tokens[0] not in _FRONT_FAMILIES:
        return False
    if tokens[-1] in _WESTERN_LAST and not hyphen:
        return False
    return _EASTERN_GIVEN.fullmatch("".join(tokens[1:])) is not None


def _same_family(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    whole_a, whole_b = " ".join(a), " ".join(b)
    if whole_a == whole_b or skeleton(whole_a) == skeleton(whole_b):
        return True
    if skeleton(a[-1]) == skeleton(b[-1]) and (len(a) == 1 or len(b) == 1):
        return True
    return _close(whole_a, whole_b)


def _same_given(a: str, b: str, nicknames: Mapping[str, Collection[str]]) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if skeleton(a) == skeleton(b) or _one_vowel_apart(a, b):
        return True
    # The last letter tells Maria from Mario.
    if a[-1] == b[-1] and _close(a, b):
        return True
    return b in nicknames.get(a, ()) or a in nicknames.get(b, ())


def _one_vowel_apart(a: str, b: str) -> bool:
    """Tell whether two names of one length differ in a single inner vowel (Ilena, Ilona)."""
    if len(a) != len(b) or len(a) < _SHORTEST_FUZZY or a[0] != b[0] or a[-1] != b[-1]:
        return False
    changed = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return len(changed) == 1 and all(letter in "aeiouy" for letter in changed[0])


def _close(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _SHORTEST_FUZZY:
        return False
    return JaroWinkler.similarity(a, b) >= _CLOSE
