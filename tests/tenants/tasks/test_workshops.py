"""What workshops leave to do: a record of each session, and its outputs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from kotacerdas.identity.policy import Role
from tenants.bimtek.models import OutputState, Workshop, WorkshopOutput, WorkshopState
from tenants.tasks.listing import tasks_of
from tenants.tasks.rows import TaskKind
from tests.tenants.participating import ensure_reference, invited, scheduled
from tests.tenants.refusals import run

K = TaskKind


@pytest.fixture(scope="module", autouse=True)
def reference(database) -> None:
    """The shipped regions, editions and cohorts."""
    ensure_reference(database)


@pytest.fixture
def session_of(database, city, ministry) -> Workshop:
    """A session that the ministry has scheduled."""
    return scheduled(database, invited(database, city, ministry))


def found(database, city):
    kinds = {K.RECORD_SESSION, K.DELIVER_OUTPUT, K.ACCEPT_OUTPUT}
    tasks = run(database, city.scope(), tasks_of)
    return [task for task in tasks if task.kind in kinds]


def put(database, city, model, **values):
    with database.unit_of_work(city.scope()) as session:
        session.execute(update(model).where(model.tenant_id == city.id).values(**values))


def test_a_session_that_ended_waits_to_be_recorded_and_is_late(database, city, session_of):
    end = datetime.now(UTC) - timedelta(hours=1)
    put(database, city, Workshop, starts_at=end - timedelta(hours=5), ends_at=end)
    (task,) = found(database, city)
    assert (task.kind, task.owner, task.title) == (
        K.RECORD_SESSION,
        Role.CITY_ADMIN,
        session_of.place,
    )
    assert task.overdue(datetime.now(UTC))
    ahead = end + timedelta(days=2)
    put(database, city, Workshop, starts_at=ahead, ends_at=ahead)
    assert found(database, city) == []


def test_outputs_of_a_held_session_wait_for_the_city_then_for_the_expert(
    database, city, session_of
):
    put(database, city, Workshop, state=WorkshopState.HELD)
    owed = found(database, city)
    assert owed
    assert {(task.kind, task.owner) for task in owed} == {(K.DELIVER_OUTPUT, Role.CITY_ADMIN)}
    assert {task.due_at for task in owed} == {session_of.ends_at}
    put(database, city, WorkshopOutput, state=OutputState.DELIVERED)
    handed = found(database, city)
    assert {(task.kind, task.owner, task.due_at) for task in handed} == {
        (K.ACCEPT_OUTPUT, Role.EXPERT, None)
    }
    put(database, city, WorkshopOutput, state=OutputState.ACCEPTED)
    assert found(database, city) == []
