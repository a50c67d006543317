"""The columns of the programme table: one for each target's year, and for each budget's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenants.exports.labels import SOURCES
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.masterplan.permendagri import normal
from tenants.masterplan.sdgs import GOALS
from tenants.workbooks import lists
from tenants.workbooks.kinds import (
    Choice,
    Code,
    Flag,
    Number,
    OneOf,
    Rupiah,
    Several,
    Words,
)
from tenants.workbooks.sheet import Column

LINE, PROSE = Words(), Words(lines=True)
NEW = OneOf(
    (Choice(True, ("baru", "new")), Choice(False, ("lanjutan", "continued"))), required=True
)
SDGS = Several(
    OneOf(
        tuple(
            Choice(number, (str(number), str(number)), (goal.name, goal.name_en))
            for number, goal in GOALS.items()
        )
    )
)
TARGETS = Several(
    OneOf(tuple(Choice(code, (code, code)) for goal in GOALS.values() for code in goal.targets)),
    coded=True,
)
FROM_THE_LIST = ("Pilih dari daftar.", "Choose from the list.")
SHORT_NAMES = (
    "Singkatan, dipisahkan titik koma: DINKES; DISDIK.",
    "Short names with semicolons between: DINKES; DISDIK.",
)


@dataclass(frozen=True)
class Lists:
    """The lists that a city's programmes choose from."""

    units: OneOf
    pillars: OneOf
    goals: OneOf
    parts: tuple[str, ...] = ()
    """Names of the edition's sub-dimensions, those of all pillars."""


def columns(choices: Lists, years: Sequence[int]) -> tuple[Column, ...]:
    """Return the columns of a plan of these years."""
    return (
        Column("code", ("Kode", "Code"), LINE, _code_hint(), width=10, fixed=True, given=True),
        Column("name", ("Nama program", "Programme"), LINE, width=36),
        *_places(choices),
        *_texts(),
        *_measures(years),
        *_budgets(years),
    )


def target_key(year: int) -> str:
    """Return the key of a year's target."""
    return f"target:{year}"


def budget_key(year: int, source: BudgetSource) -> str:
    """Return the key of a year's budget of one source."""
    return f"budget:{year}:{source.value}"


def years_of(first: int, last: int, others: Iterable[int]) -> list[int]:
    """Return the years of a period, and those outside it that hold something."""
    return sorted({*range(first, last + 1), *others})


def _places(choices: Lists) -> Iterable[Column]:
    units, helpers = choices.units, Several(choices.units)
    yield Column(
        "dimension",
        ("Pilar", "Pillar"),
        choices.pillars,
        (
            "Pilih dari daftar. Pilar program yang sudah ada tidak dapat diubah.",
            "Choose from the list. The pillar of a stored programme cannot be changed.",
        ),
        width=22,
        fixed=True,
    )
    parts = Words(proposed=choices.parts)
    yield Column("sub_dimension", ("Subdimensi", "Sub-dimension"), parts, width=22)
    yield Column("goal", ("Sasaran", "Goal"), choices.goals, FROM_THE_LIST, width=34)
    yield Column("lead_unit", ("Penanggung jawab", "Lead unit"), units, FROM_THE_LIST)
    yield Column(
        "supporting",
        ("Perangkat daerah pendukung", "Supporting units"),
        helpers,
        SHORT_NAMES,
        width=26,
    )
    yield Column(
        "permendagri",
        ("Kode Permendagri 90", "Permendagri 90 code"),
        Code(normal),
        ("Sebagai teks, misalnya 2.16.03.2.02.0005.", "As text, such as 2.16.03.2.02.0005."),
    )


def _texts() -> Iterable[Column]:
    yield Column("description", ("Uraian", "Description"), PROSE, width=48)
    yield Column("activity", ("Kegiatan", "Activity"), PROSE, width=48)
    yield Column("partners", ("Mitra", "Partners"), PROSE, width=28)
    yield Column("place", ("Lokasi", "Place"), LINE, width=22)
    horizon = ("Jangka waktu", "Horizon")
    yield Column("horizon", horizon, lists.values(Horizon), FROM_THE_LIST, width=18)
    yield Column("new", ("Baru/lanjutan", "New/continued"), NEW, FROM_THE_LIST, width=14)
    quick = ("“ya” untuk quick win; kosong berarti tidak.", "“yes” for a quick win; empty is no.")
    yield Column("quick_win", ("Quick win", "Quick win"), Flag(), quick, width=10)
    numbers = ("1 sampai 17, dipisahkan titik koma: 9; 11.", "1 to 17, as in 9; 11.")
    yield Column("sdgs", ("TPB", "SDGs"), SDGS, numbers, width=10)
    codes = ("Kode sebagai teks: 11.2; 17.10.", "Codes as text: 11.2; 17.10.")
    yield Column("sdg_targets", ("Target TPB", "SDG targets"), TARGETS, codes, width=14)


def _measures(years: Sequence[int]) -> Iterable[Column]:
    yield Column("indicator", ("Indikator", "Indicator"), LINE, width=30)
    yield Column("indicator_unit", ("Satuan", "Unit of measure"), LINE, width=14)
    yield Column("baseline", ("Data awal", "Baseline"), Number(), width=14)
    group, hint = ("Target", "Target"), ("Angka, misalnya 82,5.", "A number, such as 82.5.")
    for year in years:
        heading = (f"Target {year}", f"Target {year}")
        yield Column(target_key(year), heading, Number(), hint, group, width=13)


def _budgets(years: Sequence[int]) -> Iterable[Column]:
    hint = (
        "Rupiah penuh, atau 1,5 M untuk 1,5 miliar. Kosong berarti tidak ada.",
        "Whole rupiah, or 1,5 M for 1.5 thousand million. Empty means none.",
    )
    for year in years:
        group = (f"Anggaran {year} (Rp)", f"Budget {year} (IDR)")
        for source, (word_id, word_en) in SOURCES.items():
            yield Column(
                budget_key(year, source),
                (f"{word_id} {year}", f"{word_en} {year}"),
                Rupiah(),
                hint,
                group,
                width=17,
            )


def _code_hint() -> tuple[str, str]:
    return ("Diberikan sistem. Biarkan.", "Given by the system. Leave it.")
