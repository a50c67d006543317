"""Which fields of what a remark may point at, and what people call them."""

from __future__ import annotations

from enum import StrEnum

from tenants.remarks.models import RemarkAbout


class RemarkField(StrEnum):
    """A field that a remark is about."""

    WHOLE = "whole"
    NAME = "name"
    DIMENSION = "dimension"
    KIND = "kind"
    MATURITY = "maturity"
    PROBLEM = "problem"
    SOLUTION = "solution"
    BENEFIT = "benefit"
    UNIQUENESS = "uniqueness"
    PARTNERS = "partners"
    REPLICATION = "replication"
    SUSTAINABILITY = "sustainability"
    RISKS = "risks"
    RESOURCES = "resources"
    BUDGET_RUPIAH = "budget_rupiah"
    TITLE = "title"
    BODY = "body"
    DESCRIPTION = "description"
    GOAL = "goal"
    SUB_DIMENSION = "sub_dimension"
    ACTIVITY = "activity"
    LEAD_UNIT = "lead_unit"
    PLACE = "place"
    INDICATOR = "indicator"
    INDICATOR_UNIT = "indicator_unit"
    BASELINE = "baseline"
    TARGETS = "targets"
    BUDGETS = "budgets"
    HORIZON = "horizon"
    IS_QUICK_WIN = "is_quick_win"
    PERMENDAGRI_CODE = "permendagri_code"
    TEXT = "text"
    VISION = "vision"
    TARGET = "target"
    TARGET_YEAR = "target_year"
    SCORE = "score"
    STATEMENT = "statement"
    EVIDENCE = "evidence"
    PRESENT = "present"
    WANTED = "wanted"
    GAP = "gap"
    ACTION = "action"
    WEIGHT = "weight"
    RATING = "rating"


F = RemarkField
LABELS: dict[RemarkField, tuple[str, str]] = {
    F.WHOLE: ("seluruhnya", "all of it"),
    F.NAME: ("nama", "name"),
    F.DIMENSION: ("pilar", "pillar"),
    F.KIND: ("bentuk", "kind"),
    F.MATURITY: ("tahap kematangan", "maturity"),
    F.PROBLEM: ("masalah", "problem"),
    F.SOLUTION: ("solusi", "solution"),
    F.BENEFIT: ("manfaat", "benefit"),
    F.UNIQUENESS: ("keunikan", "uniqueness"),
    F.PARTNERS: ("mitra", "partners"),
    F.REPLICATION: ("replikasi", "replication"),
    F.SUSTAINABILITY: ("keberlanjutan", "sustainability"),
    F.RISKS: ("risiko", "risks"),
    F.RESOURCES: ("sumber daya", "resources"),
    F.BUDGET_RUPIAH: ("anggaran", "budget"),
    F.TITLE: ("judul", "title"),
    F.BODY: ("isi", "text"),
    F.DESCRIPTION: ("uraian", "description"),
    F.GOAL: ("sasaran", "goal"),
    F.SUB_DIMENSION: ("subdimensi", "sub-dimension"),
    F.ACTIVITY: ("kegiatan", "activity"),
    F.LEAD_UNIT: ("penanggung jawab", "lead unit"),
    F.PLACE: ("lokasi", "place"),
    F.INDICATOR: ("indikator", "indicator"),
    F.INDICATOR_UNIT: ("satuan", "unit of the indicator"),
    F.BASELINE: ("nilai awal", "baseline"),
    F.TARGETS: ("target tahunan", "target of a year"),
    F.BUDGETS: ("anggaran tahunan", "budget of a year"),
    F.HORIZON: ("jangka waktu", "horizon"),
    F.IS_QUICK_WIN: ("quick win", "quick win"),
    F.PERMENDAGRI_CODE: ("kode Permendagri 90", "Permendagri 90 code"),
    F.TEXT: ("isi", "words"),
    F.VISION: ("visi", "vision"),
    F.TARGET: ("target", "target"),
    F.TARGET_YEAR: ("tahun target", "year of the target"),
    F.SCORE: ("skor", "score"),
    F.STATEMENT: ("pernyataan", "statement"),
    F.EVIDENCE: ("bukti", "evidence"),
    F.PRESENT: ("keadaan sekarang", "present state"),
    F.WANTED: ("keadaan yang diinginkan", "wanted state"),
    F.GAP: ("kesenjangan", "gap"),
    F.ACTION: ("tindakan", "action"),
    F.WEIGHT: ("bobot", "weight"),
    F.RATING: ("peringkat", "rating"),
}
"""A field -> what it is called in Indonesian and in English."""

OF_YEAR = frozenset({F.TARGETS, F.BUDGETS})
"""Fields that have a value for each year of the plan."""

_A = RemarkAbout
FIELDS: dict[RemarkAbout, tuple[RemarkField, ...]] = {
    _A.SECTION: (F.WHOLE, F.TITLE, F.BODY),
    _A.PROGRAMME: (
        F.WHOLE,
        F.NAME,
        F.DESCRIPTION,
        F.GOAL,
        F.SUB_DIMENSION,
        F.ACTIVITY,
        F.LEAD_UNIT,
        F.PARTNERS,
        F.PLACE,
        F.INDICATOR,
        F.INDICATOR_UNIT,
        F.BASELINE,
        F.TARGETS,
        F.BUDGETS,
        F.HORIZON,
        F.IS_QUICK_WIN,
        F.PERMENDAGRI_CODE,
    ),
    _A.VISION: (F.WHOLE, F.VISION),
    _A.MISSION: (F.WHOLE, F.TEXT),
    _A.GOAL: (F.WHOLE, F.TEXT, F.INDICATOR, F.INDICATOR_UNIT, F.BASELINE, F.TARGET, F.TARGET_YEAR),
    _A.READINESS: (F.WHOLE, F.SCORE, F.STATEMENT, F.EVIDENCE),
    _A.GAP: (F.WHOLE, F.PRESENT, F.WANTED, F.GAP, F.ACTION),
    _A.SWOT: (F.WHOLE, F.TEXT, F.WEIGHT, F.RATING),
    _A.STRATEGY: (F.WHOLE, F.TEXT),
}
"""The fields of each part of a masterplan; those of an innovation are its form's."""
