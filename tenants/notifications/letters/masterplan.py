"""The words of notifications about the masterplan, its sections and versions."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_SECTION_ID = (("Subbab", "title"), ("Bab", "chapter"), ("Buku", "book"), ("Daerah", "city"))
_PLAN_ID = (("Masterplan", "title"), ("Versi", "number"), ("Daerah", "city"))
_OF_THE_OWNER_ID = (
    "Anda menerima surel ini karena bagian ini ditugaskan kepada Anda"
    " atau perangkat daerah Anda di {city}."
)
_OF_THE_PLAN_ID = "Anda menerima surel ini karena Anda ikut menyusun masterplan {city}."

INDONESIAN: dict[Kind, Wording] = {
    Kind.SECTION_ASSIGNED: Wording(
        subject="Tugas menulis: {title}",
        opening="Bagian “{title}” dari masterplan {city} ditugaskan kepada Anda.",
        details=_SECTION_ID,
        next_step="Buka bagian itu, baca pedomannya, tulis isinya, lalu nyatakan siap.",
        action="Mulai menulis",
        why=_OF_THE_OWNER_ID,
    ),
    Kind.SECTION_READY: Wording(
        subject="Siap diperiksa: {title}",
        opening="Subbab “{title}” dinyatakan siap oleh penulisnya.",
        details=_SECTION_ID,
        next_step="Periksa isinya, lalu setujui atau buka kembali dengan alasan yang jelas.",
        action="Periksa subbab",
        why="Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas.",
    ),
    Kind.SECTION_RETURNED: Wording(
        subject="Perlu diperbaiki: {title}",
        opening="Subbab “{title}” dibuka kembali untuk diperbaiki.",
        details=_SECTION_ID,
        quote=("Alasan", "note"),
        next_step="Perbaiki isinya sesuai alasan di atas, lalu nyatakan siap kembali.",
        action="Perbaiki subbab",
        why=_OF_THE_OWNER_ID,
    ),
    Kind.VERSION_FROZEN: Wording(
        subject="Masterplan dibekukan: versi {number}",
        opening="“{title}” dibekukan menjadi versi {number}; isinya tidak berubah lagi.",
        details=_PLAN_ID,
        next_step=(
            "Unduh bukunya atau bandingkan dengan versi sebelumnya."
            " Perubahan sesudah ini masuk ke versi berikutnya."
        ),
        action="Buka versi ini",
        why=_OF_THE_PLAN_ID,
    ),
    Kind.PLAN_ADOPTED: Wording(
        subject="Masterplan ditetapkan: {regulation}",
        opening="Versi {number} dari “{title}” ditetapkan dengan {regulation}.",
        details=(*_PLAN_ID, ("Peraturan", "regulation"), ("Ditandatangani", "signed_on")),
        next_step="Laksanakan programnya sesuai peta jalan, dan publikasikan versi ini.",
        action="Buka masterplan",
        why=_OF_THE_PLAN_ID,
    ),
    Kind.PLAN_FORKED: Wording(
        subject="Masterplan dilanjutkan dari versi {number}",
        opening=(
            "Salinan kerja “{title}” kini sama dengan versi {number}."
            " Isi sebelumnya tersimpan sebagai versi {kept}."
        ),
        details=_PLAN_ID,
        next_step="Muat ulang bagian yang sedang Anda ubah, lalu lanjutkan dari isi ini.",
        action="Buka masterplan",
        why=_OF_THE_PLAN_ID,
    ),
}

_SECTION_EN = (("Section", "title"), ("Chapter", "chapter"), ("Book", "book"), ("City", "city"))
_PLAN_EN = (("Masterplan", "title"), ("Version", "number"), ("City", "city"))
_OF_THE_OWNER_EN = (
    "You receive this mail because this part was given to you or to your unit in {city}."
)
_OF_THE_PLAN_EN = "You receive this mail because you take part in the masterplan of {city}."

ENGLISH: dict[Kind, Wording] = {
    Kind.SECTION_ASSIGNED: Wording(
        subject="To write: {title}",
        opening="The part “{title}” of the masterplan of {city} was given to you.",
        details=_SECTION_EN,
        next_step="Open it, read its guide, write the text, then hand it in.",
        action="Start writing",
        why=_OF_THE_OWNER_EN,
    ),
    Kind.SECTION_READY: Wording(
        subject="Ready to be checked: {title}",
        opening="The section “{title}” was handed in by its author.",
        details=_SECTION_EN,
        next_step="Check the text, then approve it, or reopen it with a clear reason.",
        action="Check the section",
        why="You receive this mail because you are an administrator or Bappeda of {city}.",
    ),
    Kind.SECTION_RETURNED: Wording(
        subject="To be improved: {title}",
        opening="The section “{title}” was reopened to be improved.",
        details=_SECTION_EN,
        quote=("Reason", "note"),
        next_step="Improve the text for the reason above, then hand it in again.",
        action="Improve the section",
        why=_OF_THE_OWNER_EN,
    ),
    Kind.VERSION_FROZEN: Wording(
        subject="Masterplan frozen: version {number}",
        opening="“{title}” was frozen as version {number}; it changes no more.",
        details=_PLAN_EN,
        next_step=(
            "Download its book, or compare it with the version before."
            " Later changes belong to the next version."
        ),
        action="Open the version",
        why=_OF_THE_PLAN_EN,
    ),
    Kind.PLAN_ADOPTED: Wording(
        subject="Masterplan adopted: {regulation}",
        opening="Version {number} of “{title}” was adopted by {regulation}.",
        details=(*_PLAN_EN, ("Regulation", "regulation"), ("Signed on", "signed_on")),
        next_step="Carry its programmes out by the roadmap, and publish the version.",
        action="Open the masterplan",
        why=_OF_THE_PLAN_EN,
    ),
    Kind.PLAN_FORKED: Wording(
        subject="Masterplan goes on from version {number}",
        opening=(
            "The working copy of “{title}” is the same as version {number} now."
            " What it was before is kept as version {kept}."
        ),
        details=_PLAN_EN,
        next_step="Reload what you are changing, then go on from these contents.",
        action="Open the masterplan",
        why=_OF_THE_PLAN_EN,
    ),
}
