"""The job that lets each city's stage follow from the ministry's decision on a cohort."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kotacerdas.jobs import Lease
from kotacerdas.scope import Door, Scope
from kotacerdas.tenancy import Json
from tenants.assessment import applying
from tenants.assessment.applying import Letter
from tenants.assessment.deciding import APPLY
from workers.runner import Handler, Run


def _load(session: Session, lease: Lease) -> Letter | None:
    return applying.pending(session, lease.subject_id)


def _apply(letter: Letter, run: Run) -> Json:
    """Apply each line in a transaction of its own: each may be repeated, none holds up a city."""
    applied = 0
    for place, line in enumerate(letter.lines):
        run.step("cities", 100 * place // len(letter.lines))
        with run.database.unit_of_work(Scope(Door.WORKER, line["tenant_id"])) as session:
            applied += applying.apply_line(session, letter, line)
    return {"cities": len(letter.lines), "applied": applied}


def _keep(session: Session, lease: Lease, result: Json) -> Json:
    applying.finish(session, lease.subject_id)
    return result


HANDLER = Handler(APPLY, load=_load, work=_apply, keep=_keep)
