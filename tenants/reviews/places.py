"""The places of a masterplan that a remark can stand on: their names, and whose they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from tenants.masterplan.analysis.models import Gap, Readiness, Strategy, SwotPoint
from tenants.masterplan.analysis.swot import point_code, strategy_code
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.books.owners import Owner, owner_of
from tenants.masterplan.models import Goal, Masterplan, Mission, Programme
from tenants.remarks.models import RemarkAbout

A = RemarkAbout
BAPPEDA = Owner(Role.BAPPEDA)


@dataclass(frozen=True)
class Subject:
    """A part of a plan: what people call it, and who answers for it."""

    name: str
    owner: Owner = BAPPEDA


def subject_of(
    session: Session, plan: Masterplan, about: RemarkAbout, subject_id: UUID
) -> Subject | None:
    """Return the part of the plan with that id; None where the plan has none."""
    if about is A.VISION:
        return Subject("Visi") if subject_id == plan.id else None
    find = FINDERS.get(about)
    return find(session, plan, subject_id) if find else None


def has_block(session: Session, plan: Masterplan, section_id: UUID, block_id: str) -> bool:
    """Whether that is a section whose text has the block."""
    section = session.get(Section, (plan.tenant_id, section_id))
    return section is not None and any(each["id"] == block_id for each in section.body["blocks"])


def _section(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    rows = (
        select(Section, Chapter, Book)
        .join(
            Chapter, (Chapter.tenant_id == Section.tenant_id) & (Chapter.id == Section.chapter_id)
        )
        .join(Book, (Book.tenant_id == Chapter.tenant_id) & (Book.id == Chapter.book_id))
        .where(Section.tenant_id == plan.tenant_id, Chapter.tenant_id == plan.tenant_id)
        .where(Book.tenant_id == plan.tenant_id, Book.masterplan_id == plan.id)
        .where(Section.id == subject_id)
    )
    found = session.execute(rows).one_or_none()
    if found is None:
        return None
    section, chapter, book = found
    name = f"Buku {book.number}, {chapter.name}: {section.title}"
    return Subject(name, owner_of(section, chapter))


def _programme(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    row = session.scalar(_own(Programme, plan, subject_id))
    return row and Subject(f"{row.code} {row.name}", Owner(None, row.lead_unit_id))


def _mission(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    row = session.scalar(_own(Mission, plan, subject_id))
    return row and Subject(f"Misi {row.ordinal}")


def _goal(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    rows = (
        select(Mission.ordinal, Goal.ordinal)
        .join(Mission, (Mission.tenant_id == Goal.tenant_id) & (Mission.id == Goal.mission_id))
        .where(Goal.tenant_id == plan.tenant_id, Mission.tenant_id == plan.tenant_id)
        .where(Mission.masterplan_id == plan.id, Goal.id == subject_id)
    )
    found = session.execute(rows).one_or_none()
    return Subject(f"Sasaran {found[0]}.{found[1]}") if found else None


def _readiness(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    row = session.scalar(_own(Readiness, plan, subject_id))
    return row and Subject(f"Kesiapan {row.element}/{row.part}")


def _gap(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    row = session.scalar(_own(Gap, plan, subject_id))
    return row and Subject(f"Kesenjangan {row.ordinal}")


def _swot(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    row = session.scalar(_own(SwotPoint, plan, subject_id))
    return row and Subject(f"SWOT {point_code(row)}")


def _strategy(session: Session, plan: Masterplan, subject_id: UUID) -> Subject | None:
    row = session.scalar(_own(Strategy, plan, subject_id))
    return row and Subject(f"Strategi {strategy_code(row)}")


def _own(model: Any, plan: Masterplan, subject_id: UUID) -> Select[Any]:  # noqa: ANN401  (six tables)
    return select(model).where(
        model.tenant_id == plan.tenant_id, model.masterplan_id == plan.id, model.id == subject_id
    )


Finder = Callable[[Session, Masterplan, UUID], Subject | None]
FINDERS: dict[RemarkAbout, Finder] = {
    A.SECTION: _section,
    A.PROGRAMME: _programme,
    A.MISSION: _mission,
    A.GOAL: _goal,
    A.READINESS: _readiness,
    A.GAP: _gap,
    A.SWOT: _swot,
    A.STRATEGY: _strategy,
}
