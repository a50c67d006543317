"""The analysis in frozen versions: held word for word, and covered by the hash."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tenants.masterplan import freezing, goals
from tenants.masterplan.analysis import gaps, readiness, strategies, swot
from tenants.masterplan.analysis.citations import CitationLine
from tenants.masterplan.analysis.models import StrategyKind, SwotKind
from tenants.masterplan.comparing import Part, changes_between
from tenants.masterplan.content import FORMAT, from_json, hash_of, to_json
from tenants.masterplan.richtext.comparison import Change
from tests.tenants.masterplan.planning import INDICATOR
from tests.tenants.masterplan.statements import point, source


@pytest.fixture
def analysed(planning):
    """A plan that can be frozen, with one statement of each kind."""
    plan_id = planning.complete()
    document = source(planning)
    page = [CitationLine(source_document_id=document.id, page="12"), INDICATOR]
    part = {"element": "infrastructure", "part": "digital"}
    planning.run(
        readiness.create_readiness, plan_id, **part, score=3, statement="Serat", citations=page
    )
    planning.run(
        gaps.create_gap,
        plan_id,
        dimension_id=planning.pillars["people"],
        gap="Kurang guru",
        citations=page,
    )
    chance = point(planning, plan_id, SwotKind.OPPORTUNITY, "Wisata")
    strength = point(planning, plan_id, SwotKind.STRENGTH, "Pasar", weight=Decimal("0.2500"))
    planning.run(
        strategies.create_strategy,
        plan_id,
        kind=StrategyKind.SO,
        text="Pasar wisata",
        point_ids=[strength.id, chance.id],
    )
    return plan_id


def frozen(planning, plan_id):
    seen = planning.version(plan_id)
    return planning.run(freezing.freeze, plan_id, expected_version=seen)


def test_a_version_holds_the_analysis_with_its_sources(planning, analysed):
    version = frozen(planning, analysed)
    content = from_json(version.content)
    found = content.analysis
    assert (content.format, version.content["format"]) == (FORMAT, FORMAT)
    assert [(each.title, each.year) for each in found.sources] == [
        ("RPJMD Kota Uji 2021–2026", 2021)
    ]
    (part,) = found.readiness
    assert (part.element_name, part.part_name, part.score) == ("Infrastructure", "Digital", 3)
    page, indicator = part.citations
    assert (page.source, page.page) == (1, "12")
    assert (indicator.source, indicator.value, indicator.year) == (None, "78,2 persen", 2022)
    assert [(each.pillar, each.gap) for each in found.gaps] == [("Smart People", "Kurang guru")]
    assert [(each.code, each.weight) for each in found.swot] == [
        ("S1", Decimal("0.25")),
        ("O1", None),
    ]
    (strategy,) = found.strategies
    assert (strategy.code, strategy.points) == ("SO-1", ("O1", "S1"))
    assert [each.place for each in found.goals] == ["1.1"]
    assert (len(found.vision), [len(each) for each in found.missions]) == (1, [1])
    assert version.content_hash.hex() == hash_of(from_json(to_json(content)))


def test_a_changed_analysis_makes_another_version(planning, analysed):
    first = frozen(planning, analysed)
    ((_, goal_id, _),) = planning.goals(analysed)
    planning.run(goals.update_goal, goal_id, expected_version=2, citations=[])
    second = frozen(planning, analysed)
    assert (second.number, second.content_hash != first.content_hash) == (2, True)
    assert from_json(second.content).analysis.goals[0].citations == ()


def test_a_renamed_source_stays_in_the_version_as_it_was(planning, analysed):
    version = frozen(planning, analysed)
    row = source(planning, "Dokumen lain")
    planning.run(swot_cites, analysed, row.id)
    again = from_json(version.content)
    assert [each.title for each in again.analysis.sources] == ["RPJMD Kota Uji 2021–2026"]
    later = from_json(frozen(planning, analysed).content)
    assert {each.title for each in later.analysis.sources} == {
        "RPJMD Kota Uji 2021–2026",
        "Dokumen lain",
    }


def swot_cites(session, plan_id, source_id):
    lines = [CitationLine(source_document_id=source_id, page="1")]
    swot.create_point(session, plan_id, kind=SwotKind.THREAT, text="Banjir", citations=lines)


def test_versions_tell_what_differs_in_the_analysis(planning, analysed):
    frozen(planning, analysed)
    point(planning, analysed, SwotKind.STRENGTH, "Perantau")
    ((_, goal_id, _),) = planning.goals(analysed)
    planning.run(goals.update_goal, goal_id, expected_version=2, indicator="Izin daring")
    second = frozen(planning, analysed)
    found = [
        (each.name, each.field, each.change)
        for each in planning.run(changes_between, second.id)
        if each.part is Part.ANALYSIS
    ]
    assert ("sasaran 1.1", "indicator", Change.CHANGED) in found
    assert ("SWOT S2", "text", Change.ADDED) in found
    assert {name for name, _, _ in found} == {"sasaran 1.1", "SWOT S2"}
