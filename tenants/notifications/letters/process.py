"""The words of notifications about signed papers."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

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
}

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
}
