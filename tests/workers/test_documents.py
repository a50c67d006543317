"""The worker that renders documents: a real book, a stored file, a notice."""

from __future__ import annotations

from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import select

from kotacerdas.files import FileStore
from kotacerdas.jobs import Job, JobState
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings
from tenants import cancelling
from tenants.cities.workflow import Stage
from tenants.documents import actions
from tenants.documents.models import Document, DocumentState
from tenants.masterplan import freezing
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning
from workers import documents
from workers.rendering.errors import RenderCancelled, RenderCrashed, RenderOutOfTime
from workers.runner import Runner


@pytest.fixture(scope="module")
def cohorts(database):
    return make_cohort(database)


@pytest.fixture
def planning(database, city, cohorts) -> Planning:
    return Planning(database, city, cohorts, Stage.MENTORED)


@pytest.fixture
def stored(settings: Settings, tmp_path: Path) -> Settings:
    """Settings that keep files in the test's own folder and end a job at its second failure."""
    changes = {"data_dir": tmp_path, "job_attempts": 2, "job_retry_seconds": 0.001}
    return settings.model_copy(update=changes)


@pytest.fixture
def asked(planning) -> Document:
    plan_id = planning.complete()
    version = planning.run(freezing.freeze, plan_id, expected_version=3)
    return planning.run(actions.request, version.id)


def render(planning, settings: Settings, document: Document) -> tuple[Document, Job]:
    """Run the document's job once and return both rows as they then stand."""
    handlers = {documents.HANDLER.kind.name: documents.HANDLER}
    Runner(settings, planning.database, handlers).run(planning.city.id, document.job_id)
    with planning.database.unit_of_work(Scope(Door.WORKER, planning.city.id)) as session:
        return (
            session.get_one(Document, (planning.city.id, document.id)),
            session.get_one(Job, (planning.city.id, document.job_id)),
        )


def kinds(planning) -> list[NotificationKind]:
    mine = select(Notification.kind).where(Notification.tenant_id == planning.city.id)
    return planning.run(lambda session: list(session.scalars(mine)))


def failing(monkeypatch, error: Exception) -> None:
    def render_book(*_arguments, **_options):
        raise error

    monkeypatch.setattr(documents, "render_book", render_book)


def test_a_document_is_rendered_stored_and_told(planning, stored, asked):
    document, job = render(planning, stored, asked)
    assert (document.state, job.state) == (DocumentState.READY, JobState.DONE)
    pdf = FileStore(stored).fetch(document.hash)
    assert pdf.startswith(b"%PDF-")
    assert document.size_bytes == len(pdf)
    assert document.pages > 10
    assert document.warnings == []
    assert job.result == {"document": str(document.id), "pages": document.pages}
    assert kinds(planning) == [NotificationKind.BOOK_READY]


def test_a_second_nudge_renders_nothing_again(planning, stored, asked, monkeypatch):
    first, _ = render(planning, stored, asked)
    failing(monkeypatch, AssertionError("rendered again"))
    second, job = render(planning, stored, asked)
    assert (second.version, second.hash, job.state) == (first.version, first.hash, JobState.DONE)
    assert kinds(planning) == [NotificationKind.BOOK_READY]


def test_what_cannot_succeed_fails_at_once_with_its_reason(planning, stored, asked, monkeypatch):
    failing(monkeypatch, RenderOutOfTime("cpu"))
    document, job = render(planning, stored, asked)
    assert (document.state, job.state, job.attempts) == (DocumentState.FAILED, JobState.DEAD, 1)
    assert document.failure == RenderOutOfTime().text("id")
    assert kinds(planning) == [NotificationKind.BOOK_FAILED]


def test_a_crash_is_tried_again_and_told_after_the_last_attempt(
    planning, stored, asked, monkeypatch
):
    failing(monkeypatch, RenderCrashed("signal 11"))
    document, job = render(planning, stored, asked)
    assert (document.state, job.state) == (DocumentState.WAITING, JobState.QUEUED)
    assert kinds(planning) == []
    document, job = render(planning, stored, asked)
    assert (document.state, job.state) == (DocumentState.FAILED, JobState.DEAD)
    assert document.failure == RenderCrashed().text("id")
    assert kinds(planning) == [NotificationKind.BOOK_FAILED]


def test_a_defect_tells_people_no_inner_words(planning, stored, asked, monkeypatch):
    failing(monkeypatch, RuntimeError("rahasia"))
    render(planning, stored, asked)
    document, _ = render(planning, stored, asked)
    assert document.state is DocumentState.FAILED
    assert "rahasia" not in document.failure
    assert "RuntimeError" not in document.failure


def test_a_cancelled_rendering_tells_nobody(planning, stored, asked, monkeypatch):
    def render_book(_content, _progress, cancelled, **_options):
        planning.run(cancelling.cancel, asked.job_id)
        while not cancelled():
            sleep(0.05)
        raise RenderCancelled

    monkeypatch.setattr(documents, "render_book", render_book)
    document, job = render(planning, stored, asked)
    assert (document.state, document.hash) == (DocumentState.FAILED, None)
    assert document.failure == actions.CANCELLED["id"]
    assert job.state is JobState.CANCELLED
    assert kinds(planning) == []
