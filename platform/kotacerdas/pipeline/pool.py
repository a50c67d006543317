"""The connections of one login role, opened when they are needed and replaced when they break."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from time import monotonic
from typing import NamedTuple

import psycopg

from kotacerdas.metrics import METRICS
from kotacerdas.pipeline.connection import Connection, Disconnected, Results, Statement, Step

OPTIONS = (
    "-c default_transaction_read_only=on -c statement_timeout=5s -c lock_timeout=3s"
    " -c plan_cache_mode=force_generic_plan -c jit=off -c timezone=UTC -c random_page_cost=1.1"
    " -c max_parallel_workers_per_gather=0 -c enable_partitionwise_aggregate=on"
)
"""What is read often is in memory: a random page costs as much as the next one, so that indexes of
partitions are searched and not all partitions read. Many ask at once: nobody gets parallel workers,
and what is counted by tenant is counted partition by partition."""
CONNECT_SECONDS = 5
BEGIN = Step(Statement(b"begin", b"begin"), ())
COMMIT = Step(Statement(b"commit", b"commit"), ())


class Waiting(NamedTuple):
    """A batch for which no connection is free yet."""

    steps: Sequence[Step]
    future: asyncio.Future[Results]
    since: float


class Pool:
    """Runs batches on at most `size` connections, first come, first served.

    `explicit` frames each batch by BEGIN and COMMIT, which Citus needs to carry the tenant to its
    workers; without it the batch is one transaction by itself.
    """

    def __init__(self, conninfo: str, *, size: int, explicit: bool = False) -> None:
        self._conninfo = conninfo
        self._size = size
        self._explicit = explicit
        self._all: set[Connection] = set()
        self._free: deque[Connection] = deque()
        self._waiting: deque[Waiting] = deque()
        self._opening = 0
        self._closed = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, steps: Sequence[Step]) -> Results:
        """Return one result per step.

        A connection that breaks is replaced, and the batch, which only reads, sent once more.
        Raises BatchFailed for a statement that PostgreSQL refuses, psycopg.OperationalError where
        it cannot be reached. A caller that is cancelled stops the statement on the server.
        """
        framed = (BEGIN, *steps, COMMIT) if self._explicit else steps
        try:
            results = await self._once(framed)
        except Disconnected:
            results = await self._once(framed)
        return results[1:-1] if self._explicit else results

    async def aclose(self) -> None:
        """Close every connection, those that are just being opened as well, and open none again."""
        self._closed = True
        # Cancelled at the wrong moment, an opened connection would belong to nobody.
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._unreachable(Disconnected("the pool was closed"))
        for connection in list(self._all):
            connection.close()

    async def _once(self, steps: Sequence[Step]) -> Results:
        if self._closed:
            raise Disconnected("the pool was closed")
        future: asyncio.Future[Results] = asyncio.get_running_loop().create_future()
        if self._free:
            self._free.pop().submit(steps, future)
        else:
            self._waiting.append(Waiting(steps, future, monotonic()))
            self._open_another()
        try:
            return await future
        except asyncio.CancelledError:
            for connection in self._all:
                if connection.runs(future):
                    self._background(connection.cancel())
            raise

    def _open_another(self) -> None:
        if not self._closed and len(self._all) + self._opening < self._size:
            self._opening += 1
            self._background(self._open())

    def _background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _open(self) -> None:
        try:
            raw = await psycopg.AsyncConnection.connect(
                self._conninfo, autocommit=True, options=OPTIONS, connect_timeout=CONNECT_SECONDS
            )
        except psycopg.OperationalError as unreachable:
            self._unreachable(unreachable)
            return
        finally:
            self._opening -= 1
        connection = Connection(raw, self._release, self._drop)
        self._all.add(connection)
        self._release(connection)

    def _unreachable(self, reason: psycopg.OperationalError) -> None:
        """Tell those who wait, unless an open connection will serve them."""
        if self._all and not self._closed:
            return
        for waiting in self._waiting:
            if not waiting.future.done():
                waiting.future.set_exception(reason)
        self._waiting.clear()

    def _release(self, connection: Connection) -> None:
        while self._waiting:
            steps, future, since = self._waiting.popleft()
            if not future.done():
                METRICS.pool_wait(monotonic() - since)
                connection.submit(steps, future)
                return
        self._free.append(connection)

    def _drop(self, connection: Connection) -> None:
        self._all.discard(connection)
        if connection in self._free:
            self._free.remove(connection)
        if self._waiting:
            self._open_another()
