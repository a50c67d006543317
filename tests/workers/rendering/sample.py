"""A believable masterplan of six pillars with seven programmes each, as test data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from tenants.masterplan.content import (
    BookContent,
    BudgetContent,
    CityFacts,
    DimensionContent,
    MissionContent,
    ProgrammeContent,
    TargetContent,
)

YEARS = range(2023, 2028)
SOURCES = ("apbd", "apbn", "dak", "csr", "kpbu")
PILLARS = {
    "GOV": (
        "Smart Government",
        "Tata kelola pemerintahan yang terbuka, terpadu, dan berbasis data. Pilar ini menyatukan "
        "proses bisnis antarperangkat daerah, sehingga pelayanan publik menjadi lebih sederhana, "
        "cepat, dan dapat dipertanggungjawabkan kepada masyarakat.",
    ),
    "PEO": (
        "Smart People",
        "Masyarakat yang terdidik, kritis, dan berdaya dalam memanfaatkan teknologi. Pembelajaran "
        "sepanjang hayat, literasi digital, dan ruang kreatif menjadi penopang utamanya.",
    ),
    "MOB": (
        "Smart Mobility",
        "Pergerakan orang dan barang yang aman, terjangkau, dan dapat diperkirakan di kota "
        "perbukitan yang setiap akhir pekan menerima puluhan ribu pengunjung.",
    ),
    "LIV": (
        "Smart Living",
        "Kehidupan kota yang sehat, aman, dan layak bagi semua, dengan layanan kesehatan, "
        "kedaruratan, dan hunian yang menjangkau kelompok rentan terlebih dahulu.",
    ),
    "ECO": (
        "Smart Economy",
        "Perekonomian berbasis perdagangan, pariwisata, dan kerajinan yang memanfaatkan transaksi "
        "digital untuk memperluas pasar pelaku usaha mikro, kecil, dan menengah.",
    ),
    "ENV": (
        "Smart Environment",
        "Lingkungan yang terjaga: sampah berkurang dari sumbernya, air dan udara terpantau, serta "
        "kesiapsiagaan terhadap longsor dan gempa meningkat di setiap kelurahan.",
    ),
}
MISSIONS = (
    (
        "Mewujudkan tata kelola pemerintahan yang bersih, terbuka, dan melayani dengan "
        "memanfaatkan teknologi informasi secara bertanggung jawab.",
        (
            "Meningkatnya kualitas pelayanan publik yang terintegrasi",
            "Terwujudnya pengambilan keputusan pembangunan berbasis data terpadu",
        ),
    ),
    (
        "Meningkatkan kualitas sumber daya manusia yang beriman, berbudaya, dan berdaya saing.",
        (
            "Meningkatnya literasi digital seluruh lapisan masyarakat",
            "Meluasnya kesempatan belajar sepanjang hayat",
        ),
    ),
    (
        "Mengembangkan perekonomian kota yang bertumpu pada perdagangan, pariwisata, dan ekonomi "
        "kreatif.",
        ("Meningkatnya transaksi digital pelaku usaha mikro, kecil, dan menengah",),
    ),
    (
        "Menata kota yang nyaman, tangguh, dan berkelanjutan bagi warga serta pengunjung.",
        (
            "Membaiknya mobilitas di pusat kota",
            "Menurunnya risiko bencana dan beban pencemaran lingkungan",
        ),
    ),
)


def sample_book(language: str = "id") -> BookContent:
    """The masterplan of Kota Bukittinggi, invented in its figures."""
    rows = Path(__file__).with_name("programmes.psv").read_text("utf-8").splitlines()
    by_pillar: dict[str, list[ProgrammeContent]] = {code: [] for code in PILLARS}
    for number, row in enumerate(rows):
        code, *fields = row.split("|")
        by_pillar[code].append(_programme(code, number, *fields))
    return BookContent(
        language=language,
        title="Masterplan Smart City Kota Bukittinggi",
        city=CityFacts("Kota Bukittinggi", "KOTA", "Sumatera Barat", "13.75", "Wali Kota", "SKPD"),
        edition_name="Enam Pilar 2022",
        cohort_year=2022,
        period_start=YEARS[0],
        period_end=YEARS[-1],
        version=1,
        frozen_on=date(2022, 10, 8),
        vision="Menciptakan Bukittinggi Hebat, berlandaskan Adat Basandi Syarak, Syarak Basandi "
        "Kitabullah, melalui kota cerdas yang melayani, menyejahterakan, dan berkelanjutan.",
        missions=tuple(
            MissionContent(ordinal, text, goals)
            for ordinal, (text, goals) in enumerate(MISSIONS, 1)
        ),
        dimensions=tuple(
            DimensionContent(code, name, description, tuple(by_pillar[code]))
            for code, (name, description) in PILLARS.items()
        ),
    ).sealed()


def _programme(
    pillar: str,
    number: int,
    name: str,
    unit: str,
    indicator: str,
    indicator_unit: str,
    baseline: str,
    final: str,
    description: str,
) -> ProgrammeContent:
    place = number % 7
    starts = YEARS[0] if place < 4 else YEARS[place - 3]
    years = range(starts, YEARS[-1] + 1 if place else YEARS[1] + 1)
    return ProgrammeContent(
        code=f"{pillar}-{place + 1:02}",
        permendagri_code=f"2.{10 + number // 7}.{place + 2:02}.2.{number % 5 + 1:02}",
        name=name,
        description=description,
        goal=MISSIONS[number // 7 % 4][1][0],
        sub_dimension=("Layanan publik", "Birokrasi", "Kebijakan")[number % 3],
        activity="Penyusunan rancangan, pembangunan bertahap, pendampingan, dan evaluasi tahunan.",
        lead_unit=unit,
        supporting_units=("Badan Perencanaan", "Dinas Komunikasi dan Informatika")[: place % 3],
        partners="Universitas Negeri Padang, komunitas warga" if place % 2 else "",
        indicator=indicator,
        indicator_unit=indicator_unit,
        baseline=Decimal(baseline),
        targets=_targets(years, Decimal(baseline), Decimal(final)),
        place="Seluruh kota" if place % 3 else "Kecamatan Guguk Panjang",
        budgets=_budgets(years, number),
        horizon="short" if place == 0 else "medium" if place < 5 else "long",
        is_new=place % 2 == 0,
        is_quick_win=place == 0,
        sdgs=tuple(sorted({number % 17 + 1, 11, 16})),
        origin=f"Inovasi {name}" if place % 2 == 0 else "",
    )


def _targets(years: range, baseline: Decimal, final: Decimal) -> tuple[TargetContent, ...]:
    step = (final - baseline) / len(years)
    places = Decimal("0.1") if abs(final - baseline) < 20 else Decimal(1)
    return tuple(
        TargetContent(year, (baseline + step * (index + 1)).quantize(places))
        for index, year in enumerate(years)
    )


def _budgets(years: range, number: int) -> tuple[BudgetContent, ...]:
    base = Decimal(180_000_000 + number % 11 * 145_500_000)
    second = SOURCES[number % 4 + 1]
    main = (BudgetContent(year, "apbd", base + 25_000_000 * (year - 2023)) for year in years)
    extra = (BudgetContent(year, second, base / 2) for year in years if number % 3 != 0)
    return (*main, *extra)
