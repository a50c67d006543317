"""A reorganised unit in mid-year: open work moves on, history keeps the old name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.audit.models import AuditEntry
from kotacerdas.identity import invitations
from kotacerdas.identity.models import Invitation, Membership
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tenants.masterplan import freezing
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.models import Programme, ProgrammeSupport
from tenants.notifications.models import Notification, NotificationKind
from tenants.reorganisation.asking import Choice, Successor
from tenants.reorganisation.open_work import WorkKind, open_work
from tenants.reorganisation.reorganising import reorganise
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState
from tests.tenants.reorganisation.conftest import ON

NEW = Successor(name="Dinas Digital", short_name="Disdig")


def memberships(office, person_id):
    mine = select(Membership).where(
        Membership.tenant_id == office.city.id, Membership.person_id == person_id
    )
    return office.planning.run(lambda s: s.scalars(mine.order_by(Membership.id)).all())


def supports(office, programme_id):
    mine = select(ProgrammeSupport.unit_id).where(
        ProgrammeSupport.tenant_id == office.city.id,
        ProgrammeSupport.programme_id == programme_id,
    )
    return set(office.planning.run(lambda s: s.scalars(mine).all()))


def leads_of(version):
    pillars = version.content["dimensions"]
    return {each["lead_unit"] for pillar in pillars for each in pillar["programmes"]}


def told(office, kind):
    mine = select(Notification).where(
        Notification.tenant_id == office.city.id, Notification.kind == kind
    )
    return office.planning.run(lambda s: s.scalars(mine).all())


def test_a_renamed_unit_hands_its_open_work_on_and_keeps_the_rest(office):
    planning, old = office.planning, office.planning.unit_id
    plan_id = planning.complete()
    open_one = planning.innovation(state=InnovationState.IN_REVIEW)
    closed = [planning.innovation(state=state) for state in ("placed", "rejected")]
    assert office.does("rename", [old], NEW) == old
    new = office.named("Disdig")
    assert (office.unit(old).valid_to, office.unit(old).replaced_by) == (ON, new)
    assert (office.unit(new).valid_from, office.unit(new).kind) == (ON, office.unit(old).kind)
    assert office.row(Innovation, open_one).unit_id == new
    assert {office.row(Innovation, each).unit_id for each in closed} == {old}
    leads = select(Programme.lead_unit_id).where(
        Programme.tenant_id == office.city.id, Programme.masterplan_id == plan_id
    )
    assert set(planning.run(lambda s: s.scalars(leads).all())) == {new}
    (succession,) = office.successions(old)
    assert (succession.kind.value, succession.occurred_on, succession.basis) == (
        "rename",
        ON,
        "Perda 5 Tahun 2024",
    )


def test_a_short_name_may_stay_when_only_the_full_name_changes(office):
    old = office.city.unit("Dinas Kominfo", "Diskominfo")
    office.does(
        "rename", [old], Successor(name="Dinas Kominfo dan Digital", short_name="Diskominfo")
    )
    assert office.named("Diskominfo") != old


def test_a_frozen_version_keeps_the_old_name_and_the_next_one_has_the_new(office):
    planning = office.planning
    plan_id = planning.complete()
    version = planning.version(plan_id)
    first = planning.run(freezing.freeze, plan_id, expected_version=version)
    office.does("rename", [planning.unit_id], NEW)
    second = planning.run(freezing.freeze, plan_id, expected_version=version)
    assert leads_of(first) == {"Dinas Komunikasi dan Informatika"}
    assert leads_of(second) == {"Dinas Digital"}


def test_what_a_plan_lacks_is_from_then_on_the_new_units_task(office):
    planning = office.planning
    plan_id = planning.complete()
    planning.programme(plan_id, budgets=[])
    office.does("rename", [planning.unit_id], NEW)
    (item,) = planning.run(missing, plan_id)
    assert (item.owner.unit, item.owner.unit_id) == ("Dinas Digital", office.named("Disdig"))


def test_people_and_invitations_come_along_and_nobody_holds_a_role_twice(office):
    one, two = office.city.unit("Dinas Satu"), office.city.unit("Dinas Dua")
    only_one = office.person(one)
    both = office.person(one)
    with office.planning.database.unit_of_work(office.city.scope(Role.CITY_ADMIN)) as session:
        session.add(
            Invitation(
                tenant_id=office.city.id,
                id=uuid7(),
                email="baru@uji.id",
                name="Orang Baru",
                role=Role.UNIT_HEAD,
                unit_id=one,
                token_hash=uuid7().bytes,
                expires_at=datetime.now(UTC) + timedelta(days=7),
            )
        )
    head = office.person(two, Role.UNIT_HEAD)
    office.does("merge", [one, two], NEW)
    new = office.named("Disdig")
    assert [row.unit_id for row in memberships(office, only_one)] == [new]
    assert [(row.unit_id, row.role) for row in memberships(office, head)] == [(new, Role.UNIT_HEAD)]
    assert [row.ended_at for row in memberships(office, both)] == [None]
    invited = select(Invitation.unit_id).where(Invitation.tenant_id == office.city.id)
    assert office.planning.run(lambda s: s.scalars(invited).all()) == [new]


def test_nobody_is_invited_to_a_unit_that_has_ended(office, settings):
    unit_id = office.city.unit()
    office.does("end", [unit_id])
    (error,) = office.planning.refused(
        invitations.invite,
        settings,
        email="baru@uji.id",
        name="Orang Baru",
        role=Role.UNIT_HEAD,
        unit_id=unit_id,
        language="id",
    )
    assert (error.code, error.path) == ("INVALID", ("unitId",))
    assert "has ended" in error.text("en")


def test_a_person_of_both_merged_units_keeps_one_role(office, database):
    one, two = office.city.unit("Dinas Satu"), office.city.unit("Dinas Dua")
    person_id = office.person(one)
    row = Membership(
        tenant_id=office.city.id, person_id=person_id, role=Role.UNIT_OPERATOR, unit_id=two
    )
    with database.unit_of_work(Scope(Door.IDENTITY, office.city.id)) as session:
        session.add(row)
    office.does("merge", [one, two], NEW)
    current = [each for each in memberships(office, person_id) if each.ended_at is None]
    assert [each.unit_id for each in current] == [office.named("Disdig")]
    assert len(memberships(office, person_id)) == 2


def test_a_merged_unit_neither_supports_itself_nor_twice(office):
    planning = office.planning
    one, two = office.city.unit("Dinas Satu"), office.city.unit("Dinas Dua")
    third = office.city.unit("Dinas Tiga")
    plan_id = planning.plan().id
    led = planning.programme(plan_id, lead_unit_id=one, supporting_unit_ids=[two, third])
    helped = planning.programme(plan_id, supporting_unit_ids=[one, two])
    joined = planning.programme(plan_id, lead_unit_id=one, supporting_unit_ids=[planning.unit_id])
    office.does("merge", [one, two], Successor(planning.unit_id))
    assert office.row(Programme, led.id).lead_unit_id == planning.unit_id
    assert supports(office, led.id) == {third}
    assert supports(office, helped.id) == set()
    assert supports(office, joined.id) == set()
    assert office.row(Programme, helped.id).version == 2


def test_a_split_gives_to_each_successor_what_was_chosen(office):
    planning, old = office.planning, office.planning.unit_id
    plan_id = planning.plan().id
    stays = planning.programme(plan_id)
    goes = planning.programme(plan_id, "people")
    innovation = planning.innovation()
    there = office.city.unit("Dinas Persandian", "Disandi")
    choices = (Choice(goes.id, 1), Choice(innovation, 1))
    office.does("split", [old], NEW, Successor(there), choices=choices)
    new = office.named("Disdig")
    assert office.row(Programme, stays.id).lead_unit_id == new
    assert office.row(Programme, goes.id).lead_unit_id == there
    assert office.row(Innovation, innovation).unit_id == there
    assert [row.successor_id for row in office.successions(old)] == [new, there]
    assert office.unit(old).replaced_by == new


def test_a_unit_without_open_work_ends_with_its_roles(office):
    unit_id = office.city.unit("Kantor Arsip")
    person_id = office.person(unit_id)
    office.does("end", [unit_id])
    assert office.unit(unit_id).valid_to == ON
    (row,) = memberships(office, person_id)
    assert row.ended_at is not None
    (succession,) = office.successions(unit_id)
    assert succession.successor_id is None
    (notice,) = [n for n in told(office, NotificationKind.UNIT_ENDED) if n.person_id == person_id]
    assert notice.data["unit"] == "Kantor Arsip"


def test_everybody_concerned_is_told_once_but_not_who_did_it(office):
    old, there = office.city.unit("Dinas Lama"), office.city.unit("Dinas Baru")
    concerned = {office.person(old), office.person(there), office.city.person(Role.BAPPEDA)}
    stranger = office.person(office.city.unit("Dinas Lain"))
    office.does("merge", [old], Successor(there))
    notices = told(office, NotificationKind.UNIT_REORGANISED)
    people = [each.person_id for each in notices]
    assert concerned <= set(people)
    assert len(people) == len(set(people))
    assert {stranger, office.planning.scope.person_id}.isdisjoint(people)
    assert notices[0].data["unit"] == "Dinas Lama"
    assert notices[0].data["successors"] == "Dinas Baru"


def test_every_moved_thing_has_its_entry_and_the_unit_says_how_much(office):
    planning, old = office.planning, office.planning.unit_id
    innovation = planning.innovation()
    office.does("rename", [old], NEW)
    entries = select(AuditEntry).where(AuditEntry.tenant_id == office.city.id)
    found = {
        (entry.action, entry.entity_id): entry
        for entry in planning.run(lambda s: s.scalars(entries).all())
    }
    moved = found["innovation.reorganise", innovation]
    assert moved.before == {"unit_id": str(old)}
    assert moved.after == {"unit_id": str(office.named("Disdig"))}
    assert found["unit.reorganise", old].after["moved"] == {"innovation": 1}


def test_open_work_is_listed_by_kind_with_names(office):
    planning, unit_id = office.planning, office.planning.unit_id
    programme = planning.programme(planning.plan().id)
    innovation = planning.innovation()
    person_id = office.person(unit_id)
    found = planning.run(open_work, unit_id)
    assert [(item.kind, item.name) for item in found] == [
        (WorkKind.INNOVATION, "Layanan Satu Pintu Daring"),
        (WorkKind.PROGRAMME, "Program government"),
        (WorkKind.MEMBERSHIP, "Orang Uji"),
    ]
    assert [item.id for item in found[:2]] == [innovation, programme.id]
    assert found[2].id == memberships(office, person_id)[0].id


def test_a_repeated_call_with_one_key_reorganises_once(office):
    planning, old = office.planning, office.planning.unit_id
    asked = office.asked("rename", [old], NEW)
    for _ in range(2):
        assert planning.run(reorganise, asked, idempotency_key="one-reorganisation") == old
    assert len(office.successions(old)) == 1


@pytest.mark.parametrize("role", [Role.BAPPEDA, Role.UNIT_HEAD, Role.EXPERT])
def test_only_the_citys_administrator_reorganises(office, role):
    unit_id = office.city.unit()
    scope = office.city.scope(role, unit_id if role is Role.UNIT_HEAD else None)
    (error,) = office.refused("end", [unit_id], scope=scope)
    assert error.code == "FORBIDDEN"
