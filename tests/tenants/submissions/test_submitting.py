"""Handing an innovation in, endorsing and returning it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import func, select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import DomainError
from tenants.cities.models import Unit
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification
from tenants.submissions import drafting, submitting
from tenants.submissions.content import REQUIRED
from tenants.submissions.models import InnovationRevision
from tenants.submissions.workflow import InnovationState
from tests.tenants.refusals import refused, run

S = InnovationState


def submit(row, version=1):
    return lambda s: submitting.submit(s, row.id, expected_version=version)


def endorse(row, version=2):
    return lambda s: submitting.endorse(s, row.id, expected_version=version)


def give_back(row, version=2, reason="Lengkapi data antrean."):
    return lambda s: submitting.return_for_revision(
        s, row.id, reason=reason, expected_version=version
    )


def revisions(desk, row):
    kept = select(InnovationRevision).where(
        InnovationRevision.tenant_id == desk.city.id, InnovationRevision.innovation_id == row.id
    )
    return desk.run("admin", lambda s: s.scalars(kept.order_by(InnovationRevision.number)).all())


def test_the_head_submits_and_the_words_are_kept(desk):
    row = desk.submitted()
    assert (row.state, row.revision, row.version) == (S.SUBMITTED, 1, 2)
    (kept,) = revisions(desk, row)
    assert kept.number == 1
    assert kept.submitted_by == desk.scopes["head"].person_id
    assert kept.content["name"] == "Antrean Puskesmas"
    assert kept.content["dimension"] == "living"
    assert kept.content["kind"] == "digital"
    assert kept.content["budget_rupiah"] == "150000000.00"
    facts = {"name": "Antrean Puskesmas", "unit": "Dinas Kesehatan", "revision": "1"}
    assert desk.told("submitted") == {"admin": facts, "bappeda": facts}


def test_an_operator_and_another_units_head_do_not_submit(desk):
    row = desk.drafted()
    for who in ("operator", "admin", "expert"):
        refused(desk.database, desk.scopes[who], submit(row), "FORBIDDEN")
    (error,) = refused(desk.database, desk.scopes["stranger"], submit(row), "FORBIDDEN_UNIT")
    assert error.text("id").startswith("Peran Anda berlaku untuk perangkat daerah lain.")


def test_every_empty_field_is_named_at_once(desk):
    row = desk.drafted(**dict.fromkeys(REQUIRED, " "))
    errors = refused(desk.database, desk.scopes["head"], submit(row), *["INVALID"] * len(REQUIRED))
    assert [error.path for error in errors] == [(name,) for name in REQUIRED]


def test_all_obstacles_are_named_together(desk):
    row = desk.drafted(problem="")

    def end(session):
        session.get_one(Unit, (desk.city.id, desk.unit_id)).valid_to = date(2022, 1, 1)

    desk.run("admin", end)
    desk.stage(Stage.ACCEPTED)
    refused(
        desk.database,
        desk.scopes["head"],
        submit(row),
        "SUBMISSIONS_CLOSED",
        "UNIT_ENDED",
        "INVALID",
    )


def test_sixteen_parallel_submits_have_one_effect(desk):
    row = desk.drafted()

    def attempt(_):
        try:
            return run(desk.database, desk.scopes["head"], submit(row)).state
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(16) as pool:
        outcomes = Counter(pool.map(attempt, range(16)))
    assert outcomes == {S.SUBMITTED: 1, "STALE_VERSION": 15}
    assert len(revisions(desk, row)) == 1
    submits = select(func.count()).where(
        AuditEntry.tenant_id == desk.city.id, AuditEntry.action == "innovation.submit"
    )
    assert desk.run("admin", lambda s: s.scalar(submits)) == 1


def test_a_submitted_innovation_is_not_submitted_again(desk):
    row = desk.submitted()
    refused(desk.database, desk.scopes["head"], submit(row, 2), "INNOVATION_WRONG_STATE")


@pytest.mark.parametrize("who", ["admin", "bappeda"])
def test_the_city_endorses_and_its_experts_are_told(desk, who):
    row = desk.submitted()
    assert desk.run(who, endorse(row)).state is S.ENDORSED
    assert desk.told("endorsed") == {
        "expert": {"name": "Antrean Puskesmas", "unit": "Dinas Kesehatan"}
    }


def test_a_unit_does_not_endorse_itself_and_a_draft_is_not_endorsed(desk):
    draft = desk.drafted()
    refused(desk.database, desk.scopes["admin"], endorse(draft, 1), "INNOVATION_WRONG_STATE")
    row = desk.submitted()
    refused(desk.database, desk.scopes["head"], endorse(row), "FORBIDDEN")
    refused(desk.database, desk.scopes["admin"], endorse(row, 1), "STALE_VERSION")


def test_the_city_returns_with_a_reason_and_the_unit_is_told(desk):
    row = desk.submitted()
    returned = desk.run("bappeda", give_back(row))
    assert (returned.state, returned.revision) == (S.RETURNED, 1)
    facts = {
        "name": "Antrean Puskesmas",
        "unit": "Dinas Kesehatan",
        "reason": "Lengkapi data antrean.",
    }
    assert desk.told("returned") == {"operator": facts, "head": facts}


def test_a_return_needs_its_reason_and_a_submitted_innovation(desk):
    row = desk.submitted()
    admin = desk.scopes["admin"]
    (error,) = refused(desk.database, admin, give_back(row, reason=" "), "INVALID")
    assert error.path == ("reason",)
    refused(desk.database, desk.scopes["head"], give_back(row), "FORBIDDEN")
    desk.endorse(row)
    refused(desk.database, admin, give_back(row, 3), "INNOVATION_WRONG_STATE")
    in_review, _ = desk.in_review()
    rule = give_back(in_review, in_review.version)
    refused(desk.database, admin, rule, "INNOVATION_WRONG_STATE")


def test_a_returned_innovation_is_revised_and_submitted_as_the_next_revision(desk):
    row = desk.run("admin", give_back(desk.submitted()))
    row = desk.run(
        "operator",
        lambda s: drafting.update(
            s, row.id, expected_version=3, changes={"problem": "Antrean 212 orang per hari."}
        ),
    )
    again = desk.submit(row)
    assert (again.state, again.revision) == (S.SUBMITTED, 2)
    first, second = revisions(desk, row)
    assert first.content["problem"].startswith("Antrean pendaftaran")
    assert second.content["problem"] == "Antrean 212 orang per hari."
    notices = select(Notification.data["revision"].astext).where(
        Notification.tenant_id == desk.city.id,
        Notification.kind == "submitted",
        Notification.person_id == desk.scopes["admin"].person_id,
    )
    assert desk.run("admin", lambda s: sorted(s.scalars(notices))) == ["1", "2"]


def test_foreign_innovations_are_not_found(make_desk):
    one, other = make_desk(), make_desk()
    row = other.submitted()
    for who, rule in (("head", submit(row, 2)), ("admin", endorse(row)), ("admin", give_back(row))):
        refused(one.database, one.scopes[who], rule, "NOT_FOUND")
