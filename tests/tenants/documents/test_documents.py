"""Documents: asked for, finished or failed, linked and opened by rights."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas import files
from kotacerdas.errors import Forbidden, NotFound, Unauthenticated
from kotacerdas.file_names import open_file
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.jobs import Job, JobState, Kind, Queue, enqueue
from kotacerdas.scope import Door, Scope
from tenants import cancelling
from tenants.documents import actions, queries
from tenants.documents.models import Document, DocumentState
from tenants.masterplan import freezing
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.masterplan.planning import codes

HASH = "a" * 64
FILE = {"sha256": HASH, "size_bytes": 1234, "pages": 40, "warnings": ["Huruf ௐ tidak ada."]}


@pytest.fixture
def version_id(planning):
    """A frozen version of the city's plan."""
    plan_id = planning.complete()
    return planning.run(freezing.freeze, plan_id, expected_version=3).id


@pytest.fixture
def document(planning, version_id) -> Document:
    """A document that has been asked for."""
    return planning.run(actions.request, version_id)


def worker(planning) -> Scope:
    return Scope(Door.WORKER, planning.city.id, planning.scope.person_id)


def told(planning) -> list[tuple]:
    """Kinds and people of the city's notifications, with their facts."""
    columns = (Notification.kind, Notification.person_id, Notification.data)
    mine = select(*columns).where(Notification.tenant_id == planning.city.id)
    return [tuple(row) for row in planning.run(lambda session: session.execute(mine).all())]


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


def test_a_document_and_its_job_are_written_together(planning, version_id):
    made = planning.run(actions.request, version_id, language="en")
    job = planning.run(lambda session: session.get_one(Job, (planning.city.id, made.job_id)))
    assert (made.state, made.language, made.version) == (DocumentState.WAITING, "en", 1)
    assert made.requested_by == planning.scope.person_id
    assert (job.kind, job.queue, job.state) == ("documents.render", "render", JobState.QUEUED)
    assert job.subject_id == made.id


def test_a_repeated_request_with_one_key_makes_one_document_and_one_job(planning, version_id):
    asked = {"language": "id", "idempotency_key": "kunci-buku-1"}
    first = planning.run(actions.request, version_id, **asked)
    second = planning.run(actions.request, version_id, **asked)
    jobs = select(Job.id).where(Job.tenant_id == planning.city.id, Job.kind == "documents.render")
    assert first.id == second.id
    assert planning.run(lambda session: session.scalars(jobs).all()) == [first.job_id]


def test_a_language_that_no_book_speaks_is_refused(planning, version_id):
    errors = planning.refused(actions.request, version_id, language="fr")
    assert [(error.code, error.path) for error in errors] == [("INVALID", ("language",))]


def test_another_citys_version_looks_missing(planning, version_id, make_planning):
    other = make_planning()
    for row_id in (version_id, uuid4()):
        assert codes(other.refused(actions.request, row_id)) == ["NOT_FOUND"]


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.EXPERT, Role.COUNCIL, Role.REGION_HEAD])
def test_only_planners_ask_for_books(planning, version_id, role):
    scope = planning.city.scope(role)
    assert isinstance(planning.refused(actions.request, version_id, scope=scope)[0], Forbidden)


def test_a_finished_document_is_told_to_who_asked_and_to_the_administrators(planning, version_id):
    asker = planning.city.scope(Role.BAPPEDA)
    document = planning.run(actions.request, version_id, scope=asker)
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    stored = planning.run(lambda s: s.get_one(Document, (planning.city.id, document.id)))
    assert (stored.state, stored.hash, stored.size_bytes, stored.pages, stored.warnings) == (
        DocumentState.READY,
        HASH,
        1234,
        40,
        ["Huruf ௐ tidak ada."],
    )
    facts = {"name": "Buku 2: Masterplan Smart City Kota Uji (versi 1)", "pages": "40"}
    assert sorted(told(planning), key=str) == sorted(
        [
            (NotificationKind.BOOK_READY, person, facts)
            for person in (asker.person_id, planning.scope.person_id)
        ],
        key=str,
    )


def test_who_has_left_the_city_is_not_told_of_the_book_they_asked_for(planning, version_id):
    asker = planning.city.scope(Role.BAPPEDA)
    document = planning.run(actions.request, version_id, scope=asker)
    planning.city.leave(asker.person_id)
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    assert [person for _, person, _ in told(planning)] == [planning.scope.person_id]


def test_a_failed_document_is_told_with_its_reason(planning, document):
    reason = "Buku terlalu lama dibuat."
    planning.run(actions.fail, document.id, scope=worker(planning), reason=reason)
    stored = planning.run(lambda s: s.get_one(Document, (planning.city.id, document.id)))
    assert (stored.state, stored.failure) == (DocumentState.FAILED, reason)
    name = "Buku 2: Masterplan Smart City Kota Uji (versi 1)"
    facts = {"name": name, "reason": reason, "job": str(document.job_id)}
    assert told(planning) == [(NotificationKind.BOOK_FAILED, planning.scope.person_id, facts)]


