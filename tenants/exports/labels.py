"""Words of enum values in tables, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from tenants.cities.models import UnitKind
from tenants.cities.texts import STAGES
from tenants.cities.workflow import Stage
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.remarks.models import RemarkState
from tenants.submissions.models import InnovationKind, Maturity
from tenants.submissions.texts import STATES
from tenants.submissions.workflow import InnovationState

Words = Mapping[Any, tuple[str, str]]

KINDS: Words = {
    InnovationKind.DIGITAL: ("digital", "digital"),
    InnovationKind.NON_DIGITAL: ("nondigital", "non-digital"),
    InnovationKind.TECHNOLOGY: ("teknologi", "technology"),
}
MATURITIES: Words = {
    Maturity.IDEA: ("gagasan", "idea"),
    Maturity.TRIAL: ("uji coba", "trial"),
    Maturity.APPLIED: ("diterapkan", "applied"),
}
REMARK_STATES: Words = {
    RemarkState.OPEN: ("terbuka", "open"),
    RemarkState.ANSWERED: ("dijawab", "answered"),
    RemarkState.SETTLED: ("selesai", "settled"),
}
UNIT_KINDS: Words = {
    UnitKind.SECRETARIAT: ("sekretariat", "secretariat"),
    UnitKind.INSPECTORATE: ("inspektorat", "inspectorate"),
    UnitKind.AGENCY: ("dinas", "service"),
    UnitKind.BOARD: ("badan", "agency"),
    UnitKind.DISTRICT: ("kecamatan", "district"),
    UnitKind.OTHER: ("lainnya", "other"),
}
HORIZONS: Words = {
    Horizon.SHORT: ("jangka pendek", "short term"),
    Horizon.MEDIUM: ("jangka menengah", "medium term"),
    Horizon.LONG: ("jangka panjang", "long term"),
}
SOURCES: Words = {
    BudgetSource.APBD: ("APBD", "APBD"),
    BudgetSource.APBN: ("APBN", "APBN"),
    BudgetSource.DAK: ("DAK", "DAK"),
    BudgetSource.CSR: ("CSR", "CSR"),
    BudgetSource.KPBU: ("KPBU", "KPBU"),
    BudgetSource.OTHER: ("lainnya", "other"),
}

LABELS: dict[type[StrEnum], Words] = {
    InnovationState: STATES,
    InnovationKind: KINDS,
    Maturity: MATURITIES,
    RemarkState: REMARK_STATES,
    Stage: STAGES,
    UnitKind: UNIT_KINDS,
    Horizon: HORIZONS,
    BudgetSource: SOURCES,
}
"""Of every enum that a column of an export holds."""


def label(value: StrEnum, language: str) -> str:
    """Return the words of a value in a language."""
    words_id, words_en = LABELS[type(value)][value]
    return words_en if language == "en" else words_id
