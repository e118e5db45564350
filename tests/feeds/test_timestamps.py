"""read_stamp: every way in which a feed writes a date."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.timestamps import Stamp, read_stamp

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 02 Mar 2026 12:00:00 +0000", "Mon, 2 Mar 2026 12:00 GMT", "02 Mar 26 12:00:00 UT",
        "Mon,2 March 2026 12:0:0 Z",
        "Mon, 02 Mar 2026 07:00:00 EST", "Mon, 02 Mar 2026 13:00:00 CET", "Mon, 02 Mar 2026 17:30 IST",
        "Mon, 02 Mar 2026 14:00:00 GMT+02:00", "Mon, 02 Mar 2026 10:00:00 -0200 (XYZ)", "Mon Mar  2 12:00:00 2026",
        "Mon Mar 2 12:00:00 UTC 2026",
        "Mon 2 Mar 2026 12:00:00 GMT",
        "Mon, 02 Mar 2026 12:00:00 +3000", "2026-03-02T12:00:00+99:00", "March 2nd, 2026 12:00 pm",
        "Mar 2, 2026 at 12:00", "2-Mar-2026 12:00",
        "2026-03-02T12:00:00Z", "2026-03-02t12:00:00z", "2026-03-02T12:00Z", "2026-03-02 12:00:00",
        "2026-03-02T13:00:00+01:00",
        "2026-03-02T13:00:00.123456+0100", "20260302T120000Z", "2026/03/02 12:00", "2026-3-2 12:00 UTC",
        "1772452800", "1772452800000", "1772452800.5", " \n Mon, 02 Mar 2026 12:00:00 GMT\t", "٢٠٢٦-٠٣-٠٢T١٢:٠٠:٠٠Z",
        "２０２６-０３-０２ １２:００", "Mon, 02 Mar 2026 12:00:00 Etc/GMT",
    ],
)  # fmt: skip
def test_the_same_noon(text: str) -> None:
    stamp = read_stamp(text)

    assert stamp is not None
    assert stamp.at.replace(microsecond=0) == NOON
    assert not stamp.date_only


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "20260302",
        "2026/3/2",
        "2 March 2026",
        "Mar 2, 2026",
        "Monday, March 2nd, 2026",
        "2026-03-02Z",
        "2026-03-02+05:00",
    ],
)
def test_bare_day_says_that_it_is_one(text: str) -> None:
    assert read_stamp(text) == Stamp(datetime(2026, 3, 2, tzinfo=UTC), date_only=True)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "yesterday", "soon", "2026", "2026-03", "March 2026", "03/02/2026", "0000-00-00",
        "0000-01-01T00:00:00Z", "2026-03-02T13+01",
        "2026-13-01", "2026-02-30", "31 Feb 2026", "Mon, 02 Mar 2026 25:00:00 GMT", "2026-03-02T10:61:00Z",
        "9999-12-31T23:59:59-05:00", "99999999999999999999", "-1", "1e9", "NaN", "12:00",
        "Mon, 02 Mar 99999 12:00:00 GMT",
    ],
)  # fmt: skip
def test_what_names_no_instant_is_none(text: str) -> None:
    assert read_stamp(text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 24:00:00 GMT", datetime(2026, 3, 3, tzinfo=UTC)),
        ("Fri, 01 Jan 2099 00:00:00 GMT", datetime(2099, 1, 1, tzinfo=UTC)),
        ("01 Jan 70 00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_edges(text: str, at: datetime) -> None:
    stamp = read_stamp(text)

    assert stamp is not None
    assert stamp.at == at


@given(st.datetimes(timezones=st.timezones()).filter(lambda at: 2 <= at.year <= 9998))
def test_iso_round_trip(at: datetime) -> None:
    stamp = read_stamp(at.isoformat(timespec="seconds"))

    offset = at.utcoffset()
    if offset is not None and offset.total_seconds() % 60 == 0:
        assert stamp is not None
        assert stamp.at == at.astimezone(UTC).replace(microsecond=0)


@given(st.text(max_size=150))
def test_any_text_is_survived(text: str) -> None:
    stamp = read_stamp(text)

    assert stamp is None or stamp.at.tzinfo is UTC
