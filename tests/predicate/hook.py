"""Fails a test in which a city's statement touches a tenant table without binding its tenant.

Row-level security would still hide the rows: the predicate prunes partitions and routes on Citus.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExecutionContext

from kotacerdas.database import Database
from kotacerdas.pipeline.connection import Step
from kotacerdas.pipeline.driver import DriverConnection
from kotacerdas.scope import Door, Scope
from tests.predicate.statements import faults

SUSPENDED: ContextVar[bool] = ContextVar("suspended", default=False)
CHECKED = {Door.CITY.value: False, Door.WORKER.value: False, Door.MINISTRY.value: True}
"""Login roles whose statements are checked -> whether only their writes are."""


class TenantUnbound(AssertionError):
    """A statement breaks a rule that the move to several nodes stands on."""


@contextmanager
def suspended() -> Iterator[None]:
    """Let statements without the predicate pass: for tests of row-level security alone."""
    token = SUSPENDED.set(True)
    try:
        yield
    finally:
        SUSPENDED.reset(token)


@pytest.fixture(autouse=True)
def tenant_predicate() -> Iterator[list[str]]:
    """Check every statement of the test; what the product swallows fails the test at its end."""
    found: list[str] = []

    def check(
        connection: Connection,
        _cursor: object,
        statement: str,
        _parameters: object,
        context: ExecutionContext,
        _many: bool,
    ) -> None:
        role = connection.engine.url.username
        # Start-up's proof reads every table without a context, on purpose.
        deliberate = SUSPENDED.get() or context.execution_options.get("without_context")
        if role not in CHECKED or deliberate:
            return
        told = checked(statement, CHECKED[role])
        if told:
            found.append(f"{role}: {'; '.join(told)}\n{statement}")
            raise TenantUnbound(found[-1])

    event.listen(Engine, "before_cursor_execute", check)
    with _pipeline_checked(found):
        yield found
    event.remove(Engine, "before_cursor_execute", check)
    if found:
        raise TenantUnbound("\n".join(found))


@contextmanager
def _pipeline_checked(found: list[str]) -> Iterator[None]:
    """Check what is sent in batches as well, which passes by SQLAlchemy's events."""
    sent, deferred = Database.batch, DriverConnection.defer

    def defer(self: DriverConnection, step: Step) -> None:
        look(self.info.user, step)
        deferred(self, step)

    def look(role: str, step: Step) -> None:
        text = step.statement.sql.decode()
        told = checked(text, CHECKED[role]) if role in CHECKED and not SUSPENDED.get() else []
        if told:
            found.append(f"{role}: {'; '.join(told)}\n{text}")
            raise TenantUnbound(found[-1])

    async def batch(self: Database, scope: Scope, steps: Sequence[Step], *, fresh: bool) -> Any:
        for step in steps:
            look(scope.door.value, step)
        return await sent(self, scope, steps, fresh=fresh)

    Database.batch = batch  # type: ignore[method-assign]  # for the test alone
    DriverConnection.defer = defer  # type: ignore[method-assign]  # the same
    try:
        yield
    finally:
        Database.batch = sent  # type: ignore[method-assign]  # back again
        DriverConnection.defer = deferred  # type: ignore[method-assign]  # the same


@lru_cache(maxsize=5000)
def checked(statement: str, writes_only: bool) -> list[str]:
    """Return what is wrong with a statement; a text is looked at once."""
    return faults(statement, writes_only=writes_only)
