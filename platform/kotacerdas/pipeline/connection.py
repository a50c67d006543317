"""One connection in libpq's pipeline mode, driven by the event loop.

A batch is `[statement]... [sync]`: PostgreSQL runs it as one transaction of its own, so what the
first statement sets for the transaction is gone at the end, and a broken batch leaves nothing.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import NamedTuple

import psycopg
from psycopg import pq

PREPARED = 256
"""Statements that a connection keeps prepared; the one used longest ago gives way."""
CANCEL_SECONDS = 2.0
STALE_PLANS = frozenset({"0A000", "26000"})
"""A prepared statement that no longer fits its tables, or that is not there any more."""
ANSWER = b""
"""Marks the result of a statement, among those of preparing (its name) and of closing."""
NOTHING = b"-"
SYNC = int(pq.ExecStatus.PIPELINE_SYNC)
ABORTED = int(pq.ExecStatus.PIPELINE_ABORTED)
FATAL = int(pq.ExecStatus.FATAL_ERROR)
BAD = int(pq.ConnStatus.BAD)
"""As numbers, which are found faster than members of an enum."""

Parameters = Sequence[bytes | None]
Results = list[pq.abc.PGresult]


class Statement(NamedTuple):
    """A statement under the name by which connections keep it prepared; b"" is never kept."""

    name: bytes
    sql: bytes


class Step(NamedTuple):
    """One statement of a batch with its values, in PostgreSQL's text form."""

    statement: Statement
    parameters: Parameters


class BatchFailed(Exception):
    """PostgreSQL refused a statement of a batch; `sqlstate` says why, never with values."""

    def __init__(self, result: pq.abc.PGresult) -> None:
        self.result = result
        state = result.error_field(pq.DiagnosticField.SQLSTATE) or b""
        self.sqlstate = state.decode()
        self.primary = (result.error_field(pq.DiagnosticField.MESSAGE_PRIMARY) or b"").decode()
        super().__init__(self.sqlstate)


class Disconnected(psycopg.OperationalError):
    """The connection broke while a batch was under way."""


class Connection:
    """Runs one batch at a time.

    `released` is called when it may take the next, `lost` when it never will.
    """

    def __init__(
        self,
        connection: psycopg.AsyncConnection,
        released: Callable[[Connection], None],
        lost: Callable[[Connection], None],
    ) -> None:
        self._connection = connection  # keeps the libpq connection alive, and can cancel it
        self._pg = connection.pgconn
        self._released, self._lost = released, lost
        self._prepared: OrderedDict[bytes, None] = OrderedDict()
        self._future: asyncio.Future[Results] | None = None
        self._expected: list[bytes] = []
        self._results: Results = []
        self._loop = asyncio.get_running_loop()
        self._pg.nonblocking = 1
        self._pg.enter_pipeline_mode()
        self._descriptor = self._pg.socket
        self._loop.add_reader(self._descriptor, self._readable)

    def submit(self, steps: Sequence[Step], future: asyncio.Future[Results]) -> None:
        """Send a batch; `future` gets one result per step, BatchFailed or Disconnected."""
        self._future, self._results, self._expected = future, [], []
        try:
            for step in steps:
                self._send(step)
            self._pg.pipeline_sync()
            if self._pg.flush():
                self._loop.add_writer(self._descriptor, self._writable)
        except psycopg.OperationalError:
            self._break()

    def runs(self, future: asyncio.Future[Results]) -> bool:
        """Whether the batch under way is that of `future`."""
        return self._future is future

    async def cancel(self) -> None:
        """Ask the server to stop the batch; the connection is lost if it cannot be reached."""
        try:
            await self._connection.cancel_safe(timeout=CANCEL_SECONDS)
        except psycopg.Error:
            self._break()

    def close(self) -> None:
        """Close for good; a batch under way is Disconnected."""
        self._break()

    @property
    def closed(self) -> bool:
        """Whether it takes no more batches."""
        return self._pg.status == BAD

    def _send(self, step: Step) -> None:
        (name, sql), parameters = step
        if not name:
            self._pg.send_query_params(sql, parameters)
        else:
            if name in self._prepared:
                self._prepared.move_to_end(name)
            else:
                self._prepare(name, sql)
            self._pg.send_query_prepared(name, parameters)
        self._expected.append(ANSWER)

    def _prepare(self, name: bytes, sql: bytes) -> None:
        if name in self._expected:  # prepared earlier in this batch
            return
        if len(self._prepared) >= PREPARED:
            oldest, _ = self._prepared.popitem(last=False)
            self._pg.send_close_prepared(oldest)
            self._expected.append(NOTHING)
        self._pg.send_prepare(name, sql)
        self._expected.append(name)

    def _writable(self) -> None:
        try:
            if not self._pg.flush():
                self._loop.remove_writer(self._descriptor)
        except psycopg.OperationalError:
            self._break()

    def _readable(self) -> None:
        try:
            self._pg.consume_input()
            self._collect()
        except psycopg.OperationalError:
            self._break()

    def _collect(self) -> None:
        """Take what has arrived; a second nothing in a row means that the rest is still coming."""
        nothing, busy, following = 0, self._pg.is_busy, self._pg.get_result
        while self._future is not None and nothing < 2 and not busy():
            result = following()
            if result is None:
                nothing += 1
                continue
            nothing = 0
            if result.status == SYNC:
                self._finish(self._future)
            else:
                self._results.append(result)
        if self.closed:
            self._break()

    def _finish(self, future: asyncio.Future[Results]) -> None:
        self._future = None
        answers: Results = []
        failure: BatchFailed | None = None
        for result, meaning in zip(self._results, self._expected, strict=False):
            status = result.status
            if status == FATAL:
                failure = BatchFailed(result)
            elif status == ABORTED:
                continue
            elif meaning is ANSWER:
                answers.append(result)
            elif meaning is not NOTHING:
                self._prepared[meaning] = None
        if not future.done():
            if failure is None:
                future.set_result(answers)
            else:
                future.set_exception(failure)
        if failure is not None and failure.sqlstate in STALE_PLANS:
            self._break()
        else:
            self._released(self)

    def _break(self) -> None:
        """Give the connection up; a batch under way is Disconnected."""
        if self._descriptor < 0:
            return
        self._loop.remove_reader(self._descriptor)
        self._loop.remove_writer(self._descriptor)
        self._descriptor = -1
        self._pg.finish()
        future, self._future = self._future, None
        if future is not None and not future.done():
            future.set_exception(Disconnected("the connection to PostgreSQL broke"))
        self._lost(self)
