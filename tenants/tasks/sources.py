"""Where tasks come from: one query over everything of a city that waits for somebody."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CompoundSelect,
    DateTime,
    Select,
    Text,
    cast,
    func,
    union_all,
)

from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import table_of
from tenants.cities.models import City, Deadline
from tenants.evaluation.models import (
    Evaluation,
    EvaluationRound,
    EvaluationState,
    FollowUp,
    Objection,
    ObjectionState,
)
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState
from tenants.tasks.remarks import remarks
from tenants.tasks.rows import TaskKind, Tenant, of, task_rows
from tenants.tasks.sections import sections
from tenants.tasks.workshops import workshops

K = TaskKind

INNOVATIONS: dict[InnovationState, tuple[TaskKind, Role]] = {
    InnovationState.RETURNED: (K.REVISE, Role.UNIT_HEAD),
    InnovationState.SUBMITTED: (K.ENDORSE, Role.CITY_ADMIN),
    InnovationState.ENDORSED: (K.REVIEW, Role.EXPERT),
    InnovationState.IN_REVIEW: (K.DECIDE, Role.EXPERT),
    InnovationState.ACCEPTED: (K.PLACE, Role.BAPPEDA),
}
"""What an innovation waits for in a state, and from whom."""

EVALUATIONS: dict[EvaluationState, tuple[TaskKind, Role]] = {
    EvaluationState.SELF_SCORING: (K.SELF_SCORE, Role.CITY_ADMIN),
    EvaluationState.ASSESSING: (K.ASSESS, Role.EXPERT),
    EvaluationState.PROVISIONAL: (K.ACCEPT_RESULT, Role.CITY_ADMIN),
}
"""What an evaluation waits for in a state, and from whom."""


def waiting(tenant: Tenant) -> CompoundSelect[Any]:
    """Return the rows of a city, or of all, that wait for somebody.

    Columns: tenant_id, kind, owner (a role), unit_id, prefix and subject_id of the row to open,
    title, since and due_at.
    """
    innovations = [
        _innovations(tenant, state, kind, owner) for state, (kind, owner) in INNOVATIONS.items()
    ]
    evaluations = [
        _evaluations(tenant, state, kind, owner) for state, (kind, owner) in EVALUATIONS.items()
    ]
    others = [*remarks(tenant), _deadlines(tenant), _objections(tenant), _follow_ups(tenant)]
    return union_all(*innovations, *evaluations, *others, *workshops(tenant), *sections(tenant))


def _innovations(
    tenant: Tenant, state: InnovationState, kind: TaskKind, owner: Role
) -> Select[Any]:
    row = table_of(Innovation).alias()
    unit = {"unit_id": row.c.unit_id} if owner is Role.UNIT_HEAD else {}
    found = task_rows(kind, owner, "inn", row, title=row.c.name, **unit)
    return found.where(of(row, tenant), row.c.state == state)


def _deadlines(tenant: Tenant) -> Select[Any]:
    row = table_of(Deadline).alias()
    found = task_rows(
        K.DEADLINE, Role.CITY_ADMIN, "ddl", row, title=row.c.name, due_at=row.c.due_at
    )
    return found.where(of(row, tenant), row.c.done_at.is_(None))


def _evaluations(
    tenant: Tenant, state: EvaluationState, kind: TaskKind, owner: Role
) -> Select[Any]:
    row, held = table_of(Evaluation).alias(), table_of(EvaluationRound).alias()
    due = {
        EvaluationState.SELF_SCORING: {"due_at": held.c.self_score_due_at},
        EvaluationState.PROVISIONAL: {"due_at": row.c.objections_until},
    }
    found = task_rows(kind, owner, "evl", row, title=cast(held.c.year, Text), **due.get(state, {}))
    return found.where(of(row, tenant), row.c.state == state, held.c.id == row.c.round_id)


def _objections(tenant: Tenant) -> Select[Any]:
    row = table_of(Objection).alias()
    found = task_rows(K.ANSWER_OBJECTION, Role.EXPERT, "obj", row, title=row.c.item)
    return found.where(of(row, tenant), row.c.state == ObjectionState.OPEN)


def _follow_ups(tenant: Tenant) -> Select[Any]:
    row, city = table_of(FollowUp).alias(), table_of(City).alias()
    end_of_day = func.timezone(city.c.zone, cast(row.c.due_on + 1, DateTime))
    found = task_rows(
        K.FOLLOW_UP,
        Role.UNIT_HEAD,
        "fup",
        row,
        title=row.c.action,
        unit_id=row.c.unit_id,
        due_at=end_of_day,
    )
    return found.where(of(row, tenant), row.c.done_on.is_(None), city.c.id == row.c.tenant_id)
