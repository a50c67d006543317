"""The words of notifications about the assessment of cities and the ministry's verdicts."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_LETTER_ID = (
    ("Daerah", "city"),
    ("Angkatan", "year"),
    ("Nomor surat", "letter"),
    ("Tanggal surat", "letter_on"),
)
_LETTER_EN = (
    ("City", "city"),
    ("Cohort", "year"),
    ("Letter", "letter"),
    ("Dated", "letter_on"),
)
_ADMIN_ID = "Anda menerima surel ini karena Anda admin {city} di Kota Cerdas."
_ADMIN_EN = "You receive this mail because you administer {city} in Kota Cerdas."

INDONESIAN: dict[Kind, Wording] = {
    Kind.ASSESSMENT_ASSIGNED: Wording(
        subject="Asesmen {city} {year} menanti Anda",
        opening="Anda ditugaskan menilai {city} untuk angkatan {year}.",
        details=(("Daerah", "city"), ("Angkatan", "year")),
        next_step="Beri nilai setiap parameter beserta buktinya, lalu kirim asesmen Anda.",
        action="Buka asesmen",
        why="Anda menerima surel ini karena Anda asesor {city} di Kota Cerdas.",
    ),
    Kind.ASSESSMENT_RELEASED: Wording(
        subject="Anda dilepas dari asesmen {city} {year}",
        opening="Kementerian melepas Anda dari asesmen {city} untuk angkatan {year}.",
        details=(("Daerah", "city"), ("Angkatan", "year")),
        next_step="Tidak ada lagi yang perlu Anda kerjakan; nilai yang sudah ditulis disimpan.",
        action="Buka asesmen",
        why="Anda menerima surel ini karena Anda asesor {city} di Kota Cerdas.",
    ),
    Kind.ASSESSMENT_RETURNED: Wording(
        subject="Asesmen {city} {year} dikembalikan kepada Anda",
        opening="Kementerian mengembalikan asesmen Anda atas {city} untuk angkatan {year}.",
        details=(("Daerah", "city"), ("Angkatan", "year")),
        quote=("Alasan", "text"),
        next_step="Perbaiki nilai atau buktinya, lalu kirim lagi.",
        action="Buka asesmen",
        why="Anda menerima surel ini karena Anda asesor {city} di Kota Cerdas.",
    ),
    Kind.VERDICT_SELECTED: Wording(
        subject="{city} terpilih untuk angkatan {year}",
        opening="{city} terpilih mengikuti Gerakan Menuju Smart City angkatan {year}.",
        details=_LETTER_ID,
        next_step="Siapkan nota kesepakatan dengan kementerian, lalu catat di sini.",
        action="Buka keikutsertaan",
        why=_ADMIN_ID,
    ),
    Kind.VERDICT_RESERVE: Wording(
        subject="{city} masuk daftar cadangan angkatan {year}",
        opening="{city} masuk daftar cadangan Gerakan Menuju Smart City angkatan {year}.",
        details=_LETTER_ID,
        next_step="Anda dikabari bila daerah lain mundur dan giliran Anda tiba.",
        action="Buka keikutsertaan",
        why=_ADMIN_ID,
    ),
    Kind.VERDICT_NOT_SELECTED: Wording(
        subject="{city} belum terpilih untuk angkatan {year}",
        opening="{city} belum terpilih mengikuti Gerakan Menuju Smart City angkatan {year}.",
        details=_LETTER_ID,
        next_step="Data yang sudah diisi tetap tersimpan untuk keikutsertaan berikutnya.",
        action="Buka keikutsertaan",
        why=_ADMIN_ID,
    ),
}

ENGLISH: dict[Kind, Wording] = {
    Kind.ASSESSMENT_ASSIGNED: Wording(
        subject="The {year} assessment of {city} awaits you",
        opening="You are to assess {city} for the cohort of {year}.",
        details=(("City", "city"), ("Cohort", "year")),
        next_step="Score each parameter with its evidence, then submit your assessment.",
        action="Open the assessment",
        why="You receive this mail because you assess {city} in Kota Cerdas.",
    ),
    Kind.ASSESSMENT_RELEASED: Wording(
        subject="You were released from the {year} assessment of {city}",
        opening="The ministry released you from assessing {city} for the cohort of {year}.",
        details=(("City", "city"), ("Cohort", "year")),
        next_step="There is nothing left for you to do; the scores that you wrote are kept.",
        action="Open the assessment",
        why="You receive this mail because you assess {city} in Kota Cerdas.",
    ),
    Kind.ASSESSMENT_RETURNED: Wording(
        subject="The {year} assessment of {city} was given back to you",
        opening="The ministry gave back your assessment of {city} for the cohort of {year}.",
        details=(("City", "city"), ("Cohort", "year")),
        quote=("Reason", "text"),
        next_step="Correct the scores or their evidence, then submit it again.",
        action="Open the assessment",
        why="You receive this mail because you assess {city} in Kota Cerdas.",
    ),
    Kind.VERDICT_SELECTED: Wording(
        subject="{city} is selected for the cohort of {year}",
        opening="{city} is selected for the {year} cohort of Gerakan Menuju Smart City.",
        details=_LETTER_EN,
        next_step="Prepare the signing of the memorandum with the ministry, then record it here.",
        action="Open the participation",
        why=_ADMIN_EN,
    ),
    Kind.VERDICT_RESERVE: Wording(
        subject="{city} is on the reserve list of the cohort of {year}",
        opening="{city} is on the reserve list of the {year} cohort of Gerakan Menuju Smart City.",
        details=_LETTER_EN,
        next_step="You are told when another city withdraws and it is your turn.",
        action="Open the participation",
        why=_ADMIN_EN,
    ),
    Kind.VERDICT_NOT_SELECTED: Wording(
        subject="{city} is not selected for the cohort of {year}",
        opening="{city} is not selected for the {year} cohort of Gerakan Menuju Smart City.",
        details=_LETTER_EN,
        next_step="What you have entered is kept for a later participation.",
        action="Open the participation",
        why=_ADMIN_EN,
    ),
}
