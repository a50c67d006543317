"""Connections for transactions, one at a time on each: what SQLAlchemy's sessions stand on."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import psycopg
from sqlalchemy import URL, Engine, NullPool, create_engine
from sqlalchemy import Connection as SqlConnection
from sqlalchemy.util import greenlet_spawn

from kotacerdas.metrics import METRICS
from kotacerdas.pipeline.connection import Connection
from kotacerdas.pipeline.driver import DriverConnection

OPTIONS = "-c plan_cache_mode=force_generic_plan -c jit=off -c timezone=UTC"
CONNECT_SECONDS = 5


class Transactions:
    """At most `size` connections of one login role, lent first come, first served."""

    def __init__(self, url: URL, *, size: int) -> None:
        self._conninfo = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._size = size
        self._opening = asyncio.Lock()
        self._opened: list[DriverConnection] = []
        self._drivers: dict[Connection, DriverConnection] = {}
        self._closing = False
        self.engine: Engine = create_engine(
            url.set(drivername="postgresql+pipeline"),
            creator=self._take_opened,
            poolclass=NullPool,
            paramstyle="numeric_dollar",
            use_native_hstore=False,
            hide_parameters=True,  # what people wrote must not reach a log
        )
        self._all: dict[Connection, SqlConnection] = {}
        self._free: deque[Connection] = deque()
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._lent = 0

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[SqlConnection]:
        """Lend a connection on which nothing is under way; raises psycopg.OperationalError.

        Where the block is cancelled PostgreSQL is told to stop, and the connection given up.
        """
        await self._turn()
        connection: Connection | None = None
        try:
            connection = self._free.pop() if self._free else await self._open()
            yield self._all[connection]
        finally:
            if connection is not None and not connection.closed:
                await self._put_back(connection)
            self._next()

    async def aclose(self) -> None:
        """Close every connection, those in use when they come back."""
        self._closing = True
        while self._free:
            self._free.pop().close()

    async def _put_back(self, connection: Connection) -> None:
        """Keep a connection that is idle; on any other the server is told to stop."""
        idle = self._drivers[connection].idle
        if idle and not self._closing:
            self._free.append(connection)
            return
        if not idle:
            await asyncio.shield(connection.cancel())
        connection.close()

    async def _turn(self) -> None:
        """Wait until one connection more may be used."""
        if self._lent < self._size:
            self._lent += 1
            return
        since = monotonic()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._next()
            raise
        METRICS.pool_wait(monotonic() - since)

    def _next(self) -> None:
        """Give the turn to who has waited longest, or back."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._lent -= 1

    async def _open(self) -> Connection:
        raw = await psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True, options=OPTIONS, connect_timeout=CONNECT_SECONDS
        )
        connection = Connection(raw, _stay, self._drop)
        driver = self._drivers[connection] = DriverConnection(connection, raw)
        try:
            async with self._opening:  # SQLAlchemy's own lock stops the thread that all run in
                self._opened.append(driver)
                self._all[connection] = await greenlet_spawn(self.engine.connect)
        except BaseException:
            connection.close()
            raise
        return connection

    def _take_opened(self) -> DriverConnection:
        return self._opened.pop()

    def _drop(self, connection: Connection) -> None:
        """Forget a connection that has broken, in use or not."""
        self._all.pop(connection, None)
        self._drivers.pop(connection, None)
        if connection in self._free:
            self._free.remove(connection)


def _stay(_connection: Connection) -> None:
    """Keep a connection whose batch has ended: its transaction has not."""
