"""The innovation list of a participation: read from what stands, saved by the rules of drafts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Permission
from kotacerdas.scope import tenant_of
from tenants.cities.models import City, Participation
from tenants.editions.models import Cohort
from tenants.submissions import drafting
from tenants.submissions.content import TEXTS, InnovationChanges
from tenants.submissions.models import Innovation, InnovationKind, Maturity
from tenants.submissions.states import participation_of
from tenants.submissions.texts import FIELDS, STATES
from tenants.submissions.workflow import EDITABLE, InnovationState
from tenants.workbooks import lists
from tenants.workbooks.kinds import CellRequired, Choice, OneOf, Rupiah
from tenants.workbooks.programme_columns import FROM_THE_LIST, LINE, PROSE
from tenants.workbooks.sheet import Column, Origin, Sheet, Standing, Values, WorkbookKind
from tenants.workbooks.subject import Subject

PATHS = {"dimensionId": "dimension", "unitId": "unit", "budgetRupiah": "budget_rupiah"}
STATE = OneOf(tuple(Choice(state, STATES[state]) for state in InnovationState))


def sheet(session: Session, origin: Origin) -> Sheet:
    """Return the participation's innovations; raises NotFound."""
    participation = participation_of(session, origin.participation_id)
    made = tuple(_columns(session, origin))
    mine = select(Innovation).filter_by(
        tenant_id=tenant_of(session), participation_id=participation.id
    )
    if origin.unit_id is not None:
        mine = mine.where(Innovation.unit_id == origin.unit_id)
    rows = session.scalars(mine.order_by(Innovation.id).execution_options(populate_existing=True))
    keys = [column.key for column in made]
    standing = [
        Standing(
            row.id,
            row.version,
            {key: getattr(row, _field(key)) for key in keys},
            open=row.state in EDITABLE,
        )
        for row in rows
    ]
    name = ("Inovasi", "Innovations")
    return Sheet(origin, _title(session, participation), name, made, tuple(standing))


def create(session: Session, origin: Origin, values: Values) -> UUID:
    """Begin an innovation as a draft."""
    given = {_field(key): value for key, value in values.items() if key != "state"}
    if given["unit_id"] is None:
        raise CellRequired(path=("unitId",))
    return drafting.create(session, participation_id=origin.participation_id, **given).id


def change(session: Session, standing: Standing, values: Values, changed: Collection[str]) -> UUID:
    """Change what differs of a draft or a returned innovation."""
    given: Any = {_field(key): values[key] for key in changed}
    changes: InnovationChanges = given
    return drafting.update(
        session, standing.id, expected_version=standing.version, changes=changes
    ).id


def key_of(path: tuple[str, ...], values: Values) -> str | None:
    """Return the column of a rule's path."""
    if not path:
        return None
    key = PATHS.get(path[0], path[0])
    return key if key in values else None


def _field(key: str) -> str:
    return {"dimension": "dimension_id", "unit": "unit_id"}.get(key, key)


def _title(session: Session, participation: Participation) -> tuple[str, str]:
    year = session.get_one(Cohort, participation.cohort_id).year
    city = session.get_one(City, participation.tenant_id).name
    return f"Inovasi {city}, angkatan {year}", f"Innovations of {city}, cohort of {year}"


def _columns(session: Session, origin: Origin) -> Iterable[Column]:
    pillars = lists.pillars(session, origin.participation_id)
    kind, maturity = lists.values(InnovationKind), lists.values(Maturity)
    state_hint = ("Diberikan sistem. Biarkan.", "Given by the system. Leave it.")
    unit_hint = (
        "Pilih dari daftar. Pengusul inovasi yang sudah ada tidak dapat diubah.",
        "Choose from the list. Whose a stored innovation is cannot be changed.",
    )
    yield Column("state", ("Status", "State"), STATE, state_hint, width=13, fixed=True, given=True)
    yield Column("name", FIELDS["name"], LINE, width=38)
    yield Column("unit", ("Pengusul", "Unit"), lists.units(session), unit_hint, fixed=True)
    yield Column("dimension", FIELDS["dimension"], pillars, FROM_THE_LIST, width=22)
    yield Column("kind", FIELDS["kind"], kind, FROM_THE_LIST, width=13)
    yield Column("maturity", FIELDS["maturity"], maturity, FROM_THE_LIST, width=13)
    for name in TEXTS:
        yield Column(name, FIELDS[name], PROSE, width=44)
    budget_hint = (
        "Rupiah penuh, atau 1,5 M untuk 1,5 miliar.",
        "Whole rupiah, or 1,5 M for 1.5 thousand million.",
    )
    budget = ("Anggaran (Rp)", "Budget (IDR)")
    yield Column("budget_rupiah", budget, Rupiah(Decimal(0)), budget_hint, width=18)


SUBJECT = Subject(
    WorkbookKind.INNOVATIONS,
    Permission.INNOVATION_WRITE,
    "inn",
    Innovation,
    sheet,
    create,
    change,
    key_of,
    twin=("name", "dimension", "unit"),
    unit="unit",
)
