"""Units of work: one session, one transaction, one scope."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import Any, TypeVar
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    Select,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.util import greenlet_spawn

from kotacerdas import audit, changes
from kotacerdas.errors import TimedOut
from kotacerdas.pipeline.connection import BatchFailed, Results, Statement, Step
from kotacerdas.pipeline.driver import DriverConnection
from kotacerdas.pipeline.pool import Pool
from kotacerdas.pipeline.statements import step, text_of
from kotacerdas.pipeline.transactions import Transactions
from kotacerdas.prepared import DRIVER
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings

Result = TypeVar("Result")

STATEMENT_TIMEOUT = "57014"
SET_CONTEXT = Statement(b"set_context", b"select app.set_context($1::int, $2::uuid)")


class Database:
    """The application's one door to PostgreSQL: a pool for each login role, opened when first used.

    Workers and the CLI open `unit_of_work`; async code awaits `perform`. Both run the same plain
    functions of a Session, and neither lets a rule commit.
    """

    def __init__(self, settings: Settings) -> None:
        self._urls = {door: url_of(settings, door) for door in Door}
        self._pool_size = settings.pool_size
        self._engines: dict[Door, Engine] = {}
        self._replica = settings.replica
        self._explicit = settings.explicit_transactions
        self._units: dict[Door, Transactions] = {}
        self._publisher = changes.Publisher(settings)
        self._pipelines: dict[tuple[Door, bool], Pool] = {}

    @contextmanager
    def unit_of_work(self, scope: Scope) -> Iterator[Session]:
        """Yield a session that commits on success and rolls back on any error."""
        with Session(self.engine(scope.door), expire_on_commit=False) as session, session.begin():
            session.info["scope"] = scope
            yield session
            audit.write_pending(session)
        self._publisher.publish(changes.recorded(session))

    async def perform(self, scope: Scope, rule: Callable[[Session], Result]) -> Result:
        """Run `rule` from async code in a unit of work of its own."""

        def unit(connection: Connection) -> tuple[Result, list[changes.Change]]:
            with Session(connection, expire_on_commit=False) as session, session.begin():
                session.info["scope"] = scope
                session.info[DRIVER] = driver_of(session.connection())  # it begins, in its scope
                result = rule(session)
                audit.write_pending(session)
            return result, changes.recorded(session)

        async with self._transactions(scope.door).lent() as connection:
            result, changed = await greenlet_spawn(unit, connection)
        self._publisher.publish(changed)
        return result

    async def batch(self, scope: Scope, steps: Sequence[Step], *, fresh: bool) -> Results:
        """Return the results of prepared reads in one scope, by one round trip and one snapshot.

        Raises BatchFailed, TimedOut for a statement that took too long, or
        psycopg.OperationalError where PostgreSQL cannot be reached.
        """
        pool = self._pipeline(scope.door, replica=not fresh)
        try:
            results = await pool.run([context_of(scope), *steps])
        except BatchFailed as failure:
            if failure.sqlstate == STATEMENT_TIMEOUT:
                raise TimedOut from failure
            raise
        return results[1:]

    def _pipeline(self, door: Door, *, replica: bool) -> Pool:
        elsewhere = self._replica if replica else None
        key = (door, elsewhere is not None)
        if key not in self._pipelines:
            url = driver_url(self._urls[door]).set(drivername="postgresql")
            url = url if elsewhere is None else at_host(url, elsewhere)
            conninfo = url.render_as_string(hide_password=False)
            self._pipelines[key] = Pool(conninfo, size=self._pool_size, explicit=self._explicit)
        return self._pipelines[key]

    async def read(self, scope: Scope, query: Select[Any], *, fresh: bool) -> bytes | None:
        """Return the one value of `query` as text, from the replica where there is one.

        `fresh` asks the primary: what was written a moment ago may not have reached the replica.
        """
        (result,) = await self.batch(scope, [step(query)], fresh=fresh)
        return result.get_value(0, 0) if result.ntuples else None

    def engine(self, door: Door) -> Engine:
        """Return the sync pool of a login role."""
        if door not in self._engines:
            self._engines[door] = create_engine(driver_url(self._urls[door]), **self._pool)
        return self._engines[door]

    def _transactions(self, door: Door) -> Transactions:
        if door not in self._units:
            self._units[door] = Transactions(driver_url(self._urls[door]), size=self._pool_size)
        return self._units[door]

    async def aclose(self) -> None:
        """Close every pool, and those that belong to this event loop."""
        await self.leave_loop()
        await asyncio.to_thread(self.close)

    async def leave_loop(self) -> None:
        """Close the connections that belong to this event loop; another one opens its own."""
        pools: list[Pool | Transactions] = [*self._pipelines.values(), *self._units.values()]
        self._pipelines, self._units = {}, {}
        for pool in pools:
            await pool.aclose()

    def close(self) -> None:
        """Close the sync pools, when what has changed was told."""
        self._publisher.close()
        for engine in self._engines.values():
            engine.dispose()

    @cached_property
    def _pool(self) -> dict[str, Any]:
        return {
            "pool_size": self._pool_size,
            "max_overflow": 10,
            "pool_pre_ping": True,
            "hide_parameters": True,  # what people wrote must not reach a log
        }


def driver_of(connection: Connection) -> DriverConnection | None:
    """Return the connection in pipeline mode that SQLAlchemy's stands on, if it does."""
    driver = connection.connection.dbapi_connection
    return driver if isinstance(driver, DriverConnection) else None


def context_of(scope: Scope) -> Step:
    """Return what tells PostgreSQL the tenant and the person, for one transaction."""
    return Step(SET_CONTEXT, (text_of(scope.tenant_id), _person(scope.person_id)))


@lru_cache(10_000)
def _person(person_id: UUID | None) -> bytes | None:
    return text_of(person_id)


def url_of(settings: Settings, door: Door) -> SecretStr:
    """Return the URL by which a login role is reached."""
    urls = {
        Door.CITY: settings.city_url,
        Door.MINISTRY: settings.ministry_url,
        Door.IDENTITY: settings.identity_url,
        Door.WORKER: settings.worker_url,
        Door.RELAY: settings.relay_url,
    }
    return urls[door]


def driver_url(url: SecretStr) -> URL:
    """Return a `postgresql://` URL with the one driver this project uses, psycopg."""
    return make_url(url.get_secret_value()).set(drivername="postgresql+psycopg")


def at_host(url: URL, address: str) -> URL:
    """Return the URL of the same database and login at another `host` or `host:port`."""
    host, _, port = address.partition(":")
    rest = {name: value for name, value in url.query.items() if name not in ("host", "port")}
    return url.set(host=host, port=int(port) if port else url.port, query=rest)


def migration_engine(settings: Settings) -> Engine:
    """Return an engine of `app_migrator` in the owner's role, for migrations alone."""
    options = "-c role=app_owner -c lock_timeout=5s -c statement_timeout=300s"
    url = driver_url(settings.migrator_url)
    return create_engine(url, poolclass=NullPool, connect_args={"options": options})


@event.listens_for(Session, "after_begin")
def _apply_scope(
    session: Session, _transaction: SessionTransaction, connection: Connection
) -> None:
    """Tell PostgreSQL the tenant and the person, for this transaction only."""
    scope: Scope | None = session.info.get("scope")
    if scope is None:
        return
    driver = driver_of(connection)
    if driver is not None:
        driver.defer(context_of(scope))
        return
    given = {"tenant": scope.tenant_id, "person": scope.person_id}
    connection.execute(text("select app.set_context(:tenant, :person)"), given)
