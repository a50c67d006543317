"""Bukittinggi's masterplan: vision, missions, programmes, a frozen version and its book."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import Json
from tenants.demo.analysing import analyse
from tenants.demo.cast import Cast
from tenants.demo.files import destination
from tenants.demo.settlement import Settled
from tenants.demo.submitting import standing
from tenants.documents import actions as documents
from tenants.masterplan import freezing, missions, plan, programmes
from tenants.masterplan.books import editing
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.draft import BudgetLine, ProgrammeFields, TargetLine
from tenants.masterplan.models import (
    BudgetSource,
    Goal,
    Horizon,
    Masterplan,
    MasterplanVersion,
    Mission,
)
from tenants.submissions.workflow import InnovationState

BOOKS = (1, 2, 3)
"""All three, as one file."""


def make_plan(cast: Cast, city: Settled, participation_id: UUID) -> None:
    """Write the plan, place the accepted innovations, freeze version 1 and ask for its book."""
    content, bappeda = city.content, city.content.email("bappeda")
    with cast.acting(bappeda, city.tenant_id) as session:
        row = _write(session, content.plan, participation_id)
        analyse(session, row, content.analysis)
        _fill(session, content.sections)
        _place(session, city)
    with cast.acting(content.email("admin"), city.tenant_id) as session:
        version_id = _freeze(session, participation_id)
    with cast.acting(bappeda, city.tenant_id) as session:
        documents.request(session, version_id, books=BOOKS, idempotency_key="demo:book")


def _write(session: Session, content: Json, participation_id: UUID) -> Masterplan:
    row = session.scalar(_plan(session, participation_id))
    if row is None:
        row = plan.create(
            session,
            participation_id=participation_id,
            title=content["title"],
            period_start=content["period_start"],
            period_end=content["period_end"],
        )
    if row.vision:
        return row
    plan.update(session, row.id, vision=content["vision"], expected_version=row.version)
    missions.write_missions(
        session,
        row.id,
        missions=[(mission["text"], mission["goals"]) for mission in content["missions"]],
        expected_version=row.version,
    )
    return row


def _fill(session: Session, texts: list[Json]) -> None:
    """Write the sections that nobody has written yet."""
    rows = (
        select(Book.number, Chapter.code, Section)
        .join(Chapter, (Chapter.tenant_id == Book.tenant_id) & (Chapter.book_id == Book.id))
        .join(Section, Section.chapter_id == Chapter.id)
        .where(Book.tenant_id == tenant_of(session), Chapter.tenant_id == tenant_of(session))
        .where(Section.tenant_id == tenant_of(session), Section.revision == 0)
    )
    empty = {(number, code): section for number, code, section in session.execute(rows)}
    for text in texts:
        section = empty.get((text["book"], text["chapter"]))
        if section is not None:
            version = section.version
            editing.update(session, section.id, expected_version=version, body=text["body"])


def _place(session: Session, city: Settled) -> None:
    accepted = standing(session, InnovationState.ACCEPTED)
    goals = _goals(session)
    for one in city.content.innovations:
        if one["name"] in accepted and destination(one) is InnovationState.PLACED:
            fields = _fields(one["programme"], goals, city.units)
            programmes.place(session, accepted[one["name"]].id, **fields)


def _fields(content: Json, goals: dict[str, UUID], units: dict[str, UUID]) -> ProgrammeFields:
    return {
        "goal_id": goals[content["goal"]],
        "permendagri_code": content["permendagri_code"],
        "sub_dimension": content["sub_dimension"],
        "activity": content["activity"],
        "partners": content["partners"],
        "place": content["place"],
        "indicator": content["indicator"],
        "indicator_unit": content["indicator_unit"],
        "baseline": Decimal(content["baseline"]),
        "horizon": Horizon[content["horizon"]],
        "is_new": content["is_new"],
        "is_quick_win": content["is_quick_win"],
        "sdgs": content["sdgs"],
        "supporting_unit_ids": [units[name] for name in content["supporting_units"]],
        "targets": [
            TargetLine(int(year), Decimal(value)) for year, value in content["targets"].items()
        ],
        "budgets": [
            BudgetLine(line["year"], BudgetSource[line["source"]], Decimal(line["amount_rupiah"]))
            for line in content["budgets"]
        ],
    }


def _freeze(session: Session, participation_id: UUID) -> UUID:
    row = session.scalars(_plan(session, participation_id)).one()
    known = session.scalar(
        select(MasterplanVersion.id).where(
            MasterplanVersion.tenant_id == tenant_of(session),
            MasterplanVersion.masterplan_id == row.id,
        )
    )
    return known or freezing.freeze(session, row.id, expected_version=row.version).id


def _plan(session: Session, participation_id: UUID) -> Select[Masterplan]:
    mine = {"tenant_id": tenant_of(session), "participation_id": participation_id}
    return select(Masterplan).filter_by(**mine)


def _goals(session: Session) -> dict[str, UUID]:
    rows = (
        select(Goal.text, Goal.id)
        .join(Mission, (Mission.tenant_id == Goal.tenant_id) & (Mission.id == Goal.mission_id))
        .where(Goal.tenant_id == tenant_of(session))
    )
    return dict(session.execute(rows).all())
