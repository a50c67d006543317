"""What a stage waits for, asked before the step is tried."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlalchemy import select

from kotacerdas.identity.policy import Role
from kotacerdas.scope import tenant_of
from tenants.cities.workflow import Stage
from tenants.institutions.bodies import dissolve_institution, form_institution, standing_bodies
from tenants.institutions.members import end_member
from tenants.institutions.models import Element, InstitutionKind, InstitutionMember, MemberPart
from tenants.process.guards import missing_for
from tests.tenants.participating import (
    form_bodies,
    freeze_plan,
    record_sheet,
    scheduled,
    seat,
    sign_sheet,
)
from tests.tenants.refusals import refused, run

S = Stage


def test_what_is_missing_is_what_the_step_refuses(database, journey):
    journey.place(S.SELECTED)
    (item,) = run(database, journey.city, lambda s: missing_for(s, journey.id))
    (error,) = refused(database, journey.city, journey.step(S.COMMITTED), "COMMITMENT_MISSING")
    assert (str(item.error), item.owner, item.unit_id) == (str(error), Role.CITY_ADMIN, None)


def test_a_later_stage_may_be_asked_for_and_an_ended_one_waits_for_nothing(database, journey):
    later = run(database, journey.city, lambda s: missing_for(s, journey.id, stage=S.PRESENTED))
    assert [item.error.code for item in later] == ["COMMITMENT_MISSING", "MASTERPLAN_NOT_BEGUN"]
    journey.place(S.WITHDRAWN)
    assert run(database, journey.city, lambda s: missing_for(s, journey.id)) == []


def test_the_ministry_sees_what_is_missing_and_strangers_nothing(database, journey, make_city):
    journey.place(S.SELECTED)
    assert len(run(database, journey.ministry, lambda s: missing_for(s, journey.id))) == 1
    stranger = make_city().scope()
    refused(database, stranger, lambda s: missing_for(s, journey.id), "NOT_FOUND")
    refused(database, journey.city, lambda s: missing_for(s, uuid4()), "NOT_FOUND")


def test_instituting_names_all_that_the_bodies_lack(database, journey):
    journey.place(S.COMMITTED)
    codes = ["INSTITUTION_MISSING", "INSTITUTION_MISSING", "ELEMENTS_MISSING"]
    refused(database, journey.city, journey.step(S.INSTITUTED), *codes)
    kind = InstitutionKind.TEAM
    run(database, journey.city, lambda s: form_institution(s, kind=kind, name="Tim"))
    codes = ["INSTITUTION_MISSING", "DECREE_MISSING", "CHAIR_MISSING", "MEMBERS_MISSING"]
    errors = refused(database, journey.city, journey.step(S.INSTITUTED), *codes, "ELEMENTS_MISSING")
    assert errors[0].text("id").startswith("Dewan Smart City belum dibentuk.")
    assert errors[1].text("en").startswith("The implementation team has no decree.")


def test_instituting_names_the_elements_that_nobody_stands_for(database, journey):
    journey.place(S.COMMITTED)

    def rule(session):
        form_bodies(session)
        session.flush()
        council = standing_bodies(session)[InstitutionKind.COUNCIL]
        media = seat(session, council.id, element=Element.MEDIA)
        return council.id, media.id, media.version

    council_id, member_id, version = run(database, journey.city, rule)
    run(database, journey.city, lambda s: leave(s, council_id))
    run(
        database,
        journey.city,
        lambda s: end_member(s, member_id, on=date(2022, 4, 20), expected_version=version),
    )
    (error,) = refused(database, journey.city, journey.step(S.INSTITUTED), "ELEMENTS_MISSING")
    assert "belum diwakili unsur media." in error.text("id")


def leave(session, institution_id):
    """End the seat of the one who stands for the media since the council was formed."""
    rows = select(InstitutionMember).where(
        InstitutionMember.tenant_id == tenant_of(session),
        InstitutionMember.institution_id == institution_id,
        InstitutionMember.element == Element.MEDIA,
    )
    first = session.scalars(rows.order_by(InstitutionMember.id)).first()
    end_member(session, first.id, on=date(2022, 4, 20), expected_version=first.version)


def test_a_dissolved_council_no_longer_counts(database, journey):
    journey.place(S.COMMITTED)
    run(database, journey.city, form_bodies)
    assert run(database, journey.city, lambda s: missing_for(s, journey.id)) == []

    def rule(session):
        row = standing_bodies(session)[InstitutionKind.COUNCIL]
        dissolve_institution(session, row.id, on=date(2022, 5, 1), expected_version=row.version)

    run(database, journey.city, rule)
    codes = ["INSTITUTION_MISSING", "ELEMENTS_MISSING"]
    refused(database, journey.city, journey.step(S.INSTITUTED), *codes)


def test_a_chair_alone_is_no_team(database, journey):
    def rule(session):
        body = form_institution(session, kind=InstitutionKind.TEAM, name="Tim")
        seat(session, body.id, part=MemberPart.CHAIR)

    run(database, journey.city, rule)
    found = run(database, journey.city, lambda s: missing_for(s, journey.id, stage=S.INSTITUTED))
    codes = [item.error.code for item in found]
    assert codes == ["INSTITUTION_MISSING", "DECREE_MISSING", "MEMBERS_MISSING", "ELEMENTS_MISSING"]


def test_presenting_names_every_head_who_has_not_signed(database, city, journey):
    health, roads = city.unit("Dinas Kesehatan"), city.unit("Dinas Perhubungan")
    journey.place(S.MENTORED)
    run(database, journey.city, lambda s: sign_sheet(s, journey, health))
    run(database, journey.city, lambda s: freeze_plan(s, journey))
    (item,) = run(database, journey.city, lambda s: missing_for(s, journey.id, stage=S.PRESENTED))
    assert (item.owner, item.unit_id) == (Role.UNIT_HEAD, roads)
    (error,) = refused(database, journey.city, journey.step(S.PRESENTED), "SHEET_UNSIGNED_BY_UNIT")
    assert error.text("id").startswith("Kepala Dinas Perhubungan belum menandatangani")


def test_presenting_names_the_mayor_who_has_not_signed_the_sheet(database, journey):
    journey.place(S.MENTORED)
    run(database, journey.city, lambda s: record_sheet(s, journey))
    run(database, journey.city, lambda s: freeze_plan(s, journey))
    (error,) = refused(database, journey.city, journey.step(S.PRESENTED), "SHEET_UNSIGNED_BY_HEAD")
    assert error.text("id").startswith("Wali Kota belum menandatangani lembar komitmen.")


def test_adopting_needs_the_regulation(database, journey):
    journey.place(S.ACCEPTED)
    refused(database, journey.city, journey.step(S.ADOPTED), "REGULATION_MISSING")


def test_mentoring_names_every_session_and_output_that_is_missing(database, journey):
    journey.place(S.INSTITUTED)
    refused(database, journey.city, journey.step(S.MENTORED), *["WORKSHOP_NOT_HELD"] * 4)
    scheduled(database, journey)
    found = run(database, journey.city, lambda s: missing_for(s, journey.id))
    owners = [(item.error.code, item.owner) for item in found]
    assert owners[:2] == [
        ("WORKSHOP_NOT_HELD", Role.CITY_ADMIN),
        ("WORKSHOP_NOT_HELD", Role.MINISTRY_ADMIN),
    ]
    assert [code for code, _ in owners[4:]] == ["OUTPUT_NOT_DELIVERED"] * 3
    assert "Draf Buku 1" in " ".join(item.error.text("id") for item in found)
