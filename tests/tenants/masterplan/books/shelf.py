"""What the tests of books share: an edition with templates, and a city's plan that follows it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from kotacerdas.scope import Scope
from tenants.cities.workflow import Stage
from tenants.masterplan import freezing, missions, plan
from tenants.masterplan.books import editing
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.models import MasterplanVersion
from tests.tenants.masterplan.cohorts import PILLARS, make_cohort
from tests.tenants.masterplan.planning import Planning

WORDS = " ".join(f"kata{number}" for number in range(25))
"""Enough for any section."""


def named(text: str) -> dict[str, str]:
    return {"id": text, "en": f"{text} (en)"}


BOOKS = [
    {
        "number": 1,
        "name": named("Analisis"),
        "chapters": [
            {
                "code": "introduction",
                "name": named("Pendahuluan"),
                "guidance": named("Jelaskan latar belakang."),
                "sources": [named("RPJMD")],
            },
            {"code": "readiness", "name": named("Kesiapan")},
        ],
    },
    {
        "number": 2,
        "name": named("Masterplan"),
        "chapters": [{"code": "strategy", "name": named("Strategi")}],
    },
]


def make_guide(database):
    """Make a cohort whose edition has these templates."""
    return make_cohort(database, {"books": BOOKS})


def body(text: str, *more: dict[str, Any]) -> dict[str, Any]:
    """A body of one paragraph, and more blocks."""
    return {"blocks": [{"type": "paragraph", "content": text}, *more]}


class Shelf(Planning):
    """A city with a plan and its books."""

    def __init__(self, database, city, cohorts) -> None:
        super().__init__(database, city, cohorts, Stage.MENTORED)
        self.plan_id = self.plan().id
        self.bappeda = city.scope(Role.BAPPEDA)

    def section(self, code: str = "introduction") -> Section:
        """The first section of a chapter, as it stands."""

        def find(session: Session) -> Section:
            mine = (
                select(Section)
                .join(Chapter, Chapter.id == Section.chapter_id)
                .where(Section.tenant_id == self.city.id, Chapter.tenant_id == self.city.id)
                .where(Chapter.code == code)
                .order_by(Section.ordinal)
                .limit(1)
            )
            return session.scalars(mine).one()

        return self.run(find)

    def stored(self, section_id: UUID) -> Section:
        """A section as it stands."""
        return self.run(lambda session: session.get_one(Section, (self.city.id, section_id)))

    def chapter(self, code: str = "introduction") -> Chapter:
        """A chapter by its code, as it stands."""
        mine = (Chapter.tenant_id == self.city.id) & (Chapter.code == code)
        return self.run(lambda session: session.scalars(select(Chapter).where(mine)).one())

    def books(self) -> list[Book]:
        """The city's books by their numbers."""
        mine = select(Book).where(Book.tenant_id == self.city.id).order_by(Book.number)
        return self.run(lambda session: list(session.scalars(mine)))

    def write(self, section: Section, text: str = WORDS, scope: Scope | None = None) -> Section:
        """Write a section's text as one paragraph."""
        return self.run(
            editing.update,
            section.id,
            expected_version=section.version,
            body=body(text),
            scope=scope or self.bappeda,
        )

    def write_all(self) -> None:
        """Give every section enough words."""
        for code in ("introduction", "readiness", "strategy"):
            self.write(self.section(code))

    def ready(self) -> Shelf:
        """Give the plan all that it needs to be frozen."""
        self.run(plan.update, self.plan_id, vision="Kota yang melayani.", expected_version=1)
        texts = [("Memudahkan layanan.", ["Layanan daring"])]
        self.run(missions.write_missions, self.plan_id, missions=texts, expected_version=2)
        for pillar in PILLARS:
            self.programme(self.plan_id, pillar)
        self.write_all()
        return self

    def freeze(self) -> MasterplanVersion:
        """Freeze the plan as it stands."""
        version = self.version(self.plan_id)
        return self.run(freezing.freeze, self.plan_id, expected_version=version)
