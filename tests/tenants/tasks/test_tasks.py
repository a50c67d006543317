"""What people have to do, derived from where the work stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.deadlines import finish_deadline, set_deadline
from tenants.cities.participation import invite
from tenants.cities.reference import load_reference
from tenants.cities.workflow import Stage
from tenants.evaluation.rounds import open_round, take_part
from tenants.submissions.workflow import InnovationState
from tenants.tasks.listing import counts, tasks_of
from tenants.tasks.rows import TaskKind
from tests.graphql_schema.places import innovation, participation
from tests.tenants.refusals import refused, run
from tests.years import next_year

K, S = TaskKind, InnovationState
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def reference(database) -> None:
    """The shipped guides and cohorts."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@pytest.fixture
def listed(database, city):
    """Return a function: kind, owner and title of a city's tasks, or of the actor's own."""

    def read(scope: Scope | None = None, **options):
        found = run(database, scope or city.scope(), lambda s: tasks_of(s, **options))
        return [(task.kind, task.owner, task.title) for task in found if task.kind is not K.STAGE]

    return read


def deadline(city, due_at, name="Buku 1"):
    place = participation(city.database, city)
    rule = lambda s: set_deadline(s, place, name=name, due_at=due_at)  # noqa: E731
    return run(city.database, city.scope(), rule)


@pytest.mark.parametrize(
    ("state", "kind", "owner"),
    [
        (S.RETURNED, K.REVISE, Role.UNIT_HEAD),
        (S.SUBMITTED, K.ENDORSE, Role.CITY_ADMIN),
        (S.ENDORSED, K.REVIEW, Role.EXPERT),
        (S.IN_REVIEW, K.DECIDE, Role.EXPERT),
        (S.ACCEPTED, K.PLACE, Role.BAPPEDA),
    ],
)
def test_an_innovation_waits_for_whoever_moves_it_on(database, city, listed, state, kind, owner):
    innovation(database, city, name="Antrean", state=state)
    assert listed() == [(kind, owner, "Antrean")]


@pytest.mark.parametrize("state", [S.DRAFT, S.REJECTED, S.PLACED])
def test_what_is_done_or_not_begun_waits_for_nobody(database, city, listed, state):
    innovation(database, city, state=state)
    assert listed() == []


def test_each_sees_what_their_own_roles_are_to_do(database, city, listed):
    unit, other = city.unit(), city.unit()
    innovation(database, city, name="Kita", state=S.RETURNED, unit_id=unit)
    innovation(database, city, name="Lain", state=S.RETURNED, unit_id=other)
    innovation(database, city, name="Ahli", state=S.ENDORSED)
    assert listed(city.scope(Role.UNIT_HEAD, unit), mine=True) == [
        (K.REVISE, Role.UNIT_HEAD, "Kita")
    ]
    assert listed(city.scope(Role.UNIT_OPERATOR, other), mine=True) == [
        (K.REVISE, Role.UNIT_HEAD, "Lain")
    ]
    assert listed(city.scope(Role.EXPERT), mine=True) == [(K.REVIEW, Role.EXPERT, "Ahli")]
    assert listed(city.scope(Role.COUNCIL), mine=True) == []
    assert len(listed(city.scope(Role.COUNCIL))) == 3


def test_what_is_overdue_comes_first_and_is_gone_once_finished(database, city, listed):
    innovation(database, city, name="Tanpa tenggat", state=S.SUBMITTED)
    deadline(city, datetime(2099, 1, 5, tzinfo=UTC), "Nanti")
    late = deadline(city, datetime(2022, 1, 3, tzinfo=UTC), "Lewat")
    assert [title for _, _, title in listed()] == ["Lewat", "Nanti", "Tanpa tenggat"]
    finish = lambda s: finish_deadline(s, late.id, expected_version=late.version)  # noqa: E731
    run(database, city.scope(), finish)
    assert [title for _, _, title in listed()] == ["Nanti", "Tanpa tenggat"]


def test_tasks_are_counted_by_owner_with_the_most_overdue_first(database, city):
    unit = city.unit()
    for _ in range(3):
        innovation(database, city, state=S.RETURNED, unit_id=unit)
    deadline(city, NOW - timedelta(days=2))
    deadline(city, NOW + timedelta(days=1))
    found = run(database, city.scope(), tasks_of)
    rows = [each for each in found if each.kind is not K.STAGE]
    assert [(c.owner, c.unit_id, c.open, c.overdue) for c in counts(rows, NOW)] == [
        (Role.CITY_ADMIN, None, 2, 1),
        (Role.UNIT_HEAD, unit, 3, 0),
    ]


def test_an_evaluation_asks_the_city_for_its_scores_by_the_rounds_date(
    database, city, ministry, listed
):
    year = next_year()
    due = datetime(2031, 8, 29, 17, tzinfo=UTC)
    given = {
        "year": year,
        "edition_code": "pilar-2022",
        "scale_maximum": Decimal(5),
        "objection_days": 7,
    }
    opening = lambda s: open_round(s, self_score_due_at=due, **given)  # noqa: E731
    held = run(database, ministry(NATION), opening)
    run(database, ministry(city.id), lambda s: take_part(s, held.id))
    assert listed() == [(K.SELF_SCORE, Role.CITY_ADMIN, str(year))]
    (task,) = run(database, city.scope(), tasks_of)
    assert task.due_at == due


def test_what_the_next_stage_lacks_is_a_task_with_its_text(database, city, ministry):
    day = date(2022, 2, 1)
    inviting = lambda s: invite(s, cohort_year=2022, occurred_on=day)  # noqa: E731
    row = run(database, ministry(city.id), inviting)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        session.merge(row).stage = Stage.SELECTED
    found = run(database, city.scope(), tasks_of)
    assert {(task.kind, task.title) for task in found} == {(K.STAGE, "committed")}
    assert "memorandum" in found[0].text["en"]


def test_a_neighbour_and_nobody_see_no_tasks(database, city, make_city):
    neighbour = make_city().scope()
    stranger = Scope(
        Door.CITY, city.id, neighbour.person_id, (Grant(neighbour.tenant_id, Role.CITY_ADMIN),)
    )
    refused(database, stranger, tasks_of, "FORBIDDEN")
    refused(database, Scope(Door.CITY, city.id), tasks_of, "UNAUTHENTICATED")
