"""What a programme's draft breaks, told without the database: every fault with its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kotacerdas.errors import DomainError, Invalid
from tenants.editions.rules import Horizons, QuickWinRule, Rules
from tenants.masterplan.draft import BudgetLine, ProgrammeDraft
from tenants.masterplan.models import Horizon
from tenants.masterplan.permendagri import code_faults
from tenants.masterplan.sdgs import sdg_faults

AMOUNT_LIMIT = Decimal(10) ** 18
VALUE_LIMIT = Decimal(10) ** 16
SHOWN = 40
CUSTOMARY = Rules()
"""What holds where an edition says nothing else."""

HORIZONS = {
    Horizon.SHORT: ("pendek", "short"),
    Horizon.MEDIUM: ("menengah", "medium"),
    Horizon.LONG: ("panjang", "long"),
}


class LeadUnitMissing(DomainError):
    """A programme without the one unit that leads it."""

    code = "LEAD_UNIT_MISSING"
    id = "Program belum punya perangkat daerah penanggung jawab. Pilih tepat satu."
    en = "The programme has no lead unit. Choose exactly one."


class LeadUnitSupports(DomainError):
    """The lead unit is listed among its own helpers."""

    code = "LEAD_UNIT_SUPPORTS"
    id = (
        "Penanggung jawab tidak boleh sekaligus menjadi perangkat daerah pendukung."
        " Hapus dari daftar pendukung."
    )
    en = "The lead unit cannot support itself. Remove it from the supporting units."


class SupportingUnitTwice(DomainError):
    """One unit is listed twice among the supporting units."""

    code = "SUPPORTING_UNIT_TWICE"
    id = "Perangkat daerah pendukung ini tercantum dua kali. Sisakan satu."
    en = "This supporting unit is listed twice. Keep it once."


class YearOutsidePeriod(DomainError):
    """A target or a budget in a year that the plan does not cover."""

    code = "YEAR_OUTSIDE_PERIOD"
    id = "Tahun {year} di luar periode masterplan {first}-{last}. Pilih tahun di dalam periode."
    en = "The year {year} lies outside the plan's period {first}-{last}. Choose a year inside it."


class TargetTwice(DomainError):
    """Two targets for one year."""

    code = "TARGET_TWICE"
    id = "Target tahun {year} tercantum dua kali. Sisakan satu."
    en = "The target of {year} is listed twice. Keep one."


class BudgetTwice(DomainError):
    """Two budgets of one source in one year."""

    code = "BUDGET_TWICE"
    id = "Anggaran {source} tahun {year} tercantum dua kali. Gabungkan menjadi satu baris."
    en = "The budget of {source} in {year} is listed twice. Merge the two lines."


class BudgetNegative(DomainError):
    """Money below zero."""

    code = "BUDGET_NEGATIVE"
    id = "Anggaran tidak boleh negatif ({amount}). Isi nol atau lebih."
    en = "A budget cannot be negative ({amount}). Enter zero or more."


class BudgetTooLarge(DomainError):
    """Money beyond what the column holds; also what is no number at all."""

    code = "BUDGET_TOO_LARGE"
    id = "Anggaran {amount} tidak masuk akal: harus di bawah 10^18 rupiah. Periksa jumlah nolnya."
    en = "A budget of {amount} is not plausible: it must be below 10^18 rupiah. Check the zeros."


class BudgetTooPrecise(DomainError):
    """Money with fractions of a sen."""

    code = "BUDGET_TOO_PRECISE"
    id = "Anggaran {amount} punya lebih dari dua angka desimal. Bulatkan ke sen."
    en = "The budget {amount} has more than two decimals. Round it to the sen."


class HorizonExceeded(DomainError):
    """Money in a year that the programme's horizon does not reach."""

    code = "HORIZON_EXCEEDED"
    id = (
        "Anggaran tahun {year} di luar jangka {horizon_id}, yaitu {first}-{last}."
        " Pilih jangka waktu yang lebih panjang, atau pindahkan anggarannya."
    )
    en = (
        "The budget of {year} lies outside the {horizon_en} horizon, which is {first}-{last}."
        " Choose a longer horizon, or move the budget."
    )


class QuickWinLate(DomainError):
    """A quick win that is planned beyond the first years, two unless the edition says otherwise."""

    code = "QUICK_WIN_LATE"
    id = (
        "Quick win harus berjangka pendek dengan seluruh anggaran pada {first}-{last}."
        " Ubah jangka waktu dan anggarannya, atau lepaskan tanda quick win."
    )
    en = (
        "A quick win has a short horizon and all its budgets in {first}-{last}."
        " Change them, or unmark the quick win."
    )


class QuickWinBaselineMissing(DomainError):
    """A quick win whose start cannot be measured."""

    code = "QUICK_WIN_BASELINE_MISSING"
    id = "Quick win perlu nilai awal (baseline) indikator. Isi baseline."
    en = "A quick win needs its indicator's baseline. Enter it."


@dataclass(frozen=True)
class Period:
    """First and last year of a plan, both inside."""

    first: int
    last: int

    def __contains__(self, year: int) -> bool:
        return self.first <= year <= self.last

    def opening(self, years: int) -> Period:
        """The first `years` of it."""
        return Period(self.first, min(self.first + years - 1, self.last))


