"""Old encodings without a name: golden texts come out as they were written, and Western ones stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.charsets import decode
from bot.feeds.documents import read_document
from bot.feeds.legacy import guess_legacy

RUSSIAN = "Мэр города открыл новый мост через реку, сообщили в понедельник местные власти. Движение начнётся утром."
UKRAINIAN = "Мер міста відкрив новий міст через річку, повідомили в понеділок місцеві чиновники. Їхати можна зранку."
BULGARIAN = "Кметът откри нов мост над реката, съобщиха в понеделник местните власти. Движението започва утре сутрин."
JAPANESE = "市長は月曜日、川にかかる新しい橋が開通したと発表しました。交通は明日の朝から始まります。"
KOREAN = "시장은 월요일 강을 가로지르는 새 다리가 개통되었다고 발표했습니다. 통행은 내일 아침부터 시작됩니다."
SIMPLIFIED = "市长星期一宣布，横跨这条河的新桥已经通车，他说这对于当地人来说是一个大的变化，明天早上就可以过桥。"
TRADITIONAL = "市長星期一宣布，橫跨這條河的新橋已經通車，他說這對於當地人來說是一個大的變化，明天早上就可以過橋。"
GERMAN = (
    "Der Bürgermeister hat am Montag die neue Brücke über den Fluß eröffnet, größer und schöner als die frühere Brücke."
)
FRENCH = "Le maire a inauguré lundi le nouveau pont qui enjambe la rivière, a déclaré la mairie; à l’aube, dès l’été."

GOLDEN = [
    (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866"), (UKRAINIAN, "cp1251"), (BULGARIAN, "cp1251"),
    (JAPANESE, "cp932"), (JAPANESE, "euc_jp"), (KOREAN, "cp949"), (SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5hkscs"),
]  # fmt: skip
WESTERN = [
    (GERMAN, "cp1252"),
    (FRENCH, "cp1252"),
    ("Café déjà vu, señor, à la carte — naïve façade, crème brûlée", "cp1252"),
]


def feed(text: str) -> str:
    return f"<rss version='2.0'><channel><title>T</title><item><title>{text}</title></item></channel></rss>"


@pytest.mark.parametrize(("text", "encoding"), [*GOLDEN, *WESTERN])
def test_text_without_a_name_for_its_encoding_is_no_mojibake(text: str, encoding: str) -> None:
    body = feed(text).encode(encoding)

    assert read_document(body, None, "https://a.example/").entries[0].title == text
    assert read_document(body, "text/xml; charset=utf-8", "https://a.example/").entries[0].title == text


@pytest.mark.parametrize(("text", "encoding"), GOLDEN)
def test_the_encoding_is_named_in_a_warning(text: str, encoding: str) -> None:
    assert decode(feed(text).encode(encoding)).encoding == encoding
    assert decode(feed(text).encode(encoding)).surprise is not None


@pytest.mark.parametrize(("text", "encoding"), GOLDEN)
def test_a_sample_may_end_in_the_middle_of_a_letter(text: str, encoding: str) -> None:
    body = (text * 900).encode(encoding)

    assert {guess_legacy(body[:end]) for end in range(19_990, 20_010)} == {encoding}


@pytest.mark.parametrize(("text", "encoding"), WESTERN)
def test_western_writing_is_left_to_the_rule_for_it(text: str, encoding: str) -> None:
    assert guess_legacy(feed(text).encode(encoding)) is None


def test_utf8_with_a_few_wrong_bytes_is_still_utf8() -> None:
    body = feed(RUSSIAN).encode() + b"<!-- \xff\xfe -->"

    assert RUSSIAN in decode(body).text


@given(st.binary(max_size=300))
def test_a_guess_never_raises(body: bytes) -> None:
    name = guess_legacy(body)

    assert name is None or decode(body).text is not None
