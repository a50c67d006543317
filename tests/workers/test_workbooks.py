"""Workbooks as jobs: read in quarantine, saved once, whoever dies meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from kotacerdas.files import FileStore
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import Door, Scope
from kotacerdas.uploads import actions as uploads
from kotacerdas.uploads.models import Upload, UploadState
from tenants.cities.workflow import Stage
from tenants.exports.models import Export, ExportState
from tenants.exports.queries import folder
from tenants.masterplan import programmes
from tenants.masterplan.models import Programme
from tenants.notifications.models import Notification, NotificationKind
from tenants.workbooks import bringing, requesting
from tenants.workbooks.models import ImportState, WorkbookImport, WorkbookRow
from tenants.workbooks.preview import RowAction
from tenants.workbooks.reading import read
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning
from tests.tenants.workbooks.desk import NEW, PROGRAMMES, Desk, Paper
from tests.workers.exports.conftest import account
from workers import housekeeping
from workers.registry import HANDLERS
from workers.runner import Runner


class Counter:
    """Hands workbooks in, runs the jobs, and looks at what is stored."""

    def __init__(self, planning: Planning, desk: Desk, settings: Any) -> None:
        self.planning, self.desk, self.settings = planning, desk, settings

    def bring(self, paper: Paper) -> WorkbookImport:
        """Announce and store the file as the route does, and ask for its preview."""
        path = paper.save(self.desk.path())
        size = path.stat().st_size
        upload = self.planning.run(
            uploads.begin, self.settings, filename="tabel.xlsx", size_bytes=size
        )
        digest = FileStore(self.settings).store_file(path, uploads.folder(upload))
        self.planning.run(uploads.store, upload.id, sha256=digest, size_bytes=size)
        return self.planning.run(bringing.request, upload.id)

    def job(self, row: WorkbookImport) -> Job:
        return self.get(Job, row.job_id)

    def run(self, row: WorkbookImport) -> WorkbookImport:
        """Run the import's job once."""
        runner = Runner(self.settings, self.planning.database, HANDLERS)
        runner.run(row.tenant_id, self.get(WorkbookImport, row.id).job_id)
        return self.get(WorkbookImport, row.id)

    def agree(self, row: WorkbookImport) -> WorkbookImport:
        return self.planning.run(bringing.agree, row.id, expected_hash=row.preview_hash)

    def get(self, model: Any, row_id: UUID) -> Any:
        tenant_id = self.planning.city.id
        with self.planning.database.unit_of_work(Scope(Door.WORKER, tenant_id)) as session:
            return session.get_one(model, (tenant_id, row_id))

    def all(self, model: Any, **conditions: Any) -> list[Any]:
        tenant_id = self.planning.city.id
        with self.planning.database.unit_of_work(Scope(Door.WORKER, tenant_id)) as session:
            return list(session.scalars(select(model).filter_by(tenant_id=tenant_id, **conditions)))


@pytest.fixture
def counter(database, city, settings, tmp_path) -> Counter:
    planning = Planning(database, city, make_cohort(database), Stage.MENTORED)
    account(database, planning.scope.person_id)
    planning.programme(planning.plan().id, name="Lama")
    changes = {"data_dir": tmp_path, "job_attempts": 3, "job_retry_seconds": 0.001}
    return Counter(planning, Desk(planning, tmp_path), settings.model_copy(update=changes))


@pytest.fixture
def paper(counter) -> Paper:
    """One changed row and two new ones."""
    desk = counter.desk
    paper = desk.open(unit_id=counter.planning.unit_id).set("Lama", place="Guguk")
    return paper.add(**NEW).add(**{**NEW, "name": "e-Sampah"})


def names(counter) -> list[str]:
    return sorted(row.name for row in counter.all(Programme))