def test_a_cancelled_document_says_so_and_tells_nobody(planning, version_id):
    document = planning.run(actions.request, version_id, language="en")
    job = planning.run(cancelling.cancel, document.job_id)
    stored = planning.run(lambda s: s.get_one(Document, (planning.city.id, document.id)))
    assert job.state is JobState.CANCELLED
    assert (stored.state, stored.failure) == (DocumentState.FAILED, actions.CANCELLED["en"])
    assert told(planning) == []
    assert codes(planning.refused(cancelling.cancel, document.job_id)) == ["JOB_FINISHED"]


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.EXPERT, Role.COUNCIL, Role.REGION_HEAD])
def test_only_planners_cancel_the_making_of_a_book(planning, document, role):
    scope = planning.city.scope(role)
    assert codes(planning.refused(cancelling.cancel, document.job_id, scope=scope)) == ["FORBIDDEN"]


def test_a_job_that_nobody_asked_for_cannot_be_cancelled(planning, document):
    purge = Kind("housekeeping.test", Queue.BULK)
    job_id = planning.run(lambda session: enqueue(session, purge, uuid4()))
    assert codes(planning.refused(cancelling.cancel, job_id)) == ["JOB_NOT_YOURS"]


def test_a_finished_document_never_changes(planning, document):
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    for rule, facts in ((actions.complete, FILE), (actions.fail, {"reason": "x"})):
        errors = planning.refused(rule, document.id, scope=worker(planning), **facts)
        assert codes(errors) == ["DOCUMENT_FINISHED"]


def test_a_link_is_signed_once_the_file_is_there(planning, document, settings):
    assert codes(planning.refused(actions.link, document.id, settings)) == ["DOCUMENT_NOT_READY"]
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    address = urlsplit(planning.run(actions.link, document.id, settings))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path == f"/files/doc.{planning.city.id}.{document.id.hex}"
    files.verify(settings, address.path.removeprefix("/files/"), **query)


def test_a_failed_document_has_no_link(planning, document, settings):
    planning.run(actions.fail, document.id, scope=worker(planning), reason="x")
    assert codes(planning.refused(actions.link, document.id, settings)) == ["DOCUMENT_NOT_READY"]


def test_another_city_gets_no_link(planning, document, settings, make_planning):
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    other = make_planning()
    for row_id in (document.id, uuid4()):
        assert codes(other.refused(actions.link, row_id, settings)) == ["NOT_FOUND"]


def test_who_reads_the_city_opens_the_file_under_a_plain_name(planning, document, database):
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    head = planning.city.scope(Role.UNIT_HEAD, planning.unit_id)
    found = opened(database, actor_of(head), queries.segment(document))
    assert (found.sha256, found.filename) == (HASH, "Buku-2-Masterplan-Kota-Uji-v1.pdf")
    assert found.media_type == "application/pdf"


def test_the_ministry_opens_every_citys_file(planning, document, database, ministry):
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    found = opened(database, actor_of(ministry()), queries.segment(document))
    assert found.sha256 == HASH


def test_rights_are_asked_again_when_the_link_is_used(planning, document, database, make_planning):
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    name = queries.segment(document)
    foreign = make_planning()
    gone = Actor(planning.scope.person_id, ())
    for actor in (actor_of(foreign.scope), gone, ANONYMOUS):
        with pytest.raises((NotFound, Unauthenticated)):
            opened(database, actor, name)
    borrowed = f"doc.{foreign.city.id}.{document.id.hex}"
    with pytest.raises(NotFound):
        opened(database, actor_of(foreign.scope), borrowed)


def test_a_token_without_the_right_to_read_opens_nothing(planning, document, database):
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    grant = Grant(planning.city.id, Role.CITY_ADMIN, allowed=frozenset())
    with pytest.raises(Forbidden):
        opened(database, Actor(planning.scope.person_id, (grant,)), queries.segment(document))


@pytest.mark.parametrize(
    "name",
    [
        *("", "x", "doc.1", "1.{id}", "doc.0.{id}", "doc.-1.{id}", "doc.1.{id}x", "doc.1.{id}\n"),
        *("../doc.1.{id}", "doc.9999999999.{id}", "exp.1.{id}", "DOC.1.{id}", "doc.01.{id}"),
    ],
)
def test_a_name_of_another_shape_is_not_found(database, planning, name):
    actor = actor_of(planning.scope)
    with pytest.raises(NotFound):
        opened(database, actor, name.replace("{id}", uuid4().hex))


def test_an_english_book_is_named_in_english(planning, version_id, database):
    document = planning.run(actions.request, version_id, language="en")
    planning.run(actions.complete, document.id, scope=worker(planning), **FILE)
    found = opened(database, actor_of(planning.scope), queries.segment(document))
    assert found.filename == "Book-2-Masterplan-Kota-Uji-v1.pdf"
    content = planning.run(queries.book_of, document)
    assert (content.language, content.title) == ("en", "Masterplan Smart City Kota Uji")
