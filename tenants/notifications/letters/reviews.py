"""The words of notifications about the review of a masterplan."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_PART_ID = (("Masterplan", "name"), ("Bagian", "subject"), ("Daerah", "city"))
_ROUND_ID = (("Masterplan", "name"), ("Putaran", "number"), ("Daerah", "city"))
_OWNER_ID = "Anda menerima surel ini karena bagian masterplan {city} itu tugas Anda."
_EXPERT_ID = "Anda menerima surel ini karena Anda tenaga ahli untuk {city}."
_CITY_ID = "Anda menerima surel ini karena Anda memimpin penyusunan masterplan {city}."

INDONESIAN: dict[Kind, Wording] = {
    Kind.PLAN_REMARK: Wording(
        subject="Catatan baru pada masterplan: {subject}",
        opening="Tenaga ahli memberi catatan pada {subject}. Mungkin ada catatan lain hari ini.",
        details=_PART_ID,
        quote=("Catatan", "text"),
        next_step="Buka daftar catatan, perbaiki bagian yang ditunjuk, lalu jawab setiap catatan.",
        action="Buka catatan",
        why=_OWNER_ID,
    ),
    Kind.REMARKS_ANSWERED: Wording(
        subject="Catatan dijawab: {name}",
        opening="Catatan Anda pada “{name}” dijawab dan menunggu keputusan Anda.",
        details=(
            ("Tentang", "name"),
            ("Bagian", "subject"),
            ("Isian", "anchor"),
            ("Daerah", "city"),
        ),
        quote=("Jawaban", "text"),
        next_step="Baca jawabannya, lalu nyatakan selesai atau buka kembali dengan penjelasan.",
        action="Periksa jawaban",
        why=_EXPERT_ID,
    ),
    Kind.REMARK_REOPENED: Wording(
        subject="Catatan dibuka kembali: {subject}",
        opening="Jawaban atas catatan pada {subject} belum cukup; catatannya dibuka kembali.",
        details=_PART_ID,
        quote=("Yang masih kurang", "text"),
        next_step="Lengkapi yang diminta, lalu jawab catatan itu sekali lagi.",
        action="Buka catatan",
        why=_OWNER_ID,
    ),
    Kind.REMARKS_SETTLED: Wording(
        subject="Catatan selesai: {subject}",
        opening="Tenaga ahli menyatakan catatan pada {subject} selesai.",
        details=_PART_ID,
        next_step="Tidak ada yang perlu Anda kerjakan untuk catatan itu.",
        action="Lihat catatan",
        why=_OWNER_ID,
    ),
    Kind.ROUND_OPENED: Wording(
        subject="Menunggu putusan: masterplan {city}, putaran {number}",
        opening="{city} mengekspose masterplannya. Putaran {number} menunggu putusan Anda.",
        details=_ROUND_ID,
        next_step="Baca masterplannya, beri catatan pada bagian yang perlu, lalu beri putusan.",
        action="Mulai telaah",
        why=_EXPERT_ID,
    ),
    Kind.ROUND_ACCEPTED: Wording(
        subject="Putusan asesor: masterplan {city} diterima",
        opening="Asesor menerima masterplan {city} pada putaran {number}.",
        details=_ROUND_ID,
        quote=("Komentar", "reason"),
        next_step="Selesaikan catatan wajib yang tersisa, lalu tunggu kementerian mencatatnya.",
        action="Lihat putusan",
        why=_CITY_ID,
    ),
    Kind.ROUND_WITH_REMARKS: Wording(
        subject="Putusan asesor: masterplan {city} diterima dengan catatan",
        opening="Asesor menerima masterplan {city} dengan catatan pada putaran {number}.",
        details=_ROUND_ID,
        quote=("Komentar", "reason"),
        next_step="Jawab catatan yang terbuka; catatan wajib harus selesai sebelum diterima.",
        action="Lihat putusan",
        why=_CITY_ID,
    ),
    Kind.ROUND_REVISE: Wording(
        subject="Putusan asesor: masterplan {city} perlu direvisi",
        opening="Asesor meminta revisi masterplan {city} pada putaran {number}.",
        details=_ROUND_ID,
        quote=("Alasan", "reason"),
        next_step="Perbaiki masterplan dan jawab setiap catatan, lalu ekspose kembali.",
        action="Lihat putusan",
        why=_CITY_ID,
    ),
}

_PART_EN = (("Masterplan", "name"), ("Part", "subject"), ("City or regency", "city"))
_ROUND_EN = (("Masterplan", "name"), ("Round", "number"), ("City or regency", "city"))
_OWNER_EN = "You receive this mail because that part of the masterplan of {city} is your task."
_EXPERT_EN = "You receive this mail because you are an expert for {city}."
_CITY_EN = "You receive this mail because you lead the writing of the masterplan of {city}."

ENGLISH: dict[Kind, Wording] = {
    Kind.PLAN_REMARK: Wording(
        subject="New remarks on the masterplan: {subject}",
        opening="An expert remarked on {subject}. There may be further remarks today.",
        details=_PART_EN,
        quote=("Remark", "text"),
        next_step="Open the list of remarks, revise what they point at, then answer each of them.",
        action="Open the remarks",
        why=_OWNER_EN,
    ),
    Kind.REMARKS_ANSWERED: Wording(
        subject="Remarks answered: {name}",
        opening="Your remarks on “{name}” were answered and wait for your decision.",
        details=(
            ("About", "name"),
            ("Part", "subject"),
            ("Field", "anchor"),
            ("City or regency", "city"),
        ),
        quote=("Answer", "text"),
        next_step="Read the answer, then settle the remark or reopen it with an explanation.",
        action="Check the answer",
        why=_EXPERT_EN,
    ),
    Kind.REMARK_REOPENED: Wording(
        subject="Remark reopened: {subject}",
        opening="The answer to a remark on {subject} is not enough yet; it was reopened.",
        details=_PART_EN,
        quote=("What is lacking", "text"),
        next_step="Add what is asked for, then answer the remark once more.",
        action="Open the remark",
        why=_OWNER_EN,
    ),
    Kind.REMARKS_SETTLED: Wording(
        subject="Remarks settled: {subject}",
        opening="An expert settled a remark on {subject}.",
        details=_PART_EN,
        next_step="There is nothing for you to do about that remark.",
        action="See the remarks",
        why=_OWNER_EN,
    ),
    Kind.ROUND_OPENED: Wording(
        subject="Awaiting your verdict: masterplan of {city}, round {number}",
        opening="{city} presented its masterplan. Round {number} awaits your verdict.",
        details=_ROUND_EN,
        next_step="Read the masterplan, remark on the parts that need it, then give your verdict.",
        action="Start the review",
        why=_EXPERT_EN,
    ),
    Kind.ROUND_ACCEPTED: Wording(
        subject="Assessor's verdict: masterplan of {city} accepted",
        opening="An assessor accepts the masterplan of {city} in round {number}.",
        details=_ROUND_EN,
        quote=("Comment", "reason"),
        next_step="Wait for the ministry to record it; settle the blocking remarks that are left.",
        action="See the verdict",
        why=_CITY_EN,
    ),
    Kind.ROUND_WITH_REMARKS: Wording(
        subject="Assessor's verdict: masterplan of {city} accepted with remarks",
        opening="An assessor accepts the masterplan of {city} with remarks in round {number}.",
        details=_ROUND_EN,
        quote=("Comment", "reason"),
        next_step="Answer the open remarks; blocking ones must be settled before acceptance.",
        action="See the verdict",
        why=_CITY_EN,
    ),
    Kind.ROUND_REVISE: Wording(
        subject="Assessor's verdict: masterplan of {city} to be revised",
        opening="An assessor asks to revise the masterplan of {city} in round {number}.",
        details=_ROUND_EN,
        quote=("Reason", "reason"),
        next_step="Revise the masterplan and answer each remark, then present it again.",
        action="See the verdict",
        why=_CITY_EN,
    ),
}
