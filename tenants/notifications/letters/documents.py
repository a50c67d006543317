"""The words of notifications about books and exports."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_BOOK_ID = (("Dokumen", "name"), ("Halaman", "pages"), ("Daerah", "city"))
_FAILED_BOOK_ID = (("Dokumen", "name"), ("Kode pekerjaan", "job"), ("Daerah", "city"))
_EXPORT_ID = (("Ekspor", "name"), ("Baris", "rows"), ("Tersedia sampai", "expires_at"))
_FAILED_EXPORT_ID = (("Ekspor", "name"), ("Kode pekerjaan", "job"))
_OF_THE_BOOK_ID = (
    "Anda menerima surel ini karena Anda meminta dokumen ini atau admin {city} di Kota Cerdas."
)
_OF_THE_EXPORT_ID = "Anda menerima surel ini karena Anda meminta ekspor ini di Kota Cerdas."

INDONESIAN: dict[Kind, Wording] = {
    Kind.BOOK_READY: Wording(
        subject="Dokumen siap diunduh: {name}",
        opening="Dokumen “{name}” selesai dibuat dan siap diunduh.",
        details=_BOOK_ID,
        next_step=(
            "Unduh dokumennya dan periksa isinya."
            " Demi keamanan, tautan unduhan dibuat setelah Anda masuk dan berlaku sebentar."
        ),
        action="Unduh dokumen",
        why=_OF_THE_BOOK_ID,
    ),
    Kind.BOOK_FAILED: Wording(
        subject="Dokumen gagal dibuat: {name}",
        opening="Dokumen “{name}” belum dapat dibuat. Data Anda aman dan tidak berubah.",
        details=_FAILED_BOOK_ID,
        quote=("Sebab", "reason"),
        next_step=(
            "Perbaiki bila sebabnya ada pada isi, lalu minta dokumen sekali lagi."
            " Bila tetap gagal, kirim kode pekerjaan di atas kepada operator Kota Cerdas."
        ),
        action="Minta sekali lagi",
        why=_OF_THE_BOOK_ID,
    ),
    Kind.EXPORT_READY: Wording(
        subject="Ekspor siap diunduh: {name}",
        opening="Ekspor “{name}” selesai dibuat dan siap diunduh.",
        details=_EXPORT_ID,
        next_step=(
            "Unduh berkasnya sebelum waktu di atas; sesudahnya berkas dihapus."
            " Demi keamanan, tautan unduhan dibuat setelah Anda masuk dan berlaku sebentar."
        ),
        action="Unduh ekspor",
        why=_OF_THE_EXPORT_ID,
    ),
    Kind.EXPORT_FAILED: Wording(
        subject="Ekspor gagal dibuat: {name}",
        opening="Ekspor “{name}” belum dapat dibuat. Data Anda aman dan tidak berubah.",
        details=_FAILED_EXPORT_ID,
        quote=("Sebab", "reason"),
        next_step=(
            "Atasi sebabnya, lalu minta ekspor sekali lagi."
            " Bila tetap gagal, kirim kode pekerjaan di atas kepada operator Kota Cerdas."
        ),
        action="Minta sekali lagi",
        why=_OF_THE_EXPORT_ID,
    ),
}

_BOOK_EN = (("Document", "name"), ("Pages", "pages"), ("City", "city"))
_FAILED_BOOK_EN = (("Document", "name"), ("Job code", "job"), ("City", "city"))
_EXPORT_EN = (("Export", "name"), ("Rows", "rows"), ("Available until", "expires_at"))
_FAILED_EXPORT_EN = (("Export", "name"), ("Job code", "job"))
_OF_THE_BOOK_EN = (
    "You receive this mail because you asked for this document or administer {city} in Kota Cerdas."
)
_OF_THE_EXPORT_EN = "You receive this mail because you asked for this export in Kota Cerdas."

ENGLISH: dict[Kind, Wording] = {
    Kind.BOOK_READY: Wording(
        subject="Document ready: {name}",
        opening="The document “{name}” is finished and ready for download.",
        details=_BOOK_EN,
        next_step=(
            "Download the document and check it."
            " For safety the download link is made after you sign in and is short-lived."
        ),
        action="Download the document",
        why=_OF_THE_BOOK_EN,
    ),
    Kind.BOOK_FAILED: Wording(
        subject="Document failed: {name}",
        opening="The document “{name}” could not be made. Your data is safe and unchanged.",
        details=_FAILED_BOOK_EN,
        quote=("Cause", "reason"),
        next_step=(
            "If the cause lies in the content, correct it, then ask for the document once more."
            " If it fails again, send the job code above to the operator of Kota Cerdas."
        ),
        action="Ask once more",
        why=_OF_THE_BOOK_EN,
    ),
    Kind.EXPORT_READY: Wording(
        subject="Export ready: {name}",
        opening="The export “{name}” is finished and ready for download.",
        details=_EXPORT_EN,
        next_step=(
            "Download the file before the time above; it is deleted then."
            " For safety the download link is made after you sign in and is short-lived."
        ),
        action="Download the export",
        why=_OF_THE_EXPORT_EN,
    ),
    Kind.EXPORT_FAILED: Wording(
        subject="Export failed: {name}",
        opening="The export “{name}” could not be made. Your data is safe and unchanged.",
        details=_FAILED_EXPORT_EN,
        quote=("Cause", "reason"),
        next_step=(
            "Remove the cause, then ask for the export once more."
            " If it fails again, send the job code above to the operator of Kota Cerdas."
        ),
        action="Ask once more",
        why=_OF_THE_EXPORT_EN,
    ),
}
