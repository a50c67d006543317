"""The statements by which people are told: notices, and with them the mails and their jobs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    Integer,
    Select,
    Table,
    TableValuedAlias,
    Text,
    Uuid,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import TypeEngine

from kotacerdas.columns import Values, rows_of, with_defaults
from kotacerdas.jobs import Job, Kind, Queue
from kotacerdas.prepared import Prepared
from kotacerdas.tenancy import table_of
from tenants.notifications.models import Channel, Delivery, DeliveryState, Notification

SEND = Kind("notifications.send", Queue.MAIL)
"""The job that carries one delivery out; its subject is the delivery."""

NOTIFICATION, DELIVERY, JOB = table_of(Notification), table_of(Delivery), table_of(Job)
TENANT = bindparam("tenant_id", type_=Integer())


def _told(row: TableValuedAlias) -> CTE:
    """Insert a notice for each row; who was told the same before gets none."""
    values = {
        "tenant_id": TENANT,
        "id": row.c.id,
        "person_id": row.c.person_id,
        "kind": bindparam("kind", type_=NOTIFICATION.c.kind.type),
        "subject_id": bindparam("subject_id", type_=Uuid()),
        "data": bindparam("data", type_=NOTIFICATION.c.data.type),
        "dedupe_key": row.c.dedupe_key,
    }
    whole = with_defaults(NOTIFICATION, values)
    new = insert(NOTIFICATION).from_select(list(whole), select(*whole.values()))
    written = new.on_conflict_do_nothing().returning(NOTIFICATION.c.id)
    return written.cte("told")


def _mailed(row: TableValuedAlias, told: CTE) -> CTE:
    """Insert a mail for each notice that is new."""
    values = {
        "tenant_id": TENANT,
        "id": row.c.delivery_id,
        "notification_id": row.c.id,
        "channel": literal(Channel.EMAIL, DELIVERY.c.channel.type),
        "state": literal(DeliveryState.WAITING, DELIVERY.c.state.type),
        "message_id": row.c.message_id,
    }
    return insert(DELIVERY).from_select(*_rows(DELIVERY, values, row, told)).cte("mailed")


def _queued(row: TableValuedAlias, told: CTE) -> CTE:
    """Insert the job of each mail."""
    values = {
        "tenant_id": TENANT,
        "id": row.c.job_id,
        "kind": literal(SEND.name),
        "queue": literal(SEND.queue, JOB.c.queue.type),
        "subject_id": row.c.delivery_id,
        "person_id": bindparam("acting", type_=Uuid()),
        "dedupe_key": row.c.job_key,
    }
    return insert(JOB).from_select(*_rows(JOB, values, row, told)).cte("queued")


def _rows(
    table: Table, values: Values, row: TableValuedAlias, told: CTE
) -> tuple[list[str], Select[Any]]:
    whole = with_defaults(table, values)
    return list(whole), select(*whole.values()).join_from(row, told, told.c.id == row.c.id)


NOTICE: dict[str, TypeEngine[Any]] = {"id": Uuid(), "person_id": Uuid(), "dedupe_key": Text()}
MAIL: dict[str, TypeEngine[Any]] = {
    "delivery_id": Uuid(),
    "message_id": Text(),
    "job_id": Uuid(),
    "job_key": Text(),
}


def _tell(*, mail: bool) -> Prepared:
    row = rows_of(**NOTICE, **(MAIL if mail else {}))
    told = _told(row)
    answer = select(func.count()).select_from(told)
    return Prepared(answer.add_cte(_mailed(row, told), _queued(row, told)) if mail else answer)


TELL, TELL_AND_MAIL = _tell(mail=False), _tell(mail=True)
