"""The words of every notification in Indonesian."""

from __future__ import annotations

from kotacerdas.identity.role_names import ROLE_NAMES
from tenants.notifications import letters
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

INDONESIAN = Language(
    greeting=_GREETING,
    closing=_CLOSING,
    shortened=_SHORTENED,
    fields=_FIELDS,
    parts={"mentor": "pendamping", "assessor": "asesor"},
    days=_DAYS,
    more_days=_MORE_DAYS,
    roles=_ROLES,
    nation=_NATION,
    invitation=_INVITATION,
    kinds=letters.INDONESIAN,
)
