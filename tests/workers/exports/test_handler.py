"""The job of an export: whose rows it reads, how it ends, what is left behind."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from kotacerdas.files import FileStore
from kotacerdas.identity.models import Account, Membership
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import JobState
from kotacerdas.scope import NATION, Door, Scope
from tenants import cancelling
from tenants.exports.models import Export, ExportFormat, ExportKind, ExportState
from tests.workers.exports.conftest import Exporter, account
from workers import housekeeping
from workers.exports import handler, writing
from workers.exports.handler import ExportBroken, ExportForbidden, ExportOversized

F, K = ExportFormat, ExportKind


def names(content: bytes) -> list[str]:
    return [json.loads(line)["city"] for line in content.splitlines()]


def test_a_city_exports_its_own_rows_alone(planning, exporter, make_planning):
    planning.innovation()
    make_planning(name="Kota Lain").innovation()
    assert names(exporter.made(K.INNOVATIONS, F.JSONL)) == ["Kota Uji"]


def test_only_what_fits_the_filter_is_exported(planning, exporter):
    kept = [planning.innovation("economy"), planning.innovation("living")]
    planning.innovation("people")
    wanted = {"dimension_id": {"in": [str(planning.pillars[c]) for c in ("economy", "living")]}}
    lines = exporter.made(K.INNOVATIONS, F.JSONL, criteria=wanted).splitlines()
    found = [json.loads(line)["id"] for line in lines]
    assert found == [f"inn_{key.hex}{planning.city.id:x}" for key in kept]


def test_the_ministry_exports_every_city_in_the_order_of_their_codes(
    planning, stored, make_planning, ministry, database
):
    other = make_planning(name="Kota Lain")
    planning.innovation()
    other.innovation()
    scope = ministry(NATION, Role.MINISTRY_READER)
    account(database, scope.person_id)
    content = Exporter(planning, stored).made(K.INNOVATIONS, F.JSONL, scope=scope)
    codes = [json.loads(line)["regionCode"] for line in content.splitlines()]
    assert {planning.city.region_code, other.city.region_code} <= set(codes)
    assert codes == sorted(codes)


def test_a_lost_role_ends_an_export_that_waits(planning, exporter):
    planning.innovation()
    asked = exporter.ask(K.INNOVATIONS, F.JSONL)
    planning.city.leave(planning.scope.person_id)
    export, job = exporter.run(asked)
    assert (export.state, job.state, job.attempts) == (ExportState.FAILED, JobState.DEAD, 1)
    assert export.failure == ExportForbidden().text("id")
    assert exporter.files() == []


def test_a_closed_account_ends_it_too(planning, exporter, database):
    asked = exporter.ask(K.INNOVATIONS, F.JSONL)
    mine = Account.person_id == planning.scope.person_id
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        session.execute(update(Account).where(mine).values(active=False))
    export, _ = exporter.run(asked)
    assert export.failure == ExportForbidden().text("id")


def test_a_role_of_one_city_opens_no_export_of_all(planning, stored, ministry, database):
    scope = ministry(NATION, Role.MINISTRY_READER)
    account(database, scope.person_id)
    exporter = Exporter(planning, stored)
    asked = exporter.ask(K.INNOVATIONS, F.JSONL, scope=scope)
    mine = Membership.person_id == scope.person_id
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        session.execute(
            update(Membership)
            .where(Membership.tenant_id == NATION, mine)
            .values(ended_at=datetime.now(UTC))
        )
    with database.unit_of_work(Scope(Door.IDENTITY, planning.city.id)) as session:
        session.add(
            Membership(tenant_id=planning.city.id, person_id=scope.person_id, role=Role.CITY_ADMIN)
        )
    export, _ = exporter.run(asked)
    assert export.failure == ExportForbidden().text("id")


def test_a_file_that_grows_too_large_is_refused_at_once(planning, stored, monkeypatch):
    planning.innovation()
    monkeypatch.setattr(handler, "MEGABYTE", 1)
    small = stored.model_copy(update={"export_megabytes": 100})
    exporter = Exporter(planning, small)
    for form in ExportFormat:
        export, job = exporter.run(exporter.ask(K.INNOVATIONS, form))
        assert (export.state, job.attempts) == (ExportState.FAILED, 1)
        assert export.failure == ExportOversized().text("id")
    assert exporter.files() == []


def test_a_cancelled_export_leaves_no_file(planning, exporter, monkeypatch):
    planning.innovation()
    asked = exporter.ask(K.INNOVATIONS, F.XLSX)
    write = writing.write

    def cancelled_meanwhile(database, order, path, report, **options):
        planning.run(cancelling.cancel, asked.job_id)

        def reported(percent: int) -> None:
            deadline = datetime.now(UTC) + timedelta(seconds=10)
            while datetime.now(UTC) < deadline:
                report(percent)

        return write(database, order, path, reported, **options)

    monkeypatch.setattr(handler, "write", cancelled_meanwhile)
    export, job = exporter.run(asked)
    assert (export.state, job.state) == (ExportState.FAILED, JobState.CANCELLED)
    assert exporter.files() == []


def test_a_defect_is_tried_again_and_tells_people_no_inner_words(planning, exporter, monkeypatch):
    def explode(*_arguments, **_options):
        raise RuntimeError("rahasia")

    monkeypatch.setattr(handler, "write", explode)
    asked = exporter.ask(K.INNOVATIONS, F.CSV)
    export, job = exporter.run(asked)
    assert (export.state, job.state) == (ExportState.WAITING, JobState.QUEUED)
    export, job = exporter.run(asked)
    assert (export.state, job.state) == (ExportState.FAILED, JobState.DEAD)
    assert export.failure == ExportBroken().text("id")


def test_progress_is_told_in_percent(planning, database, tmp_path, monkeypatch):
    for _ in range(4):
        planning.innovation()
    monkeypatch.setattr(writing, "BATCH", 1)
    told: list[int] = []
    order = writing.Order(planning.city.id, K.INNOVATIONS, F.CSV, "id", {})
    rows = writing.write(database, order, tmp_path / "x", told.append, most_bytes=10**6)
    assert (rows, told) == (4, [25, 50, 75, 100])


def test_a_retry_after_a_crash_leaves_one_file_that_is_the_exports(planning, exporter, monkeypatch):
    planning.innovation()
    asked = exporter.ask(K.INNOVATIONS, F.JSONL)
    store = FileStore.store_file

    def crash(self, path, folder):
        store(self, path, folder)
        raise ConnectionError

    monkeypatch.setattr(FileStore, "store_file", crash)
    exporter.run(asked)
    monkeypatch.setattr(FileStore, "store_file", store)
    export, _ = exporter.run(asked)
    folder = f"exports/{planning.city.id}.{export.id.hex}"
    assert exporter.files() == [f"{folder}/{export.hash}"]


def test_expired_files_are_deleted_and_those_of_others_stay(
    planning, exporter, make_planning, stored, database
):
    planning.innovation()
    old, _ = exporter.run(exporter.ask(K.INNOVATIONS, F.JSONL))
    young, _ = exporter.run(exporter.ask(K.INNOVATIONS, F.JSONL))
    assert old.hash == young.hash

    def age(session):
        key = (planning.city.id, old.id)
        session.get_one(Export, key).expires_at = datetime.now(UTC) - timedelta(seconds=1)

    planning.run(age)
    assert housekeeping.purge_exports(database, stored, planning.city.id) == 1
    assert exporter.files() == [f"exports/{planning.city.id}.{young.id.hex}/{young.hash}"]
    left = planning.run(lambda s: s.get_one(Export, (planning.city.id, old.id)))
    assert left.state is ExportState.EXPIRED
    assert housekeeping.purge_exports(database, stored, planning.city.id) == 0
