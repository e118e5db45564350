"""/healthz: green while every part works, red when one has stopped, whatever the machine's clock shows."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.app.health import Beat, Health, HealthServer, split_address
from bot.app.operations import is_alive
from bot.errors import ConfigError
from bot.settings import load_settings


@pytest.fixture
async def idle() -> dict[str, float]:
    return {"ingest": 1.0, "sender": 2.0}


@pytest.fixture
async def server(idle: dict[str, float]) -> AsyncIterator[HealthServer]:
    health = Health()
    health.watch("ingest", lambda: idle["ingest"], 180.0)
    health.watch("sender", lambda: idle["sender"], 180.0)
    health.count("messages_sent_total", lambda: 7)
    async with HealthServer(health, "127.0.0.1:0") as opened:
        yield opened


async def ask(server: HealthServer, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{server.port}/{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_one_part_that_stopped_turns_it_red_and_is_named(server: HealthServer, idle: dict[str, float]) -> None:
    well = await ask(server, "healthz")
    idle["sender"] = 181.0
    ill = await ask(server, "healthz")

    assert (well[0], ill[0]) == (200, 503)
    assert '"sender": {"ok": false, "idle_seconds": 181.0' in ill[1]
    assert '"ingest": {"ok": true' in ill[1]


async def test_metrics_are_in_prometheus_words(server: HealthServer) -> None:
    _, text = await ask(server, "metrics")

    assert "needtoknow_up 1\n" in text
    assert 'needtoknow_idle_seconds{part="ingest"} 1.0\n' in text
    assert "# TYPE needtoknow_messages_sent_total counter\nneedtoknow_messages_sent_total 7\n" in text


def test_a_large_count_is_told_to_the_last_one() -> None:
    health = Health()
    health.count("messages_sent_total", lambda: 12_345_678)
    health.count("loop_lag_p99_seconds", lambda: 0.1)

    lines = health.metrics().splitlines()

    assert "needtoknow_messages_sent_total 12345678" in lines
    assert "needtoknow_loop_lag_p99_seconds 0.1" in lines


async def test_the_check_of_the_image_asks_the_page(server: HealthServer, idle: dict[str, float]) -> None:
    settings = load_settings({"NEEDTOKNOW_HEALTH__ADDRESS": f"127.0.0.1:{server.port}"})

    well = await is_alive(settings)
    idle["ingest"] = 999.0
    ill = await is_alive(settings)
    await server.__aexit__(None, None, None)

    assert (well, ill, await is_alive(settings)) == (True, False, False)


async def test_a_taken_or_wrong_address_is_named(server: HealthServer) -> None:
    with pytest.raises(ConfigError, match=f"127.0.0.1:{server.port}"):
        async with HealthServer(Health(), f"127.0.0.1:{server.port}"):
            pass
    for wrong in ("8765", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:99999"):
        with pytest.raises(ConfigError, match=r"health\.address"):
            split_address(wrong)
    assert split_address("[::1]:80") == ("::1", 80)


async def test_without_an_address_nothing_listens() -> None:
    async with HealthServer(Health(), "") as server:
        assert server.port == 0


def test_a_beat_grows_old() -> None:
    now = [5.0]
    beat = Beat(lambda: now[0])

    now[0] = 9.0
    old = beat.idle_seconds()
    beat.beat()

    assert (old, beat.idle_seconds()) == (4.0, 0.0)
