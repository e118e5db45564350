"""Tell from address and title what an item is: news, or one of the things that only look like it."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from bot.model.articles import ItemKind
from bot.text.wordlist import words

_LONGEST: Final = 300  # characters of a title that are looked at

# Folders of an address (or the first label of its host) that name a section. Of several the uppermost row counts.
_SECTIONS: Final = (
    (
        ItemKind.PROMO,
        words("advertorial betting buyline commerce coupons deals partners press-releases select shopping"),
    ),
    (ItemKind.PROMO, words("press-release sponsored sponsored-content")),
    (ItemKind.QUIZ, words("crossword crosswords horoscope horoscopes news-quiz puzzle puzzles quiz quizzes wordle")),
    (ItemKind.LIVE, words("live live-blog live-news live-reporting live-updates liveblog livestory")),
    (ItemKind.VIDEO, words("av clips episode episodes live-tv newsfeed video video-clips videos watch")),
    (ItemKind.PICTURES, words("galleries gallery in-pictures photo-essay photography photos pictures slideshow")),
    (ItemKind.NEWSLETTER, words("audio briefing briefings newsletter newsletters podcast podcasts")),
    (
        ItemKind.OPINION,
        words("column columnist columnists columns comment commentary commentisfree contributors debate"),
    ),
    (ItemKind.OPINION, words("editorial editorials letters op-ed op-eds oped opinion opinions perspectives")),
    (ItemKind.OPINION, words("viewpoint viewpoints views voices")),
    (
        ItemKind.SPORT,
        words("athletics baseball basketball boxing cricket cycling f1 fantasy football formula-1 formula1"),
    ),
    (
        ItemKind.SPORT,
        words("golf highschool hockey mlb mma nba ncaa nfl nhl olympics outkick-sports racing rugby soccer"),
    ),
    (ItemKind.SPORT, words("sport sports tennis ufc wnba wwe")),
    (ItemKind.SOFT, words("advice art artanddesign arts books celebrities celebrity celebrity-news culture dating")),
    (ItemKind.SOFT, words("entertainment entertainment-arts fashion femail film films food food-drink games gaming")),
    (ItemKind.SOFT, words("hollywood home-garden life lifestyle movies music obsessed page-six pagesix parenting")),
    (ItemKind.SOFT, words("pop-culture pop-culture-news real-estate recipes royals showbiz stage style television")),
    (ItemKind.SOFT, words("theatre travel tv tv-and-radio tv-shows tvshowbiz wellness")),
)

_DASH: Final = r"\s*(?:[:|–—]|\s-\s)"
_NUMBER: Final = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|a dozen)"
_LISTED: Final = (
    "(?:things|ways|takeaways|reasons|tips|charts|facts|lessons|questions|quotes|moments|highlights|signs|myths|ideas|"
    "books|shows|films|movies)"
)
# Words of a title, tried from the top; case does not matter.
_TITLES: Final = (
    (ItemKind.PROMO, r"\bsign up\b(?! for (?:war|service|duty))"),
    (ItemKind.PROMO, r"^(?:save the date|subscribe|sponsored)\b"),
    (ItemKind.PROMO, r"\b(?:promo(?:tion)? code|bonus code|best deals|\d{1,2}% off)\b"),
    (ItemKind.QUIZ, rf"\bquiz(?: of\b|{_DASH}|\W*$)"),
    (ItemKind.QUIZ, r"\b(?:crossword|wordle|sudoku|horoscopes?|hints and answers?|connections (?:hints|answers))\b"),
    (ItemKind.LIVE, r"\bas it happened\b|[–—|-] live\W*$|^follow live\b"),
    (ItemKind.LIVE, rf"^live{_DASH}|\blive (?:updates?|blog|coverage|feed)\b"),
    (ItemKind.PICTURES, rf"^(?:in )?(?:photos?|pictures?|gallery|photo essay){_DASH}"),
    (ItemKind.PICTURES, r"\bin pictures\W*$|[,–—:] in photos\b|\bin photos and videos?\b"),
    (ItemKind.PICTURES, r"\bphotos of the (?:day|week|month)\b"),
    (ItemKind.VIDEO, rf"^(?:watch|video|listen){_DASH}|^watch (?:as|how|live|moment|the moment)\b"),
    (ItemKind.VIDEO, r"[\[(]video[\])]|^\d{1,2}/\d{1,2}:"),
    (ItemKind.NEWSLETTER, r"\b(?:morning|evening|daily|weekly) (?:briefing|report|roundup|newsletter)\b"),
    (ItemKind.NEWSLETTER, rf"\bnewsletter(?:$|{_DASH})|^podcast{_DASH}|\bpodcast\W*$"),
    (ItemKind.NEWSLETTER, r"\bopen thread\b|^today in \w+ history\b"),
    (ItemKind.OPINION, rf"^(?:opinion|commentary|column|editorial|op-ed|comment|perspective|viewpoint){_DASH}"),
    (ItemKind.OPINION, rf"^(?:letters?|essay|guest essay|the (?:\w+ ){{0,2}}view on [^:|]{{2,60}}){_DASH}"),
    (ItemKind.OPINION, r"\| ?(?:opinion|editorial|letters?|[\w ’'.-]{3,40} column)\W*$|\bletters to the editor\b"),
    (ItemKind.OPINION, r"^(?:dear|ask) (?:abby|amy|prudence)\b"),
    (ItemKind.SPORT, r"\b(?:nba|nfl|mlb|nhl|wnba|lpga|pga tour|ufc \d+|wrestlemania|super bowl)\b"),
    (
        ItemKind.SPORT,
        r"\b(?:quarterbacks?|touchdowns?|midfielder|playoffs?|hat-trick|home runs?|training camp|preseason)\b",
    ),
    (ItemKind.SPORT, r"\b(?:grand slam (?:title|final)|fantasy football|transfer (?:news|window|talk)|free agent)\b"),
    (ItemKind.SPORT, r"\b(?:premier league|champions league|serie a|la liga|bundesliga|grand prix|test match)\b"),
    (ItemKind.SPORT, r"\b[a-z]{3,} \d{1,2}(?:[–-]|, (?:[a-z]+ )?[a-z]{3,} )\d{1,2}(?: [a-z]{3,})?\W*$"),
    (ItemKind.SOFT, r"\b(?:powerball|mega millions|lottery|jackpot|box office|red[ -]carpet)\b"),
    (ItemKind.SOFT, rf"[’'”\"] review\b|^review{_DASH}|\breview{_DASH}|^recipe"),
    (ItemKind.SOFT, r"\b(?:episode|season finale|movie|finale) recap\b"),
    (ItemKind.LIST, rf"^(?:the |here are )?{_NUMBER} (?:[\w’'-]+ ){{0,3}}{_LISTED}\b"),
    (ItemKind.LIST, r"\btakeaways from\b|^(?:key|main) takeaways\b|^the best \w+"),
    (ItemKind.EXPLAINER, r"\?\s*$"),
    (
        ItemKind.EXPLAINER,
        rf"^(?:explainer|analysis|factbox|fact[ -]check|timeline|q&a|explained){_DASH}|\bexplained\W*$",
    ),
    (ItemKind.EXPLAINER, r"^(?:what|why|how|who is|who are|where|when)\b(?! (?:a|an) \w+ (?:day|game)\b)"),
    (ItemKind.EXPLAINER, r"^(?:here[’']s|here is|here are)\b|\bhere[’']s (?:what|why|how)\b"),
    (ItemKind.EXPLAINER, r"\bwhat (?:to|we|you need to) know\b|\bwhat it means\b"),
)

_BY_SECTION: Final = {section: (rank, kind) for rank, (kind, sections) in enumerate(_SECTIONS) for section in sections}
_BY_TITLE: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TITLES)
# What "news" of a feed that calls everything news does not outweigh.
_PLAIN_TO_SEE: Final = frozenset(
    {ItemKind.LIVE, ItemKind.OPINION, ItemKind.VIDEO, ItemKind.PICTURES, ItemKind.QUIZ, ItemKind.NEWSLETTER}
)


def kind_of(title: str, url: str | None, hint: str | None = None) -> ItemKind:
    """Return what the item is.

    A *hint* of the source that names an :class:`ItemKind` wins, but for “news”, which many sources say of everything:
    an address or title that plainly shows live pages, opinion, video, pictures, puzzles or newsletters outweighs it.
    Without a hint, the folders of *url* decide, then the words of *title*; what shows nothing is news.
    """
    hinted = _hinted(hint)
    if hinted is not None and hinted is not ItemKind.NEWS:
        return hinted
    shown = _shown(title, url)
    if hinted is ItemKind.NEWS and shown not in _PLAIN_TO_SEE:
        return ItemKind.NEWS
    return shown


def _hinted(hint: str | None) -> ItemKind | None:
    try:
        return ItemKind((hint or "").strip().lower())
    except ValueError:
        return None


def _shown(title: str, url: str | None) -> ItemKind:
    ranked = [_BY_SECTION[section] for section in _sections(url) if section in _BY_SECTION]
    if ranked:
        return min(ranked)[1]
    line = " ".join(title[:_LONGEST].split())
    return next((kind for kind, pattern in _BY_TITLE if pattern.search(line)), ItemKind.NEWS)


def _sections(url: str | None) -> Iterator[str]:
    """Yield the folders of *url*, outermost first; its last part is a story's name, not a section."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname or ""
    except ValueError:
        return
    folders = [folder for folder in parts.path.lower().split("/") if folder]
    yield from folders[:-1]
    yield host.split(".")[0]
