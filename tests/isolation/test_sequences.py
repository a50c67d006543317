"""Random sequences of sessions over one pooled connection, against an oracle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import booleans, sampled_from
from sqlalchemy import create_engine, event, insert, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session, SessionTransaction

from kotacerdas.database import driver_url
from kotacerdas.scope import Door, Scope
from tenants.cities.models import Unit, UnitKind
from tests.predicate.hook import suspended

NUMBERS = count(100)


class Sessions(RuleBasedStateMachine):
    """Two tenants take turns on one connection; a dict of committed names says what each sees."""

    engine = None
    superuser = None

    def __init__(self) -> None:
        super().__init__()
        self.tenants = [next(NUMBERS), next(NUMBERS)]
        with self.superuser.begin() as connection:
            for tenant_id in self.tenants:
                connection.execute(text("insert into tenant values (:id)"), {"id": tenant_id})
        self.committed: dict[int, set[str]] = {tenant_id: set() for tenant_id in self.tenants}
        self.session: Session | None = None
        self.seen: list[set[str]] = []
        self.savepoints: list[SessionTransaction] = []
        self.tenant_id: int | None = None

    @precondition(lambda self: self.session is None)
    @rule(which=sampled_from([0, 1, None]))
    def begin(self, which: int | None) -> None:
        self.tenant_id = None if which is None else self.tenants[which]
        self.session = Session(self.engine)
        self.session.info["scope"] = Scope(Door.CITY, self.tenant_id)
        self.seen = [set(self.committed.get(self.tenant_id, ()))]

    @precondition(lambda self: self.session is not None and self.tenant_id is not None)
    @rule()
    def write(self) -> None:
        name = uuid4().hex
        self.session.execute(self._unit(self.tenant_id, name))
        self.seen[-1].add(name)

    @precondition(lambda self: self.session is not None)
    @rule()
    def set_savepoint(self) -> None:
        self.savepoints.append(self.session.begin_nested())
        self.seen.append(set(self.seen[-1]))

    @precondition(lambda self: self.savepoints)
    @rule(release=booleans())
    def end_savepoint(self, release: bool) -> None:
        savepoint, seen = self.savepoints.pop(), self.seen.pop()
        if release:
            savepoint.commit()
            self.seen[-1] = seen
        else:
            savepoint.rollback()

    @precondition(lambda self: self.session is not None and self.tenant_id is not None)
    @rule(to=sampled_from([0, 1, None]))
    def try_to_switch(self, to: int | None) -> None:
        tenant_id = None if to is None else self.tenants[to]
        if tenant_id == self.tenant_id:
            return
        switch = text("select app.set_context(:tenant, null)").bindparams(tenant=tenant_id)
        with pytest.raises(ProgrammingError, match="cannot turn to"), self.session.begin_nested():
            self.session.execute(switch)

    @precondition(lambda self: self.session is not None)
    @rule(which=sampled_from([0, 1]))
    def try_to_write_a_foreign_row(self, which: int) -> None:
        tenant_id = self.tenants[which]
        if tenant_id == self.tenant_id:
            return
        foreign = self._unit(tenant_id, uuid4().hex)
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with refused, self.session.begin_nested():
            self.session.execute(foreign)

    @precondition(lambda self: self.session is not None)
    @rule()
    def fail(self) -> None:
        with pytest.raises(ProgrammingError):
            self.session.execute(text("select no_such_column"))
        self._end(self.session.rollback)

    @precondition(lambda self: self.session is not None)
    @rule()
    def commit(self) -> None:
        while self.savepoints:
            self.end_savepoint(release=True)
        if self.tenant_id is not None:
            self.committed[self.tenant_id] = self.seen[0]
        self._end(self.session.commit)

    @precondition(lambda self: self.session is not None)
    @rule()
    def roll_back(self) -> None:
        self._end(self.session.rollback)

    @invariant()
    def sees_exactly_its_own(self) -> None:
        query = select(Unit.name).where(Unit.tenant_id.in_(self.tenants))
        with suspended():
            if self.session is None:
                with self.engine.connect() as connection:
                    assert list(connection.scalars(query)) == []
            else:
                assert set(self.session.scalars(query)) == self.seen[-1]

    def teardown(self) -> None:
        if self.session is not None:
            self._end(self.session.rollback)

    def _end(self, end) -> None:
        end()
        self.session.close()
        self.session, self.savepoints = None, []

    @staticmethod
    def _unit(tenant_id: int, name: str):
        values = {"name": name, "short_name": name, "kind": UnitKind.AGENCY, "version": 1}
        return insert(Unit).values(tenant_id=tenant_id, **values)


@pytest.fixture
def engines(scratch) -> Iterator[None]:
    """One pooled connection of the city's login role, and the superuser's."""
    Sessions.engine = create_engine(
        driver_url(scratch.settings.city_url), pool_size=1, max_overflow=0, pool_timeout=5
    )
    Sessions.superuser = create_engine(scratch.superuser_url.replace("sql://", "sql+psycopg://"))
    yield
    Sessions.engine.dispose()
    Sessions.superuser.dispose()


def test_no_sequence_of_sessions_shows_a_foreign_row(engines, proof):
    connections = []
    event.listen(Sessions.engine, "connect", lambda *made: connections.append(made))
    sequences = Sessions.TestCase
    sequences.settings = settings(
        max_examples=60,
        stateful_step_count=25,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    sequences("runTest").runTest()
    assert len(connections) == 1  # all of it was reuse of one connection
