"""Make ``config/lexicons/idf.txt.gz``: how rare each English stem is. Run once by hand; needs ``pip install wordfreq``.

Source: wordfreq 3.1.1 by Robyn Speer (https://doi.org/10.5281/zenodo.7199437), whose word frequencies are under
CC BY-SA 4.0; so is the table made from them.
"""

import gzip
import math
import re
from collections import Counter
from pathlib import Path
from typing import Final

from wordfreq import get_frequency_dict

from bot.events.idf import UNKNOWN
from bot.events.tokens import stem, stop_words

OUTPUT: Final = Path(__file__).parent.parent / "config" / "lexicons" / "idf.txt.gz"
_PLAIN: Final = re.compile(r"[a-z][a-z'-]*[a-z]")
_HEADER: Final = """\
# How rare each English stem is, in tenths: -ln(frequency) - 4, from 0 to 11; a stem that is not listed weighs 11.
# Derived from wordfreq 3.1.1 by Robyn Speer, https://doi.org/10.5281/zenodo.7199437, data under CC BY-SA 4.0.
# This table is under CC BY-SA 4.0 too: https://creativecommons.org/licenses/by-sa/4.0/
# wordfreq builds on Google Books Ngrams, the Leeds Internet Corpus, Wikipedia, ParaCrawl, OPUS OpenSubtitles 2018
# (http://www.opensubtitles.org/) and the SUBTLEX word lists by Marc Brysbaert et al. (freely available data).
"""


def table() -> dict[str, int]:
    """Return the weight of each stem in tenths, without stop words and without what weighs the most anyway."""
    frequency: Counter[str] = Counter()
    for word, share in get_frequency_dict("en", "large").items():
        if _PLAIN.fullmatch(word) and word not in stop_words():
            frequency[stem(word.removesuffix("'s"))] += share
    weights = {each: round(10 * max(0.0, -math.log(share + 1e-7) - 4)) for each, share in frequency.items()}
    return {each: weight for each, weight in weights.items() if weight < 10 * UNKNOWN}


def main() -> None:
    """Write the table and say how large it is."""
    rows = "".join(f"{each}\t{weight}\n" for each, weight in sorted(table().items()))
    packed = gzip.compress((_HEADER + rows).encode("utf-8"), compresslevel=9, mtime=0)
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_bytes(packed)
    print(f"{OUTPUT}: {rows.count(chr(10))} stems, {len(packed)} bytes")


if __name__ == "__main__":
    main()
