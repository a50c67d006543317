"""Assessing a city: who may, what is refused, and what the stage waits for."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from uuid_utils.compat import uuid7

from tenants.assessment import assessing
from tenants.assessment.assessing import AnswerInput
from tenants.assessment.evidence import show_evidence
from tenants.assessment.models import AssessmentState
from tenants.assessment.ranking import ranking
from tenants.cities.workflow import Stage
from tests.tenants.refusals import refused, run


def test_a_submitted_assessment_has_the_score_that_its_answers_give(cohort):
    row = cohort.candidate().assess("3", "1")
    # 60% of 3/4 and 40% of 1/4
    assert (row.state, row.score) == (AssessmentState.SUBMITTED, Decimal("55.00"))


def test_the_ranking_is_computed_anew_and_tells_ties_and_spread(cohort):
    first, second, third = (cohort.candidate(name) for name in ("Kota A", "Kota B", "Kota C"))
    for policy, network in (("3", "1"), ("4", "4")):
        first.assess(policy, network)
    second.assess("3.1", "3.1")
    third.assess("0", "0")
    cohort.candidate("Kota D")
    rows = run(cohort.database, cohort.ministry, lambda s: ranking(s, cohort.id))
    assert [(row.city, row.place, row.tied, row.score) for row in rows] == [
        *sorted(
            [
                ("Kota A", 1, True, Decimal("77.50")),
                ("Kota B", 1, True, Decimal("77.50")),
            ],
            key=lambda row: str({"Kota A": first, "Kota B": second}[row[0]].participation_id),
        ),
        ("Kota C", 3, False, Decimal("0.00")),
    ]
    (own,) = [row for row in rows if row.city == "Kota A"]
    assert (own.assessors, own.spread) == (2, Decimal("45.00"))


def test_scores_outside_of_the_scale_are_refused_together(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    ids = cohort.parameters
    bad = [
        AnswerInput(ids["policy"], Decimal("4.01")),
        AnswerInput(ids["network"], Decimal(-1), link="peta"),
        AnswerInput(uuid7(), Decimal(1)),
    ]
    faults = refused(
        cohort.database,
        scope,
        lambda s: assessing.answer(s, row.id, expected_version=row.version, answers=bad),
        "SCORE_OUTSIDE_SCALE",
        "SCORE_OUTSIDE_SCALE",
        "INVALID",
        "NOT_FOUND",
    )
    assert [fault.path for fault in faults] == [
        ("answers", "0", "score"),
        ("answers", "1", "score"),
        ("answers", "1", "link"),
        ("answers", "2", "parameterId"),
    ]


def test_submitting_names_every_parameter_without_a_score_or_evidence(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    network = AnswerInput(cohort.parameters["network"], Decimal(2))
    row = run(
        cohort.database,
        scope,
        lambda s: assessing.answer(s, row.id, expected_version=row.version, answers=[network]),
    )
    missing, proof = refused(
        cohort.database,
        scope,
        lambda s: assessing.submit(s, row.id, expected_version=row.version),
        "ANSWER_MISSING",
        "ANSWER_EVIDENCE_MISSING",
    )
    assert "policy" in missing.text("en")
    assert "Peta jaringan" in proof.text("id")


def test_a_submitted_assessment_stays(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    given = {"answers": candidate.answers("2", "2")}
    row = run(
        cohort.database,
        scope,
        lambda s: assessing.answer(s, row.id, expected_version=row.version, **given),
    )
    row = run(
        cohort.database, scope, lambda s: assessing.submit(s, row.id, expected_version=row.version)
    )
    refused(
        cohort.database,
        scope,
        lambda s: assessing.answer(s, row.id, expected_version=row.version, **given),
        "ASSESSMENT_SUBMITTED",
    )


def test_an_assessor_cannot_write_in_anothers_assessment(cohort):
    candidate = cohort.candidate()
    _, theirs = candidate.assigned()
    scope, _ = candidate.assigned()
    refused(
        cohort.database,
        scope,
        lambda s: assessing.submit(s, theirs.id, expected_version=theirs.version),
        "NOT_FOUND",
    )


def test_two_windows_of_one_assessor_do_not_overwrite_each_other(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    given = {"expected_version": row.version, "answers": candidate.answers("2", "2")}
    run(cohort.database, scope, lambda s: assessing.answer(s, row.id, **given))
    refused(cohort.database, scope, lambda s: assessing.answer(s, row.id, **given), "STALE_VERSION")


def test_the_city_shows_evidence_until_it_is_assessed(cohort):
    candidate = cohort.candidate()
    given = {"parameter_id": cohort.parameters["policy"], "text": "Perwali 12/2021"}
    show = lambda s: show_evidence(s, candidate.participation_id, **given)  # noqa: E731
    scope = candidate.city.scope()
    first = run(cohort.database, scope, show)
    given["text"] = "Perwali 14/2022"
    refused(cohort.database, scope, show, "STALE_VERSION")
    given["expected_version"] = first.version
    second = run(cohort.database, scope, show)
    given["expected_version"] = second.version
    assert (second.id, second.text) == (first.id, "Perwali 14/2022")
    candidate.assessed("1", "1")
    refused(cohort.database, scope, show, "ASSESSMENT_CLOSED")


def test_a_stage_waits_for_assessors_and_then_for_each_of_them_by_name(cohort):
    candidate = cohort.candidate()
    ministry = candidate.at(cohort.ministry)

    def step():
        with pytest.raises(Exception) as caught:
            candidate.advance(Stage.ASSESSED)
        errors = getattr(caught.value, "errors", [caught.value])
        return [(each.code, each.text("en")) for each in errors]

    assert [code for code, _ in step()] == ["ASSESSORS_MISSING"]
    scope, row = candidate.assigned()
    policy = AnswerInput(cohort.parameters["policy"], Decimal(2))
    run(
        cohort.database,
        scope,
        lambda s: assessing.answer(s, row.id, expected_version=row.version, answers=[policy]),
    )
    assert step() == [
        (
            "ASSESSMENT_UNFINISHED",
            "The assessment by Orang Uji has not been submitted; without a score: network.",
        )
    ]
    assert ministry.tenant_id == candidate.city.id
    assert candidate.row().stage is Stage.INVITED


def test_a_sheet_with_a_gap_gives_no_place_in_the_ranking(cohort):
    """No rule hands in such a sheet; were one there, it would not end the whole ranking."""
    whole, gap = cohort.candidate("Kota Utuh"), cohort.candidate("Kota Celah")
    whole.assess("3", "3")
    scope, row = gap.assigned()
    half = gap.answers("3", "3")[:1]
    row = cohort.run(
        scope,
        lambda s: assessing.answer(s, row.id, expected_version=row.version, answers=half),
    )
    with cohort.database.unit_of_work(scope) as session:
        kept = session.merge(row)
        kept.state, kept.score = AssessmentState.SUBMITTED, Decimal(0)
        kept.submitted_at = datetime.now(UTC)
    places = cohort.run(cohort.ministry, lambda s: ranking(s, cohort.id))
    assert [each.city for each in places] == ["Kota Utuh"]
