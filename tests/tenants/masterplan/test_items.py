"""What everybody may find of a published plan, from publication to withdrawal."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from uuid_utils.compat import uuid7

from kotacerdas.scope import Door, Scope
from tenants.cities.workflow import Stage
from tenants.masterplan import freezing, programmes, publishing
from tenants.masterplan.models import ItemKind, Programme, PublishedItem, Replication
from tenants.submissions.models import InnovationRevision
from tests.tenants.masterplan.planning import PROBLEM, RISK, whole

SAID = {
    "name": "Layanan Satu Pintu Daring",
    "kind": "digital",
    "maturity": "applied",
    "problem": PROBLEM,
    "solution": "Warga mengurus izin dari rumah.",
    "benefit": "",
    "uniqueness": "",
    "partners": "Bank Nagari",
    "replication": "",
    "sustainability": "",
    "risks": RISK,
    "resources": "",
    "budget_rupiah": "1000.00",
}


@pytest.fixture
def frozen(planning):
    """A planning, the id of an innovation that was placed, and the first version's id."""
    plan_id = planning.complete()
    innovation_id = planning.innovation()
    revision = {"tenant_id": planning.city.id, "innovation_id": innovation_id}
    with planning.database.unit_of_work(planning.scope) as session:
        session.add(
            InnovationRevision(
                **revision, number=1, content=SAID, submitted_by=planning.scope.person_id
            )
        )
    planning.run(programmes.place, innovation_id, **whole())
    version = planning.run(freezing.freeze, plan_id, expected_version=3)
    planning.stage(Stage.PRESENTED)
    return planning, innovation_id, version.id


def items(planning):
    """What a stranger reads, by kind."""
    mine = select(PublishedItem).where(PublishedItem.tenant_id == planning.city.id)
    rows = planning.run(lambda session: session.scalars(mine).all(), scope=Scope(Door.CITY))
    return {kind: [row for row in rows if row.kind is kind] for kind in ItemKind}


def test_programmes_and_what_they_came_from_are_found_once_they_are_published(frozen):
    planning, innovation_id, version_id = frozen
    assert items(planning) == {ItemKind.INNOVATION: [], ItemKind.PROGRAMME: []}
    publication = planning.run(publishing.publish, version_id)
    found = items(planning)
    (innovation,) = found[ItemKind.INNOVATION]
    assert (innovation.id, innovation.publication_id) == (innovation_id, publication.id)
    assert (innovation.name, innovation.version_number) == (SAID["name"], 1)
    assert innovation.unit_name == "Dinas Komunikasi dan Informatika"
    content = publication.content["dimensions"]
    codes = {each["code"] for pillar in content for each in pillar["programmes"]}
    assert {row.content["code"] for row in found[ItemKind.PROGRAMME]} == codes
    mine = select(Programme.id).where(Programme.tenant_id == planning.city.id)
    known = set(planning.run(lambda session: session.scalars(mine).all()))
    assert {row.id for row in found[ItemKind.PROGRAMME]} == known


def test_risks_resources_and_budget_of_an_innovation_stay_the_citys(frozen):
    planning, _, version_id = frozen
    planning.run(publishing.publish, version_id)
    (innovation,) = items(planning)[ItemKind.INNOVATION]
    assert set(SAID) - set(innovation.content) == {"name", "risks", "resources", "budget_rupiah"}
    assert RISK not in innovation.body


def test_nothing_is_found_after_the_withdrawal_and_all_of_it_once_published_again(frozen):
    planning, _, version_id = frozen
    publication = planning.run(publishing.publish, version_id)
    before = {row.id for rows in items(planning).values() for row in rows}
    planning.run(publishing.withdraw, publication.id)
    assert items(planning) == {ItemKind.INNOVATION: [], ItemKind.PROGRAMME: []}
    planning.run(publishing.publish, version_id)
    assert {row.id for rows in items(planning).values() for row in rows} == before


def test_a_new_version_takes_the_place_of_what_was_found_of_the_last_one(frozen):
    planning, innovation_id, version_id = frozen
    planning.run(publishing.publish, version_id)
    rename = "update innovation set name = 'Lain' where tenant_id = :t and id = :i"
    titled = "update programme set name = 'Nama baru' where tenant_id = :t and innovation_id = :i"
    given = {"t": planning.city.id, "i": innovation_id}
    for statement in (rename, titled):
        planning.run(lambda session, s=statement: session.execute(text(s), given))
    plan_id = planning.run(
        lambda s: s.scalar(
            select(Programme.masterplan_id).where(
                Programme.tenant_id == planning.city.id, Programme.innovation_id == innovation_id
            )
        )
    )
    version = planning.run(freezing.freeze, plan_id, expected_version=planning.version(plan_id))
    planning.run(publishing.publish, version.id)
    found = items(planning)
    (innovation,) = found[ItemKind.INNOVATION]
    assert (innovation.name, innovation.version_number) == (SAID["name"], 2)
    assert "Nama baru" in {row.name for row in found[ItemKind.PROGRAMME]}
    assert {row.version_number for row in found[ItemKind.PROGRAMME]} == {2}


def test_replications_are_counted_on_what_is_published_after_them(frozen):
    planning, innovation_id, version_id = frozen
    own = {"tenant_id": planning.city.id, "innovation_id": innovation_id}
    with planning.database.unit_of_work(Scope(Door.WORKER, planning.city.id)) as session:
        session.add(Replication(**own, id=uuid7(), adopter_id=planning.city.id, copy_id=uuid7()))
    planning.run(publishing.publish, version_id)
    found = items(planning)
    assert [row.replications for row in found[ItemKind.INNOVATION]] == [1]
    assert {row.replications for row in found[ItemKind.PROGRAMME]} == {0}
