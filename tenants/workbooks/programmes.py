"""The programme table of a plan: read from what stands, saved by the rules of programmes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Permission
from kotacerdas.scope import tenant_of
from tenants.masterplan import programmes
from tenants.masterplan.draft import BudgetLine, ProgrammeFields, TargetLine
from tenants.masterplan.models import (
    Budget,
    BudgetSource,
    Masterplan,
    Programme,
    ProgrammeSupport,
    YearTarget,
)
from tenants.masterplan.programmes import MasterplanMissing
from tenants.workbooks import lists
from tenants.workbooks.programme_columns import (
    Lists,
    budget_key,
    columns,
    target_key,
    years_of,
)
from tenants.workbooks.sheet import Origin, Sheet, Standing, Values, WorkbookKind
from tenants.workbooks.subject import Subject

FIELDS = {
    "name": "name",
    "sub_dimension": "sub_dimension",
    "goal": "goal_id",
    "lead_unit": "lead_unit_id",
    "supporting": "supporting_unit_ids",
    "permendagri": "permendagri_code",
    "description": "description",
    "activity": "activity",
    "partners": "partners",
    "place": "place",
    "horizon": "horizon",
    "new": "is_new",
    "quick_win": "is_quick_win",
    "sdgs": "sdgs",
    "sdg_targets": "sdg_targets",
    "indicator": "indicator",
    "indicator_unit": "indicator_unit",
    "baseline": "baseline",
}
"""The field of a programme that a column of that key holds."""
PATHS = {
    "subDimension": "sub_dimension",
    "subDimensionId": "sub_dimension",
    "goalId": "goal",
    "leadUnitId": "lead_unit",
    "supportingUnitIds": "supporting",
    "permendagriCode": "permendagri",
    "isNew": "new",
    "isQuickWin": "quick_win",
    "sdgTargets": "sdg_targets",
    "indicatorUnit": "indicator_unit",
    "dimensionId": "dimension",
}
"""The column of a field whose name in the API differs from its key."""
Lines = dict[UUID, list[Any]]


def sheet(session: Session, origin: Origin) -> Sheet:
    """Return the plan's programme table; raises NotFound or MasterplanMissing."""
    plan = _plan(session, origin)
    rows = _programmes(session, plan, origin.unit_id)
    targets = _parts(session, rows, YearTarget, YearTarget.year, YearTarget.value)
    budgets = _parts(session, rows, Budget, Budget.year, Budget.source, Budget.amount_rupiah)
    supports = _parts(session, rows, ProgrammeSupport, ProgrammeSupport.unit_id)
    others = [line.year for part in (targets, budgets) for lines in part.values() for line in lines]
    years = years_of(plan.period_start, plan.period_end, others)
    choices = Lists(
        lists.units(session),
        lists.pillars(session, plan.participation_id),
        lists.goals(session, plan.id),
        lists.parts(session, plan.participation_id),
    )
    made = columns(choices, years)
    blank: Values = {column.key: None for column in made}
    standing = [
        Standing(
            row.id,
            row.version,
            blank | _values(row, targets[row.id], budgets[row.id], supports[row.id]),
        )
        for row in rows
    ]
    title = f"{plan.title} {plan.period_start}-{plan.period_end}"
    return Sheet(origin, (title, title), ("Program", "Programmes"), made, tuple(standing))


def create(session: Session, origin: Origin, values: Values) -> UUID:
    """Add a programme to the plan."""
    plan = _plan(session, origin)
    return programmes.create_programme(
        session, plan.id, dimension_id=values["dimension"], **_fields(values, values)
    ).id


def change(session: Session, standing: Standing, values: Values, changed: Collection[str]) -> UUID:
    """Change what differs of a programme; targets and budgets are replaced whole."""
    return programmes.update_programme(
        session, standing.id, expected_version=standing.version, **_fields(values, changed)
    ).id


def key_of(path: tuple[str, ...], values: Values) -> str | None:
    """Return the column of a rule's path: `budgets.3.amountRupiah` is the fourth filled budget."""
    match path:
        case ("targets", place, *_):
            return target_key(_targets(values)[int(place)].year)
        case ("budgets", place, *_):
            line = _budgets(values)[int(place)]
            return budget_key(line.year, line.source)
        case (field, *_):
            return PATHS.get(field, field if field in FIELDS else None)
    return None


def _plan(session: Session, origin: Origin) -> Masterplan:
    mine = {"tenant_id": tenant_of(session), "participation_id": origin.participation_id}
    plan = session.scalar(select(Masterplan).filter_by(**mine))
    if plan is None:
        raise MasterplanMissing
    return plan


def _programmes(session: Session, plan: Masterplan, unit_id: UUID | None) -> Sequence[Programme]:
    mine = select(Programme).filter_by(tenant_id=plan.tenant_id, masterplan_id=plan.id)
    if unit_id is not None:
        mine = mine.where(Programme.lead_unit_id == unit_id)
    ordered = mine.order_by(Programme.code).execution_options(populate_existing=True)
    return session.scalars(ordered).all()


def _parts(session: Session, rows: Sequence[Programme], part: Any, *picked: Any) -> Lines:  # noqa: ANN401  (three tables)
    """Return what hangs on the programmes, in the order in which it was entered."""
    lines: Lines = defaultdict(list)
    ids = [row.id for row in rows]
    mine = select(part.programme_id, *picked).where(
        part.tenant_id == tenant_of(session), part.programme_id.in_(ids)
    )
    for line in session.execute(mine.order_by(part.id)):
        lines[line.programme_id].append(line)
    return lines


def _values(row: Programme, targets: list[Any], budgets: list[Any], supports: list[Any]) -> Values:
    own = {key: getattr(row, field) for key, field in FIELDS.items() if key != "supporting"}
    return {
        **own,
        "code": row.code,
        "dimension": row.dimension_id,
        "supporting": tuple(line.unit_id for line in supports),
        **{target_key(line.year): line.value for line in targets},
        **{budget_key(line.year, line.source): line.amount_rupiah for line in budgets},
    }


def _fields(values: Values, wanted: Collection[str]) -> ProgrammeFields:
    """Return what the rules take of the wanted columns."""
    fields: dict[str, Any] = {field: values[key] for key, field in FIELDS.items() if key in wanted}
    if any(key.startswith("target:") for key in wanted):
        fields["targets"] = _targets(values)
    if any(key.startswith("budget:") for key in wanted):
        fields["budgets"] = _budgets(values)
    return cast(ProgrammeFields, fields)


def _targets(values: Values) -> list[TargetLine]:
    lines = [(key.split(":"), value) for key, value in values.items() if value is not None]
    return [TargetLine(int(key[1]), value) for key, value in lines if key[0] == "target"]


def _budgets(values: Values) -> list[BudgetLine]:
    lines = [(key.split(":"), value) for key, value in values.items() if value is not None]
    return [
        BudgetLine(int(key[1]), BudgetSource(key[2]), value)
        for key, value in lines
        if key[0] == "budget"
    ]


SUBJECT = Subject(
    WorkbookKind.PROGRAMMES,
    Permission.MASTERPLAN_WRITE,
    "prg",
    Programme,
    sheet,
    create,
    change,
    key_of,
    twin=("name", "dimension", "lead_unit"),
    unit="lead_unit",
)
