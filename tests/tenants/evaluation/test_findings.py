"""Findings and what units do about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.editions.models import Dimension, GuideEdition
from tenants.evaluation import findings, settling
from tenants.evaluation.models import FindingKind, FollowUp
from tenants.notifications.models import Notification
from tenants.reorganisation.asking import Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.reorganising import reorganise
from tests.tenants.evaluation.conftest import LETTER
from tests.tenants.refusals import refused, run

ADVICE = FindingKind.RECOMMENDATION


def writing(desk, kind=ADVICE, text="Perluas layanan daring.", **options):
    return lambda s: findings.write_finding(s, desk.id, kind=kind, text=text, **options)


def rewording(finding):
    return lambda s: findings.reword_finding(s, finding.id, text="Kuat.", expected_version=1)


def planning(finding, unit):
    return lambda s: findings.plan_follow_up(
        s, finding.id, unit_id=unit, action="Buka loket daring", due_on=date(2031, 12, 1)
    )


def pillar(desk, edition="pilar-2022"):
    mine = select(Dimension.id).join(GuideEdition, GuideEdition.id == Dimension.edition_id)
    first = mine.where(GuideEdition.code == edition, Dimension.ordinal == 1)
    return run(desk.database, desk.admin, lambda s: s.scalar(first))


@pytest.fixture
def finding(desk):
    """A recommendation of a final result."""
    desk.concluded()
    found = run(desk.database, desk.expert, writing(desk))
    desk.step(desk.admin, settling.accept)
    desk.step(desk.ministry, settling.settle, **LETTER)
    return found


def test_findings_stand_once_the_result_is_final(desk, finding):
    refused(desk.database, desk.expert, writing(desk), "EVALUATION_WRONG_STATE")
    refused(desk.database, desk.expert, rewording(finding), "EVALUATION_WRONG_STATE")


def test_a_finding_may_be_of_one_pillar_of_the_rounds_guide(desk):
    desk.submitted()
    key = str(uuid4())
    rule = writing(desk, FindingKind.STRENGTH, dimension_id=pillar(desk), idempotency_key=key)
    row = run(desk.database, desk.expert, rule)
    assert run(desk.database, desk.expert, rule).id == row.id
    other = writing(desk, dimension_id=pillar(desk, "panduan-enam-dimensi"))
    (error,) = refused(desk.database, desk.expert, other, "FINDING_DIMENSION_FOREIGN")
    assert "Smart Economy" in error.text("en")
    assert run(desk.database, desk.expert, rewording(row)).text == "Kuat."
    refused(desk.database, desk.admin, writing(desk), "FORBIDDEN")
    refused(desk.database, desk.expert, writing(desk, text=" "), "INVALID")


def test_a_unit_is_charged_with_a_recommendation_and_told(desk, finding):
    unit = desk.city.unit("Dinas Kominfo")
    head = desk.city.person(Role.UNIT_HEAD, unit)
    row = run(desk.database, desk.admin, planning(finding, unit))
    mine = select(Notification.person_id, Notification.data)
    told = mine.filter_by(tenant_id=desk.city.id, subject_id=row.id)
    ((person, facts),) = run(desk.database, desk.admin, lambda s: s.execute(told).all())
    assert (person, facts["unit"], facts["due_on"]) == (head, "Dinas Kominfo", "2031-12-01")


def test_only_recommendations_of_a_final_result_are_followed_up(desk):
    desk.concluded()
    strength = run(desk.database, desk.expert, writing(desk, FindingKind.STRENGTH))
    advice = run(desk.database, desk.expert, writing(desk))
    unit = desk.city.unit()
    refused(desk.database, desk.admin, planning(strength, unit), "NOT_A_RECOMMENDATION")
    refused(desk.database, desk.admin, planning(advice, unit), "EVALUATION_WRONG_STATE")
    refused(desk.database, desk.expert, planning(advice, unit), "FORBIDDEN")


def test_a_follow_up_ends_with_its_outcome(desk, finding):
    row = run(desk.database, desk.admin, planning(finding, desk.city.unit()))

    def finish(day=date(2022, 12, 30), outcome="Loket dibuka.", version=1):
        return lambda s: findings.finish_follow_up(
            s, row.id, outcome=outcome, done_on=day, expected_version=version
        )

    ahead = datetime.now(ZoneInfo("Asia/Jakarta")).date() + timedelta(days=2)
    refused(desk.database, desk.admin, finish(outcome=""), "INVALID")
    refused(desk.database, desk.admin, finish(ahead), "DATE_IN_FUTURE")
    assert run(desk.database, desk.admin, finish()).done_on == date(2022, 12, 30)
    refused(desk.database, desk.admin, finish(version=2), "FOLLOW_UP_DONE")


def test_an_unknown_unit_is_not_found(desk, finding):
    (error,) = refused(desk.database, desk.admin, planning(finding, uuid4()), "NOT_FOUND")
    assert error.path == ("unitId",)


def test_a_reorganised_unit_hands_on_what_is_not_done_and_the_result_stays(desk, finding):
    old, new = desk.city.unit("Dinas Lama"), desk.city.unit("Dinas Baru")
    done, open_one = (run(desk.database, desk.admin, planning(finding, old)) for _ in range(2))
    finish = findings.finish_follow_up
    on = {"outcome": "Loket dibuka.", "done_on": date(2022, 12, 30), "expected_version": 1}
    run(desk.database, desk.admin, lambda s: finish(s, done.id, **on))
    before = desk.row()
    asked = Reorganisation(
        ReorganisationKind.MERGE, (Ending(old, 1),), date(2024, 7, 1), (Successor(new),)
    )
    run(desk.database, desk.admin, lambda s: reorganise(s, asked))
    units = {
        each.id: run(
            desk.database,
            desk.admin,
            lambda s, each=each: s.get_one(FollowUp, (desk.city.id, each.id)).unit_id,
        )
        for each in (done, open_one)
    }
    assert units == {done.id: old, open_one.id: new}
    after = desk.row()
    assert (after.state, after.version) == (before.state, before.version)
