"""The words of notifications about signed papers, workshops and their outputs."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_SESSION_ID = (
    ("Sesi", "ordinal"),
    ("Waktu", "starts_at"),
    ("Tempat", "place"),
    ("Daerah", "city"),
)
_OUTPUT_ID = (("Keluaran", "name"), ("Bimtek ke", "ordinal"), ("Daerah", "city"))
_OF_THE_CITY_ID = (
    "Anda menerima surel ini karena Anda admin, Bappeda, kepala perangkat daerah,"
    " atau tenaga ahli di {city}."
)
_OFFICE_ID = "Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas."

INDONESIAN: dict[Kind, Wording] = {
    Kind.SIGNATURES_VOIDED: Wording(
        subject="Perlu ditandatangani ulang: {name}",
        opening=(
            "Dokumen komitmen {name} diubah setelah ditandatangani,"
            " sehingga tanda tangan Anda tidak berlaku lagi."
        ),
        details=(("Dokumen", "name"), ("Tanggal dokumen", "signed_on"), ("Daerah", "city")),
        next_step="Baca dokumen yang baru, tandatangani, lalu serahkan kepada admin daerah.",
        action="Lihat dokumen",
        why="Anda menerima surel ini karena Anda kepala perangkat daerah di {city}.",
    ),
    Kind.WORKSHOP_SCHEDULED: Wording(
        subject="Bimtek ke-{ordinal}: {starts_at}",
        opening="Bimtek ke-{ordinal} untuk {city} dijadwalkan pada {starts_at} di {place}.",
        details=_SESSION_ID,
        next_step="Tandai kalender Anda dan siapkan peserta dari perangkat daerah Anda.",
        action="Lihat jadwal",
        why=_OF_THE_CITY_ID,
    ),
    Kind.WORKSHOP_MOVED: Wording(
        subject="Bimtek ke-{ordinal} dipindahkan: {starts_at}",
        opening=("Bimtek ke-{ordinal} untuk {city} dipindahkan menjadi {starts_at} di {place}."),
        details=(*_SESSION_ID, ("Jadwal semula", "former_at")),
        next_step="Perbarui kalender Anda dan beri tahu peserta dari perangkat daerah Anda.",
        action="Lihat jadwal",
        why=_OF_THE_CITY_ID,
    ),
    Kind.WORKSHOP_CANCELLED: Wording(
        subject="Bimtek ke-{ordinal} dibatalkan",
        opening="Bimtek ke-{ordinal} untuk {city} pada {starts_at} dibatalkan.",
        details=_SESSION_ID,
        quote=("Alasan", "reason"),
        next_step="Tunggu jadwal pengganti; Anda akan diberi tahu begitu sesi dijadwalkan lagi.",
        action="Lihat jadwal",
        why=_OF_THE_CITY_ID,
    ),
    Kind.WORKSHOP_MISSED: Wording(
        subject="{unit} tidak hadir pada bimtek ke-{ordinal}",
        opening="Tidak seorang pun dari {unit} tercatat hadir pada bimtek ke-{ordinal} {city}.",
        details=(*_SESSION_ID, ("Perangkat daerah", "unit")),
        next_step=(
            "Pelajari bahan sesi itu dan pastikan ada yang hadir pada sesi berikutnya."
            " Bila catatannya keliru, minta admin daerah memperbaiki daftar hadir."
        ),
        action="Lihat bahan sesi",
        why="Anda menerima surel ini karena Anda kepala {unit} di {city}.",
    ),
    Kind.OUTPUT_ACCEPTED: Wording(
        subject="Keluaran diterima: {name}",
        opening="Keluaran “{name}” dari bimtek ke-{ordinal} diterima.",
        details=_OUTPUT_ID,
        next_step="Tidak ada yang perlu Anda kerjakan; lanjutkan ke keluaran berikutnya.",
        action="Lihat keluaran",
        why=_OFFICE_ID,
    ),
    Kind.OUTPUT_RETURNED: Wording(
        subject="Keluaran perlu diperbaiki: {name}",
        opening="Keluaran “{name}” dari bimtek ke-{ordinal} dikembalikan untuk diperbaiki.",
        details=_OUTPUT_ID,
        quote=("Alasan", "reason"),
        next_step="Perbaiki sesuai alasannya, lalu serahkan kembali.",
        action="Serahkan kembali",
        why=_OFFICE_ID,
    ),
}

_SESSION_EN = (
    ("Session", "ordinal"),
    ("Time", "starts_at"),
    ("Place", "place"),
    ("City", "city"),
)
_OUTPUT_EN = (("Output", "name"), ("Bimtek", "ordinal"), ("City", "city"))
_OF_THE_CITY_EN = (
    "You receive this mail because you are administrator, Bappeda, head of a department"
    " or expert in {city}."
)
_OFFICE_EN = "You receive this mail because you are administrator or Bappeda of {city}."

ENGLISH: dict[Kind, Wording] = {
    Kind.SIGNATURES_VOIDED: Wording(
        subject="To be signed again: {name}",
        opening=(
            "The commitment paper {name} was changed after it had been signed,"
            " so your signature no longer counts."
        ),
        details=(("Paper", "name"), ("Day of the paper", "signed_on"), ("City", "city")),
        next_step="Read the new paper, sign it, and hand it to the city's administrator.",
        action="See the paper",
        why="You receive this mail because you head a department in {city}.",
    ),
    Kind.WORKSHOP_SCHEDULED: Wording(
        subject="Bimtek {ordinal}: {starts_at}",
        opening="Bimtek {ordinal} for {city} is scheduled for {starts_at} at {place}.",
        details=_SESSION_EN,
        next_step="Keep the day free and choose who comes from your department.",
        action="See the schedule",
        why=_OF_THE_CITY_EN,
    ),
    Kind.WORKSHOP_MOVED: Wording(
        subject="Bimtek {ordinal} was moved: {starts_at}",
        opening="Bimtek {ordinal} for {city} was moved to {starts_at} at {place}.",
        details=(*_SESSION_EN, ("Former time", "former_at")),
        next_step="Change your calendar and tell those who come from your department.",
        action="See the schedule",
        why=_OF_THE_CITY_EN,
    ),
    Kind.WORKSHOP_CANCELLED: Wording(
        subject="Bimtek {ordinal} was cancelled",
        opening="Bimtek {ordinal} for {city} on {starts_at} was cancelled.",
        details=_SESSION_EN,
        quote=("Reason", "reason"),
        next_step="Wait for a new date; you will be told when the session is scheduled again.",
        action="See the schedule",
        why=_OF_THE_CITY_EN,
    ),
    Kind.WORKSHOP_MISSED: Wording(
        subject="Nobody of {unit} was at bimtek {ordinal}",
        opening="Nobody of {unit} is recorded as present at bimtek {ordinal} of {city}.",
        details=(*_SESSION_EN, ("Department", "unit")),
        next_step=(
            "Study the session's materials and see to it that somebody comes to the next one."
            " If the record is wrong, ask the city's administrator to correct the list."
        ),
        action="See the materials",
        why="You receive this mail because you head {unit} in {city}.",
    ),
    Kind.OUTPUT_ACCEPTED: Wording(
        subject="Output accepted: {name}",
        opening="The output “{name}” of bimtek {ordinal} was accepted.",
        details=_OUTPUT_EN,
        next_step="There is nothing for you to do; go on to the next output.",
        action="See the output",
        why=_OFFICE_EN,
    ),
    Kind.OUTPUT_RETURNED: Wording(
        subject="Output to be revised: {name}",
        opening="The output “{name}” of bimtek {ordinal} was returned for revision.",
        details=_OUTPUT_EN,
        quote=("Reason", "reason"),
        next_step="Revise it as the reason says, then deliver it again.",
        action="Deliver it again",
        why=_OFFICE_EN,
    ),
}
