"""The shortest way to PostgreSQL: prepared statements, one implicit transaction, one trip."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from psycopg import pq

CONTEXT = b"select app.set_context($1::int, null)"
CONTEXT_NAME = b"context"
Step = tuple[bytes, bytes, Sequence[bytes | None]]
"""Name of the prepared statement, its text, its parameters."""


class Pipeline:
    """A pool of libpq connections in pipeline mode; each serves one request at a time."""

    def __init__(self, conninfo: str, size: int) -> None:
        self._free = [_Connection(conninfo, self) for _ in range(size)]
        self._waiting: deque[tuple[list[Step], asyncio.Future[bytes]]] = deque()

    def value(
        self, tenant: bytes | None, name: str, text: str, *given: bytes
    ) -> asyncio.Future[bytes]:
        """Return the one value of a statement in a tenant's context."""
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        steps = [(CONTEXT_NAME, CONTEXT, [tenant]), (name.encode(), text.encode(), given)]
        if self._free:
            self._free.pop().send(steps, answer)
        else:
            self._waiting.append((steps, answer))
        return answer

    def release(self, connection: _Connection) -> None:
        """Take a connection back, or give it to whoever has waited longest."""
        if self._waiting:
            connection.send(*self._waiting.popleft())
        else:
            self._free.append(connection)


class _Connection:
    def __init__(self, conninfo: str, pool: Pipeline) -> None:
        self._pg = pq.PGconn.connect(conninfo.encode())
        if self._pg.status != pq.ConnStatus.OK:
            raise ConnectionError(self._pg.get_error_message())
        self._pg.nonblocking = 1
        self._pg.enter_pipeline_mode()
        self._pool = pool
        self._prepared: set[bytes] = set()
        self._results: list[pq.abc.PGresult] = []
        self._answer: asyncio.Future[bytes] | None = None
        asyncio.get_running_loop().add_reader(self._pg.socket, self._read)

    def send(self, steps: list[Step], answer: asyncio.Future[bytes]) -> None:
        self._answer, self._results = answer, []
        for name, text, given in steps:
            if name not in self._prepared:
                self._pg.send_prepare(name, text)
                self._prepared.add(name)
            self._pg.send_query_prepared(name, given)
        self._pg.pipeline_sync()
        self._pg.flush()  # a request is far smaller than the socket's buffer

    def _read(self) -> None:
        self._pg.consume_input()
        while self._answer is not None and not self._pg.is_busy():
            result = self._pg.get_result()
            if result is None:
                continue
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                self._finish()
            else:
                self._results.append(result)

    def _finish(self) -> None:
        answer, self._answer = self._answer, None
        assert answer is not None
        failed = next(
            (each for each in self._results if each.status == pq.ExecStatus.FATAL_ERROR), None
        )
        if failed is not None:
            answer.set_exception(RuntimeError(failed.get_error_message()))
        else:
            answer.set_result(self._results[-1].get_value(0, 0) or b"")
        self._pool.release(self)
