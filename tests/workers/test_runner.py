"""Running a job: stages, attempts, dead letters, cancelling, lost leases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep
from uuid import UUID

import pytest
from sqlalchemy import select, update

from kotacerdas import audit, jobs
from kotacerdas.audit.models import AuditEntry
from kotacerdas.jobs import Job, JobState, Lease
from kotacerdas.jobs.announcing import free_abandoned
from kotacerdas.scope import Door, Scope, scope_of
from tests.jobs import KIND, RELAY, change, row, set_aside, write
from workers.runner import Handler, Permanent, Run, Runner

LONG = timedelta(hours=1)


@dataclass
class Book:
    """A handler's stages that note how often they ran; `effect` is an audit entry."""

    work: object = None
    loaded: list[int] = field(default_factory=list)
    died: list[str] = field(default_factory=list)

    def handler(self) -> Handler:
        work = self.work or (lambda content, run: content)
        return Handler(KIND, self.load, work, keep, self.dead, self.cancelled)

    def load(self, _session, lease: Lease) -> str:
        self.loaded.append(lease.attempt)
        return f"content of {lease.subject_id}"

    def dead(self, session, lease: Lease, error: str) -> None:
        self.died.append(error)
        audit.record(session, "test.dead", "job", lease.job_id)

    def cancelled(self, session, lease: Lease) -> None:
        audit.record(session, "test.cancelled", "job", lease.job_id)


def keep(session, lease: Lease, result: object) -> dict:
    audit.record(session, "test.kept", "job", lease.job_id)
    return {"kept": str(result), "person": str(scope_of(session).person_id)}


class Broken(Permanent):
    code = "BROKEN"
    id = "Rusak. Minta lagi dengan isi lain."
    en = "Broken. Ask again with other content."


@pytest.fixture
def quick(settings):
    return settings.model_copy(update={"job_retry_seconds": 0.001})


@pytest.fixture
def runner(quick, database):
    set_aside(database)

    def make(book: Book, **options) -> Runner:
        return Runner(quick.model_copy(update=options), database, {KIND.name: book.handler()})

    return make


def effects(database, city) -> list[str]:
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        own = select(AuditEntry.action).where(AuditEntry.tenant_id == city.id)
        return list(session.scalars(own.order_by(AuditEntry.sequence)))


def run_until_ended(runner: Runner, database, city, job_id: UUID) -> None:
    deadline = monotonic() + 5
    open_states = (JobState.QUEUED, JobState.RUNNING)
    while row(database, city, job_id).state in open_states and monotonic() < deadline:
        runner.run(city.id, job_id)
        sleep(0.01)


def test_the_result_is_kept_with_the_finish_in_the_name_of_who_asked(runner, database, city):
    person = city.scope().person_id
    [job_id] = write(database, city, person=person)
    book = Book(work=lambda content, run: content.upper())
    runner(book).run(city.id, job_id)
    done = row(database, city, job_id)
    assert done.state is JobState.DONE
    expected = f"content of {done.subject_id}".upper()
    assert done.result == {"kept": expected, "person": str(person)}
    assert effects(database, city) == ["test.kept"]


def test_a_second_nudge_for_a_job_that_is_done_does_nothing(runner, database, city):
    [job_id] = write(database, city)
    book = Book()
    runner(book).run(city.id, job_id)
    runner(book).run(city.id, job_id)
    assert (book.loaded, effects(database, city)) == ([1], ["test.kept"])


def test_a_job_with_nothing_to_do_is_done_without_keeping(runner, database, city, settings):
    [job_id] = write(database, city)
    handler = Handler(KIND, lambda session, lease: None, None, keep)
    Runner(settings, database, {KIND.name: handler}).run(city.id, job_id)
    assert row(database, city, job_id).state is JobState.DONE
    assert effects(database, city) == []


def test_a_poison_job_runs_exactly_five_times_and_dies_once(runner, database, city):
    def explode(content, run):
        raise ZeroDivisionError

    [job_id] = write(database, city)
    book = Book(work=explode)
    run_until_ended(runner(book), database, city, job_id)
    runner(book).run(city.id, job_id)
    dead = row(database, city, job_id)
    assert (dead.state, dead.attempts, dead.error) == (JobState.DEAD, 5, "ZeroDivisionError")
    assert book.loaded == [1, 2, 3, 4, 5]
    assert book.died == ["ZeroDivisionError"]
    assert effects(database, city) == ["test.dead"]


def test_a_job_that_kills_its_worker_five_times_becomes_a_dead_letter(runner, database, city):
    [job_id] = write(database, city)
    change(database, city, job_id, attempts=4)
    book = Book(work=lambda content, run: lapse(database, run))
    runner(book).run(city.id, job_id)
    assert row(database, city, job_id).state is JobState.QUEUED
    runner(book).run(city.id, job_id)
    dead = row(database, city, job_id)
    assert (dead.state, dead.attempts) == (JobState.DEAD, 5)
    assert (book.loaded, book.died) == ([5], ["worker lost"])


def test_a_permanent_error_is_not_tried_again(runner, database, city):
    def refuse(content, run):
        raise Broken

    [job_id] = write(database, city)
    book = Book(work=refuse)
    runner(book).run(city.id, job_id)
    dead = row(database, city, job_id)
    assert (dead.state, dead.attempts) == (JobState.DEAD, 1)
    assert book.died == [dead.error] == ["BROKEN: Broken. Ask again with other content."]