def test_a_workbook_is_previewed_agreed_to_and_saved(counter, paper):
    head = counter.planning.city.person(Role.UNIT_HEAD, counter.planning.unit_id)
    row = counter.run(counter.bring(paper))
    assert (row.state, row.failure) == (ImportState.PREVIEWED, None)
    assert (row.creates, row.changes, row.refused) == (2, 1, 0)
    told = sorted((each.number, each.action, each.name) for each in counter.all(WorkbookRow))
    assert [action for _, action, _ in told] == [
        RowAction.CHANGE,
        RowAction.CREATE,
        RowAction.CREATE,
    ]
    assert names(counter) == ["Lama"]
    counter.agree(row)
    row = counter.run(row)
    assert (row.state, row.failure) == (ImportState.SAVED, None)
    assert names(counter) == ["Lama", "e-Parkir", "e-Sampah"]
    sent = counter.all(Notification, kind=NotificationKind.WORKBOOK_SAVED)
    assert {each.person_id for each in sent} == {head, counter.planning.scope.person_id}
    assert (sent[0].data["created"], sent[0].data["changed"]) == ("2", "1")


def test_agreeing_twice_saves_once(counter, paper):
    row = counter.run(counter.bring(paper))
    first = counter.agree(row)
    assert counter.agree(row).job_id == first.job_id
    counter.run(row)
    assert counter.agree(row).state is ImportState.SAVED
    assert len(names(counter)) == 3


class Killed(BaseException):
    """Ends a worker where nothing may catch it, as kill -9 does."""


def test_a_worker_that_dies_in_mid_import_leaves_nothing_and_the_next_saves_all(
    counter, paper, monkeypatch
):
    row = counter.run(counter.bring(paper))
    counter.agree(row)
    made = 0
    create = programmes.create_programme

    def dying(*args: Any, **fields: Any) -> Any:
        nonlocal made
        made += 1
        if made == 2:
            raise Killed
        return create(*args, **fields)

    monkeypatch.setattr(programmes, "create_programme", dying)
    with pytest.raises(Killed):
        counter.run(row)
    assert made == 2
    assert names(counter) == ["Lama"]
    assert counter.get(WorkbookImport, row.id).state is ImportState.SAVING
    monkeypatch.undo()
    lapse(counter, row)
    assert counter.run(row).state is ImportState.SAVED
    assert names(counter) == ["Lama", "e-Parkir", "e-Sampah"]


