"""Sources, readiness and gaps; what statements rest on."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import Forbidden, NotFound, StaleVersion
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door
from tenants.masterplan import goals
from tenants.masterplan.analysis import gaps, readiness, sources, swot
from tenants.masterplan.analysis.citations import CitationLine
from tenants.masterplan.analysis.models import (
    Citation,
    SourceKind,
    StatementKind,
    SwotKind,
)
from tests.tenants.masterplan.planning import INDICATOR, codes
from tests.tenants.masterplan.statements import cited, point, source


def test_a_statement_rests_on_a_page_of_a_document_or_on_an_indicator(planning):
    plan_id, document = planning.plan().id, source(planning)
    page = CitationLine(document.id, page="hlm. 41")
    made = planning.run(
        readiness.create_readiness,
        plan_id,
        element="structure",
        part="people",
        score=3,
        statement="Ada 12 tenaga teknologi informasi.",
        citations=[page, INDICATOR],
    )
    assert (made.score, made.version) == (3, 1)
    assert cited(planning, StatementKind.READINESS, made.id) == [page, INDICATOR]


@pytest.mark.parametrize(
    "line",
    [
        CitationLine(),
        CitationLine(page="hlm. 3"),
        CitationLine(indicator="IPM", page="hlm. 3"),
        CitationLine(value="12"),
    ],
)
def test_a_citation_of_neither_or_of_both_is_refused(planning, line):
    plan_id = planning.plan().id
    refused = planning.refused(
        gaps.create_gap,
        plan_id,
        dimension_id=planning.pillars["people"],
        gap="Literasi digital rendah.",
        citations=[INDICATOR, line],
    )
    assert codes(refused) == ["CITATION_AMBIGUOUS"]
    assert refused[0].path == ("citations", "1")


def test_a_citation_names_a_document_with_nothing_of_an_indicator(planning):
    plan_id, document = planning.plan().id, source(planning)
    lines = [CitationLine(document.id, value="12"), CitationLine(document.id, indicator="IPM")]
    refused = planning.refused(
        swot.create_point, plan_id, kind=SwotKind.STRENGTH, text="Butir", citations=lines
    )
    assert codes(refused) == ["CITATION_AMBIGUOUS", "CITATION_AMBIGUOUS"]


def test_another_citys_document_cannot_be_cited(planning, make_planning):
    foreign = source(make_planning())
    refused = planning.refused(
        swot.create_point,
        planning.plan().id,
        kind=SwotKind.THREAT,
        text="Gempa",
        citations=[CitationLine(foreign.id, page="1")],
    )
    assert codes(refused) == ["NOT_FOUND"]
    assert refused[0].path == ("citations", "0", "sourceDocumentId")


def test_too_many_citations_and_an_impossible_year_are_refused(planning):
    plan_id = planning.plan().id
    create = (swot.create_point, plan_id)
    of = {"kind": SwotKind.STRENGTH, "text": "Butir"}
    assert codes(planning.refused(*create, **of, citations=[INDICATOR] * 21)) == [
        "TOO_MANY_CITATIONS"
    ]
    never = CitationLine(indicator="IPM", value="70", year=1200)
    refused = planning.refused(*create, **of, citations=[never])
    assert [(each.code, each.path) for each in refused] == [("INVALID", ("citations", "0", "year"))]


def test_a_document_that_is_cited_stays_and_an_idle_one_can_go(planning):
    plan_id, document, idle = planning.plan().id, source(planning), source(planning, "RKPD 2023")
    line = CitationLine(document.id, page="12")
    swot_point = point(planning, plan_id, SwotKind.STRENGTH, citations=[line])
    refused = planning.refused(sources.delete_source, document.id, expected_version=1)
    assert codes(refused) == ["SOURCE_CITED"]
    assert "1 citations" in refused[0].text("en")
    planning.run(sources.delete_source, idle.id, expected_version=1)
    planning.run(swot.delete_point, swot_point.id, expected_version=1)
    planning.run(sources.delete_source, document.id, expected_version=1)
    assert (
        planning.run(
            lambda s: list(s.scalars(select(Citation).filter_by(tenant_id=planning.city.id)))
        )
        == []
    )


def test_a_document_is_corrected_and_its_faults_are_told_together(planning):
    document = source(planning)
    changed = planning.run(
        sources.update_source, document.id, expected_version=1, link="https://jdih.contoh.id/3"
    )
    assert (changed.version, changed.link, changed.title) == (
        2,
        "https://jdih.contoh.id/3",
        document.title,
    )
    refused = planning.refused(
        sources.update_source,
        document.id,
        expected_version=2,
        title=" ",
        year=3000,
        link="javascript:alert(1)",
    )
    assert [each.path for each in refused] == [("title",), ("year",), ("link",)]
    with pytest.raises(StaleVersion):
        planning.run(sources.update_source, document.id, expected_version=1, title="Lain")


def test_a_part_of_readiness_is_assessed_once_and_only_if_the_edition_has_it(planning):
    plan_id = planning.plan().id
    of = {"element": "structure", "part": "budget"}
    planning.run(readiness.create_readiness, plan_id, **of, score=5)
    refused = planning.refused(readiness.create_readiness, plan_id, **of, score=2)
    assert codes(refused) == ["READINESS_EXISTS"]
    assert "Structure: Budget" in refused[0].text("id")
    refused = planning.refused(
        readiness.create_readiness, plan_id, element="structure", part="digital", score=9
    )
    assert codes(refused) == ["READINESS_PART_UNKNOWN", "READINESS_SCORE_INVALID"]
    assert "structure.people, structure.budget, infrastructure.digital" in refused[0].text("en")


def test_an_assessment_changes_with_its_version_and_keeps_its_history(planning):
    plan_id = planning.plan().id
    made = planning.run(readiness.create_readiness, plan_id, element="structure", part="people")
    changed = planning.run(
        readiness.update_readiness, made.id, expected_version=1, score=4, citations=[INDICATOR]
    )
    assert (changed.score, changed.version) == (4, 2)
    with pytest.raises(StaleVersion):
        planning.run(readiness.update_readiness, made.id, expected_version=1, score=1)
    same = planning.run(readiness.update_readiness, made.id, expected_version=2, score=4)
    assert same.version == 2
    refused = planning.refused(readiness.update_readiness, made.id, expected_version=2, score=0)
    assert codes(refused) == ["READINESS_SCORE_INVALID"]
    entries = select(AuditEntry.action, AuditEntry.before).filter_by(
        tenant_id=planning.city.id, entity="readiness"
    )
    with planning.database.unit_of_work(planning.scope.through(Door.CITY)) as session:
        rows = list(session.execute(entries.order_by(AuditEntry.sequence)))
    assert [tuple(row) for row in rows] == [
        ("readiness.create", None),
        ("readiness.update", {"score": None, "citations": []}),
    ]


def test_gaps_are_numbered_within_their_pillar_and_foreign_pillars_are_refused(planning):
    plan_id = planning.plan().id
    people, living = planning.pillars["people"], planning.pillars["living"]
    made = [
        planning.run(gaps.create_gap, plan_id, dimension_id=each, gap="Belum merata.")
        for each in (people, people, living)
    ]
    assert [each.ordinal for each in made] == [1, 2, 1]
    refused = planning.refused(gaps.create_gap, plan_id, dimension_id=uuid4(), gap="Belum merata.")
    assert codes(refused) == ["DIMENSION_NOT_IN_EDITION"]
    refused = planning.refused(gaps.update_gap, made[0].id, expected_version=1, gap="")
    assert [each.path for each in refused] == [("gap",)]
    planning.run(gaps.delete_gap, made[0].id, expected_version=1)
    with pytest.raises(NotFound):
        planning.run(gaps.update_gap, made[0].id, expected_version=1, action="Pelatihan")


def test_repeating_a_creation_with_its_key_has_one_effect(planning):
    plan_id, key = planning.plan().id, str(uuid4())
    of = {"kind": SwotKind.STRENGTH, "text": "Wisata", "idempotency_key": key}
    made = [planning.run(swot.create_point, plan_id, **of) for _ in range(2)]
    assert made[0].id == made[1].id
    refused = planning.refused(swot.create_point, plan_id, **{**of, "text": "Pasar"})
    assert codes(refused) == ["IDEMPOTENCY_KEY_REUSED"]


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.COUNCIL, Role.EXPERT])
def test_only_those_who_write_the_plan_write_its_analysis(planning, role):
    plan_id = planning.plan().id
    scope = planning.city.scope(role, planning.unit_id if role is Role.UNIT_HEAD else None)
    for rule, of in (
        (sources.create_source, {"title": "RKPD", "kind": SourceKind.RKPD}),
        (swot.create_point, {"masterplan_id": plan_id, "kind": SwotKind.STRENGTH, "text": "A"}),
        (
            goals.order_missions,
            {"masterplan_id": plan_id, "mission_ids": [], "expected_version": 1},
        ),
    ):
        with pytest.raises(Forbidden):
            planning.run(rule, scope=scope, **of)