def test_a_notice_that_fails_keeps_no_dead_letter_alive(runner, database, city):
    def refuse(content, run):
        raise Broken

    [job_id] = write(database, city)
    book = Book(work=refuse)
    book.dead = lambda session, lease, error: 1 / 0
    runner(book).run(city.id, job_id)
    assert row(database, city, job_id).state is JobState.DEAD
    assert effects(database, city) == []


def test_a_job_of_an_unknown_kind_becomes_a_dead_letter(database, city, settings):
    [job_id] = write(database, city)
    Runner(settings, database, {}).run(city.id, job_id)
    dead = row(database, city, job_id)
    assert dead.state is JobState.DEAD
    assert dead.error.startswith("UNKNOWN_JOB_KIND: ")


def test_an_error_while_keeping_undoes_what_was_kept_and_tries_again(quick, database, city):
    def keep_badly(session, lease, result):
        keep(session, lease, result)
        if lease.attempt == 1:
            raise ZeroDivisionError

    [job_id] = write(database, city)
    book = Book()
    handler = Handler(KIND, book.load, None, keep_badly)
    run_until_ended(Runner(quick, database, {KIND.name: handler}), database, city, job_id)
    assert row(database, city, job_id).attempts == 2
    assert effects(database, city) == ["test.kept"]


def test_a_late_finish_is_refused_and_its_transaction_undone(runner, database, city):
    """As after a pause past the lease (SIGSTOP): another run has done the job meanwhile."""
    [job_id] = write(database, city)

    def overtaken(content, run):
        lapse(database, run)
        runner(Book(work=lambda content, run: "other")).run(city.id, job_id)
        return "late"

    runner(Book(work=overtaken)).run(city.id, job_id)
    done = row(database, city, job_id)
    assert (done.state, done.attempts, done.result["kept"]) == (JobState.DONE, 2, "other")
    assert effects(database, city) == ["test.kept"]


def test_the_heartbeat_keeps_a_job_that_takes_longer_than_its_lease(runner, database, city):
    [job_id] = write(database, city)

    def slow(content, run):
        sleep(1)
        with database.unit_of_work(RELAY) as session:
            assert free_abandoned(session) == 0
        return content

    book = Book(work=slow)
    runner(book, job_lease_seconds=0.45).run(city.id, job_id)
    assert row(database, city, job_id).state is JobState.DONE
    assert book.loaded == [1]


def test_a_running_job_stops_within_two_seconds_of_its_cancelling(runner, database, city):
    started, seen = Event(), []

    def patient(content, run: Run):
        run.step("waiting")
        started.set()
        while not run.cancelled():
            sleep(0.01)
        seen.append(monotonic())

    [job_id] = write(database, city)
    thread = Thread(target=runner(Book(work=patient)).run, args=(city.id, job_id))
    thread.start()
    started.wait()
    asked = monotonic()
    with database.unit_of_work(city.scope()) as session:
        jobs.cancel(session, job_id, KIND)
    thread.join()
    assert seen[0] - asked < 2
    stopped = row(database, city, job_id)
    assert (stopped.state, stopped.finished_at is None) == (JobState.CANCELLED, False)
    assert effects(database, city) == ["job.cancel", "test.cancelled"]


def test_a_job_to_be_cancelled_whose_worker_died_is_ended_by_the_next_one(runner, database, city):
    [job_id] = write(database, city)

    def killed(content, run: Run):
        change(database, city, job_id, cancel_requested=True)
        lapse(database, run)

    book = Book(work=killed)
    runner(book).run(city.id, job_id)
    assert row(database, city, job_id).state is JobState.QUEUED
    runner(book).run(city.id, job_id)
    ended = row(database, city, job_id)
    assert (ended.state, ended.finished_at is None) == (JobState.CANCELLED, False)
    assert (book.loaded, book.died) == ([1], [])
    assert effects(database, city) == ["test.cancelled"]


def test_a_failing_cancelled_stage_keeps_no_job_alive(runner, database, city):
    [job_id] = write(database, city)
    change(database, city, job_id, cancel_requested=True)
    book = Book()
    book.cancelled = lambda session, lease: 1 / 0
    runner(book).run(city.id, job_id)
    assert row(database, city, job_id).state is JobState.CANCELLED
    assert effects(database, city) == []


def test_the_step_that_a_job_has_reached_is_shown_within_two_seconds(runner, database, city):
    [job_id] = write(database, city)
    steps = []

    def stepping(content, run: Run):
        run.step("data")
        run.step("layout")
        sleep(1.2)
        steps.append(row(database, city, job_id).step)

    runner(Book(work=stepping)).run(city.id, job_id)
    assert steps == ["layout"]


def lapse(database, run: Run) -> None:
    """Let the lease run out and the relay free the job, as when the worker's host is gone."""
    lease = run.lease
    own = (Job.tenant_id == lease.tenant_id) & (Job.id == lease.job_id)
    with database.unit_of_work(RELAY) as session:
        session.execute(update(Job).where(own).values(lease_until=Job.lease_until - LONG))
        assert free_abandoned(session) == 1
