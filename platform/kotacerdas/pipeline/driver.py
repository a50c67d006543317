"""A driver for SQLAlchemy over libpq's pipeline: what answers nothing is sent with what does.

BEGIN, the scope, an INSERT, the UPDATE of an object, a savepoint or a NOTIFY wait until a statement
asks for an answer, or for the COMMIT: one round trip carries them all, in their order. One that
PostgreSQL refuses is told by the statement that it was sent with, and nothing after it has run. An
object that was not there to be updated is told in the same way, as StaleDataError.

It follows DB-API 2.0 as far as SQLAlchemy's dialect of psycopg asks for it, in a greenlet.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import InFailedSqlTransaction, error_from_result
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.util import await_only

from kotacerdas.pipeline.connection import BatchFailed, Connection, Results, Statement, Step
from kotacerdas.pipeline.pool import BEGIN, COMMIT

ROLLBACK = Step(Statement(b"rollback", b"rollback"), ())

ANSWERLESS = re.compile(r"(?:insert\s(?!.*\sreturning\s)|notify\s|savepoint\s|set\s)", re.I | re.S)
"""Statements of whose answer nothing is used but that they went well."""

NUMBERS = count(1)


@lru_cache(maxsize=2048)
def named(text: str) -> Statement:
    """Return a text under the name by which connections keep it prepared."""
    return Statement(b"u%d" % next(NUMBERS), text.encode())


@lru_cache(maxsize=2048)
def answerless(text: str) -> bool:
    """Whether nobody waits for the answer of a statement."""
    return ANSWERLESS.match(text) is not None


class DriverConnection:
    """One transaction at a time on a connection in pipeline mode."""

    def __init__(self, connection: Connection, raw: psycopg.AsyncConnection) -> None:
        self._connection = connection
        self._transformer = Transformer(raw)
        self.info = raw.info
        self._unsent: list[Step] = []
        self._updates: set[int] = set()
        self._begun = False

    @property
    def idle(self) -> bool:
        """Whether no transaction and no batch is under way."""
        return self.info.transaction_status == pq.TransactionStatus.IDLE

    @property
    def closed(self) -> bool:
        """Whether it takes no more statements."""
        return self._connection.closed

    broken = closed
    """As SQLAlchemy's dialect asks."""

    def add_notice_handler(self, _handler: object) -> None:
        """Leave notices to the log of PostgreSQL."""

    def cursor(self) -> Cursor:
        """Return what runs statements."""
        return Cursor(self)

    def defer(self, step: Step) -> None:
        """Send a step with the next that asks for an answer."""
        if not self._begun:
            self._begun = True
            self._unsent.append(BEGIN)
        self._unsent.append(step)

    def defer_update(self, step: Step) -> None:
        """Defer an update of exactly one row."""
        self.defer(step)
        self._updates.add(len(self._unsent) - 1)

    def answer(self, step: Step) -> pq.abc.PGresult:
        """Send what waits and the step, and return the step's answer; raises psycopg.Error."""
        self.defer(step)
        return self._sent()[-1]

    def commit(self) -> None:
        """Send what waits and the COMMIT; raises psycopg.Error where nothing was committed."""
        if not self._begun:
            return
        committed = self.answer(COMMIT)
        self._begun = False
        if committed.command_status != b"COMMIT":  # PostgreSQL undoes what has failed before
            raise InFailedSqlTransaction("nothing was committed: a statement had failed")

    def rollback(self) -> None:
        """Undo what was sent, and forget what was not."""
        begun = self._begun and self._unsent[:1] != [BEGIN]
        self._begun, self._unsent, self._updates = False, [], set()
        if begun and not self.closed:
            self._unsent = [ROLLBACK]
            self._sent()

    def close(self) -> None:
        """Leave it to the lender, who first stops what is under way."""

    def dumped(self, values: Sequence[Any]) -> Sequence[Any]:
        """Return values in PostgreSQL's text form."""
        return self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def loaded(self, result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
        """Return the rows of an answer as Python's values."""
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _sent(self) -> Results:
        steps, self._unsent = self._unsent, []
        updates, self._updates = self._updates, set()
        future: asyncio.Future[Results] = asyncio.get_running_loop().create_future()
        self._connection.submit(steps, future)
        try:
            results = await_only(future)
        except BatchFailed as failure:
            raise error_from_result(failure.result) from None
        except asyncio.CancelledError:
            self._begun = False  # it cannot take a ROLLBACK now: the lender gives it up
            raise
        if any(results[place].command_tuples != 1 for place in updates):
            raise StaleDataError("a row that was to be updated was not there any more")
        return results


class Cursor:
    """Runs one statement after the other; an answer is here as a whole when it has come."""

    arraysize = 1

    def __init__(self, connection: DriverConnection) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self.description: list[tuple[Any, ...]] | None = None
        self.rowcount = -1

    def execute(self, text: str, values: Sequence[Any] = (), *, one_row: bool = False) -> None:
        """Run a statement, or send it along later where nobody waits for its answer.

        `one_row` is an update that is known to change one row.
        """
        connection = self._connection
        step = Step(named(text), connection.dumped(values) if values else ())
        if one_row or answerless(text):
            (connection.defer_update if one_row else connection.defer)(step)
            self.description, self._rows, self.rowcount = None, [], 1 if one_row else -1
            return
        result = connection.answer(step)
        if result.status == pq.ExecStatus.TUPLES_OK:
            self.description = described(result)
            self._rows = connection.loaded(result)
        else:
            self.description, self._rows = None, []
        self.rowcount = result.command_tuples if result.command_tuples is not None else -1

    def executemany(self, text: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement for each row of values."""
        changed = 0
        for values in rows:
            self.execute(text, values)
            changed += self.rowcount
        self.rowcount = changed

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None behind the last."""
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Return the next rows."""
        size = self.arraysize if size is None else size
        taken, self._rows = self._rows[:size], self._rows[size:]
        return taken

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return all rows that are left."""
        taken, self._rows = self._rows, []
        return taken

    def close(self) -> None:
        """Forget what was not fetched."""
        self._rows = []


def described(result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
    """Return name and type of each column, in the form of DB-API."""
    return [
        ((result.fname(n) or b"").decode(), result.ftype(n), None, None, None, None, None)
        for n in range(result.nfields)
    ]


class PipelineDialect(PGDialect_psycopg):
    """SQLAlchemy's dialect of psycopg over a DriverConnection: `postgresql+pipeline://`."""

    driver = "pipeline"
    supports_statement_cache = True
    supports_server_side_cursors = False

    def do_execute(
        self,
        cursor: Any,  # noqa: ANN401  (as its base class has it)
        statement: str,
        parameters: Any,  # noqa: ANN401  (the same)
        context: ExecutionContext | None = None,
    ) -> None:
        """Run a statement; the update of an object, whose version it tests, may wait."""
        cursor.execute(statement, parameters, one_row=_updates_an_object(context))


def _updates_an_object(context: Any) -> bool:  # noqa: ANN401  (its class tells not all of it)
    """Whether it is the UPDATE of a flush: no other statement brings its mapper's cache along."""
    if context is None or not context.isupdate or context.compiled.effective_returning:
        return False
    return "compiled_cache" in context.execution_options


registry.register("postgresql.pipeline", __name__, PipelineDialect.__name__)
