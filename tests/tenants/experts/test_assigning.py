"""Experts' assignments: the conflict rule, the sight that they give and take, handing over."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.experts import assigning, reassigning
from tenants.experts.models import Assignment, ExpertPart
from tenants.experts.queries import loads
from tenants.notifications.models import Notification
from tenants.submissions.models import Review
from tests.tenants.experts.conftest import taken_on
from tests.tenants.refusals import refused, run

MENTOR, ASSESSOR = ExpertPart


@pytest.fixture
def office(database, city, ministry, make_city):
    """The ministry's desk for one city."""

    class Office:
        scope = ministry(city.id)

        def expert(self, **options):
            return taken_on(make_city, **options)

        def giving(self, person_id, part=MENTOR, cycle=2022, **options):
            return lambda s: assigning.assign(s, person_id, part=part, cycle=cycle, **options)

        def give(self, *given, **options):
            return run(database, self.scope, self.giving(*given, **options))

        def ending(self, row, version=None):
            return lambda s: assigning.end(s, row.id, expected_version=version or row.version)

        def passing(self, row, successor_id, version=None):
            return lambda s: reassigning.reassign(
                s, row.id, successor_id=successor_id, expected_version=version or row.version
            )

        def roles(self, person_id):
            mine = select(Membership.role).where(
                Membership.tenant_id == city.id,
                Membership.person_id == person_id,
                Membership.ended_at.is_(None),
            )
            return run(database, self.scope, lambda s: list(s.scalars(mine)))

        def told(self, person_id):
            mine = select(Notification.kind, Notification.data).where(
                Notification.tenant_id == city.id, Notification.person_id == person_id
            )
            return run(database, self.scope, lambda s: [tuple(row) for row in s.execute(mine)])

    return Office()


def stored(database, city, row):
    return run(database, city.scope(), lambda s: s.get_one(Assignment, (city.id, row.id)))


def expert_scope(city, person_id):
    return Scope(Door.CITY, city.id, person_id, (Grant(city.id, Role.EXPERT),))


def test_an_assignment_gives_the_role_of_an_expert_and_tells_them(office):
    person_id = office.expert()
    row = office.give(person_id)
    assert (row.part, row.cycle, row.ended_at) == (MENTOR, 2022, None)
    assert office.roles(person_id) == [Role.EXPERT]
    assert office.told(person_id) == [("expert_assigned", {"part": "mentor", "year": "2022"})]


def test_a_repeated_call_with_its_key_assigns_once(office):
    person_id = office.expert()
    first = office.give(person_id, idempotency_key="ulang-12345678")
    assert office.give(person_id, idempotency_key="ulang-12345678").id == first.id
    assert len(office.told(person_id)) == 1


def test_nobody_mentors_and_assesses_a_city_in_one_cycle_even_after_the_end(database, city, office):
    person_id = office.expert(name="Dr. Rangkap")
    row = office.give(person_id)
    rule = office.giving(person_id, ASSESSOR)
    (error,) = refused(database, office.scope, rule, "ASSIGNMENT_CONFLICT")
    day = row.started_at.date().isoformat()
    assert f"Dr. Rangkap was made mentor of Kota Uji in the cycle of 2022 (on {day})" in (
        error.text("en")
    )
    run(database, office.scope, office.ending(row))
    refused(database, office.scope, rule, "ASSIGNMENT_CONFLICT")
    assert office.give(person_id, ASSESSOR, cycle=2023).part is ASSESSOR


def test_the_database_itself_refuses_a_second_part_in_one_cycle(database, city, office):
    row = office.give(office.expert())
    values = {"tenant_id": city.id, "id": uuid4(), "person_id": row.person_id, "cycle": 2022}
    values |= {"part": ASSESSOR, "started_at": row.started_at, "handover": "", "version": 1}
    with pytest.raises(IntegrityError, match="tenant_id_person_id_cycle"):
        run(database, office.scope, lambda s: s.execute(insert(Assignment).values(values)))


def test_the_same_part_is_given_once_and_resumes_after_its_end(database, office):
    person_id = office.expert()
    row = office.give(person_id)
    refused(database, office.scope, office.giving(person_id), "ALREADY_ASSIGNED")
    run(database, office.scope, office.ending(row))
    again = office.give(person_id)
    assert (again.id, again.ended_at) == (row.id, None)
    assert office.roles(person_id) == [Role.EXPERT]


