"""Background work: dead letters, putting them back, and stopping what waits or runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import ColumnElement, select

from kotacerdas import jobs
from kotacerdas.database import Database
from kotacerdas.jobs import Job, JobState, Kind
from kotacerdas.scope import NATION, Door, Scope
from tenants import cancelling
from tenants.cancelling import STOPPABLE
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import tenant_named, tenant_names
from tenants.cli.refusals import Refused

app = typer.Typer(help="List dead letters, put them back, cancel jobs.")

CitySlug = Annotated[str | None, typer.Option("--city", help="Slug or `nation`; without: all.")]


@app.command("list")
def listing(
    city: CitySlug = None,
    kind: Annotated[str | None, typer.Option(help="Of one kind, such as mails.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many, from the last one.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List dead letters: jobs whose attempts are used up, with the last error and their age."""
    with opened() as database:
        names = tenant_names(database)
        found = _dead(database, city, [] if kind is None else [Job.kind == kind])
    show([_row(job, names, as_json) for job in found[:limit]], as_json)


@app.command("retry")
def retry(
    ids: Annotated[list[UUID] | None, typer.Argument(help="Ids, from `job list`.")] = None,
    kind: Annotated[str | None, typer.Option(help="Instead: all dead ones of this kind.")] = None,
    city: CitySlug = None,
    as_json: AsJson = False,
) -> None:
    """Put dead letters back with all their attempts, once the cause is gone."""
    if bool(ids) == (kind is not None):
        raise Refused("Sebutkan id pekerjaan, atau --kind.", "Name ids of jobs, or a --kind.")
    with opened() as database:
        wanted = Job.id.in_(ids) if ids else Job.kind == kind
        found = _dead(database, city, [wanted])
        _refuse_missing(ids or [], found)
        if any(job.kind in STOPPABLE for job in found):
            raise Refused(
                "Dokumen atau ekspor yang gagal tetap gagal. Minta baru dengan"
                " `kotacerdas document request` atau `kotacerdas export request`.",
                "A document or an export that failed stays so. Ask again by"
                " `kotacerdas document request` or `kotacerdas export request`.",
            )
        by_tenant = sorted(found, key=attrgetter("tenant_id"))
        for tenant_id, of_one in groupby(by_tenant, attrgetter("tenant_id")):
            with database.unit_of_work(_scope(tenant_id)) as session:
                for job in of_one:
                    jobs.revive(session, job.id)
    show_fact({"put_back": len(found)}, as_json)


@app.command("cancel")
def cancel(
    job_id: Annotated[UUID, typer.Argument(help="Id of a waiting or running job.")],
    as_json: AsJson = False,
) -> None:
    """Cancel a waiting job at once; ask a running one to stop."""
    with opened() as database:
        with database.unit_of_work(operator(Door.MINISTRY)) as session:
            found = session.scalar(select(Job).where(Job.id == job_id))
        if found is None:
            raise _missing([job_id])
        with database.unit_of_work(_scope(found.tenant_id)) as session:
            if found.kind in STOPPABLE:
                job = cancelling.cancel(session, job_id)
            else:
                job = jobs.cancel(session, job_id, Kind(found.kind, found.queue))
    show_fact({"id": job.id, "kind": job.kind, "state": job.state.value}, as_json)


def _scope(tenant_id: int) -> Scope:
    return operator(Door.MINISTRY if tenant_id == NATION else Door.CITY, tenant_id)


def _dead(database: Database, city: str | None, wanted: list[ColumnElement[bool]]) -> list[Job]:
    """Return dead letters, the last one first."""
    dead = select(Job).where(Job.state == JobState.DEAD, *wanted)
    if city is not None:
        dead = dead.where(Job.tenant_id == tenant_named(database, city))
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        return list(session.scalars(dead.order_by(Job.finished_at.desc(), Job.id)))


def _refuse_missing(ids: Iterable[UUID], found: Iterable[Job]) -> None:
    missing = sorted(set(ids) - {job.id for job in found})
    if missing:
        raise _missing(missing)


def _missing(ids: Iterable[UUID]) -> Refused:
    named = ", ".join(map(str, ids))
    return Refused(
        f"Tidak ditemukan: {named}. Lihat `kotacerdas job list`.",
        f"Not found: {named}. See `kotacerdas job list`.",
    )


def _row(job: Job, names: dict[int, str], whole: bool) -> dict[str, object]:
    ended = job.finished_at or job.updated_at
    row: dict[str, object] = {
        "id": job.id,
        "city": names.get(job.tenant_id, str(job.tenant_id)),
        "kind": job.kind,
        "attempts": job.attempts,
        "age": _age(datetime.now(UTC) - ended),
        "error": job.error,
    }
    more = {"subject_id": job.subject_id, "finished_at": ended.isoformat(timespec="seconds")}
    return {**row, **more} if whole else row


def _age(since: timedelta) -> str:
    hours = int(since.total_seconds() // 3600)
    if hours < 1:
        return f"{int(since.total_seconds() // 60)} min"
    return f"{hours} h" if hours < 48 else f"{since.days} d"
