"""The words of every notification in Indonesian."""

from __future__ import annotations

from kotacerdas.identity.role_names import ROLE_NAMES
from tenants.notifications.models import NotificationKind
from tenants.notifications.wording import Language, Wording

_GREETING = "Yth. {person},"
_CLOSING = (
    "Surel ini dikirim otomatis oleh Kota Cerdas. Balasan tidak dibaca;"
    " hubungi admin daerah Anda bila perlu bantuan."
)
_SHORTENED = "(Dipotong; selengkapnya ada di Kota Cerdas.)"

_FIELDS = {
    "name": "Nama inovasi",
    "dimension": "Pilar",
    "kind": "Bentuk",
    "maturity": "Tahap kematangan",
    "problem": "Masalah",
    "solution": "Solusi",
    "benefit": "Manfaat",
    "uniqueness": "Keunikan",
    "partners": "Mitra",
    "replication": "Replikasi",
    "sustainability": "Keberlanjutan",
    "risks": "Risiko",
    "resources": "Sumber daya",
    "budget_rupiah": "Anggaran",
}

_DAYS = {"0": "hari ini", "1": "besok"}
_MORE_DAYS = "{days} hari lagi"

_ROLES = {role: name.id for role, name in ROLE_NAMES.items()}
_NATION = "kementerian"
_INVITATION = Wording(
    subject="Undangan Kota Cerdas: {role}, {city}",
    opening="Anda diundang ke Kota Cerdas, platform masterplan kota cerdas.",
    details=(
        ("Peran", "role"),
        ("Perangkat daerah", "unit"),
        ("Daerah", "city"),
        ("Berlaku sampai", "expires_at"),
    ),
    next_step=(
        "Terima undangan ini dan tentukan kata sandi Anda;"
        " bila sudah punya akun, pakai kata sandi akun itu."
        " Tautannya hanya dapat dipakai sekali dan sampai waktu di atas; jangan diteruskan."
    ),
    action="Terima undangan",
    why=(
        "Anda menerima surel ini karena admin {city} memasukkan alamat Anda."
        " Bila keliru, abaikan saja: tidak ada yang terjadi tanpa Anda."
    ),
)

_INNOVATION = (("Inovasi", "name"), ("Perangkat daerah", "unit"), ("Daerah", "city"))
_BOOK = (("Dokumen", "name"), ("Halaman", "pages"), ("Daerah", "city"))
_FAILED_BOOK = (("Dokumen", "name"), ("Kode pekerjaan", "job"), ("Daerah", "city"))
_MANY = (
    ("Inovasi", "name"),
    ("Jumlah", "count"),
    ("Perangkat daerah", "unit"),
    ("Daerah", "city"),
)
_EXPORT = (("Ekspor", "name"), ("Baris", "rows"), ("Tersedia sampai", "expires_at"))
_FAILED_EXPORT = (("Ekspor", "name"), ("Kode pekerjaan", "job"))
_OF_THE_UNIT = (
    "Anda menerima surel ini karena Anda pengelola {unit} atau pembuat usulan ini di {city}."
)
_OF_THE_BOOK = (
    "Anda menerima surel ini karena Anda meminta dokumen ini atau admin {city} di Kota Cerdas."
)

_OF_THE_EXPORT = "Anda menerima surel ini karena Anda meminta ekspor ini di Kota Cerdas."

