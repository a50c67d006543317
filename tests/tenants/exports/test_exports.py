"""Exports: asked for, finished or failed, linked and opened by rights, and let go."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from kotacerdas import files
from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import Forbidden, NotFound, Unauthenticated
from kotacerdas.file_names import open_file
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.jobs import Job, JobState
from kotacerdas.language import Language
from kotacerdas.scope import NATION, Door, Scope
from tenants import cancelling
from tenants.exports import actions, queries
from tenants.exports.models import Export, ExportFormat, ExportKind, ExportState
from tenants.notifications.models import Delivery, Notification, NotificationKind
from tests.tenants.masterplan.planning import codes

HASH = "b" * 64
SOON = datetime.now(UTC) + timedelta(days=7)
FILE = {"sha256": HASH, "size_bytes": 3 * 10**9, "rows": 12, "expires_at": SOON}


def worker(planning) -> Scope:
    return Scope(Door.WORKER, planning.city.id, planning.scope.person_id)


def told(planning) -> list[tuple]:
    mine = select(Notification.kind, Notification.person_id, Notification.data)
    mine = mine.where(Notification.tenant_id == planning.city.id)
    return [tuple(row) for row in planning.run(lambda session: session.execute(mine).all())]


def mails(planning) -> int:
    sent = select(func.count()).where(Delivery.tenant_id == planning.city.id)
    return planning.run(lambda session: session.scalar(sent))


def audited(planning) -> list[str]:
    mine = select(AuditEntry.action).where(AuditEntry.tenant_id == planning.city.id)
    return planning.run(lambda s: list(s.scalars(mine.order_by(AuditEntry.sequence))))


def opened(database, actor: Actor, name: str):
    async def run():
        try:
            finders = {queries.PREFIX: queries.stored_file}
            return await open_file(database, actor, name, finders=finders)
        finally:
            await database.leave_loop()

    return asyncio.run(run())


def actor_of(scope: Scope) -> Actor:
    return Actor(scope.person_id, scope.grants)


def test_an_export_and_its_job_are_written_together(planning, ask):
    criteria = {"state": {"in": ["draft"]}}
    made = ask(format=ExportFormat.XLSX, language=Language.EN, criteria=criteria)
    job = planning.run(lambda session: session.get_one(Job, (planning.city.id, made.job_id)))
    assert (made.state, made.language, made.criteria) == (ExportState.WAITING, "en", criteria)
    assert made.requested_by == planning.scope.person_id
    assert (job.kind, job.queue, job.state) == ("exports.write", "bulk", JobState.QUEUED)
    assert (job.subject_id, job.person_id) == (made.id, planning.scope.person_id)
    assert audited(planning) == ["export.request"]


def test_one_key_asks_once_and_for_one_thing(planning, ask, settings):
    first = ask(idempotency_key="ekspor-satu")
    assert ask(idempotency_key="ekspor-satu").id == first.id
    other = {"kind": ExportKind.UNITS, "format": ExportFormat.JSONL}
    refusals = planning.refused(actions.request, settings, idempotency_key="ekspor-satu", **other)
    assert codes(refusals) == ["IDEMPOTENCY_KEY_REUSED"]


def test_everybody_of_the_city_may_ask_and_nobody_else(planning, ask, make_city, ministry):
    ask(scope=planning.city.scope(Role.COUNCIL))
    ask(scope=ministry(planning.city.id))
    stranger = make_city().scope()
    with pytest.raises(Forbidden):
        ask(scope=stranger.within(planning.city.id))
    narrowed = Grant(planning.city.id, Role.CITY_ADMIN, allowed=frozenset({Permission.AUDIT_READ}))
    with pytest.raises(Forbidden):
        ask(scope=Scope(Door.CITY, planning.city.id, planning.scope.person_id, (narrowed,)))


def test_all_cities_are_for_those_who_may_read_them(planning, ask, ministry):
    made = ask(scope=ministry(NATION, Role.MINISTRY_READER))
    assert made.tenant_id == NATION
    with pytest.raises(Forbidden):
        ask(scope=planning.scope.within(NATION))


def test_a_person_has_five_exports_on_their_way_at_most(planning, ask, settings):
    waiting = [ask() for _ in range(actions.MOST_WAITING)]
    given = {"kind": ExportKind.UNITS, "format": ExportFormat.CSV}
    assert codes(planning.refused(actions.request, settings, **given)) == ["EXPORTS_WAITING"]
    ask(scope=planning.city.scope(Role.BAPPEDA))
    planning.run(cancelling.cancel, waiting[0].job_id)
    ask()


def test_a_finished_export_is_told_to_who_asked(planning, ask):
    made = ask(scope=planning.city.scope(Role.BAPPEDA))
    done = planning.run(actions.complete, made.id, scope=worker(planning), **FILE)
    assert (done.state, done.hash, done.rows) == (ExportState.READY, HASH, 12)
    assert done.size_bytes == 3 * 10**9
    facts = {"name": "Inovasi, Kota Uji", "rows": "12", "expires_at": SOON.isoformat()}
    assert told(planning) == [(NotificationKind.EXPORT_READY, made.requested_by, facts)]
    assert mails(planning) == 0
    again = planning.refused(actions.complete, made.id, scope=worker(planning), **FILE)
    assert codes(again) == ["EXPORT_FINISHED"]


def test_who_waited_long_is_told_by_mail_too(planning, ask):
    made = ask()
    early = datetime.now(UTC) - timedelta(minutes=5)

    def age(session):
        session.get_one(Export, (planning.city.id, made.id)).created_at = early

    planning.run(age)
    planning.run(actions.complete, made.id, scope=worker(planning), **FILE)
    assert mails(planning) == 1


def test_a_cancelled_export_never_begins_and_nobody_is_told(planning, ask):
    made = ask()
    assert planning.run(cancelling.cancel, made.job_id).state is JobState.CANCELLED
    left = planning.run(lambda s: s.get_one(Export, (planning.city.id, made.id)))
    assert (left.state, left.failure) == (ExportState.FAILED, actions.CANCELLED["id"])
    assert told(planning) == []


def test_an_export_is_cancelled_by_who_asked_or_by_the_operator(planning, ask, ministry):
    made = ask()
    others = planning.city.scope(Role.BAPPEDA)
    refusals = planning.refused(cancelling.cancel, made.job_id, scope=others)
    assert codes(refusals) == ["JOB_OF_ANOTHER"]
    operator = ministry(planning.city.id, Role.OPERATOR)
    assert planning.run(cancelling.cancel, made.job_id, scope=operator).state is JobState.CANCELLED


def test_a_link_is_signed_and_audited_once_the_file_is_there(planning, ask, settings):
    made = ask()
    assert codes(planning.refused(actions.link, made.id, settings)) == ["EXPORT_NOT_READY"]
    planning.run(actions.complete, made.id, scope=worker(planning), **FILE)
    address = urlsplit(planning.run(actions.link, made.id, settings))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path == f"/files/exp.{planning.city.id}.{made.id.hex}"
    files.verify(settings, address.path.removeprefix("/files/"), **query)
    assert audited(planning)[-1] == "export.link"


@pytest.mark.parametrize(
    ("form", "name", "media_type"),
    [
        (ExportFormat.JSONL, "Inovasi-Kota-Uji-{}.jsonl", "application/jsonl"),
        (ExportFormat.CSV_EXCEL, "Inovasi-Kota-Uji-{}.csv", "text/csv; charset=utf-8"),
    ],
)
def test_the_file_is_named_by_what_it_holds_and_when(
    planning, ask, database, form, name, media_type
):
    made = ask(format=form)
    planning.run(actions.complete, made.id, scope=worker(planning), **FILE)
    found = opened(database, actor_of(planning.scope), queries.segment(made))
    moment = (made.created_at + timedelta(hours=7)).astimezone(UTC)
    assert found.filename == name.format(format(moment, "%Y-%m-%d-%H%M"))
    assert (found.sha256, found.media_type) == (HASH, media_type)
    assert found.folder == f"exports/{planning.city.id}.{made.id.hex}"


def test_rights_are_asked_again_when_the_link_is_used(planning, ask, database, make_city, ministry):
    made = ask()
    planning.run(actions.complete, made.id, scope=worker(planning), **FILE)
    name, foreign = queries.segment(made), make_city().scope()
    for actor in (actor_of(foreign), Actor(planning.scope.person_id, ()), ANONYMOUS):
        with pytest.raises((NotFound, Unauthenticated)):
            opened(database, actor, name)
    with pytest.raises(NotFound):
        opened(database, actor_of(foreign), f"exp.{foreign.tenant_id}.{made.id.hex}")
    assert opened(database, actor_of(ministry()), name).sha256 == HASH


def test_an_export_of_the_nation_is_closed_to_cities(planning, ask, database, ministry):
    scope = ministry(NATION, Role.MINISTRY_READER)
    made = ask(scope=scope)
    nation = Scope(Door.WORKER, NATION, scope.person_id)
    planning.run(actions.complete, made.id, scope=nation, **FILE)
    with pytest.raises(NotFound):
        opened(database, actor_of(planning.scope), queries.segment(made))
    found = opened(database, actor_of(scope), queries.segment(made))
    assert found.filename.startswith("Inovasi-semua-daerah-")


def test_what_has_expired_is_told_as_such(planning, ask, settings):
    made = ask()
    planning.run(actions.complete, made.id, scope=worker(planning), **FILE)
    later = SOON + timedelta(seconds=1)
    assert planning.run(actions.due_to_expire, SOON - timedelta(days=1)) == []
    assert [each.id for each in planning.run(actions.due_to_expire, later)] == [made.id]
    planning.run(actions.expire, made.id, scope=worker(planning))
    (refusal,) = planning.refused(actions.link, made.id, settings)
    assert "sudah dihapus" in refusal.text("id")
    assert "deleted by now" in refusal.text("en")
    assert planning.run(actions.due_to_expire, later) == []
