"""Write an edition as plain text, Markdown or JSON."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bot.digest import furniture
from bot.digest.edits import day_label
from bot.model.editions import Edition, Excerpt, Item, SourceSpan


def to_text(edition: Edition) -> str:
    """Return *edition* as plain text: one item a line, the fixed words of :mod:`bot.digest.furniture` around them."""
    return "\n".join(_lines(edition)) + "\n"


def to_markdown(edition: Edition) -> str:
    """Return *edition* in Markdown, bold in place and every named outlet linked.

    Items are escaped so that nothing in them is taken for markup.
    """
    return "\n".join(_markdown(edition)) + "\n"


def to_json(edition: Edition) -> dict[str, Any]:
    """Return *edition* as plain JSON values; times are ISO 8601 in UTC."""
    return {
        "title": edition.title,
        "day": edition.day.isoformat(),
        "zone": edition.zone,
        "window": [at.isoformat().replace("+00:00", "Z") for at in edition.window],
        "topic": edition.topic,
        "length": str(edition.length),
        "background": [item_json(item) for item in edition.background],
        "bullets": [item_json(item) for item in edition.bullets],
        "also": [item_json(item) for item in edition.also],
        "quote": item_json(edition.quote) if edition.quote else None,
        "coming": [{**item_json(item), "day": item.day.isoformat() if item.day else None} for item in edition.coming],
        "quiet": edition.quiet,
        "articles": edition.articles,
        "outlets": edition.outlets,
        "audit": {
            "ok": edition.audit.ok,
            "checked": edition.audit.checked,
            "problems": list(edition.audit.problems),
        },
        "text": to_text(edition),
    }


def explained(edition: Edition) -> list[dict[str, Any]]:
    """Return which rule kept or dropped each candidate, as plain JSON values, best first."""
    return [{"event": one.event, "title": one.title, "kept": one.kept, "rule": one.rule} for one in edition.verdicts]


def item_json(item: Item) -> dict[str, Any]:
    """Return one item as plain JSON values; offsets of spans and edits are the article's."""
    return {
        "event": item.event,
        "text": item.text,
        "spans": [_span_json(span) for span in item.spans],
        "edits": [
            {"span": edit.span, "start": edit.start, "end": edit.end, "text": edit.text, "why": edit.why}
            for edit in item.edits
        ],
        "outlets": [{"name": link.name, "url": link.url} for link in item.links],
        "more": item.more,
        "update": item.update,
        "new": _excerpt_json(item.new),
        "was": _excerpt_json(item.was),
        "bold": [item.bold.start, item.bold.end] if item.bold else None,
        "headline": item.headline,
        "one_outlet": item.one_outlet,
        "reasons": list(item.reasons),
    }


def _span_json(span: SourceSpan) -> dict[str, Any]:
    where: dict[str, Any] = {"article": span.article, "start": span.start, "end": span.end}
    return where if span.field == "text" else {**where, "field": span.field}


def _excerpt_json(excerpt: Excerpt | None) -> dict[str, Any] | None:
    if excerpt is None:
        return None
    told = {"told": excerpt.day.isoformat()} if excerpt.day else {}
    return {"spans": [_span_json(span) for span in excerpt.spans], "text": excerpt.text, **told}


def _lines(edition: Edition) -> Iterator[str]:
    yield edition.title
    yield furniture.summary_of(edition)
    yield ""
    for item in edition.background:
        yield f"{furniture.BACKGROUND}: {_with_sources(item)}"
    if edition.background:
        yield ""
    for number, item in enumerate(edition.bullets, start=1):
        yield f"{number}. {f'{furniture.UPDATE} ' if item.update else ''}{_with_sources(item)}"
        if item.new is not None:
            yield f"   {_news_line(item)}"
    yield from _rest(edition)
    yield f"\n{furniture.FOOTNOTE}"
    if edition.quiet:
        yield furniture.more_line(edition)


def _rest(edition: Edition) -> Iterator[str]:
    if edition.also:
        yield f"\n{furniture.ALSO}"
        yield from (f"- {_with_sources(item)}" for item in edition.also)
    if edition.quote is not None:
        yield f"\n{furniture.QUOTE}\n{_with_sources(edition.quote)}"
    if edition.coming:
        yield f"\n{furniture.COMING}"
        yield from (f"- {_day(item)}: {_with_sources(item)}" for item in edition.coming)


def _with_sources(item: Item) -> str:
    return f"{item.text} {furniture.sources_of(item)}".rstrip()


def _news_line(item: Item) -> str:
    new = item.new.text if item.new is not None else ""
    was = f" (was: {item.was.text})" if item.was is not None else ""
    return f"{furniture.news_label(item)} {new}{was}"


def _day(item: Item) -> str:
    return day_label(item.day) if item.day is not None else ""


def _markdown(edition: Edition) -> Iterator[str]:
    yield f"# {escaped(edition.title)}\n\n*{escaped(furniture.summary_of(edition))}*\n"
    for item in edition.background:
        yield f"**{furniture.BACKGROUND}** · {_linked(item)}\n"
    for number, item in enumerate(edition.bullets, start=1):
        yield f"{number}. {f'**{furniture.UPDATE}** ' if item.update else ''}{_linked(item)}"
        if item.new is not None:
            yield f"   *{escaped(_news_line(item))}*"
    yield from _markdown_rest(edition)
    yield f"\n*{escaped(furniture.FOOTNOTE)}*"


def _markdown_rest(edition: Edition) -> Iterator[str]:
    if edition.also:
        yield f"\n**{furniture.ALSO}**\n"
        yield from (f"- {_linked(item)}" for item in edition.also)
    if edition.quote is not None:
        yield f"\n**{furniture.QUOTE}**\n\n> {_linked(edition.quote)}"
    if edition.coming:
        yield f"\n**{furniture.COMING}**\n"
        yield from (f"- **{_day(item)}** · {_linked(item)}" for item in edition.coming)


def _linked(item: Item) -> str:
    return f"{_bold(item)} {_markdown_sources(item)}".rstrip()


def _bold(item: Item) -> str:
    before, inside, after = map(escaped, furniture.parted(item))
    return f"{before}**{inside}**{after}" if inside else before


def _markdown_sources(item: Item) -> str:
    words = escaped(furniture.sources_of(item))
    if not item.links or item.links[0].url is None:
        return words
    name = escaped(item.links[0].name)
    address = quote(item.links[0].url, safe="%:/?#[]@!$&'()*+,;=~")
    return words.replace(name, f"[{name}](<{address}>)", 1)


def escaped(text: str) -> str:
    """Return *text* with every sign that Markdown reads as markup escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]<>#|~&" else sign for sign in text)
