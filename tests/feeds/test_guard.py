"""check_url and vet: nothing but the public web, however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError, FeedError
from bot.feeds.guard import FetchRules, check_url, vet

RULES = FetchRules()
LOOPBACK_OPEN = FetchRules(allow_private_networks=("127.0.0.1/32",), allow_ports=(49152,))

PRIVATE_V4 = [
    "0.0.0.1", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
    "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255",
]  # fmt: skip
PRIVATE_V6 = [
    "::", "::1", "::7f00:1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::808:808", "100::1", "2001::1", "2001:0:7f00:1::1", "2001:2::1", "2001:10::1",
    "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::", "2002:c0a8:101::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1",
    "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1",
]  # fmt: skip
ODD_LOOPBACK = [
    "0", "2130706433", "0x7f000001", "0X7F000001", "017700000001", "127.1", "127.0.1", "0x7f.1",
    "0177.0.0.1", "127.0.0.1.", "0x7f.0x0.0x0.0x1", "00000177.0.0.1",
    "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "127｡0｡0｡1", "①②⑦.⓪.⓪.①",
    "𝟏𝟐𝟕.𝟎.𝟎.𝟏", "ⓛocalhost", "LOCALHOST", "localhost.", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost",
]  # fmt: skip


def code_of(url: str, rules: FetchRules = RULES) -> str | None:
    try:
        check_url(url, rules)
    except FeedError as error:
        return error.code
    return None


@pytest.mark.parametrize("host", [*PRIVATE_V4, *(f"[{address}]" for address in PRIVATE_V6), *ODD_LOOPBACK])
def test_address_that_is_not_public_is_refused(host: str) -> None:
    assert code_of(f"http://{host}/feed") == "blocked_address"


@pytest.mark.parametrize(
    "host",
    [
        "8.8.8.8", "1.1.1.1", "172.32.0.1", "[2606:4700::1111]", "[::ffff:8.8.8.8]", "[64:ff9b::808:808]",
        "[2002:808:808::1]",
    ],
)  # fmt: skip
def test_public_address_passes(host: str) -> None:
    assert code_of(f"http://{host}/feed") is None


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "x.localhost", "printer.local", "metadata.google.internal", "nas.lan", "router.home.arpa", "db",
        "intranet", "a.b.corp", "box.localdomain",
    ],
)  # fmt: skip
def test_name_of_a_local_network_is_refused_even_where_its_address_is_opened(host: str) -> None:
    assert code_of(f"http://{host}:49152/", LOOPBACK_OPEN) == "blocked_address"


@pytest.mark.parametrize("host", ["discord.com", "ptb.discord.com", "cdn.discordapp.com", "discord.gg", "DISCORD.com."])
def test_discords_own_hosts_are_never_feeds(host: str) -> None:
    assert code_of(f"https://{host}/api/webhooks/1/token") == "blocked_address"


def test_host_that_merely_ends_like_discord_passes() -> None:
    assert code_of("https://notdiscord.com/feed") is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a.example/x", "gopher://a.example/", "data:text/xml,<rss/>", "feed:file:///etc/passwd",
        "feed://a.example/x", "/etc/passwd", "feed.xml", "a.example/feed", "<rss version='2.0'/>", "", "http:a.example",
        "http:/a.example", "javascript:alert(1)", "http://", "http:///feed", "ws://a.example/", "//a.example/feed",
    ],
)  # fmt: skip
def test_anything_but_http_and_https_is_a_bad_scheme(url: str) -> None:
    assert code_of(url) == "bad_scheme"


@pytest.mark.parametrize("port", ["22", "25", "6379", "0", "65536", "-1", "8o", "3128", "0x50"])
def test_odd_port_is_refused(port: str) -> None:
    assert code_of(f"http://news.example:{port}/") == "bad_port"


@pytest.mark.parametrize("port", ["80", "443", "8080", "8443", ""])
def test_usual_port_passes(port: str) -> None:
    assert code_of(f"http://news.example:{port}/") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://user@news.example/", "http://user:secret@news.example/", "http://news.example@127.0.0.1/",
        "http://news.example/\r\nHost: x", "http://news.example\\@127.0.0.1/", "http://news.example/a\tb",
        "http://news.example/%00", "http://news.example/%0d%0aX: y", "http://127.0.0.1%00.news.example/",
        "http://%31%32%37.0.0.1/",
        "http://news.example/" + "a" * 5000, "http://1.2.3.4.5/", "http://256.0.0.1/",
        "http://[::1", "http://[fe80::1%25eth0]/", "http://[::1]x/", "http://news.example\ud800/",
        "http://news＠127.0.0.1/", "http://a b.example/", "http://-a.example/", "http://a..example/",
        "http://99999999999999999999999999/",
    ],
)  # fmt: skip
def test_trick_in_the_address_is_refused(url: str) -> None:
    assert code_of(url) == "blocked_address"


def test_opened_range_opens_that_literal_address_and_port_only() -> None:
    assert code_of("http://127.0.0.1:49152/", LOOPBACK_OPEN) is None
    assert code_of("http://127.0.0.1:49153/", LOOPBACK_OPEN) == "bad_port"
    assert code_of("http://127.0.0.2:49152/", LOOPBACK_OPEN) == "blocked_address"
    assert code_of("http://127.1:49152/", LOOPBACK_OPEN) == "blocked_address"
    assert code_of("http://[::ffff:127.0.0.1]:49152/", LOOPBACK_OPEN) == "blocked_address"
    assert code_of("http://10.0.0.1/", LOOPBACK_OPEN) == "blocked_address"


def test_resolved_addresses_are_vetted_whatever_is_opened() -> None:
    found = ("127.0.0.1", "93.184.216.34", "::1", "fe80::1%eth0", "2606:4700::1111", "169.254.169.254")

    assert vet(found) == ("93.184.216.34", "2606:4700::1111")


def test_target_is_canonical() -> None:
    target = check_url(" HTTPS://Bücher.Example:443/pfad ü?q=ä b#part ", RULES)

    assert target.url == "https://xn--bcher-kva.example/pfad%20%C3%BC?q=%C3%A4%20b"
    assert (target.host, target.port, target.address) == ("xn--bcher-kva.example", 443, None)


def test_wrong_range_in_the_settings_says_how_to_write_one() -> None:
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1/32"):
        FetchRules(allow_private_networks=("loopback",))


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_an_ipv4_address_is_judged_alike(number: int) -> None:
    parts = number.to_bytes(4, "big")
    spellings = [
        ".".join(map(str, parts)), str(number), hex(number), f"0{number:o}", ".".join(map(hex, parts)),
        f"{parts[0]}.{int.from_bytes(parts[1:], 'big')}", "[::ffff:" + ".".join(map(str, parts)) + "]",
    ]  # fmt: skip

    assert len({code_of(f"http://{spelling}/") for spelling in spellings}) == 1


@given(st.text(max_size=60))
def test_any_text_is_a_target_or_a_feed_error(text: str) -> None:
    for url in (text, f"http://{text}", f"https://news.example/{text}", f"http://{text}.example:8080/x"):
        try:
            target = check_url(url, RULES)
        except FeedError:
            continue
        assert target.url.isascii()
        assert check_url(target.url, RULES) == target
