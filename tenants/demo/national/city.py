"""A whole city: every row of its participations, from its seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kotacerdas.tenancy import Tenant
from tenants.cities.models import City
from tenants.cities.registration import slug_of
from tenants.cities.workflow import Stage
from tenants.demo.national import (
    bodies,
    books,
    evaluations,
    innovations,
    people,
    plans,
    process,
    programmes,
    reviews,
    workshops,
)
from tenants.demo.national.calendar import Way, way_of
from tenants.demo.national.drawing import Seat
from tenants.demo.national.evaluations import Held
from tenants.demo.national.nation import Nation, Place, Year
from tenants.demo.national.people import Staff
from tenants.demo.national.rows import Rows

UNIT_LABELS = ("PD", "OPD", "SKPD")
SPEAKS_OF_DEMO = "(demo)"


@dataclass(frozen=True)
class Frozen:
    """A plan whose first version is to be frozen, and what follows from that."""

    plan_id: UUID
    version_id: UUID
    on: date
    by: UUID
    regulation_id: UUID | None
    published: bool


@dataclass(frozen=True)
class Common:
    """What all cities are made with."""

    nation: Nation
    experts: Sequence[UUID]
    rounds: Sequence[Held]
    password_hash: str


def city(common: Common, tenant_id: int, seats: Sequence[Seat]) -> tuple[Rows, list[Frozen]]:
    """Return the rows of a city, and its plans that are to be frozen."""
    place = common.nation.places[seats[0].region_code]
    rows = Rows(tenant_id, place.code, date(seats[0].year, 1, 2))
    random = rows.random("city")
    slug, expert = slug_of(place.name), random.choice(common.experts)
    rows.add(Tenant, id=tenant_id)
    rows.add(
        City,
        id=tenant_id,
        region_code=place.code,
        slug=slug,
        name=f"{place.name} {SPEAKS_OF_DEMO}",
        zone=place.zone,
        unit_label=random.choice(UNIT_LABELS),
        is_demo=True,
    )
    staff = people.staff(rows, place.name, slug, common.password_hash)
    ways = [way_of(seat, rows.random(f"way {seat.year}")) for seat in seats]
    decreed = [way.day(Stage.INSTITUTED) for way in ways if way.reached(Stage.INSTITUTED)]
    if decreed:
        bodies.form(rows, place, decreed[0])
    frozen = []
    for seat, way in zip(seats, ways, strict=True):
        year = next(each for each in common.nation.years if each.year == seat.year)
        assessor = next(each for each in common.experts if each != expert)
        frozen += _participation(rows, seat, way, year, place, staff, (expert, assessor))
    if any(seat.stage is Stage.IMPLEMENTING for seat in seats):
        assessor = random.choice([each for each in common.experts if each != expert])
        evaluations.evaluate(rows, common.nation, common.rounds, staff, assessor)
    return rows, frozen


def _participation(
    rows: Rows,
    seat: Seat,
    way: Way,
    year: Year,
    place: Place,
    staff: Staff,
    experts: tuple[UUID, UUID],
) -> list[Frozen]:
    expert, assessor = experts
    participation_id = process.participate(rows, seat, year, way)
    process.commit(rows, way, participation_id, place, staff)
    process.guide(rows, seat, way, participation_id, expert)
    workshops.hold(rows, way, participation_id, year.guide, place, staff, expert)
    placed = innovations.submit(rows, way, participation_id, year.guide, staff, expert)
    plan = plans.plan(rows, way, participation_id, year.guide, place)
    if plan is None:
        return []
    programmes.programme(rows, way, year.guide, staff, plan, placed)
    books.write_books(rows, way, year.guide, place, staff, plan)
    if not way.reached(Stage.PRESENTED):
        return []
    reviews.review(rows, way, participation_id, assessor)
    regulation_id = process.regulate(rows, way, participation_id, place)
    on, published = way.day(Stage.PRESENTED), seat.stage is Stage.IMPLEMENTING
    return [Frozen(plan.id, rows.identity(), on, staff.planner, regulation_id, published)]
