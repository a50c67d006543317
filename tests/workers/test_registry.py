"""The registry: every kind that the domain enqueues has its handler."""

from __future__ import annotations

from kotacerdas.identity.invitations import INVITATION_MAIL
from tenants.assessment.deciding import APPLY
from tenants.cities.deadlines import REMIND
from tenants.documents.actions import RENDER
from tenants.exports.actions import WRITE
from tenants.masterplan.replicating import REPLICATE
from tenants.notifications.inserts import SEND
from tenants.workbooks.bringing import READ, SAVE
from workers.housekeeping import TICK
from workers.registry import HANDLERS


def test_every_kind_of_job_has_a_handler_on_its_own_queue():
    kinds = [RENDER, WRITE, SEND, INVITATION_MAIL, REMIND, TICK, APPLY, READ, SAVE, REPLICATE]
    assert sorted(HANDLERS) == sorted(kind.name for kind in kinds)
    assert [HANDLERS[kind.name].kind for kind in kinds] == kinds
