"""The city's bodies, who sits in them, and its legal texts."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.identity.policy import Role
from tenants.institutions.bodies import (
    dissolve_institution,
    form_institution,
    rename_institution,
)
from tenants.institutions.members import end_member, update_member
from tenants.institutions.models import (
    Element,
    Institution,
    InstitutionKind,
    InstitutionMember,
    MemberPart,
    Regulation,
    RegulationKind,
    RegulationSubject,
)
from tenants.institutions.regulations import record_regulation, update_regulation
from tests.tenants.participating import seat
from tests.tenants.refusals import refused, run

COUNCIL = InstitutionKind.COUNCIL
TOMORROW = date.today() + timedelta(days=2)


@pytest.fixture
def admin(city):
    return city.scope()


@pytest.fixture
def body(database, admin):
    """A council without decree or members."""
    return run(database, admin, lambda s: form_institution(s, kind=COUNCIL, name="Dewan"))


def decree(body=None, **options):
    given = {
        "kind": RegulationKind.DECREE,
        "number": "188.45-96",
        "year": 2022,
        "title": "Pembentukan Dewan",
        "signed_on": date(2022, 5, 17),
        "subject": RegulationSubject.INSTITUTION,
        "institution_id": body and body.id,
        **options,
    }
    return lambda session: record_regulation(session, **given)


def test_a_body_stands_once_of_each_kind_until_it_is_dissolved(database, admin, body):
    again = lambda s: form_institution(s, kind=COUNCIL, name="Dewan Baru")  # noqa: E731
    refused(database, admin, again, "INSTITUTION_STANDS")
    gone = run(
        database,
        admin,
        lambda s: dissolve_institution(
            s, body.id, on=date(2022, 6, 1), expected_version=body.version
        ),
    )
    assert gone.valid_to == date(2022, 6, 1)
    assert run(database, admin, again).name == "Dewan Baru"
    late = lambda s: rename_institution(s, body.id, name="X", expected_version=gone.version)  # noqa: E731
    refused(database, admin, late, "INSTITUTION_DISSOLVED")
    refused(database, admin, lambda s: seat(s, body.id), "INSTITUTION_DISSOLVED")
    refused(database, admin, decree(body), "INSTITUTION_DISSOLVED")


def test_forming_a_body_twice_with_one_key_forms_it_once(database, admin):
    key = str(uuid4())
    form = lambda s: form_institution(s, kind=COUNCIL, name="Dewan", idempotency_key=key)  # noqa: E731
    assert run(database, admin, form).id == run(database, admin, form).id


def test_each_decree_revises_the_body_and_the_first_day_is_its_beginning(database, admin, body):
    run(database, admin, decree(body))
    run(database, admin, decree(body, number="188.45-20", year=2024, signed_on=date(2024, 1, 9)))
    with database.unit_of_work(admin) as session:
        assert session.get_one(Institution, (admin.tenant_id, body.id)).valid_from == date(
            2022, 5, 17
        )
        rows = select(Regulation.year).where(Regulation.tenant_id == admin.tenant_id)
        assert session.scalars(rows.order_by(Regulation.year)).all() == [2022, 2024]


def test_a_body_does_not_end_before_it_began_or_tomorrow(database, admin, body):
    run(database, admin, decree(body))
    version = run(
        database, admin, lambda s: s.get_one(Institution, (admin.tenant_id, body.id)).version
    )

    def end(on):
        return lambda s: dissolve_institution(s, body.id, on=on, expected_version=version)

    refused(database, admin, end(date(2022, 5, 17)), "INVALID")
    refused(database, admin, end(TOMORROW), "DATE_IN_FUTURE")


def test_a_body_has_one_chair_who_is_named(database, admin, body):
    first = run(
        database, admin, lambda s: seat(s, body.id, part=MemberPart.CHAIR, name="Ir. Ketua")
    )
    (error,) = refused(
        database, admin, lambda s: seat(s, body.id, part=MemberPart.CHAIR), "CHAIR_TAKEN"
    )
    assert error.text("id").startswith("Ketua Dewan adalah Ir. Ketua.")
    other = run(database, admin, lambda s: seat(s, body.id))
    promote = lambda s: update_member(  # noqa: E731
        s, other.id, expected_version=other.version, part=MemberPart.CHAIR
    )
    refused(database, admin, promote, "CHAIR_TAKEN")
    run(
        database,
        admin,
        lambda s: end_member(s, first.id, on=date(2022, 6, 1), expected_version=first.version),
    )
    assert run(database, admin, promote).part is MemberPart.CHAIR


def test_a_seat_that_was_left_stays_as_history(database, admin, body):
    row = run(database, admin, lambda s: seat(s, body.id, joined_on=date(2022, 5, 17)))

    def end(on, version=row.version):
        return lambda s: end_member(s, row.id, on=on, expected_version=version)

    refused(database, admin, end(date(2022, 5, 16)), "INVALID")
    refused(database, admin, end(TOMORROW), "DATE_IN_FUTURE")
    left = run(database, admin, end(date(2022, 9, 1)))
    refused(database, admin, end(date(2022, 9, 2), left.version), "SEAT_LEFT")
    with database.unit_of_work(admin) as session:
        kept = session.get_one(InstitutionMember, (admin.tenant_id, row.id))
        assert (kept.joined_on, kept.left_on) == (date(2022, 5, 17), date(2022, 9, 1))


def test_all_faults_of_a_seat_are_told_at_once(database, admin, body):
    faulty = {"name": " ", "position": "a\x00", "unit_id": uuid4(), "person_id": uuid4()}
    errors = refused(
        database,
        admin,
        lambda s: seat(s, body.id, joined_on=TOMORROW, **faulty),
        *["INVALID", "INVALID", "NOT_FOUND", "NOT_FOUND", "DATE_IN_FUTURE"],
    )
    assert [error.path[-1] for error in errors] == [
        *["name", "position", "unitId", "personId", "joinedOn"]
    ]


def test_a_member_may_be_a_person_of_the_city_alone(database, admin, city, body, make_city):
    person = city.person(Role.BAPPEDA)
    assert run(database, admin, lambda s: seat(s, body.id, person_id=person)).person_id == person
    stranger = make_city().person(Role.BAPPEDA)
    refused(database, admin, lambda s: seat(s, body.id, person_id=stranger), "NOT_FOUND")


def test_a_changed_member_is_audited_with_what_it_was(database, admin, body):
    row = run(database, admin, lambda s: seat(s, body.id))
    run(
        database,
        admin,
        lambda s: update_member(s, row.id, expected_version=row.version, element=Element.MEDIA),
    )
    refused(
        database,
        admin,
        lambda s: update_member(s, row.id, expected_version=row.version, name="X"),
        "STALE_VERSION",
    )
    with database.unit_of_work(admin) as session:
        entry = session.scalars(
            select(AuditEntry).where(
                AuditEntry.tenant_id == admin.tenant_id,
                AuditEntry.action == "institution.update_member",
            )
        ).one()
        assert (entry.before, entry.after) == ({"element": "government"}, {"element": "media"})


def test_a_mayor_writes_no_regents_regulation_and_a_regent_no_mayors(database, admin, make_city):
    (error,) = refused(
        database,
        admin,
        decree(kind=RegulationKind.PERBUP, subject=RegulationSubject.OTHER),
        "REGULATION_KIND_UNFIT",
    )
    assert error.text("id") == (
        "Kota Uji tidak menetapkan Peraturan Bupati; pilih Peraturan Wali Kota."
    )
    regency = make_city(name="Kabupaten Uji", kind="KABUPATEN").scope()
    wrong = decree(kind=RegulationKind.PERWALI, subject=RegulationSubject.OTHER)
    refused(database, regency, wrong, "REGULATION_KIND_UNFIT")
    right = decree(kind=RegulationKind.PERBUP, subject=RegulationSubject.OTHER)
    assert run(database, regency, right).kind is RegulationKind.PERBUP


def test_a_legal_text_is_recorded_once(database, admin, body):
    run(database, admin, decree(body))
    (error,) = refused(database, admin, decree(body), "REGULATION_RECORDED")
    assert "188.45-96 tahun 2022" in error.text("id")


def test_all_faults_of_a_legal_text_are_told_at_once(database, admin, body):
    faulty = decree(
        body,
        kind=RegulationKind.PERBUP,
        number="",
        title="\x07",
        signed_on=TOMORROW,
        year=1999,
        source_url="javascript:alert(1)",
    )
    errors = refused(
        database,
        admin,
        faulty,
        *["INVALID", "INVALID", "INVALID", "DATE_IN_FUTURE", "REGULATION_KIND_UNFIT", "INVALID"],
    )
    assert [error.path[-1] for error in errors] == [
        *["number", "title", "sourceUrl", "signedOn", "kind", "year"]
    ]


def test_a_legal_text_names_what_it_settles(database, admin, journey):
    (error,) = refused(database, admin, decree(), "INVALID")
    assert error.path == ("institutionId",)
    refused(database, admin, decree(institution_id=uuid4()), "NOT_FOUND")
    plan = RegulationSubject.MASTERPLAN
    (error,) = refused(database, admin, decree(subject=plan), "INVALID")
    assert error.path == ("participationId",)
    foreign = decree(subject=plan, participation_id=journey.id)
    assert run(database, journey.city, foreign).subject is plan
    refused(database, admin, decree(subject=plan, participation_id=uuid4()), "NOT_FOUND")


def test_a_record_is_corrected_by_those_who_saw_its_version(database, admin, body):
    row = run(database, admin, decree(body))
    run(database, admin, decree(body, number="2"))

    def correct(**changes):
        return lambda s: update_regulation(s, row.id, expected_version=row.version, **changes)

    refused(database, admin, correct(number="2"), "REGULATION_RECORDED")
    refused(database, admin, correct(signed_on=TOMORROW), "DATE_IN_FUTURE")
    assert run(database, admin, correct(title="Dewan Smart City")).title == "Dewan Smart City"
    refused(database, admin, correct(title="X"), "STALE_VERSION")


def test_only_the_citys_administrator_writes_its_bodies(database, city, body, ministry, make_city):
    for who in (city.scope(Role.BAPPEDA), city.scope(Role.EXPERT), ministry(city.id)):
        refused(database, who, lambda s: form_institution(s, kind=COUNCIL, name="X"), "FORBIDDEN")
        refused(database, who, lambda s: seat(s, body.id), "FORBIDDEN")
        refused(database, who, decree(body), "FORBIDDEN")
    other = make_city().scope()
    refused(database, other, lambda s: seat(s, body.id), "NOT_FOUND")
    refused(database, other, decree(body), "NOT_FOUND")
