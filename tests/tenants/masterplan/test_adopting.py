"""A regulation adopts a frozen version, once and for good."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from tenants.cities.workflow import Stage
from tenants.institutions.models import Regulation, RegulationKind, RegulationSubject
from tenants.masterplan import freezing, plan, publishing
from tenants.masterplan.adopting import adopt, is_adopted
from tests.tenants.masterplan.planning import codes


def regulation(planning, number="7", subject=RegulationSubject.MASTERPLAN, **more) -> UUID:
    row = Regulation(
        tenant_id=planning.city.id, id=uuid7(), kind=RegulationKind.PERWALI, number=number,
        year=2022, title="Masterplan Kota Cerdas", signed_on=date(2022, 12, 5), subject=subject,
        **more,
    )  # fmt: skip
    planning.run(lambda session: session.add(row))
    return row.id


@pytest.fixture
def version(planning):
    """A frozen version of a plan that the ministry has accepted."""
    plan_id = planning.complete()
    planning.stage(Stage.ACCEPTED)
    return planning.run(freezing.freeze, plan_id, expected_version=planning.version(plan_id))


def amended(planning, version):
    """Freeze another version of the same plan."""
    plan_id = version.masterplan_id
    number = planning.version(plan_id)
    planning.run(plan.update, plan_id, vision="Kota yang lain.", expected_version=number)
    return planning.run(freezing.freeze, plan_id, expected_version=number + 1)


def test_an_accepted_version_is_adopted_by_its_regulation(planning, version):
    law = regulation(planning, participation_id=planning.participation_id)
    adoption = planning.run(adopt, version.id, regulation_id=law)
    assert (adoption.masterplan_version_id, adoption.regulation_id) == (version.id, law)
    assert planning.run(is_adopted, version.id)


def test_a_version_and_a_regulation_are_adopted_once(planning, version):
    law = regulation(planning)
    planning.run(adopt, version.id, regulation_id=law)
    again = planning.refused(adopt, version.id, regulation_id=regulation(planning, "8"))
    assert codes(again) == ["ALREADY_ADOPTED"]
    later = amended(planning, version)
    assert codes(planning.refused(adopt, later.id, regulation_id=law)) == ["ALREADY_ADOPTED"]
    planning.run(adopt, later.id, regulation_id=regulation(planning, "9"))


@pytest.mark.parametrize(
    "stage", [Stage.MENTORED, Stage.PRESENTED, Stage.REVISION, Stage.WITHDRAWN]
)
def test_nothing_is_adopted_before_the_ministry_has_accepted_it(planning, version, stage):
    law = regulation(planning)
    planning.stage(stage)
    errors = planning.refused(adopt, version.id, regulation_id=law)
    assert codes(errors) == ["ADOPTION_TOO_EARLY"]


def test_a_regulation_about_something_else_adopts_nothing(planning, version):
    law = regulation(planning, subject=RegulationSubject.OTHER)
    assert codes(planning.refused(adopt, version.id, regulation_id=law)) == ["REGULATION_UNFIT"]


def test_foreign_versions_and_regulations_are_not_found(planning, make_planning, version):
    other = regulation(make_planning())
    errors = planning.refused(adopt, version.id, regulation_id=other)
    assert (codes(errors), errors[0].path) == (["NOT_FOUND"], ("regulationId",))
    errors = planning.refused(adopt, uuid7(), regulation_id=regulation(planning))
    assert (codes(errors), errors[0].path) == (["NOT_FOUND"], ("versionId",))


def test_only_who_freezes_versions_records_adoptions(planning, version):
    scope, law = planning.city.scope(Role.BAPPEDA), regulation(planning)
    assert codes(planning.refused(adopt, version.id, regulation_id=law, scope=scope)) == [
        "FORBIDDEN"
    ]


def test_an_adopted_version_stays_public_until_an_adopted_one_follows(planning, version):
    planning.run(adopt, version.id, regulation_id=regulation(planning))
    publication = planning.run(publishing.publish, version.id)
    errors = planning.refused(publishing.withdraw, publication.id)
    assert codes(errors) == ["ADOPTED_STAYS_PUBLISHED"]
    later = amended(planning, version)
    assert codes(planning.refused(publishing.publish, later.id)) == ["ADOPTED_STAYS_PUBLISHED"]
    planning.run(adopt, later.id, regulation_id=regulation(planning, "9"))
    assert planning.run(publishing.publish, later.id).withdrawn_at is None
