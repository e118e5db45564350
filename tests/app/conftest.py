"""One bot process for all end-to-end tests of a module; each test leaves it without a broken rule."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.app.running import Running, running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """A running bot that knows some news."""
    async with running(tmp_path_factory.mktemp("bot")) as stage:
        yield stage


@pytest.fixture
def stage(shared: Running) -> Iterator[Running]:
    """The running bot; afterwards no request of its may have broken a rule of Discord's, and no task died."""
    yield shared
    assert shared.double.violations == []
    assert shared.wrong == []
    assert "Traceback" not in shared.bot.log.read_text("utf-8")
