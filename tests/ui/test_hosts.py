"""Hosts are shown in ASCII."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ui.hosts import ascii_host


@given(st.text(max_size=30))
def test_hosts_come_out_in_ascii(host: str) -> None:
    assert ascii_host(host).isascii()
