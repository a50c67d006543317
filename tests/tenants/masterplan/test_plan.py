"""Masterplans and their missions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import DomainError, Forbidden, NotFound, StaleVersion
from kotacerdas.identity.policy import Role
from tenants.cities.workflow import Stage
from tenants.masterplan import missions, plan
from tenants.masterplan.models import Masterplan
from tests.predicate.hook import suspended
from tests.tenants.masterplan.planning import codes, missions_of

OPEN = {"title": "Masterplan", "period_start": 2023, "period_end": 2027}


def test_a_city_opens_one_masterplan_for_a_participation(planning):
    made = planning.plan()
    assert (made.title, made.period_start, made.period_end, made.version) == (
        "Masterplan Smart City Kota Uji",
        2023,
        2027,
        1,
    )
    errors = planning.refused(plan.create, participation_id=planning.participation_id, **OPEN)
    assert codes(errors) == ["MASTERPLAN_EXISTS"]
    assert errors[0].path == ("participationId",)


def test_the_same_key_opens_the_same_masterplan_once(planning):
    asked = {
        "participation_id": planning.participation_id,
        **OPEN,
        "idempotency_key": "masterplan-1",
    }
    first, second = planning.run(plan.create, **asked), planning.run(plan.create, **asked)
    assert first.id == second.id
    errors = planning.refused(plan.create, **{**asked, "title": "Lain"})
    assert codes(errors) == ["IDEMPOTENCY_KEY_REUSED"]


def test_parallel_calls_open_one_masterplan(planning):
    def attempt(_number: int) -> str:
        try:
            planning.run(plan.create, participation_id=planning.participation_id, **OPEN)
        except DomainError as error:
            return error.code
        return "made"

    with ThreadPoolExecutor(6) as pool:
        results = sorted(pool.map(attempt, range(6)))
    assert results == ["MASTERPLAN_EXISTS"] * 5 + ["made"]


@pytest.mark.parametrize(
    ("first", "last"), [(2027, 2023), (2023, 2043), (1899, 1900), (2095, 2101)]
)
def test_a_period_has_one_to_twenty_years(planning, first, last):
    errors = planning.refused(
        plan.create,
        participation_id=planning.participation_id,
        title="Masterplan",
        period_start=first,
        period_end=last,
    )
    assert codes(errors) == ["PERIOD_INVALID"]
    assert f"{first}-{last}" in errors[0].text("id")


def test_a_period_of_twenty_years_is_taken(planning):
    made = planning.run(
        plan.create,
        participation_id=planning.participation_id,
        title="Masterplan",
        period_start=2023,
        period_end=2042,
    )
    assert made.period_end == 2042


@pytest.mark.parametrize("stage", [Stage.NOT_SELECTED, Stage.WITHDRAWN, Stage.NOT_FINISHED])
def test_a_participation_that_has_ended_gets_no_masterplan(make_planning, stage):
    ended = make_planning(stage)
    errors = ended.refused(plan.create, participation_id=ended.participation_id, **OPEN)
    assert codes(errors) == ["PARTICIPATION_ENDED"]


@pytest.mark.parametrize("title", ["", "  ", "a\x00b", "x" * 201, "dua\nbaris"])
def test_a_title_is_one_short_line_of_text(planning, title):
    asked = {**OPEN, "title": title}
    errors = planning.refused(plan.create, participation_id=planning.participation_id, **asked)
    assert codes(errors) == ["INVALID"]
    assert errors[0].path == ("title",)


def test_another_citys_participation_looks_missing(planning, make_planning):
    other = make_planning()
    for participation_id in (other.participation_id, uuid4()):
        errors = planning.refused(plan.create, participation_id=participation_id, **OPEN)
        assert codes(errors) == ["NOT_FOUND"]
        assert errors[0].path == ("participationId",)


def test_vision_and_title_change_under_the_expected_version(planning):
    made = planning.plan()
    changed = planning.run(plan.update, made.id, vision=" Kota hebat. ", expected_version=1)
    assert (changed.vision, changed.title, changed.version) == ("Kota hebat.", made.title, 2)
    errors = planning.refused(plan.update, made.id, title="Lain", expected_version=1)
    assert isinstance(errors[0], StaleVersion)
    assert errors[0].current_version == 2


def test_another_citys_masterplan_looks_missing(planning, make_planning):
    foreign = make_planning().plan().id
    for plan_id in (foreign, uuid4()):
        assert codes(planning.refused(plan.update, plan_id, expected_version=1)) == ["NOT_FOUND"]
        asked = {"missions": [], "expected_version": 1}
        assert codes(planning.refused(missions.write_missions, plan_id, **asked)) == ["NOT_FOUND"]


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.UNIT_OPERATOR, Role.COUNCIL, Role.EXPERT])
def test_only_planners_write_the_masterplan(planning, role):
    made = planning.plan()
    stranger = planning.city.scope(role)
    for rule, asked in (
        (plan.create, {"participation_id": planning.participation_id, **OPEN}),
        (plan.update, {"masterplan_id": made.id, "title": "X", "expected_version": 1}),
        (
            missions.write_missions,
            {"masterplan_id": made.id, "missions": [], "expected_version": 1},
        ),
    ):
        errors = planning.refused(rule, scope=stranger, **asked)
        assert isinstance(errors[0], Forbidden)


def test_missions_and_goals_are_replaced_and_keep_the_ids_of_their_places(planning):
    made = planning.plan()
    first = [("Satu", ["a", "b"]), ("Dua", ["c"])]
    written = planning.run(missions.write_missions, made.id, missions=first, expected_version=1)
    assert written.version == 2
    before = planning.goals(made.id)
    second = [("Satu baru", ["a", "b baru", "d"])]
    planning.run(missions.write_missions, made.id, missions=second, expected_version=2)
    after = planning.goals(made.id)
    assert [row[2] for row in before] == ["a", "b", "c"]
    assert [row[2] for row in after] == ["a", "b baru", "d"]
    assert [row[:2] for row in after[:2]] == [row[:2] for row in before[:2]]
    assert planning.run(missions_of, planning.city.id, made.id) == ["Satu baru"]


def test_a_goal_that_programmes_serve_cannot_vanish(planning):
    made = planning.plan()
    first = [("Satu", ["a", "b"])]
    planning.run(missions.write_missions, made.id, missions=first, expected_version=1)
    goal_id = planning.goals(made.id)[1][1]
    programme = planning.programme(made.id, goal_id=goal_id)
    for left in ([("Satu", ["a"])], []):
        errors = planning.refused(
            missions.write_missions, made.id, missions=left, expected_version=2
        )
        assert codes(errors) == ["GOAL_IN_USE"]
        assert errors[0].path == ("missions", "0", "goals", "1")
        assert programme.code in errors[0].text("id")


def test_every_empty_mission_and_goal_is_named(planning):
    made = planning.plan()
    errors = planning.refused(
        missions.write_missions,
        made.id,
        missions=[("", ["a", " "]), ("Dua", ["x" * 10_001])],
        expected_version=1,
    )
    assert [error.path for error in errors] == [
        ("missions", "0", "text"),
        ("missions", "0", "goals", "1"),
        ("missions", "1", "goals", "0"),
    ]


def test_a_plan_has_at_most_thirty_missions(planning):
    made = planning.plan()
    errors = planning.refused(
        missions.write_missions, made.id, missions=[("x", [])] * 31, expected_version=1
    )
    assert codes(errors) == ["TOO_MANY_MISSIONS"]


def test_each_change_of_the_plan_is_in_the_audit(planning):
    made = planning.plan()
    planning.run(plan.update, made.id, vision="Baru", expected_version=1)
    planning.run(missions.write_missions, made.id, missions=[("Satu", [])], expected_version=2)

    def actions(session) -> list[str]:
        mine = select(AuditEntry.action).where(AuditEntry.tenant_id == planning.city.id)
        return list(session.scalars(mine.order_by(AuditEntry.sequence)))

    assert planning.run(actions) == [
        "masterplan.create",
        "masterplan.update",
        "masterplan.write_missions",
    ]


def test_another_city_reads_no_masterplan(planning, make_planning):
    made, other = planning.plan(), make_planning()
    count = select(func.count()).where(Masterplan.id == made.id)
    with suspended():
        assert other.run(lambda session: session.scalar(count)) == 0
    with pytest.raises(NotFound):
        other.run(plan.update, made.id, title="Curi", expected_version=1)
