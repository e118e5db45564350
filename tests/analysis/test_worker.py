"""AnalysisWorker: every document gets an answer, whatever becomes of the processes."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.analysis.article import Analyser, Document
from bot.analysis.language import RULES_ONLY, load_language
from bot.analysis.worker import AnalysisWorker, WorkerSettings
from bot.errors import AnalysisError, ConfigError
from bot.model.analysis import Analysis
from tests.analysis.known import gazetteer

QUICK = WorkerSettings(model=RULES_ONLY, batch=2)


def document(number: int) -> Document:
    return Document(f"Report {number}", f"Mayor Ada Brask spoke {number} times.", datetime(2026, 3, 2, tzinfo=UTC))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[AnalysisWorker]:
    async with AnalysisWorker(QUICK) as opened:
        yield opened


@pytest.mark.asyncio(loop_scope="module")
async def test_answers_are_those_of_the_same_process_in_order(worker: AnalysisWorker) -> None:
    documents = [document(number) for number in range(5)]
    here = Analyser(load_language(RULES_ONLY), gazetteer())

    answers = await worker.analyse(documents)

    assert answers == [here.analyse(one) for one in documents]
    assert worker.version == here.version
    assert worker.model.startswith(RULES_ONLY)
    assert await worker.analyse([]) == []


@pytest.mark.asyncio(loop_scope="module")
async def test_process_that_is_killed_is_replaced_and_costs_no_document(worker: AnalysisWorker) -> None:
    replaced = worker.replaced
    (child,) = worker._children
    os.kill(child._process.pid, signal.SIGKILL)

    answers = await worker.analyse([document(number) for number in range(4)])

    assert [isinstance(answer, Analysis) for answer in answers] == [True, True, True, True]
    assert worker.replaced == replaced + 1


@pytest.mark.asyncio(loop_scope="module")
async def test_work_that_is_broken_off_leaves_a_working_worker(worker: AnalysisWorker) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(worker.analyse([document(number) for number in range(400)]), 0.05)

    (answer,) = await worker.analyse([document(1)])

    assert isinstance(answer, Analysis)


@pytest.mark.parametrize(
    "hurried",
    [
        replace(QUICK, seconds=0.0, characters_a_second=1e12),
        replace(QUICK, seconds=0.0, characters_a_second=1e-12, most_seconds=0.0),
    ],
    ids=["a quick language model", "however long the text is"],
)
async def test_document_that_takes_too_long_is_left_out(hurried: WorkerSettings) -> None:
    async with AnalysisWorker(hurried) as worker:
        (answer,) = await worker.analyse([document(1)])

    assert isinstance(answer, AnalysisError)
    assert "Report 1" in str(answer)
    assert "too long" in str(answer)


@pytest.mark.slow
@pytest.mark.parametrize("limits", [{"rss_bytes": 1}, {"documents_each": 1}])
async def test_process_that_grew_or_grew_old_is_replaced(limits: dict[str, int]) -> None:
    async with AnalysisWorker(replace(QUICK, **limits)) as worker:  # type: ignore[arg-type]
        first = await worker.analyse([document(1)])
        second = await worker.analyse([document(2)])

    assert [isinstance(answer, Analysis) for answer in (*first, *second)] == [True, True]
    assert worker.replaced == 2


@pytest.mark.slow
async def test_several_processes_share_the_work() -> None:
    async with AnalysisWorker(replace(QUICK, processes=2)) as worker:
        answers = await worker.analyse([document(number) for number in range(6)])
        children = len(worker._children)

    assert all(isinstance(answer, Analysis) for answer in answers)
    assert children == 2


async def test_wrong_model_shows_at_once() -> None:
    with pytest.raises(ConfigError, match="no_such_model"):
        async with AnalysisWorker(replace(QUICK, model="no_such_model")):
            pass
