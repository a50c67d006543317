"""What workshops wait for: that a session is recorded, and that its outputs come."""

from __future__ import annotations

from typing import Any

from sqlalchemy import FromClause, Select, func

from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import table_of
from tenants.bimtek.models import OutputState, Workshop, WorkshopOutput, WorkshopState
from tenants.tasks.rows import TaskKind, Tenant, of, task_rows


def workshops(tenant: Tenant) -> list[Select[Any]]:
    """Sessions that ended without a record, and outputs to deliver and to accept."""
    return [
        _unrecorded(tenant),
        _outputs(tenant, OutputState.OPEN, TaskKind.DELIVER_OUTPUT, Role.CITY_ADMIN),
        _outputs(tenant, OutputState.DELIVERED, TaskKind.ACCEPT_OUTPUT, Role.EXPERT),
    ]


def _unrecorded(tenant: Tenant) -> Select[Any]:
    row = table_of(Workshop).alias()
    found = task_rows(
        TaskKind.RECORD_SESSION,
        Role.CITY_ADMIN,
        "wks",
        row,
        title=row.c.place,
        since=row.c.ends_at,
        due_at=row.c.ends_at,
    )
    return found.where(
        of(row, tenant), row.c.state == WorkshopState.PLANNED, row.c.ends_at < func.now()
    )


def _outputs(tenant: Tenant, state: OutputState, kind: TaskKind, owner: Role) -> Select[Any]:
    """Outputs of sessions that were held; an open one was due when its session ended."""
    row, held = table_of(WorkshopOutput).alias(), table_of(Workshop).alias()
    due = {"due_at": held.c.ends_at} if state is OutputState.OPEN else {}
    found = task_rows(kind, owner, "out", row, title=row.c.name, **due)
    return found.where(of(row, tenant), row.c.state == state, *_session(row, held, tenant))


def _session(row: FromClause, held: FromClause, tenant: Tenant) -> list[Any]:
    return [
        of(held, tenant),
        held.c.tenant_id == row.c.tenant_id,
        held.c.participation_id == row.c.participation_id,
        held.c.ordinal == row.c.ordinal,
        held.c.state == WorkshopState.HELD,
    ]
