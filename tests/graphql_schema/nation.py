"""A cohort of its own and what its cities have, written past the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import randrange
from uuid import UUID

from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Deadline, Participation
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort, Dimension, GuideEdition
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.models import Budget, Horizon, Masterplan, Programme
from tenants.submissions.models import Innovation, InnovationKind, Maturity

NOW = datetime.now(UTC)


class Nation:
    """A cohort of one edition with one pillar, and ways to write rows of its cities."""

    def __init__(self, database, make_city, target_date=None) -> None:
        self.database, self._make_city = database, make_city
        self._parts: dict[int, UUID] = {}
        self.year = randrange(100_000, 2**31)
        edition = GuideEdition(id=uuid7(), code=f"uji-{self.year}", name="Uji", rules={})
        self.pillar = uuid7()
        pillar = Dimension(
            id=self.pillar, edition_id=edition.id, code="economy", ordinal=1, name="Smart Economy",
            name_en="Smart Economy", description="Ekonomi",
        )  # fmt: skip
        self.cohort_id = uuid7()
        cohort = Cohort(
            id=self.cohort_id, year=self.year, quota=5, edition_id=edition.id, source="uji",
            target_date=target_date,
        )  # fmt: skip
        with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
            session.add(edition)
            session.flush()
            session.add(pillar)
            session.flush()  # a cohort closes the edition
            session.add(cohort)

    def city(self, stage=Stage.MENTORED, name="Kota Uji"):
        """A city that takes part."""
        city = self._make_city(name=name)
        self._parts[city.id] = part = uuid7()
        with self.database.unit_of_work(Scope(Door.MINISTRY, city.id)) as session:
            session.add(
                Participation(tenant_id=city.id, id=part, cohort_id=self.cohort_id, stage=stage)
            )
        return city

    def add(self, city, *rows):
        """Write rows of the city, in their order."""
        with self.database.unit_of_work(Scope(Door.CITY, city.id)) as session:
            for row in rows:
                row.tenant_id = city.id
                session.add(row)
                session.flush()  # the next one may reference it

    def deadline(self, city, days, *, name="Buku 1", done=False):
        """A deadline so many days from now."""
        due = NOW + timedelta(days=days)
        row = Deadline(
            id=uuid7(), participation_id=self._parts[city.id], name=name, due_at=due,
            done_at=NOW if done else None,
        )  # fmt: skip
        self.add(city, row)
        return due

    def innovations(self, city, *states):
        """An innovation in each state."""
        unit_id, person_id = city.unit(), city.person(Role.UNIT_OPERATOR)
        for state in states:
            self.add(
                city,
                Innovation(
                    id=uuid7(), participation_id=self._parts[city.id], unit_id=unit_id,
                    name="Inovasi", dimension_id=self.pillar, state=state,
                    kind=InnovationKind.DIGITAL,
                    maturity=Maturity.IDEA, created_by=person_id,
                ),
            )  # fmt: skip

    def plan(self, city, *programmes, sections=()):
        """A plan with programmes by their budgets' lines, and a book with sections by state."""
        unit_id, plan_id = city.unit(), uuid7()
        self.add(
            city,
            Masterplan(
                id=plan_id, participation_id=self._parts[city.id], title="Rencana",
                period_start=2023, period_end=2027,
            ),
        )  # fmt: skip
        for number, lines in enumerate(programmes):
            programme_id = uuid7()
            self.add(
                city,
                Programme(
                    id=programme_id, masterplan_id=plan_id, dimension_id=self.pillar,
                    lead_unit_id=unit_id, code=f"P-{number}", name="Program",
                    horizon=Horizon.SHORT, sdgs=[],
                ),
                *(
                    Budget(
                        id=uuid7(), programme_id=programme_id, year=year, source=source,
                        amount_rupiah=Decimal(amount),
                    )
                    for year, source, amount in lines
                ),
            )  # fmt: skip
        if sections:
            self._book(city, plan_id, sections)

    def _book(self, city, plan_id, sections):
        book, chapter = uuid7(), uuid7()
        self.add(
            city,
            Book(id=book, masterplan_id=plan_id, number=1, name="Buku 1", name_en="Book 1"),
            Chapter(
                id=chapter, book_id=book, ordinal=1, code="a", name="Bab", name_en="Chapter",
                minimum_words=0,
            ),
            *(
                Section(
                    id=uuid7(), chapter_id=chapter, ordinal=number, title="Bagian", body={},
                    state=state,
                )
                for number, state in enumerate(sections)
            ),
        )  # fmt: skip
