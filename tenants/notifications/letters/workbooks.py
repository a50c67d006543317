"""The words of notifications about workbooks."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

INDONESIAN: dict[Kind, Wording] = {
    Kind.WORKBOOK_SAVED: Wording(
        subject="Buku kerja disimpan: {name}",
        opening=(
            "Buku kerja “{name}” disimpan seluruhnya: {created} baris baru, {changed} baris diubah."
        ),
        details=(("Berkas", "name"), ("Baris baru", "created"), ("Baris diubah", "changed")),
        next_step=(
            "Periksa program atau inovasi perangkat daerah Anda. Riwayatnya mencatat nilai lama"
            " dan nilai baru dari setiap baris."
        ),
        action="Lihat perubahannya",
        why=(
            "Anda menerima surel ini karena Anda mengunggah buku kerja ini atau perangkat daerah"
            " Anda memiliki baris di dalamnya ({city})."
        ),
    ),
}

ENGLISH: dict[Kind, Wording] = {
    Kind.WORKBOOK_SAVED: Wording(
        subject="Workbook saved: {name}",
        opening=(
            "The workbook “{name}” was saved as a whole: {created} new rows, {changed} changed."
        ),
        details=(("File", "name"), ("New rows", "created"), ("Changed rows", "changed")),
        next_step=(
            "Look through your unit's programmes or innovations. Their history has the former and"
            " the new values of each row."
        ),
        action="See what changed",
        why=(
            "You receive this mail because you uploaded this workbook, or your unit has rows in it"
            " ({city})."
        ),
    ),
}
