"""Beginning a draft from what another city has published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import delete, func, select
from uuid_utils.compat import uuid7

from kotacerdas.audit.models import AuditEntry
from kotacerdas.jobs import Job
from kotacerdas.scope import Door, Scope
from tenants.cities.workflow import Stage
from tenants.editions.models import Dimension
from tenants.masterplan.models import ItemKind, PublishedItem
from tenants.masterplan.replicating import REPLICATE, replicate
from tenants.submissions.models import Innovation, InnovationOrigin, Maturity
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.published import CONTENT, item
from tests.tenants.refusals import refused


@pytest.fixture
def origin(make_desk):
    """Another city."""
    return make_desk()


@pytest.fixture
def item_id(database, origin):
    """What it has published."""
    return item(database, origin.city, "E-Parkir", row_id=origin.drafted().id)


def asked(desk, origin, item_id, **options):
    given = {
        "participation_id": desk.participation_id,
        "unit_id": desk.unit_id,
        "origin_id": origin.city.id,
        "item_id": item_id,
    }
    return lambda session: replicate(session, **given | options)


def rows(desk, model):
    mine = select(model).where(model.tenant_id == desk.city.id)
    return desk.run("admin", lambda session: session.scalars(mine).all())


def test_a_replica_is_a_draft_of_the_unit_that_names_its_origin(desk, origin, item_id):
    row = desk.run("operator", asked(desk, origin, item_id))
    assert (row.tenant_id, row.unit_id, row.name) == (desk.city.id, desk.unit_id, "E-Parkir")
    assert (row.state, row.maturity) == (InnovationState.DRAFT, Maturity.IDEA)
    assert (row.solution, row.replication) == (CONTENT["solution"], CONTENT["replication"])
    own = (row.partners, row.sustainability, row.risks, row.resources, row.budget_rupiah)
    assert own == ("", "", "", "", Decimal(0))
    (kept,) = rows(desk, InnovationOrigin)
    assert (kept.innovation_id, kept.origin_id, kept.item_id) == (row.id, origin.city.id, item_id)
    assert (kept.item_name, kept.version_number) == ("E-Parkir", 1)
    (job,) = rows(desk, Job)
    assert (job.kind, job.subject_id) == (REPLICATE.name, kept.id)
    actions = [entry.action for entry in rows(desk, AuditEntry) if entry.entity_id == row.id]
    assert sorted(actions) == ["innovation.create", "innovation.replicate"]


def test_its_pillar_is_the_one_of_the_same_code_in_the_citys_own_edition(desk, origin, item_id):
    row = desk.run("operator", asked(desk, origin, item_id))
    pillar, foreign = desk.run(
        "admin",
        lambda session: (
            session.get_one(Dimension, row.dimension_id),
            session.get_one(PublishedItem, (origin.city.id, item_id)).dimension_id,
        ),
    )
    assert (pillar.code, pillar.id == foreign) == ("economy", False)


def test_another_pillar_of_the_edition_may_be_chosen_and_no_other(desk, origin, item_id):
    foreign = asked(desk, origin, item_id, dimension_id=uuid7())
    refused(desk.database, desk.scopes["operator"], foreign, "DIMENSION_NOT_IN_EDITION")
    row = desk.run("operator", asked(desk, origin, item_id, dimension_id=desk.dimension_id))
    assert row.dimension_id == desk.dimension_id


def test_a_repeated_call_with_one_key_replicates_once(desk, origin, item_id):
    rule = asked(desk, origin, item_id, idempotency_key="replica-key")
    assert desk.run("operator", rule).id == desk.run("operator", rule).id
    assert len(rows(desk, Innovation)) == len(rows(desk, Job)) == 1


def test_what_is_not_published_is_refused(desk, origin, item_id):
    scope = desk.scopes["operator"]
    refused(desk.database, scope, asked(desk, origin, uuid7()), "ITEM_NOT_PUBLISHED")
    with desk.database.unit_of_work(Scope(Door.CITY, origin.city.id)) as session:
        session.execute(delete(PublishedItem).where(PublishedItem.tenant_id == origin.city.id))
    refused(desk.database, scope, asked(desk, origin, item_id), "ITEM_NOT_PUBLISHED")


def test_a_programme_and_the_citys_own_innovation_are_refused(desk, origin):
    programme = item(desk.database, origin.city, "Program", kind=ItemKind.PROGRAMME)
    scope = desk.scopes["operator"]
    refused(desk.database, scope, asked(desk, origin, programme), "ITEM_NOT_INNOVATION")
    own = item(desk.database, desk.city, "Milik sendiri", row_id=desk.drafted().id)
    refused(desk.database, scope, asked(desk, desk, own), "ITEM_OWN")


def test_a_unit_replicates_once_and_again_only_after_a_rejection(desk, origin, item_id):
    rule = asked(desk, origin, item_id)
    former = desk.run("operator", rule)
    (error,) = refused(desk.database, desk.scopes["operator"], rule, "ALREADY_REPLICATED")
    assert "“E-Parkir”" in error.text("id")
    other_unit = desk.city.unit("Dinas Pariwisata")
    assert desk.run("admin", asked(desk, origin, item_id, unit_id=other_unit)).id != former.id

    def reject(session):
        row = session.get_one(Innovation, (desk.city.id, former.id))
        row.state = InnovationState.REJECTED

    desk.run("admin", reject)
    assert desk.run("operator", rule).id != former.id


def test_the_unit_has_to_be_ones_own_and_the_participation_open(desk, origin, item_id):
    rule = asked(desk, origin, item_id)
    refused(desk.database, desk.scopes["stranger"], rule, "FORBIDDEN_UNIT")
    nowhere = asked(desk, origin, item_id, unit_id=origin.unit_id)
    refused(desk.database, desk.scopes["admin"], nowhere, "NOT_FOUND")
    desk.stage(Stage.SELECTED)
    refused(desk.database, desk.scopes["operator"], rule, "SUBMISSIONS_CLOSED")


def test_a_replica_shows_nothing_of_the_citys_own_rows_to_the_origin(desk, origin, item_id):
    desk.run("operator", asked(desk, origin, item_id))
    count = select(func.count()).select_from(InnovationOrigin)
    theirs = count.where(InnovationOrigin.tenant_id == desk.city.id)
    assert origin.run("admin", lambda session: session.scalar(theirs)) == 0