def test_who_is_no_expert_or_nobody_is_not_assigned(database, city, office):
    admin = city.person(Role.CITY_ADMIN)
    refused(database, office.scope, office.giving(admin), "NOT_AN_EXPERT")
    refused(database, office.scope, office.giving(uuid4()), "NOT_FOUND")
    refused(database, office.scope, office.giving(office.expert(), cycle=1999), "INVALID")


def test_only_the_ministry_assigns_reassigns_and_ends(database, city, office):
    row = office.give(office.expert())
    for role in (Role.CITY_ADMIN, Role.EXPERT):
        scope = city.scope(role)
        refused(database, scope, office.giving(office.expert()), "FORBIDDEN")
        refused(database, scope, office.ending(row), "FORBIDDEN")
        refused(database, scope, office.passing(row, office.expert()), "FORBIDDEN")


def test_the_role_ends_with_the_last_assignment_of_the_city(database, city, office):
    person_id = office.expert()
    first, second = office.give(person_id), office.give(person_id, cycle=2023)
    run(database, office.scope, office.ending(first))
    assert office.roles(person_id) == [Role.EXPERT]
    run(database, office.scope, office.ending(second))
    assert office.roles(person_id) == []
    refused(
        database, office.scope, office.ending(stored(database, city, second)), "ASSIGNMENT_ENDED"
    )
    refused(database, office.scope, office.ending(second, version=9), "STALE_VERSION")
    released = {"part": "mentor", "year": "2023"}
    assert office.told(person_id)[-1] == ("expert_released", released)


def test_an_assignment_with_open_reviews_is_reassigned_not_ended(database, city, desk, office):
    old, new = office.expert(name="Ahli Lama"), office.expert(name="Ahli Baru")
    row = office.give(old)
    desk.scopes["expert"] = expert_scope(city, old)
    _, review = desk.in_review()
    (error,) = refused(database, office.scope, office.ending(row), "REVIEWS_OPEN")
    assert "Ahli Lama still holds 1 open reviews" in error.text("en")
    following = run(database, office.scope, office.passing(row, new))
    assert (following.part, following.cycle, following.replaces_id) == (MENTOR, 2022, row.id)
    key = (city.id, review.id)
    assert run(database, office.scope, lambda s: s.get_one(Review, key)).reviewer_id == new
    assert (office.roles(old), office.roles(new)) == ([], [Role.EXPERT])
    assert office.told(new)[-1][1]["name"] == "Ahli Lama"
    assert office.told(old)[-1] == (
        "expert_released",
        {"part": "mentor", "year": "2022", "name": "Ahli Baru"},
    )


def test_a_successor_is_somebody_else_without_the_other_part(database, city, office):
    row, other = office.give(office.expert()), office.expert()
    office.give(other, ASSESSOR)
    (error,) = refused(database, office.scope, office.passing(row, other), "ASSIGNMENT_CONFLICT")
    assert error.path == ("successorId",)
    refused(database, office.scope, office.passing(row, row.person_id), "INVALID")
    refused(database, office.scope, office.passing(row, uuid4()), "NOT_FOUND")
    assert stored(database, city, row).ended_at is None


def test_only_who_is_assigned_writes_the_notes(database, city, office):
    row = office.give(office.expert())

    def writing(text, version=row.version):
        return lambda s: reassigning.write_handover(s, row.id, text=text, expected_version=version)

    mine = expert_scope(city, row.person_id)
    assert run(database, mine, writing("Bupati minta rapat Senin.")).handover
    refused(database, mine, writing("Lain"), "STALE_VERSION")
    refused(database, city.scope(Role.EXPERT), writing("Lain", 2), "FORBIDDEN")
    refused(database, city.scope(Role.CITY_ADMIN), writing("Lain", 2), "FORBIDDEN")
    refused(database, mine, writing("a\x00b", 2), "INVALID")


def test_a_load_counts_cities_and_open_reviews_with_the_oldest(
    database, city, desk, office, make_city, ministry
):
    person_id = office.expert(name="Ahli Beban")
    office.give(person_id)
    elsewhere = ministry(make_city().id)
    run(database, elsewhere, office.giving(person_id, ASSESSOR))
    desk.scopes["expert"] = expert_scope(city, person_id)
    _, review = desk.in_review()
    nation = ministry(NATION)
    carried = loads().subquery()
    mine = select(carried).where(carried.c.person_id == person_id)
    row = run(database, nation, lambda s: s.execute(mine).one())
    assert (row.name, row.cities, row.mentoring, row.assessing) == ("Ahli Beban", 2, 1, 1)
    key = (city.id, review.id)
    begun = run(database, office.scope, lambda s: s.get_one(Review, key)).created_at
    assert (row.open_reviews, row.oldest_open_at) == (1, begun)
