"""Programmes, and one line for each of their targets and budgets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    Text,
    and_,
    cast,
    func,
    join,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tenants.cities.models import City, Participation, Unit
from tenants.editions.models import Cohort, Dimension
from tenants.exports.models import ExportKind
from tenants.exports.tables.innovations import CODE_OF_PILLAR, PILLAR, UNIT, YEAR
from tenants.exports.tables.table import CITY, Column, Sql, Table, named, of_city
from tenants.masterplan.models import (
    Budget,
    Goal,
    Masterplan,
    Programme,
    ProgrammeSupport,
    YearTarget,
)

Part = type[ProgrammeSupport | YearTarget | Budget]
Supporting = aliased(Unit)


def _mine(part: Part) -> ColumnElement[bool]:
    return and_(part.tenant_id == Programme.tenant_id, part.programme_id == Programme.id)


def _exact(amount: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    """A number as JSON carries it without loss."""
    return cast(func.trim_scale(amount), Text)


def _entries(part: Part, source: FromClause, entry: Sql, *order: Sql) -> ColumnElement[Any]:
    """Return what hangs on a programme, in `part` and what is joined to it, as one JSON list."""
    listed = select(func.json_agg(aggregate_order_by(entry, *order))).select_from(source)
    mine = listed.where(_mine(part)).correlate(Programme)
    return func.coalesce(mine.scalar_subquery(), literal([], JSON))


def _decimal(text: str, language: str) -> str:
    return text.replace(".", ",") if language == "id" else text


def _target(entry: Mapping[str, Any], language: str) -> str:
    return f"{entry['year']}: {_decimal(entry['value'], language)}"


def _budget(entry: Mapping[str, Any], language: str) -> str:
    return f"{entry['year']} {entry['source']}: {_decimal(entry['amountRupiah'], language)}"


_TARGETS = _entries(
    YearTarget,
    YearTarget.__table__,
    func.json_build_object("year", YearTarget.year, "value", _exact(YearTarget.value)),
    YearTarget.year,
)
_BUDGETS = _entries(
    Budget,
    Budget.__table__,
    func.json_build_object(
        "year",
        Budget.year,
        "source",
        func.upper(Budget.source),
        "amountRupiah",
        _exact(Budget.amount_rupiah),
    ),
    Budget.year,
    Budget.source,
)
_SUPPORTING = _entries(
    ProgrammeSupport,
    join(
        ProgrammeSupport, Supporting, named(ProgrammeSupport, ProgrammeSupport.unit_id, Supporting)
    ),
    Supporting.short_name,
    Supporting.short_name,
)
_TOTAL = func.coalesce(
    select(func.sum(Budget.amount_rupiah))
    .where(_mine(Budget))
    .correlate(Programme)
    .scalar_subquery(),
    0,
)
_SOURCE = (
    join(Programme, City, of_city(Programme))
    .join(Unit, named(Programme, Programme.lead_unit_id, Unit))
    .join(Masterplan, named(Programme, Programme.masterplan_id, Masterplan))
    .join(Participation, named(Masterplan, Masterplan.participation_id, Participation))
    .join(Cohort, Cohort.id == Participation.cohort_id)
    .join(Dimension, Dimension.id == Programme.dimension_id)
)
_OF_PROGRAMME = (
    *CITY,
    YEAR,
    Column("code", ("Kode", "Code"), Programme.code, width=10),
    Column("name", ("Program", "Programme"), Programme.name, width=40),
    CODE_OF_PILLAR,
    PILLAR,
    *UNIT,
)
_INDICATOR = (
    Column("indicator", ("Indikator", "Indicator"), Programme.indicator, width=32),
    Column("indicatorUnit", ("Satuan", "Unit of measure"), Programme.indicator_unit, width=14),
    Column("baseline", ("Data awal", "Baseline"), Programme.baseline, width=14),
)

PROGRAMMES = Table(
    ExportKind.PROGRAMMES,
    ("Program", "Programmes"),
    Programme,
    Programme.__table__,
    _SOURCE.outerjoin(Goal, named(Programme, Programme.goal_id, Goal)),
    (Masterplan.id, Programme.code),
    (
        *_OF_PROGRAMME,
        Column(
            "supportingUnits",
            ("Perangkat daerah pendukung", "Supporting units"),
            _SUPPORTING,
            width=28,
        ),
        Column(
            "permendagriCode",
            ("Kode Permendagri 90", "Permendagri 90 code"),
            Programme.permendagri_code,
        ),
        Column("subDimension", ("Subdimensi", "Sub-dimension"), Programme.sub_dimension, width=24),
        Column("goal", ("Sasaran", "Goal"), Goal.text, width=40),
        Column("description", ("Uraian", "Description"), Programme.description, width=48),
        Column("activity", ("Kegiatan", "Activity"), Programme.activity, width=48),
        Column("partners", ("Mitra", "Partners"), Programme.partners, width=32),
        Column("place", ("Lokasi", "Place"), Programme.place, width=24),
        *_INDICATOR,
        Column("targets", ("Target", "Targets"), _TARGETS, entry=_target, width=40),
        Column("budgets", ("Anggaran", "Budgets"), _BUDGETS, entry=_budget, width=48),
        Column("totalBudgetRupiah", ("Anggaran (Rp)", "Budget (IDR)"), _TOTAL, width=20),
        Column("horizon", ("Jangka waktu", "Horizon"), Programme.horizon),
        Column("isNew", ("Baru", "New"), Programme.is_new, width=8),
        Column("isQuickWin", ("Quick win", "Quick win"), Programme.is_quick_win, width=10),
        Column("sdgs", ("TPB", "SDGs"), Programme.sdgs, width=12),
        Column("sdgTargets", ("Target TPB", "SDG targets"), Programme.sdg_targets, width=16),
        Column(
            "innovationId",
            ("ID inovasi", "Innovation ID"),
            Programme.innovation_id,
            "inn",
            width=44,
        ),
        Column("createdAt", ("Dibuat", "Created"), Programme.created_at, width=26),
        Column("updatedAt", ("Diubah", "Changed"), Programme.updated_at, width=26),
        Column("id", ("ID", "ID"), Programme.id, "prg", width=44),
        Column("version", ("Versi", "Version"), Programme.version, width=8),
    ),
)

TARGETS = Table(
    ExportKind.TARGETS,
    ("Target program", "Programme targets"),
    Programme,
    Programme.__table__,
    _SOURCE.join(YearTarget, _mine(YearTarget)),
    (Masterplan.id, Programme.code, YearTarget.year),
    (
        *_OF_PROGRAMME,
        *_INDICATOR,
        Column("targetYear", ("Tahun", "Year"), YearTarget.year, width=8),
        Column("value", ("Target", "Target"), YearTarget.value),
        Column("programmeId", ("ID program", "Programme ID"), Programme.id, "prg", width=44),
    ),
)

BUDGETS = Table(
    ExportKind.BUDGETS,
    ("Anggaran program", "Programme budgets"),
    Programme,
    Programme.__table__,
    _SOURCE.join(Budget, _mine(Budget)),
    (Masterplan.id, Programme.code, Budget.year, Budget.source),
    (
        *_OF_PROGRAMME,
        Column("budgetYear", ("Tahun", "Year"), Budget.year, width=8),
        Column("source", ("Sumber dana", "Source"), Budget.source, width=12),
        Column("amountRupiah", ("Anggaran (Rp)", "Budget (IDR)"), Budget.amount_rupiah, width=20),
        Column("programmeId", ("ID program", "Programme ID"), Programme.id, "prg", width=44),
    ),
)