def faults(draft: ProgrammeDraft, period: Period, rules: Rules = CUSTOMARY) -> list[DomainError]:
    """Return all that the draft breaks in a plan of that period, in the order of its fields."""
    return [
        *_units(draft),
        *_codes(draft),
        *_targets(draft, period),
        *_budgets(draft, period),
        *_within_horizon(draft, period, rules.horizons),
        *_quick_win(draft, period, rules.quick_win),
    ]


def _units(draft: ProgrammeDraft) -> Iterator[DomainError]:
    if draft.lead_unit_id is None:
        yield LeadUnitMissing(path=("leadUnitId",))
    seen = set()
    for place, unit_id in enumerate(draft.supporting_unit_ids):
        path = ("supportingUnitIds", str(place))
        if unit_id == draft.lead_unit_id:
            yield LeadUnitSupports(path=path)
        elif unit_id in seen:
            yield SupportingUnitTwice(path=path)
        seen.add(unit_id)


def _codes(draft: ProgrammeDraft) -> Iterator[DomainError]:
    if draft.permendagri_code is not None:
        yield from code_faults(draft.permendagri_code)
    yield from sdg_faults(draft.sdgs, draft.sdg_targets)
    if draft.baseline is not None:
        yield from measure_faults(draft.baseline, ("baseline",))


def _targets(draft: ProgrammeDraft, period: Period) -> Iterator[DomainError]:
    years = [line.year for line in draft.targets]
    yield from _years(years, period, "targets")
    for place, line in enumerate(draft.targets):
        if line.year in years[:place]:
            yield TargetTwice(path=("targets", str(place)), year=line.year)
        yield from measure_faults(line.value, ("targets", str(place), "value"))


def _budgets(draft: ProgrammeDraft, period: Period) -> Iterator[DomainError]:
    yield from _years((line.year for line in draft.budgets), period, "budgets")
    seen = set()
    for place, line in enumerate(draft.budgets):
        where = (line.year, line.source)
        if where in seen:
            path = ("budgets", str(place))
            yield BudgetTwice(path=path, source=line.source.value.upper(), year=line.year)
        seen.add(where)
        yield from _amount(line, ("budgets", str(place), "amountRupiah"))


def _amount(line: BudgetLine, path: tuple[str, ...]) -> Iterator[DomainError]:
    amount = line.amount_rupiah
    shown = str(amount)[:SHOWN]
    if not amount.is_finite() or amount >= AMOUNT_LIMIT:
        yield BudgetTooLarge(path=path, amount=shown)
    elif amount < 0:
        yield BudgetNegative(path=path, amount=shown)
    elif _decimals(amount) > 2:
        yield BudgetTooPrecise(path=path, amount=shown)


def _within_horizon(
    draft: ProgrammeDraft, period: Period, horizons: Horizons
) -> Iterator[DomainError]:
    """Money is spent within the horizon; targets may follow, as effects do."""
    if draft.is_quick_win:  # it has years of its own
        return
    reach = period.opening(horizons.years(draft.horizon.value))
    name_id, name_en = HORIZONS[draft.horizon]
    for place, line in enumerate(draft.budgets):
        if line.year in period and line.year not in reach:
            yield HorizonExceeded(
                path=("budgets", str(place), "year"),
                year=line.year,
                horizon_id=name_id,
                horizon_en=name_en,
                first=reach.first,
                last=reach.last,
            )


def _quick_win(draft: ProgrammeDraft, period: Period, rule: QuickWinRule) -> Iterator[DomainError]:
    if not draft.is_quick_win:
        return
    quick = period.opening(rule.first_years)
    years = {"first": quick.first, "last": quick.last}
    if draft.horizon is not Horizon.SHORT:
        yield QuickWinLate(path=("horizon",), **years)
    for place, line in enumerate(draft.budgets):
        if line.year in period and line.year not in quick:
            yield QuickWinLate(path=("budgets", str(place), "year"), **years)
    if draft.baseline is None and rule.needs_baseline:
        yield QuickWinBaselineMissing(path=("baseline",))


def _years(years: Iterable[int], period: Period, field: str) -> Iterator[DomainError]:
    for place, year in enumerate(years):
        if year not in period:
            path = (field, str(place), "year")
            yield YearOutsidePeriod(path=path, year=year, first=period.first, last=period.last)


def measure_faults(value: Decimal, path: tuple[str, ...]) -> Iterator[DomainError]:
    """Yield Invalid for a number that a column of measures could not hold."""
    if not value.is_finite() or abs(value) >= VALUE_LIMIT or _decimals(value) > 4:
        yield Invalid(
            path[-1],
            "isi angka di bawah 10^16 dengan paling banyak 4 desimal.",
            "enter a number below 10^16 with at most 4 decimals.",
            path=path,
        )


def _decimals(value: Decimal) -> int:
    digits, exponent = value.as_tuple()[1:]
    idle = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return max(0, -exponent - idle) if isinstance(exponent, int) else 0
