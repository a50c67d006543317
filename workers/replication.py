"""The job that tells the city of origin that another city began a draft from its innovation."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kotacerdas.jobs import Lease
from kotacerdas.scope import Door, Scope
from kotacerdas.tenancy import Json
from tenants.masterplan import replications
from tenants.masterplan.replicating import REPLICATE
from tenants.masterplan.replications import Copy
from workers.runner import Handler, Run


def _load(session: Session, lease: Lease) -> Copy | None:
    return replications.copy_of(session, lease.subject_id)


def _record(copy: Copy, run: Run) -> Json:
    """Write in the other city's tenant, in a transaction that may be repeated."""
    with run.database.unit_of_work(Scope(Door.WORKER, copy.origin_id)) as session:
        return {"recorded": replications.record(session, copy)}


def _keep(_session: Session, _lease: Lease, result: Json) -> Json:
    return result


HANDLER = Handler(REPLICATE, load=_load, work=_record, keep=_keep)
