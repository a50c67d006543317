"""The latest moment at which an operation may end."""

from __future__ import annotations

import asyncio

import pytest

from graphql_schema.deadline import Deadline
from kotacerdas.errors import TimedOut


def test_what_takes_longer_is_cancelled_and_told_as_timed_out():
    ended = []

    async def slow():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def bounded():
        with Deadline(0.01):
            await slow()

    with pytest.raises(TimedOut):
        asyncio.run(bounded())
    assert ended == [True]


def test_what_ends_in_time_runs_on_undisturbed():
    async def bounded():
        with Deadline(0.01):
            answer = 7
        await asyncio.sleep(0.03)
        return answer

    assert asyncio.run(bounded()) == 7


def test_a_task_that_somebody_else_cancels_stays_cancelled():
    async def bounded():
        with Deadline(60):
            await asyncio.sleep(60)

    async def cancelled():
        task = asyncio.create_task(bounded())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait({task})
        return task.cancelled()

    assert asyncio.run(cancelled()) is True


def test_an_error_of_the_work_is_told_as_it_is():
    async def bounded():
        with Deadline(60):
            raise KeyError("work")

    with pytest.raises(KeyError, match="work"):
        asyncio.run(bounded())
