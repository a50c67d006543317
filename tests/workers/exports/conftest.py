"""A worker that writes exports of a city with rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kotacerdas.database import Database
from kotacerdas.files import FileStore
from kotacerdas.identity.models import Account
from kotacerdas.jobs import Job
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings
from tenants.cities.workflow import Stage
from tenants.exports import actions, queries
from tenants.exports.models import Export, ExportFormat, ExportKind
from tests.tenants.masterplan.cohorts import Cohorts, make_cohort
from tests.tenants.masterplan.planning import Planning
from workers.exports.handler import HANDLER
from workers.runner import Runner


@pytest.fixture(scope="session")
def cohorts(database) -> Cohorts:
    return make_cohort(database)


@pytest.fixture
def make_planning(database, make_city, cohorts) -> Callable[..., Planning]:
    def make(**options: Any) -> Planning:
        planning = Planning(database, make_city(**options), cohorts, Stage.MENTORED)
        account(database, planning.scope.person_id)
        return planning

    return make


def account(database: Database, person_id: UUID) -> None:
    """Give a person an account: without one nobody could have asked."""
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        session.add(Account(person_id=person_id, email=f"{person_id}@uji.example"))


@pytest.fixture
def planning(make_planning) -> Planning:
    return make_planning()


@pytest.fixture
def stored(settings: Settings, tmp_path: Path) -> Settings:
    """Settings that keep files in the test's own folder and end a job at its second failure."""
    changes = {"data_dir": tmp_path, "job_attempts": 2, "job_retry_seconds": 0.001}
    return settings.model_copy(update=changes)


class Exporter:
    """Asks for exports of a city, runs their jobs and reads the files."""

    def __init__(self, planning: Planning, settings: Settings) -> None:
        self.planning, self.settings = planning, settings

    def ask(self, kind: ExportKind, form: ExportFormat, scope: Scope | None = None, **options: Any):
        return self.planning.run(
            actions.request, self.settings, kind=kind, format=form, scope=scope, **options
        )

    def run(self, export: Export) -> tuple[Export, Job]:
        """Run the export's job once and return both rows as they then stand."""
        database = self.planning.database
        runner = Runner(self.settings, database, {HANDLER.kind.name: HANDLER})
        runner.run(export.tenant_id, export.job_id)
        with database.unit_of_work(Scope(Door.WORKER, export.tenant_id)) as session:
            return (
                session.get_one(Export, (export.tenant_id, export.id)),
                session.get_one(Job, (export.tenant_id, export.job_id)),
            )

    def made(self, kind: ExportKind, form: ExportFormat, **options: Any) -> bytes:
        """Return the content of a finished export."""
        export, job = self.run(self.ask(kind, form, **options))
        assert job.error is None, job.error
        key = f"{queries.folder(export)}/{export.hash}"
        content = (self.settings.data_dir / "files" / key).read_bytes()
        assert export.size_bytes == len(content)
        return content

    def files(self) -> list[str]:
        """What lies in the store, by its path."""
        FileStore(self.settings)
        root = self.settings.data_dir / "files"
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture
def exporter(planning, stored) -> Exporter:
    return Exporter(planning, stored)
