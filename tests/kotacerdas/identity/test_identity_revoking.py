"""Taking an offer back: who may, and what its link is worth afterwards."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import Forbidden, NotFound
from kotacerdas.identity import invitations
from kotacerdas.identity.invitations import InvitationExpired, InvitationUsed
from kotacerdas.identity.members import RoleNotGrantable
from kotacerdas.identity.models import Invitation
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tests.kotacerdas.identity.test_identity_invitations import (
    audited,
    grants_by,
    invitations_of,
    invite,
    join,
    token_of,
)


def revoke(database, scope: Scope, invitation: Invitation) -> Invitation:
    with database.unit_of_work(scope) as session:
        return invitations.revoke(session, invitation.id)


def test_a_revoked_offer_can_no_longer_be_taken(database, settings, city):
    scope = city.scope()
    invitation = invite(database, settings, scope)
    revoke(database, scope, invitation)
    with pytest.raises(InvitationExpired):
        join(settings, token_of(settings, invitation))
    assert grants_by(database, invitation.email) == ()
    assert audited(database, city.id) == ["invitation.create", "invitation.revoke"]
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        mine = AuditEntry.tenant_id == city.id, AuditEntry.action == "invitation.revoke"
        [before] = session.scalars(select(AuditEntry.before).where(*mine))
    assert before == {"email": invitation.email, "role": "bappeda"}


def test_revoking_twice_changes_nothing_more(database, settings, city):
    scope = city.scope()
    invitation = invite(database, settings, scope)
    first = revoke(database, scope, invitation).expires_at
    assert revoke(database, scope, invitation).expires_at == first
    assert audited(database, city.id) == ["invitation.create", "invitation.revoke"]


def test_an_accepted_offer_cannot_be_revoked(database, settings, city):
    scope = city.scope()
    invitation = invite(database, settings, scope)
    join(settings, token_of(settings, invitation))
    with pytest.raises(InvitationUsed):
        revoke(database, scope, invitation)
    assert [grant.role for grant in grants_by(database, invitation.email)] == [Role.BAPPEDA]
    assert "invitation.revoke" not in audited(database, city.id)


def test_an_offer_is_revoked_by_who_could_make_it(database, settings, city, make_city, ministry):
    invitation = invite(database, settings, ministry(city.id), role=Role.EXPERT)
    with pytest.raises(RoleNotGrantable):
        revoke(database, city.scope(), invitation)
    with pytest.raises(Forbidden):
        revoke(database, city.scope(Role.BAPPEDA), invitation)
    with pytest.raises(NotFound):
        revoke(database, make_city().scope(), invitation)
    with pytest.raises(NotFound):
        revoke(database, city.scope(), Invitation(id=uuid4()))
    [kept] = invitations_of(database, city.id)
    assert kept.expires_at == invitation.expires_at
    assert audited(database, city.id) == ["invitation.create"]
    revoke(database, ministry(city.id), invitation)
    assert invitations_of(database, city.id)[0].expires_at < invitation.expires_at