def test_a_worker_that_dies_after_saving_does_not_save_again(counter, paper, monkeypatch):
    row = counter.run(counter.bring(paper))
    counter.agree(row)

    def dying(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("workers.runner.leases.finish", dying)
        with pytest.raises(Killed):
            counter.run(row)
    assert len(names(counter)) == 3
    lapse(counter, row)
    assert counter.run(row).state is ImportState.SAVED
    assert counter.job(counter.get(WorkbookImport, row.id)).state is JobState.DONE
    assert len(names(counter)) == 3


def lapse(counter: Counter, row: WorkbookImport) -> None:
    """Put the job back, as the relay does once the dead worker's lease has run out."""
    job_id = counter.get(WorkbookImport, row.id).job_id
    mine = (Job.tenant_id == row.tenant_id) & (Job.id == job_id)
    again = {"state": JobState.QUEUED, "run_id": None, "lease_until": None}
    with counter.planning.database.unit_of_work(Scope(Door.WORKER, row.tenant_id)) as session:
        session.execute(update(Job).where(mine).values(**again))


def test_what_changed_since_the_preview_is_shown_anew_and_nothing_is_saved(counter, paper):
    row = counter.run(counter.bring(paper))
    (lama,) = counter.all(Programme)
    counter.agree(row)
    counter.planning.run(
        programmes.update_programme, lama.id, expected_version=lama.version, place="Birugo"
    )
    again = counter.run(row)
    assert (again.state, again.failure_code) == (ImportState.PREVIEWED, "PREVIEW_STALE")
    assert again.conflicts == 1
    assert names(counter) == ["Lama"]


def test_a_workbook_with_faults_cannot_be_agreed_to(counter, paper):
    row = counter.run(counter.bring(paper.add(**{**NEW, "name": "Salah", "sdgs": "18"})))
    assert row.refused == 1
    (bad,) = counter.all(WorkbookRow, action=RowAction.REFUSED)
    assert [fault["code"] for fault in bad.told["faults"]] == ["CELL_UNKNOWN"]
    errors = counter.planning.refused(bringing.agree, row.id, expected_hash=row.preview_hash)
    assert [error.code for error in errors] == ["WORKBOOK_FAULTY"]


def test_a_hash_that_nobody_showed_is_not_agreed_to(counter, paper):
    row = counter.run(counter.bring(paper))
    errors = counter.planning.refused(bringing.agree, row.id, expected_hash="0" * 64)
    assert [error.code for error in errors] == ["PREVIEW_STALE"]


def test_only_who_brought_it_agrees(counter, paper):
    row = counter.run(counter.bring(paper))
    other = counter.planning.city.scope()
    errors = counter.planning.refused(
        bringing.agree, row.id, expected_hash=row.preview_hash, scope=other
    )
    assert [error.code for error in errors] == ["NOT_FOUND"]


def test_a_role_that_was_lost_meanwhile_saves_nothing(counter, paper):
    row = counter.run(counter.bring(paper))
    counter.agree(row)
    counter.planning.city.leave(counter.planning.scope.person_id)
    failed = counter.run(row)
    assert (failed.state, failed.failure_code) == (ImportState.FAILED, "FORBIDDEN")
    assert names(counter) == ["Lama"]


def test_a_file_that_is_no_workbook_ends_the_import_by_name(counter, tmp_path):
    path = tmp_path / "bohong.xlsx"
    path.write_bytes(b"PK\x03\x04 bukan zip")
    upload = counter.planning.run(
        uploads.begin, counter.settings, filename=path.name, size_bytes=path.stat().st_size
    )
    digest = FileStore(counter.settings).store_file(path, uploads.folder(upload))
    counter.planning.run(uploads.store, upload.id, sha256=digest, size_bytes=15)
    row = counter.run(counter.planning.run(bringing.request, upload.id))
    assert (row.state, row.failure_code) == (ImportState.FAILED, "WORKBOOK_BROKEN")
    assert row.failure is not None
    assert row.failure.startswith("Berkas ini rusak")
    assert counter.job(row).state is JobState.DONE


def test_a_file_is_read_only_once_it_has_come(counter):
    upload = counter.planning.run(
        uploads.begin, counter.settings, filename="tabel.xlsx", size_bytes=10
    )
    errors = counter.planning.refused(bringing.request, upload.id)
    assert [error.code for error in errors] == ["UPLOAD_MISSING"]


def test_files_are_deleted_after_their_time(counter, paper):
    row = counter.bring(paper)
    upload = counter.get(Upload, row.upload_id)
    place = counter.settings.data_dir / "files" / uploads.folder(upload)
    assert len(list(place.iterdir())) == 1
    past = datetime.now(UTC) - timedelta(seconds=1)
    mine = (Upload.tenant_id == upload.tenant_id) & (Upload.id == upload.id)
    with counter.planning.database.unit_of_work(Scope(Door.CITY, upload.tenant_id)) as session:
        session.execute(update(Upload).where(mine).values(expires_at=past))
    database, tenant_id = counter.planning.database, upload.tenant_id
    assert housekeeping.purge_uploads(database, counter.settings, tenant_id) == 1
    assert not place.exists() or not list(place.iterdir())
    assert counter.get(Upload, upload.id).state is UploadState.EXPIRED
    late = counter.run(row)
    assert (late.state, late.failure_code) == (ImportState.FAILED, "UPLOAD_MISSING")


def test_a_workbook_is_asked_for_as_an_export(counter):
    planning = counter.planning
    export = planning.run(
        requesting.request,
        counter.settings,
        kind=PROGRAMMES,
        participation_id=planning.participation_id,
        unit_id=planning.unit_id,
    )
    Runner(counter.settings, planning.database, HANDLERS).run(export.tenant_id, export.job_id)
    made = counter.get(Export, export.id)
    assert (made.state, made.rows) == (ExportState.READY, 1)
    path = Path(counter.settings.data_dir / "files" / folder(made) / made.hash)
    assert len(read(path).filled()) == 1
