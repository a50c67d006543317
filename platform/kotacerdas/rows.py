"""Taking a tenant's row to change it, and writing rows that must not collide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from uuid import UUID

from psycopg.errors import UniqueViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, NotFound, StaleVersion
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import Model, TenantOwned, Versioned

Owned = TypeVar("Owned", bound=TenantOwned)
National = TypeVar("National", bound=Model)


def locked(
    session: Session, model: type[Owned], row_id: UUID, *, expected_version: int | None = None
) -> Owned:
    """Return the tenant's row, locked until the transaction ends.

    Raises NotFound for a missing id and for another tenant's alike, and StaleVersion where the row
    has another version than the caller saw.
    """
    row = session.get(model, (tenant_of(session), row_id), with_for_update=True)
    if row is None:
        raise NotFound
    if isinstance(row, Versioned) and expected_version is not None:
        refuse_stale(row, expected_version)
    return row


def locked_national(
    session: Session, model: type[National], row_id: UUID, *, expected_version: int | None = None
) -> National:
    """Return a row that belongs to no tenant, locked; raises NotFound or StaleVersion."""
    row = session.get(model, row_id, with_for_update=True)
    if row is None:
        raise NotFound
    if isinstance(row, Versioned) and expected_version is not None:
        refuse_stale(row, expected_version)
    return row


def lock_all(session: Session, model: type[Owned], row_ids: Iterable[UUID]) -> None:
    """Lock those of the tenant's rows that are there, in one order, before changing any of them.

    Two calls that change many of the same rows then wait for one another and never in a circle.
    """
    mine = select(model.id).where(model.tenant_id == tenant_of(session), model.id.in_(set(row_ids)))
    session.execute(mine.order_by(model.id).with_for_update())


def refuse_stale(row: Versioned, expected_version: int) -> None:
    """Raise StaleVersion where the row has another version than the caller saw."""
    if row.version != expected_version:
        raise StaleVersion(current_version=row.version)


@contextmanager
def unique(session: Session, refusal: DomainError) -> Iterator[None]:
    """Write what the block changes, and raise `refusal` where it collides with another row.

    A savepoint keeps the transaction usable; a check beforehand would miss a parallel writer.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation):
            raise refusal from None
        raise
