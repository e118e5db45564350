"""Write an edition as a page of HTML that stands alone: no script, no style sheet, nothing fetched."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote, urlsplit

from bot.digest import furniture
from bot.digest.edits import day_label
from bot.model.editions import Edition, Item

_SAFE: Final = "%:/?#[]@!$&'()*+,;=~"
_STYLE: Final = "body{max-width:42em;margin:2em auto;padding:0 1em;font:1em/1.5 Georgia,serif}small,.s{color:#555}"


def to_html(edition: Edition) -> str:
    """Return *edition* as one HTML page; every word of it is escaped, and only http and https addresses are linked."""
    title = _plain(edition.title)
    head = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<article>\n<h1>{title}</h1>\n"
    )
    return head + "\n".join(_body(edition)) + "\n</article>\n</body>\n</html>\n"


def to_fragment(edition: Edition) -> str:
    """Return what stands under the title, for a page or a feed of somebody else's."""
    return "\n".join(_body(edition))


def address(url: str | None) -> str | None:
    """Return *url* fit to stand in a link, or None where it is not of the web."""
    if url is None or any(ord(sign) < ord(" ") for sign in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return quote(url, safe=_SAFE) if parts.scheme in {"http", "https"} and parts.netloc else None


def xml_text(text: str) -> str:
    """Return *text* without the characters that XML 1.0 does not know (section 2.2)."""
    return "".join(sign if _is_xml(ord(sign)) else "�" for sign in text)


def _is_xml(code: int) -> bool:
    return code in {0x9, 0xA, 0xD} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _body(edition: Edition) -> Iterator[str]:
    yield f'<p class="s">{_plain(furniture.summary_of(edition))}</p>'
    if edition.background:
        told = " ".join(_told(item) for item in edition.background)
        yield f"<p><small><strong>{furniture.BACKGROUND}</strong> · {told}</small></p>"
    if edition.bullets:
        yield "<ol>"
        yield from (_bullet(item) for item in edition.bullets)
        yield "</ol>"
    yield from _list(furniture.ALSO, (_told(item) for item in edition.also))
    if edition.quote is not None:
        yield f"<h2>{furniture.QUOTE}</h2>\n<blockquote><p>{_told(edition.quote)}</p></blockquote>"
    yield from _list(furniture.COMING, (f"{_day(item)}{_told(item)}" for item in edition.coming))
    yield f'<p class="s">{_plain(furniture.FOOTNOTE)}</p>'
    if edition.quiet:
        yield f'<p class="s">{_plain(furniture.more_line(edition))}</p>'


def _bullet(item: Item) -> str:
    label = f"<strong>{furniture.UPDATE}</strong> " if item.update else ""
    if item.new is None:
        return f"<li>{label}{_told(item)}</li>"
    was = f" (was: {_plain(item.was.text)})" if item.was is not None else ""
    news = f"{_plain(furniture.news_label(item))} <em>{_plain(item.new.text)}</em>{was}"
    return f"<li>{label}{_told(item)}<br/><small>{news}</small></li>"


def _list(label: str, lines: Iterable[str]) -> Iterator[str]:
    rows = [f"<li>{line}</li>" for line in lines]
    if rows:
        yield "\n".join([f"<h2>{label}</h2>", "<ul>", *rows, "</ul>"])


def _told(item: Item) -> str:
    return f"{_bold(item)} {_sources(item)}".rstrip()


def _bold(item: Item) -> str:
    before, inside, after = map(_plain, furniture.parted(item))
    return f"{before}<strong>{inside}</strong>{after}" if inside else before


def _sources(item: Item) -> str:
    words = _plain(furniture.sources_of(item))
    if not item.links:
        return words
    link, name = address(item.links[0].url), _plain(item.links[0].name)
    if link is None or not name:
        return words
    return words.replace(name, f'<a href="{escape(link)}" rel="noopener nofollow">{name}</a>', 1)


def _day(item: Item) -> str:
    return f"<strong>{day_label(item.day)}</strong> · " if item.day is not None else ""


def _plain(text: str) -> str:
    return escape(xml_text(text))
