"""Publications: a copy for everybody, from the presentation on."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.errors import Forbidden
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.masterplan import freezing, plan, programmes, publishing
from tenants.masterplan.models import Masterplan, MasterplanVersion, Publication
from tests.predicate.hook import suspended
from tests.tenants.masterplan.planning import PROBLEM, RISK, codes, whole

PUBLISHABLE = [Stage.PRESENTED, Stage.ACCEPTED, Stage.ADOPTED, Stage.IMPLEMENTING]


@pytest.fixture
def frozen(planning):
    """A planning, its plan's id and its first version's id; the plan has been presented."""
    plan_id = planning.complete()
    planning.run(programmes.place, planning.innovation(), **whole())
    version = planning.run(freezing.freeze, plan_id, expected_version=3)
    planning.stage(Stage.PRESENTED)
    return planning, plan_id, version.id


def published(session, tenant_id):
    """What the database shows of a city to whoever asks."""
    shown = select(Publication).where(
        Publication.tenant_id == tenant_id, Publication.withdrawn_at.is_(None)
    )
    return list(session.scalars(shown))


@pytest.mark.parametrize("stage", PUBLISHABLE)
def test_a_version_is_published_from_the_presentation_on(frozen, stage):
    planning, _, version_id = frozen
    planning.stage(stage)
    publication = planning.run(publishing.publish, version_id)
    key = (planning.city.id, version_id)
    version = planning.run(lambda session: session.get_one(MasterplanVersion, key))
    assert publication.title == "Masterplan Smart City Kota Uji"
    assert publication.content == version.content
    assert publication.content_hash == version.content_hash
    assert publication.withdrawn_at is None


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in PUBLISHABLE])
def test_nothing_is_published_at_another_stage(frozen, stage):
    planning, _, version_id = frozen
    planning.stage(stage)
    errors = planning.refused(publishing.publish, version_id)
    assert codes(errors) == ["PUBLICATION_TOO_EARLY"]
    assert f"pada tahap {STAGES[stage][0]}. T" in errors[0].text("id")


def test_the_refusal_names_the_next_step(frozen):
    planning, _, version_id = frozen
    planning.stage(Stage.MENTORED)
    (error,) = planning.refused(publishing.publish, version_id)
    assert error.text("id").endswith("Tahap yang terbuka: ekspose, mundur, tidak selesai.")
    assert error.text("en").endswith("Open stages: presented, withdrawn, not finished.")


def test_everybody_reads_the_publication_and_nobody_else_the_plan(frozen, make_planning):
    planning, plan_id, version_id = frozen
    publication = planning.run(publishing.publish, version_id)
    other = make_planning()
    for scope in (other.scope, Scope(Door.CITY)):
        seen = planning.run(published, planning.city.id, scope=scope)
        assert [row.id for row in seen] == [publication.id]
        for table, row_id in ((Masterplan, plan_id), (MasterplanVersion, version_id)):
            hidden = select(table.id).where(table.id == row_id)
            with suspended():
                seen = planning.run(lambda session, q=hidden: session.scalar(q), scope=scope)
            assert seen is None


def test_a_publication_holds_no_ids_and_no_working_papers(frozen):
    planning, _, version_id = frozen
    text = str(planning.run(publishing.publish, version_id).content)
    assert "Layanan Satu Pintu Daring" in text
    assert PROBLEM not in text
    assert RISK not in text
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", text)


def test_a_version_is_published_once(frozen):
    planning, _, version_id = frozen
    planning.run(publishing.publish, version_id)
    assert codes(planning.refused(publishing.publish, version_id)) == ["ALREADY_PUBLISHED"]


def test_a_newer_publication_takes_the_place_of_the_older(frozen):
    planning, plan_id, first_id = frozen
    planning.run(publishing.publish, first_id)
    planning.run(plan.update, plan_id, title="Judul Baru", expected_version=3)
    second = planning.run(freezing.freeze, plan_id, expected_version=4)
    planning.run(publishing.publish, second.id)
    seen = planning.run(published, planning.city.id)
    assert [(row.masterplan_version_id, row.title) for row in seen] == [(second.id, "Judul Baru")]


def test_a_publication_keeps_the_frozen_title_though_the_plans_has_changed(frozen):
    planning, plan_id, version_id = frozen
    planning.run(plan.update, plan_id, title="Judul Kerja", expected_version=3)
    publication = planning.run(publishing.publish, version_id)
    assert publication.title == "Masterplan Smart City Kota Uji"


def test_a_publication_is_withdrawn_once_and_can_be_published_again(frozen):
    planning, _, version_id = frozen
    publication = planning.run(publishing.publish, version_id)
    planning.run(publishing.withdraw, publication.id)
    assert planning.run(published, planning.city.id) == []
    errors = planning.refused(publishing.withdraw, publication.id)
    assert codes(errors) == ["ALREADY_WITHDRAWN"]
    again = planning.run(publishing.publish, version_id)
    assert (again.id, again.withdrawn_at) == (publication.id, None)


def test_another_city_neither_publishes_nor_withdraws(frozen, make_planning):
    planning, _, version_id = frozen
    publication = planning.run(publishing.publish, version_id)
    other = make_planning(Stage.PRESENTED)
    for foreign in (version_id, uuid4()):
        assert codes(other.refused(publishing.publish, foreign)) == ["NOT_FOUND"]
    for foreign in (publication.id, uuid4()):
        assert codes(other.refused(publishing.withdraw, foreign)) == ["NOT_FOUND"]
    key = (planning.city.id, publication.id)
    row = planning.run(lambda session: session.get_one(Publication, key))
    assert row.withdrawn_at is None


@pytest.mark.parametrize("role", [Role.BAPPEDA, Role.UNIT_HEAD, Role.EXPERT, Role.COUNCIL])
def test_only_administrators_and_the_head_of_the_region_publish(frozen, role):
    planning, _, version_id = frozen
    scope = planning.city.scope(role)
    assert isinstance(planning.refused(publishing.publish, version_id, scope=scope)[0], Forbidden)
    head = planning.city.scope(Role.REGION_HEAD)
    publication = planning.run(publishing.publish, version_id, scope=head)
    errors = planning.refused(publishing.withdraw, publication.id, scope=scope)
    assert isinstance(errors[0], Forbidden)
