"""Which old encoding a text without a name is in: each candidate is tried, and the letters of real writing decide."""

import re
from collections.abc import Callable
from typing import Final

_SAMPLE_BYTES: Final = 20_000
# Of the letters outside ASCII, at least this share must be what a language writes often.
_CONVINCING: Final = 0.8
# Fewer letters outside ASCII than this prove nothing: a name or two in an English text.
_FEWEST: Final = 12
_MARKUP: Final = re.compile(rb"<[^<>]{0,2000}>")

_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3]")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_EAST_ASIAN: Final = re.compile("[\u3000-\u303f\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]")
# The commonest letters of Chinese in its two ways of writing; real text holds one of them every few letters.
_SIMPLIFIED: Final = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
)
_TRADITIONAL: Final = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡"
)
_COMMON_CYRILLIC: Final = frozenset("оеаинтсрвлкмдпуяызьбгчйхжюшцщэфёіїє")


def guess_legacy(body: bytes) -> str | None:
    """Return the name of the encoding that *body*, which is no UTF-8, is most likely in; None where nothing convinces.

    Japanese, Korean, Chinese and Cyrillic encodings are told from one another, and from Western European ones, which
    are never returned: they are what remains. Looks at the first 20,000 bytes outside of tags.
    """
    sample = _MARKUP.sub(b" ", body[:_SAMPLE_BYTES])
    scores = {name: judge(text) for name, judge in _JUDGES.items() if (text := _decoded(sample, name)) is not None}
    best = max(scores, key=lambda name: scores[name], default=None)
    return best if best is not None and scores[best] >= _CONVINCING else None


def _decoded(sample: bytes, name: str) -> str | None:
    """Return *sample* as text, None where it is not that; a letter that the sample's end cut in two does not count."""
    for cut in range(4):
        try:
            return sample[: len(sample) - cut].decode(name)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - 4:
                return None
    return None


def _foreign(text: str) -> str:
    return "".join(here for here in text if here > "\x7f")


def _japanese(text: str) -> float:
    foreign = _foreign(text)
    if len(foreign) < _FEWEST or len(_KANA.findall(foreign)) < len(foreign) / 5:
        return 0.0
    return len(_EAST_ASIAN.findall(foreign)) / len(foreign)


def _korean(text: str) -> float:
    foreign = _foreign(text)
    return len(_HANGUL.findall(foreign)) / len(foreign) if len(foreign) >= _FEWEST else 0.0


def _chinese(common: frozenset[str]) -> Callable[[str], float]:
    def judge(text: str) -> float:
        foreign = _foreign(text)
        often = sum(here in common for here in foreign)
        if len(foreign) < _FEWEST or often < len(foreign) / 12 or len(_HAN.findall(foreign)) < len(foreign) / 2:
            return 0.0
        # Below Japanese and Korean of the same share: those are told by letters that Chinese has none of.
        return 0.95 * len(_EAST_ASIAN.findall(foreign)) / len(foreign) + min(0.04, often / len(foreign) / 10)

    return judge


def _cyrillic(text: str) -> float:
    """Small letters are the rule: the wrong one of two Cyrillic encodings makes capitals or signs of them."""
    foreign = [here for here in _foreign(text) if not here.isspace()]
    small = sum(here in _COMMON_CYRILLIC for here in foreign)
    capitals = sum(here.isupper() and here.lower() in _COMMON_CYRILLIC for here in foreign)
    if len(foreign) < _FEWEST or capitals > small / 4:
        return 0.0
    return (small + capitals) / len(foreign)


_JUDGES: Final[dict[str, Callable[[str], float]]] = {
    "cp932": _japanese,
    "euc_jp": _japanese,
    "cp949": _korean,
    "gb18030": _chinese(_SIMPLIFIED),
    "big5hkscs": _chinese(_TRADITIONAL),
    "cp1251": _cyrillic,
    "koi8-r": _cyrillic,
    "cp866": _cyrillic,
}
