"""Offers of a role: who makes them, who takes them, and what ends."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.errors import Forbidden, Invalid, NotFound, Unauthenticated
from kotacerdas.identity import invitations
from kotacerdas.identity.credentials import SignInRefused, credentials
from kotacerdas.identity.invitations import InvitationExpired, InvitationUsed, invitation_link
from kotacerdas.identity.members import (
    RoleNotGrantable,
    grants_of,
)
from kotacerdas.identity.models import Invitation
from kotacerdas.identity.people import account_by_email, register
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.identity.sessions import hash_of, sign_in
from kotacerdas.identity.throttle import TooManyAttempts
from kotacerdas.jobs import Job
from kotacerdas.scope import NATION, Door, Scope
from tests.kotacerdas.identity.conftest import HASH, IDENTITY, PASSWORD


def address() -> str:
    return f"undang-{uuid4().hex}@kota.go.id"


def invite(database: Database, settings, scope: Scope, **fields) -> Invitation:
    offer = {"email": address(), "name": "Kepala Dinas", "role": Role.BAPPEDA, **fields}
    with database.unit_of_work(scope) as session:
        return invitations.invite(session, settings, **offer)


def token_of(settings, invitation: Invitation) -> str:
    return invitation_link(settings, invitation).rpartition("/")[2]


def join(settings, text: str, *, password: str = PASSWORD, name: str = "Nama Sendiri"):
    async def main() -> Invitation:
        database = Database(settings)
        try:
            return await invitations.join(
                database, settings, text, name=name, password=password, address=uuid4().hex
            )
        finally:
            await database.aclose()

    return asyncio.run(main())


def invitations_of(database: Database, tenant_id: int) -> list[Invitation]:
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        mine = select(Invitation).where(Invitation.tenant_id == tenant_id)
        return list(session.scalars(mine.order_by(Invitation.id)))


def jobs_of(database: Database, tenant_id: int) -> list[tuple[str, UUID]]:
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        mine = select(Job.kind, Job.subject_id).where(Job.tenant_id == tenant_id)
        return [tuple(row) for row in session.execute(mine.order_by(Job.id))]


def audited(database: Database, tenant_id: int) -> list[str]:
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        mine = select(AuditEntry.action).where(AuditEntry.tenant_id == tenant_id)
        return list(session.scalars(mine.order_by(AuditEntry.sequence)))


def grants_by(database: Database, email: str) -> tuple[Grant, ...]:
    with database.unit_of_work(IDENTITY) as session:
        account = account_by_email(session, email)
        return grants_of(session, account.person_id) if account else ()


def test_an_administrator_invites_and_the_mail_is_a_job_of_the_same_commit(
    database, settings, city
):
    scope, unit_id = city.scope(), city.unit()
    invitation = invite(
        database, settings, scope, email=" Kepala@KOTA.go.id ", role=Role.UNIT_HEAD, unit_id=unit_id
    )
    [kept] = invitations_of(database, city.id)
    assert (kept.email, kept.role, kept.unit_id) == ("kepala@kota.go.id", Role.UNIT_HEAD, unit_id)
    assert kept.invited_by == scope.person_id
    assert jobs_of(database, city.id) == [("identity.invitation", invitation.id)]
    assert audited(database, city.id) == ["invitation.create"]


def test_the_worker_makes_the_link_again_of_which_the_row_keeps_the_hash(database, settings, city):
    invitation = invite(database, settings, city.scope())
    [kept] = invitations_of(database, city.id)
    link = invitation_link(settings, kept)
    assert link == invitation_link(settings, invitation)
    assert link.startswith(f"{settings.base_url}/invitations/{city.id}.{kept.id}.")
    secret = link.rpartition(".")[2]
    assert len(secret) == 43
    assert kept.token_hash == hash_of(secret)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"role": Role.EXPERT}, RoleNotGrantable),
        ({"role": Role.MINISTRY_READER}, RoleNotGrantable),
        ({"role": Role.OPERATOR}, RoleNotGrantable),
        ({"role": Role.UNIT_HEAD}, Invalid),
        ({"role": Role.UNIT_HEAD, "unit_id": UUID(int=7)}, NotFound),
        ({"role": Role.COUNCIL, "unit_id": UUID(int=7)}, Invalid),
        ({"email": "bukan alamat"}, Invalid),
        ({"email": "a@kota.go.id\r\nBcc: b@kota.go.id"}, Invalid),
        ({"email": "a@kota.go.id, b@kota.go.id"}, Invalid),
        ({"name": "  "}, Invalid),
        ({"name": "Dinas\x00"}, Invalid),
        ({"language": "jv"}, Invalid),
    ],
)
def test_a_refused_offer_writes_and_sends_nothing(database, settings, city, change, refusal):
    with pytest.raises(refusal) as error:
        invite(database, settings, city.scope(), **change)
    assert error.value.text("id") != error.value.text("en")
    assert invitations_of(database, city.id) == []
    assert jobs_of(database, city.id) == []
    assert audited(database, city.id) == []


def test_another_citys_unit_is_a_missing_unit(database, settings, make_city):
    ours, other = make_city(), make_city()
    with pytest.raises(NotFound):
        invite(database, settings, ours.scope(), role=Role.UNIT_HEAD, unit_id=other.unit())
    assert invitations_of(database, ours.id) == []


def test_only_who_manages_members_invites(database, settings, city):
    with pytest.raises(Forbidden):
        invite(database, settings, city.scope(Role.BAPPEDA))
    with pytest.raises(Unauthenticated):
        invite(database, settings, Scope(Door.CITY, city.id))
    assert invitations_of(database, city.id) == []


def test_the_ministry_invites_experts_to_a_city_and_national_roles_only_to_the_nation(
    database, settings, city, ministry
):
    invitation = invite(database, settings, ministry(city.id), role=Role.EXPERT)
    assert invitation.tenant_id == city.id
    with pytest.raises(Invalid):
        invite(database, settings, ministry(city.id), role=Role.MINISTRY_READER)
    with pytest.raises(Invalid):
        invite(database, settings, ministry(NATION), role=Role.CITY_ADMIN)
    reader = invite(database, settings, ministry(NATION), role=Role.MINISTRY_READER)
    assert reader.tenant_id == NATION


def test_a_new_person_accepts_and_signs_in(database, settings, city):
    invitation = invite(database, settings, city.scope(), language="en")
    join(settings, token_of(settings, invitation), name=" Siti   Aminah ")
    with database.unit_of_work(IDENTITY) as session:
        account = account_by_email(session, invitation.email)
    assert account is not None
    assert (account.language, account.active) == ("en", True)
    assert grants_by(database, invitation.email) == (Grant(city.id, Role.BAPPEDA),)
    assert audited(database, city.id)[-2:] == ["membership.give", "invitation.accept"]

    async def main() -> str:
        own = Database(settings)
        typed = credentials(invitation.email, PASSWORD, uuid4().hex)
        try:
            return (await sign_in(own, settings, typed)).person.name
        finally:
            await own.aclose()

    assert asyncio.run(main()) == "Siti Aminah"


def test_an_invitation_is_accepted_once(database, settings, city):
    invitation = invite(database, settings, city.scope())
    join(settings, token_of(settings, invitation))
    with pytest.raises(InvitationUsed) as refusal:
        join(settings, token_of(settings, invitation), password="lain-sekali-kata-9")
    assert refusal.value.code == "INVITATION_USED"
    assert grants_by(database, invitation.email) == (Grant(city.id, Role.BAPPEDA),)


def test_of_two_parallel_acceptances_one_succeeds(database, settings, city):
    invitation = invite(database, settings, city.scope())
    text = token_of(settings, invitation)

    async def main() -> list[object]:
        own = Database(settings)
        tries = (
            invitations.join(own, settings, text, name="N", password=PASSWORD, address=uuid4().hex)
            for _ in range(3)
        )
        try:
            return await asyncio.gather(*tries, return_exceptions=True)
        finally:
            await own.aclose()

    outcomes = asyncio.run(main())
    assert len([outcome for outcome in outcomes if isinstance(outcome, Invitation)]) == 1
    assert {type(o) for o in outcomes} == {Invitation, InvitationUsed}
    assert grants_by(database, invitation.email) == (Grant(city.id, Role.BAPPEDA),)


def test_an_invitation_ends_after_seven_days(database, settings, city):
    week = timedelta(days=7)
    alive = invite(database, settings, city.scope(), now=datetime.now(UTC) - week * 0.999)
    join(settings, token_of(settings, alive))
    late = invite(database, settings, city.scope(), now=datetime.now(UTC) - week)
    with pytest.raises(InvitationExpired) as refusal:
        join(settings, token_of(settings, late))
    assert refusal.value.code == "INVITATION_EXPIRED"
    assert grants_by(database, late.email) == ()


def test_a_newer_invitation_replaces_an_open_one_of_the_same_role(database, settings, city):
    email = address()
    first = invite(database, settings, city.scope(), email=email)
    other_role = invite(database, settings, city.scope(), email=email, role=Role.COUNCIL)
    second = invite(database, settings, city.scope(), email=email)
    with pytest.raises(InvitationExpired):
        join(settings, token_of(settings, first))
    join(settings, token_of(settings, second))
    join(settings, token_of(settings, other_role))
    assert {grant.role for grant in grants_by(database, email)} == {Role.BAPPEDA, Role.COUNCIL}


@pytest.mark.parametrize("spoil", ["secret", "tenant", "id", "", "1.2.3", "x.y", "²." + "0" * 36])
def test_a_link_that_was_never_sent_finds_nothing(database, settings, make_city, spoil):
    city, other = make_city(), make_city()
    invitation = invite(database, settings, city.scope())
    tenant, identifier, secret = token_of(settings, invitation).split(".")
    text = {
        "secret": f"{tenant}.{identifier}.{'A' * 43}",
        "tenant": f"{other.id}.{identifier}.{secret}",
        "id": f"{tenant}.{UUID(int=9)}.{secret}",
    }.get(spoil, spoil)
    with pytest.raises(NotFound):
        join(settings, text)
    assert grants_by(database, invitation.email) == ()


def test_a_weak_password_or_an_empty_name_leaves_the_invitation_open(database, settings, city):
    invitation = invite(database, settings, city.scope())
    for field, options in (("password", {"password": "pendek"}), ("name", {"name": " "})):
        with pytest.raises(Invalid) as refusal:
            join(settings, token_of(settings, invitation), **options)
        assert refusal.value.path == (field,)
    assert grants_by(database, invitation.email) == ()
    join(settings, token_of(settings, invitation))
    assert grants_by(database, invitation.email) == (Grant(city.id, Role.BAPPEDA),)


def test_an_existing_account_takes_a_role_by_its_own_password(database, settings, make_city):
    city, email = make_city(), address()
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        person = register(session, email=email, name="Sudah Ada", password_hash=HASH)
    invitation = invite(database, settings, city.scope(), email=email, role=Role.COUNCIL)
    with pytest.raises(SignInRefused):
        join(settings, token_of(settings, invitation), password="salah-salah-salah-9")
    assert grants_by(database, email) == ()
    join(settings, token_of(settings, invitation), name="Nama Lain")
    assert grants_by(database, email) == (Grant(city.id, Role.COUNCIL),)
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        entry = session.scalars(
            select(AuditEntry).where(
                AuditEntry.tenant_id == city.id, AuditEntry.action == "invitation.accept"
            )
        ).one()
    assert entry.person_id == person.id


def test_an_invitation_is_no_way_around_the_limit_on_guessing(database, settings, city):
    email = address()
    with database.unit_of_work(IDENTITY) as session:
        register(session, email=email, name="Sudah Ada", password_hash=HASH)
    invitation = invite(database, settings, city.scope(), email=email)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            join(settings, token_of(settings, invitation), password="salah-salah-salah-9")
    with pytest.raises(TooManyAttempts):
        join(settings, token_of(settings, invitation))
    assert grants_by(database, email) == ()
