"""What the mail of each kind has in its subject, in Indonesian and in English."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind

SUBJECTS = {
    NotificationKind.INVITED: (
        "Kota Uji diundang mengikuti Gerakan Menuju Smart City 2022",
        "Kota Uji is invited to Gerakan Menuju Smart City 2022",
    ),
    NotificationKind.SIGNATURES_VOIDED: (
        "Perlu ditandatangani ulang: Si Pasar Digital",
        "To be signed again: Si Pasar Digital",
    ),
    NotificationKind.WORKSHOP_SCHEDULED: (
        "Bimtek ke-2: Selasa, 14 Juni 2022 pukul 09.00 WIB",
        "Bimtek 2: Tuesday, 14 June 2022, 09:00 WIB",
    ),
    NotificationKind.WORKSHOP_MOVED: (
        "Bimtek ke-2 dipindahkan: Selasa, 14 Juni 2022 pukul 09.00 WIB",
        "Bimtek 2 was moved: Tuesday, 14 June 2022, 09:00 WIB",
    ),
    NotificationKind.WORKSHOP_CANCELLED: (
        "Bimtek ke-2 dibatalkan",
        "Bimtek 2 was cancelled",
    ),
    NotificationKind.WORKSHOP_MISSED: (
        "Dinas Koperasi tidak hadir pada bimtek ke-2",
        "Nobody of Dinas Koperasi was at bimtek 2",
    ),
    NotificationKind.OUTPUT_ACCEPTED: (
        "Keluaran diterima: Si Pasar Digital",
        "Output accepted: Si Pasar Digital",
    ),
    NotificationKind.OUTPUT_RETURNED: (
        "Keluaran perlu diperbaiki: Si Pasar Digital",
        "Output to be revised: Si Pasar Digital",
    ),
    NotificationKind.SUBMITTED: (
        "Usulan untuk disahkan: Si Pasar Digital",
        "Submission to endorse: Si Pasar Digital",
    ),
    NotificationKind.SUBMITTED_MANY: (
        "3 usulan untuk disahkan: Dinas Koperasi",
        "3 submissions to endorse: Dinas Koperasi",
    ),
    NotificationKind.ENDORSED: (
        "Siap ditelaah: Si Pasar Digital",
        "Ready for review: Si Pasar Digital",
    ),
    NotificationKind.ENDORSED_MANY: (
        "3 usulan siap ditelaah: Kota Uji",
        "3 submissions ready for review: Kota Uji",
    ),
    NotificationKind.RETURNED: (
        "Perlu diperbaiki: Si Pasar Digital",
        "Needs revision: Si Pasar Digital",
    ),
    NotificationKind.ACCEPTED: (
        "Diterima: Si Pasar Digital",
        "Accepted: Si Pasar Digital",
    ),
    NotificationKind.REJECTED: (
        "Tidak diterima: Si Pasar Digital",
        "Not accepted: Si Pasar Digital",
    ),
    NotificationKind.REMARK: (
        "Catatan baru pada Si Pasar Digital",
        "New remark on Si Pasar Digital",
    ),
    NotificationKind.PLAN_REMARK: (
        "Catatan baru pada masterplan: Visi",
        "New remarks on the masterplan: Visi",
    ),
    NotificationKind.REMARKS_ANSWERED: (
        "Catatan dijawab: Si Pasar Digital",
        "Remarks answered: Si Pasar Digital",
    ),
    NotificationKind.REMARK_REOPENED: (
        "Catatan dibuka kembali: Visi",
        "Remark reopened: Visi",
    ),
    NotificationKind.REMARKS_SETTLED: (
        "Catatan selesai: Visi",
        "Remarks settled: Visi",
    ),
    NotificationKind.ROUND_OPENED: (
        "Menunggu putusan: masterplan Kota Uji, putaran 3",
        "Awaiting your verdict: masterplan of Kota Uji, round 3",
    ),
    NotificationKind.ROUND_ACCEPTED: (
        "Putusan asesor: masterplan Kota Uji diterima",
        "Assessor's verdict: masterplan of Kota Uji accepted",
    ),
    NotificationKind.ROUND_WITH_REMARKS: (
        "Putusan asesor: masterplan Kota Uji diterima dengan catatan",
        "Assessor's verdict: masterplan of Kota Uji accepted with remarks",
    ),
    NotificationKind.ROUND_REVISE: (
        "Putusan asesor: masterplan Kota Uji perlu direvisi",
        "Assessor's verdict: masterplan of Kota Uji to be revised",
    ),
    NotificationKind.BOOK_READY: (
        "Dokumen siap diunduh: Si Pasar Digital",
        "Document ready: Si Pasar Digital",
    ),
    NotificationKind.BOOK_FAILED: (
        "Dokumen gagal dibuat: Si Pasar Digital",
        "Document failed: Si Pasar Digital",
    ),
    NotificationKind.EXPORT_READY: (
        "Ekspor siap diunduh: Si Pasar Digital",
        "Export ready: Si Pasar Digital",
    ),
    NotificationKind.EXPORT_FAILED: (
        "Ekspor gagal dibuat: Si Pasar Digital",
        "Export failed: Si Pasar Digital",
    ),
    NotificationKind.WORKBOOK_SAVED: (
        "Buku kerja disimpan: Si Pasar Digital",
        "Workbook saved: Si Pasar Digital",
    ),
    NotificationKind.DEADLINE: (
        "Tenggat 7 hari lagi: Si Pasar Digital",
        "Deadline in 7 days: Si Pasar Digital",
    ),
    NotificationKind.EVALUATION_OPENED: (
        "Evaluasi smart city 2022 dibuka untuk Kota Uji",
        "The smart city evaluation of 2022 is open for Kota Uji",
    ),
    NotificationKind.EVALUATION_SUBMITTED: (
        "Siap dinilai: evaluasi 2022 Kota Uji",
        "Ready to assess: evaluation 2022 of Kota Uji",
    ),
    NotificationKind.EVALUATION_PROVISIONAL: (
        "Hasil sementara evaluasi 2022: Kota Uji",
        "Provisional result of the evaluation 2022: Kota Uji",
    ),
    NotificationKind.EVALUATION_FINAL: (
        "Hasil akhir evaluasi 2022: Kota Uji",
        "Final result of the evaluation 2022: Kota Uji",
    ),
    NotificationKind.OBJECTION_WRITTEN: (
        "Sanggahan Kota Uji: Si Pasar Digital",
        "Objection of Kota Uji: Si Pasar Digital",
    ),
    NotificationKind.OBJECTION_ANSWERED: (
        "Sanggahan dijawab: Si Pasar Digital",
        "Objection answered: Si Pasar Digital",
    ),
    NotificationKind.FOLLOW_UP_PLANNED: (
        "Tindak lanjut untuk Dinas Koperasi",
        "Follow-up for Dinas Koperasi",
    ),
    NotificationKind.SECTION_ASSIGNED: (
        "Tugas menulis: Visi Smart City",
        "To write: Visi Smart City",
    ),
    NotificationKind.SECTION_READY: (
        "Siap diperiksa: Visi Smart City",
        "Ready to be checked: Visi Smart City",
    ),
    NotificationKind.SECTION_RETURNED: (
        "Perlu diperbaiki: Visi Smart City",
        "To be improved: Visi Smart City",
    ),
    NotificationKind.VERSION_FROZEN: (
        "Masterplan dibekukan: versi 3",
        "Masterplan frozen: version 3",
    ),
    NotificationKind.PLAN_ADOPTED: (
        "Masterplan ditetapkan: Perwali 12/2022",
        "Masterplan adopted: Perwali 12/2022",
    ),
    NotificationKind.PLAN_FORKED: (
        "Masterplan dilanjutkan dari versi 3",
        "Masterplan goes on from version 3",
    ),
    NotificationKind.ASSESSMENT_ASSIGNED: (
        "Asesmen Kota Uji 2022 menanti Anda",
        "The 2022 assessment of Kota Uji awaits you",
    ),
    NotificationKind.ASSESSMENT_RELEASED: (
        "Anda dilepas dari asesmen Kota Uji 2022",
        "You were released from the 2022 assessment of Kota Uji",
    ),
    NotificationKind.ASSESSMENT_RETURNED: (
        "Asesmen Kota Uji 2022 dikembalikan kepada Anda",
        "The 2022 assessment of Kota Uji was given back to you",
    ),
    NotificationKind.VERDICT_SELECTED: (
        "Kota Uji terpilih untuk angkatan 2022",
        "Kota Uji is selected for the cohort of 2022",
    ),
    NotificationKind.VERDICT_RESERVE: (
        "Kota Uji masuk daftar cadangan angkatan 2022",
        "Kota Uji is on the reserve list of the cohort of 2022",
    ),
    NotificationKind.VERDICT_NOT_SELECTED: (
        "Kota Uji belum terpilih untuk angkatan 2022",
        "Kota Uji is not selected for the cohort of 2022",
    ),
    NotificationKind.INNOVATION_REPLICATED: (
        "Kota Contoh mereplikasi inovasi Anda: Si Pasar Digital",
        "Kota Contoh replicates your innovation: Si Pasar Digital",
    ),
    NotificationKind.EXPERT_ASSIGNED: (
        "Penugasan baru: Kota Uji, siklus 2022",
        "New assignment: Kota Uji, cycle of 2022",
    ),
    NotificationKind.EXPERT_RELEASED: (
        "Penugasan berakhir: Kota Uji, siklus 2022",
        "Assignment ended: Kota Uji, cycle of 2022",
    ),
    NotificationKind.UNIT_REORGANISED: (
        "Dinas Koperasi menjadi Dinas Koperasi dan UKM",
        "Dinas Koperasi becomes Dinas Koperasi dan UKM",
    ),
    NotificationKind.UNIT_ENDED: ("Dinas Koperasi berakhir", "Dinas Koperasi has ended"),
}
