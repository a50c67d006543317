"""Many random requests, each answered twice and compared byte by byte."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from random import Random

import orjson
from sqlalchemy import create_engine

from graphql_schema.ids import CITY, Key
from graphql_schema.schema import core
from kotacerdas.settings import Settings
from tests.fuzz.generator import Request, request, varied
from tests.fuzz.oracle import Answers, Asking, Oracle
from tests.fuzz.planting import Planting
from tests.fuzz.pool import Pool
from tests.fuzz.principals import principals
from tests.fuzz.shrinking import shrunk
from tests.scratch import scratch_database, superuser_url

DEPTHS = (2, 3, 4, 5, 6, 7)
AGAIN = (0, 1, 2)
"""How often a document is asked again: what is kept of it must fit others too."""
PLANTED_BY = 1
"""Seed of the rows, which are the same for every campaign."""


@dataclass(frozen=True)
class Difference:
    """A request with a wrong answer, as small as it could be made, and where it came from."""

    seed: int
    principal: str
    language: str
    request: Request
    answers: Answers

    def __str__(self) -> str:
        return "\n".join(
            (
                f"seed {self.seed}, asked by {self.principal} in {self.language}:",
                self.request.text.strip(),
                f"variables {orjson.dumps(self.request.variables).decode()}",
                f"reference {_short(self.answers.reference)}",
                f"defect    {self.answers.defect}",
                f"compiled  {_short(self.answers.fast or b'declined')}",
            )
        )


@dataclass
class Tally:
    """What a campaign saw."""

    documents: int = 0
    same: int = 0
    requests: int = 0
    fast: int = 0
    declined: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def note(self, answers: Answers) -> None:
        """Count an answer."""
        self.requests += 1
        self.fast += answers.fast is not None
        if answers.declined:
            self.declined[answers.declined] += 1
        errors = orjson.loads(answers.reference).get("errors", ())
        self.codes.update(error["extensions"]["code"] for error in errors)

    def __str__(self) -> str:
        share = 100 * self.fast / max(1, self.requests)
        return f"reader documents={self.documents} same={self.same} fast={share:.1f}%"


class Campaign:
    """Asks about one planted database; requests depend on the seeds and on nothing else."""

    def __init__(self, oracle: Oracle, planting: Planting, *, shrinks: bool = True) -> None:
        self.oracle = oracle
        self._shrinks = shrinks
        self._planting = planting
        self._askers = principals(planting)

    async def run(self, seed: int, documents: int, *, until_wrong: int = 3) -> Tally:
        """Ask `documents` documents; stop at the given number of differences."""
        tally, pool = Tally(), self._pool()
        while tally.documents < documents and len(tally.differences) < until_wrong:
            await self._step(seed, pool, tally)
            seed += 1
        return tally

    async def at_once(self, seed: int, requests: int) -> tuple[int, int]:
        """Ask one by one, then all at the same time; return how many got the same answer, of all.

        Only requests that the compiled reader answers count.
        """
        pool, random = self._pool(), Random(seed)
        asked: list[tuple[Asking, Request, bytes]] = []
        while len(asked) < requests:
            made, (_, asking) = (
                request(core, random, pool, random.choice(DEPTHS)),
                self._asker(random),
            )
            answers = await self.oracle.ask(asking, made)
            if isinstance(answers, Answers) and answers.fast is not None:
                asked.append((asking, made, answers.fast))
        bodies = await asyncio.gather(*(self.oracle.compiled(who, what) for who, what, _ in asked))
        same = sum(body == before for body, (_, _, before) in zip(bodies, asked, strict=True))
        return same, len(bodies)

    async def _step(self, seed: int, pool: Pool, tally: Tally) -> None:
        """Ask a new document, and again as somebody else, mostly with other variables."""
        random = Random(seed)
        made = request(core, random, pool, random.choice(DEPTHS))
        faults = len(tally.differences)
        if not await self._asked(seed, random, made, pool, tally):
            return
        tally.documents += 1
        for _ in range(random.choice(AGAIN)):
            again = made if random.random() < 0.3 else varied(core, random, pool, made)
            await self._asked(seed, random, again, pool, tally)
        tally.same += len(tally.differences) == faults

    async def _asked(
        self, seed: int, random: Random, made: Request, pool: Pool, tally: Tally
    ) -> bool:
        """Ask as somebody; whether it was answered at all."""
        name, asking = self._asker(random)
        answers = await self.oracle.ask(asking, made)
        if isinstance(answers, str):
            tally.refused[answers] += 1
            return False
        tally.note(answers)
        if answers.fault is not None:
            smallest = await self._smallest(asking, made, answers.fault)
            tally.differences.append(Difference(seed, name, asking.language, *smallest))
        pool.learn(orjson.loads(answers.reference).get("data"), made.calls)
        return True

    def _asker(self, random: Random) -> tuple[str, Asking]:
        name = random.choice(sorted(self._askers))
        return name, Asking(self._askers[name], random.choice(("id", "en")))

    async def _smallest(self, asking: Asking, made: Request, fault: str) -> tuple[Request, Answers]:
        async def wrong(candidate: Request) -> bool:
            answers = await self.oracle.ask(asking, candidate)
            return isinstance(answers, Answers) and answers.fault == fault

        smallest = await shrunk(core, made, wrong) if self._shrinks else made
        answers = await self.oracle.ask(asking, smallest)
        assert isinstance(answers, Answers)
        return smallest, answers

    def _pool(self) -> Pool:
        """Ids of planted rows, so that the first request has some to ask for."""
        rows, pool = self._planting.rows, Pool()
        pool.slugs = [row["slug"] for row in rows["city"]]
        pool.codes = [row["region_code"] for row in rows["city"]]
        for kind in core.type_map.values():
            source = kind.extensions.get("reads")
            if source is not None and source.prefix is not None:
                for row in rows[source.model.__tablename__]:
                    city = source.prefix == CITY
                    tenant_id = row["id"] if city else row.get("tenant_id")
                    pool.learn_id(str(Key(source.prefix, tenant_id, None if city else row["id"])))
        return pool


@contextmanager
def planted(settings: Settings) -> Iterator[tuple[Settings, Planting]]:
    """Yield a database of one's own with the planted rows."""
    with scratch_database(settings) as own:
        url = superuser_url(own)
        engine = create_engine(url)
        with engine.begin() as connection:
            planting = Planting(connection, Random(PLANTED_BY))
            planting.plant()
        engine.dispose()
        yield own, planting


@asynccontextmanager
async def campaign(
    settings: Settings, planting: Planting, *, shrinks: bool = True
) -> AsyncIterator[Campaign]:
    """Yield a campaign whose pools are closed afterwards."""
    oracle = Oracle(settings)
    try:
        yield Campaign(oracle, planting, shrinks=shrinks)
    finally:
        await oracle.aclose()


def _short(body: bytes) -> str:
    text = body.decode()
    return text if len(text) < 1500 else f"{text[:1400]} ... {text[-80:]}"