_K = NotificationKind
_KINDS: dict[NotificationKind, Wording] = {
    _K.INVITED: Wording(
        subject="{city} diundang mengikuti Gerakan Menuju Smart City {year}",
        opening="{city} diundang mengikuti Gerakan Menuju Smart City angkatan {year}.",
        details=(("Daerah", "city"), ("Angkatan", "year"), ("Tanggal undangan", "occurred_on")),
        next_step=(
            "Daftarkan perangkat daerah dan undang pengelolanya,"
            " agar daerah Anda siap ketika asesmen dimulai."
        ),
        action="Buka keikutsertaan",
        why="Anda menerima surel ini karena Anda admin {city} di Kota Cerdas.",
    ),
    _K.SUBMITTED: Wording(
        subject="Usulan untuk disahkan: {name}",
        opening="{unit} mengajukan inovasi “{name}” dan menunggu pengesahan {city}.",
        details=(*_INNOVATION, ("Revisi", "revision")),
        next_step="Periksa isinya, lalu sahkan atau kembalikan dengan alasan yang jelas.",
        action="Periksa usulan",
        why="Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas.",
    ),
    _K.SUBMITTED_MANY: Wording(
        subject="{count} usulan untuk disahkan: {unit}",
        opening="{count} inovasi dari {unit} diajukan sekaligus dan menunggu pengesahan {city}.",
        details=_MANY,
        next_step="Periksa isinya, lalu sahkan atau kembalikan dengan alasan yang jelas.",
        action="Periksa usulan",
        why="Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas.",
    ),
    _K.ENDORSED: Wording(
        subject="Siap ditelaah: {name}",
        opening="{city} mengesahkan inovasi “{name}” dari {unit}. Usulan ini siap Anda telaah.",
        details=_INNOVATION,
        next_step="Mulai telaah, beri catatan pada bagian yang perlu, lalu berikan putusan.",
        action="Mulai telaah",
        why="Anda menerima surel ini karena Anda tenaga ahli pendamping {city}.",
    ),
    _K.ENDORSED_MANY: Wording(
        subject="{count} usulan siap ditelaah: {city}",
        opening="{city} mengesahkan {count} inovasi dari {unit}. Semuanya siap Anda telaah.",
        details=_MANY,
        next_step="Mulai telaah, beri catatan pada bagian yang perlu, lalu berikan putusan.",
        action="Mulai telaah",
        why="Anda menerima surel ini karena Anda tenaga ahli pendamping {city}.",
    ),
    _K.RETURNED: Wording(
        subject="Perlu diperbaiki: {name}",
        opening="Inovasi “{name}” dikembalikan untuk diperbaiki.",
        details=_INNOVATION,
        quote=("Alasan", "reason"),
        next_step=(
            "Perbaiki usulan dan jawab setiap catatan yang masih terbuka,"
            " lalu kepala perangkat daerah mengajukannya kembali."
        ),
        action="Perbaiki usulan",
        why=_OF_THE_UNIT,
    ),
    _K.ACCEPTED: Wording(
        subject="Diterima: {name}",
        opening="Selamat! Inovasi “{name}” diterima oleh tenaga ahli.",
        details=_INNOVATION,
        quote=("Catatan tenaga ahli", "reason"),
        next_step=(
            "Tidak ada yang perlu Anda kerjakan sekarang."
            " Bappeda menempatkannya sebagai program di masterplan."
        ),
        action="Lihat usulan",
        why=_OF_THE_UNIT,
    ),
    _K.REJECTED: Wording(
        subject="Tidak diterima: {name}",
        opening="Inovasi “{name}” tidak diterima. Terima kasih atas kerja {unit}.",
        details=_INNOVATION,
        quote=("Alasan", "reason"),
        next_step=(
            "Usulan ini tidak dapat diajukan kembali. Pelajari alasannya;"
            " gagasan yang sudah diperbaiki dapat diajukan sebagai usulan baru."
        ),
        action="Baca putusan",
        why=_OF_THE_UNIT,
    ),
    _K.REMARK: Wording(
        subject="Catatan baru pada {name}",
        opening="Tenaga ahli memberi catatan pada bagian {anchor} dari inovasi “{name}”.",
        details=(*_INNOVATION, ("Bagian", "anchor")),
        quote=("Catatan", "text"),
        next_step="Baca catatannya dan siapkan jawaban beserta perbaikannya.",
        action="Buka catatan",
        why=_OF_THE_UNIT,
    ),
    _K.BOOK_READY: Wording(
        subject="Dokumen siap diunduh: {name}",
        opening="Dokumen “{name}” selesai dibuat dan siap diunduh.",
        details=_BOOK,
        next_step=(
            "Unduh dokumennya dan periksa isinya."
            " Demi keamanan, tautan unduhan dibuat setelah Anda masuk dan berlaku sebentar."
        ),
        action="Unduh dokumen",
        why=_OF_THE_BOOK,
    ),
    _K.BOOK_FAILED: Wording(
        subject="Dokumen gagal dibuat: {name}",
        opening="Dokumen “{name}” belum dapat dibuat. Data Anda aman dan tidak berubah.",
        details=_FAILED_BOOK,
        quote=("Sebab", "reason"),
        next_step=(
            "Perbaiki bila sebabnya ada pada isi, lalu minta dokumen sekali lagi."
            " Bila tetap gagal, kirim kode pekerjaan di atas kepada operator Kota Cerdas."
        ),
        action="Minta sekali lagi",
        why=_OF_THE_BOOK,
    ),
    _K.EXPORT_READY: Wording(
        subject="Ekspor siap diunduh: {name}",
        opening="Ekspor “{name}” selesai dibuat dan siap diunduh.",
        details=_EXPORT,
        next_step=(
            "Unduh berkasnya sebelum waktu di atas; sesudahnya berkas dihapus."
            " Demi keamanan, tautan unduhan dibuat setelah Anda masuk dan berlaku sebentar."
        ),
        action="Unduh ekspor",
        why=_OF_THE_EXPORT,
    ),
    _K.EXPORT_FAILED: Wording(
        subject="Ekspor gagal dibuat: {name}",
        opening="Ekspor “{name}” belum dapat dibuat. Data Anda aman dan tidak berubah.",
        details=_FAILED_EXPORT,
        quote=("Sebab", "reason"),
        next_step=(
            "Atasi sebabnya, lalu minta ekspor sekali lagi."
            " Bila tetap gagal, kirim kode pekerjaan di atas kepada operator Kota Cerdas."
        ),
        action="Minta sekali lagi",
        why=_OF_THE_EXPORT,
    ),
    _K.DEADLINE: Wording(
        subject="Tenggat {days}: {name}",
        opening="Tenggat “{name}” di {city} tiba {days}.",
        details=(("Tenggat", "name"), ("Waktu", "due_at"), ("Daerah", "city")),
        next_step=(
            "Selesaikan yang masih terbuka sebelum tenggat itu."
            " Bila sudah selesai, admin daerah dapat menandainya agar pengingat berhenti."
        ),
        action="Lihat tenggat",
        why=(
            "Anda menerima surel ini karena Anda admin, Bappeda,"
            " atau kepala perangkat daerah di {city}."
        ),
    ),
}

INDONESIAN = Language(
    greeting=_GREETING,
    closing=_CLOSING,
    shortened=_SHORTENED,
    fields=_FIELDS,
    days=_DAYS,
    more_days=_MORE_DAYS,
    roles=_ROLES,
    nation=_NATION,
    invitation=_INVITATION,
    kinds=_KINDS,
)
