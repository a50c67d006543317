"""A planted nation for the tests that ask random documents."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest

from kotacerdas.settings import Settings
from tests.fuzz.campaign import Tally, campaign, planted
from tests.fuzz.planting import Planting
from tests.predicate.hook import suspended

Asked = Callable[..., Tally]


@pytest.fixture(scope="session")
def nation(settings: Settings) -> Iterator[tuple[Settings, Planting]]:
    """A planted database; national lists hold nothing else."""
    with planted(settings) as found:
        yield found


@pytest.fixture
def asked(nation: tuple[Settings, Planting]) -> Asked:
    """Return a function: `asked(seed, documents, **options)` runs a campaign."""

    async def run(
        seed: int, documents: int, *, until_wrong: int = 3, shrinks: bool = True
    ) -> Tally:
        async with campaign(*nation, shrinks=shrinks) as running:
            return await running.run(seed, documents, until_wrong=until_wrong)

    def asked(seed: int, documents: int, *, judged: bool = False, **options: bool | int) -> Tally:
        """`judged` looks for the tenant in each statement, which takes most of the time."""
        with nullcontext() if judged else suspended():
            return asyncio.run(run(seed, documents, **options))

    return asked


@pytest.fixture
def asked_at_once(nation: tuple[Settings, Planting]) -> Callable[[int, int], tuple[int, int]]:
    """Return a function: `asked_at_once(seed, requests)` gives the same answers, and all."""

    async def run(seed: int, requests: int) -> tuple[int, int]:
        async with campaign(*nation) as running:
            return await running.at_once(seed, requests)

    def asked_at_once(seed: int, requests: int) -> tuple[int, int]:
        with suspended():
            return asyncio.run(run(seed, requests))

    return asked_at_once
