"""Documents made to hurt a parser, or that are no feeds at all; each is built when it is first asked for."""

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Final

ITEM: Final = "<item><title>Ferry to Lorrin halted {0}</title><link>https://a.example/{0}</link></item>"
MIB: Final = 1 << 20


def rss(inside: str, *, head: str = "", attributes: str = "") -> bytes:
    return f"{head}<rss version='2.0'{attributes}><channel><title>T</title>{inside}</channel></rss>".encode()


def items(count: int) -> str:
    return "".join(ITEM.format(number) for number in range(count))


def one(inside: str) -> bytes:
    return rss(f"<item><title>One</title><link>https://a.example/1</link>{inside}</item>")


def entities(count: int, size: int) -> bytes:
    first = f"<!ENTITY a0 '{'ha' * size}'>"
    rest = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, count))
    return rss(f"<item><title>&a{count - 1};</title></item>", head=f"<!DOCTYPE rss [{first}{rest}]>")


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("feed.xml", "<rss/>")
    return packed.getvalue()


def json_feed(entries: object, **more: object) -> bytes:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": entries} | more).encode()


def declared(name: str, text: str = "Pokój") -> bytes:
    return f"<?xml version='1.0' encoding='{name}'?>".encode() + one(f"<description>{text}</description>")


XML: Final[dict[str, Callable[[], bytes]]] = {
    "billion_laughs": lambda: entities(12, 5),
    "quadratic_entity": lambda: rss(
        f"<item><title>{'&a;' * 50_000}</title></item>", head=f"<!DOCTYPE rss [<!ENTITY a '{'x' * 50_000}'>]>"
    ),
    "entity_flood": lambda: rss(
        items(1), head="<!DOCTYPE rss [" + "".join(f"<!ENTITY e{n} 'x'>" for n in range(200_000)) + "]>"
    ),
    "entity_loop": lambda: rss(
        "<item><title>&a;</title></item>", head="<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>"
    ),
    "external_entity_file": lambda: rss(
        "<item><title>&x;</title></item>", head="<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    ),
    "external_parameter_entity": lambda: rss(
        items(1), head="<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://127.0.0.1:9/canary'> %x;]>"
    ),
    "external_dtd": lambda: rss(items(1), head="<!DOCTYPE rss SYSTEM 'http://127.0.0.1:9/canary.dtd'>"),
    "xinclude": lambda: one(
        "<x:include xmlns:x='http://www.w3.org/2001/XInclude' parse='text' href='file:///etc/passwd'/>"
    ),
    "xsl_instruction": lambda: rss(
        items(1), head="<?xml-stylesheet type='text/xsl' href='http://127.0.0.1:9/canary'?>"
    ),
    "blank_lines_before_doctype": lambda: b"\n" * 2 * MIB + rss(items(1), head="<!DOCTYPE rss>"),
    "deep_nest": lambda: rss("<a>" * 200_000 + "</a>" * 200_000),
    "deep_nest_in_item": lambda: one("<description>" + "<b>" * 100_000 + "x" + "</b>" * 100_000 + "</description>"),
    "deep_nest_never_closed": lambda: b"<rss><channel>" + b"<item>" * 300_000,
    "huge_attribute": lambda: one(f"<enclosure url='https://a.example/{'x' * 5 * MIB}'/>"),
    "huge_text": lambda: one(f"<description>{'word ' * 1_400_000}</description>"),
    "huge_title": lambda: rss(f"<item><title>{'word ' * 400_000}</title></item>"),
    "huge_guid": lambda: one(f"<guid>{'g' * 2 * MIB}</guid>"),
    "sixty_thousand_attributes": lambda: rss(items(1), attributes="".join(f" a{n}='1'" for n in range(60_000))),
    "twenty_thousand_namespaces": lambda: rss(
        items(1), attributes="".join(f" xmlns:n{n}='urn:{n}'" for n in range(20_000))
    ),
    "unclosed_comment": lambda: rss(items(2) + "<!--" + "x" * MIB),
    "comments_opened_again_and_again": lambda: rss("<!--" * 500_000),
    "unclosed_cdata": lambda: rss("<item><title>One</title><description><![CDATA[" + "x" * MIB),
    "unclosed_tag": lambda: rss(items(2) + "<item " + "a" * MIB),
    "unclosed_quote": lambda: rss(items(2) + "<item a='" + "b" * MIB),
    "instruction_flood": lambda: rss("<?a b?>" * 300_000 + items(1)),
    "forty_thousand_categories": lambda: one("".join(f"<category>c{n}</category>" for n in range(40_000))),
    "forty_thousand_links": lambda: one("".join(f"<link>https://a.example/{n}</link>" for n in range(40_000))),
    "author_trap": lambda: one(f"<author>{'a@' * 200_000}</author>"),
    "author_of_brackets": lambda: one(f"<author>{'(' * 300_000}</author>"),
    "reference_flood": lambda: one(f"<description>{'&amp;#' * 300_000}</description>"),
    "unended_references": lambda: one(f"<description>{'&amp;lt' * 300_000}</description>"),
    "date_of_a_megabyte": lambda: one(f"<pubDate>{'Mon, 02 Mar 2026 ' * 60_000}</pubDate>"),
    "dates_of_digits": lambda: one(f"<pubDate>{'9' * MIB}</pubDate>"),
    "date_in_the_year_zero": lambda: one("<pubDate>Mon, 00 Jan 0000 00:00:00 GMT</pubDate>"),
    "date_in_2099": lambda: one("<pubDate>Mon, 02 Mar 2099 10:00:00 GMT</pubDate>"),
    "date_in_arabic_digits": lambda: one("<pubDate>٢٠٢٦-٠٣-٠٢T١٠:٠٠:٠٠Z</pubDate>"),
    "date_in_milliseconds": lambda: one("<pubDate>1772445600000</pubDate>"),
    "leap_second": lambda: one("<pubDate>Sat, 31 Dec 2016 23:59:60 GMT</pubDate>"),
    "five_thousand_items": lambda: rss(items(5_000)),
    "fifty_thousand_items": lambda: rss(items(50_000)),
    "one_guid_for_fifty": lambda: rss(
        "".join(f"<item><title>Story number {n} of fifty</title><guid>same</guid></item>" for n in range(50))
    ),
    "control_characters": lambda: one("<description>a\x00b\x01c\x1bd\x7f</description>"),
    "forbidden_references": lambda: one("<description>&#0;&#1;&#xD800;&#xFFFF;&#x110000;</description>"),
    "lone_surrogate_bytes": lambda: one("<description>x</description>").replace(b">x<", b">\xed\xa0\x80<"),
    "undefined_entities": lambda: one("<description>&nbsp;&hellip;&bogus;</description>"),
    "two_roots": lambda: rss(items(1)) + rss(items(1)),
    "truncated": lambda: rss(items(20))[:-700],
    "mismatched_tags": lambda: rss("<item><title>One</item></title><link>https://a.example/1</item>"),
    "undeclared_prefix": lambda: one("<media:content url='https://a.example/x'/>"),
    "nested_rss": lambda: rss(f"<item><title>One</title><description>{items(3)}</description></item>"),
    "markup_of_a_megabyte": lambda: one("<description>" + "&lt;div onclick='x'&gt;" * 60_000 + "</description>"),
    "unclosed_markup": lambda: one("<description>" + "&lt;a &lt;" * 200_000 + "</description>"),
    "script_and_style": lambda: one(
        "<description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;style&gt;a{}&lt;/style&gt;x</description>"
    ),
    "picture_in_the_text": lambda: one(
        f"<description>&lt;img src='data:image/png;base64,{'A' * 3 * MIB}'&gt;</description>"
    ),
    "pixel_to_a_private_place": lambda: one(
        "<description>&lt;img src='http://127.0.0.1:9/canary'&gt;</description><enclosure url='http://127.0.0.1:9/c'/>"
    ),
    "links_that_are_none": lambda: rss(
        "".join(
            f"<item><title>{n}</title><link>{link}</link></item>"
            for n, link in enumerate(
                ("javascript:alert(1)", "data:text/html,x", "discord://x", "file:///etc", "//", "")
            )
        )
    ),
    "sql_and_formats": lambda: one(
        "<description>'); DROP TABLE article; -- %s %n {0.__class__} \" OR 1=1</description>"
    ),
    "log_injection": lambda: one("<description>x&#10;2026-03-02 ERROR bot it is over&#13;&#10;</description>"),
    "bidi_and_zalgo": lambda: one("<description>\u202eevil\u2066 " + "a\u0300" * 5_000 + "</description>"),
    "codec_zlib": lambda: declared("zlib"),
    "codec_idna": lambda: declared("idna"),
    "codec_rot13": lambda: declared("rot13"),
    "codec_unicode_escape": lambda: declared("unicode_escape"),
    "codec_utf7": lambda: declared("utf-7", "+ADw-script+AD4-"),
    "codec_unknown": lambda: declared("x-klingon"),
    "codec_of_ten_thousand_letters": lambda: declared("a" * 10_000),
    "utf16_of_odd_length": lambda: one("").decode().encode("utf-16")[:-1],
    "utf32": lambda: one("").decode().encode("utf-32"),
    "mixed_encodings": lambda: one("<description>Pokój</description>") + "Pokój".encode("cp1250"),
}

JSON: Final[dict[str, Callable[[], bytes]]] = {
    "json_nest": lambda: b"[" * 500_000,
    "json_nest_in_feed": lambda: json_feed([{"id": "1", "title": "One"}])[:-1] + b', "x": ' + b"[" * 90_000 + b"}",
    "json_huge_number": lambda: json_feed([{"id": "1", "title": "One"}])[:-1] + b', "x": ' + b"9" * 500_000 + b"}",
    "json_not_a_number": lambda: b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": NaN, "title": "a"}]}',
    "json_items_no_list": lambda: json_feed("none"),
    "json_items_of_all_kinds": lambda: json_feed([None, 1, "x", [], {}, {"id": "1", "title": "One"}]),
    "json_title_is_a_list": lambda: json_feed([{"id": "1", "title": ["One"], "content_text": "x"}], title=["T"]),
    "json_thirty_thousand_items": lambda: json_feed([{"id": str(n), "title": f"Story {n}"} for n in range(30_000)]),
    "json_cut_off": lambda: json_feed([{"id": str(n), "title": f"Story {n}"} for n in range(9)])[:-40],
    "json_of_another_kind": lambda: b'{"status": "ok", "articles": []}',
    "json_twice_the_same_key": lambda: (
        b'{"version":"https://jsonfeed.org/version/1","items":[],"items":[{"id":"1","title":"a"}]}'
    ),
}

PAGES: Final[dict[str, Callable[[], bytes]]] = {
    "html_page": lambda: b"<!doctype html><title>News</title><p>All the news.",
    "login_page": lambda: b"<html><form method=post action=/login><input name=password type=password></form></html>",
    "html_naming_a_private_feed": lambda: (
        b"<html><link rel=alternate type='application/rss+xml' href='http://127.0.0.1:9/canary'></html>"
    ),
    "html_refresh_to_a_private_place": lambda: (
        b"<html><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/canary'></html>"
    ),
    "png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "zip": zipped,
    "gzip_that_is_not_said": lambda: gzip.compress(rss(items(3))),
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "empty": lambda: b"",
    "blanks": lambda: b" \r\n\t" * 1000,
    "mark_alone": lambda: b"\xef\xbb\xbf",
    "declaration_alone": lambda: b"<?xml version='1.0'?>",
    "plain_text": lambda: b"There is no feed here.",
    "csv": lambda: b"id,title\n1,One\n",
    "script": lambda: b"window.location = 'http://127.0.0.1:9/canary'",
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "opml": lambda: b"<opml version='2.0'><body><outline xmlUrl='http://127.0.0.1:9/canary'/></body></opml>",
    "sitemap": lambda: b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>x</loc></url></urlset>",
    "soap": lambda: b"<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body/></Envelope>",
    "plist": lambda: b"<!DOCTYPE plist><plist version='1.0'><dict/></plist>",
    "pickle": lambda: b"cos\nsystem\n(S'touch /tmp/canary'\ntR.",
    "yaml": lambda: b"!!python/object/apply:os.system ['touch /tmp/canary']",
    "random_bytes": lambda: random.Random(6).randbytes(50_000),
    "a_megabyte_of_zeros": lambda: bytes(MIB),
    "elf": lambda: b"\x7fELF\x02\x01\x01" + bytes(200),
}
