"""Random documents: one answer, whichever way it is made, and never a defect."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from random import randrange

import pytest

from kotacerdas.settings import Settings
from tests.fuzz.campaign import Tally, campaign, planted
from tests.fuzz.planting import Planting
from tests.predicate.hook import suspended

Nation = tuple[Settings, Planting]


@pytest.fixture(scope="module")
def nation(settings: Settings) -> Iterator[Nation]:
    """A planted database; national lists hold nothing else."""
    with planted(settings) as found:
        yield found


def asked(nation: Nation, seed: int, documents: int) -> Tally:
    """Run a campaign."""

    async def run() -> Tally:
        async with campaign(*nation) as running:
            return await running.run(seed, documents)

    return asyncio.run(run())


@pytest.mark.parametrize("seed", [20221031, randrange(10**9)], ids=["known", "new"])
def test_random_documents_have_one_answer_and_no_defect(nation, seed):
    with suspended():  # reading each statement's tree would take most of the time
        tally = asked(nation, seed, 150)
    assert not tally.differences, f"from seed {seed}: {tally.differences[0]}"
    assert tally.same == tally.documents == 150
