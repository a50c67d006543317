"""The words of notifications about innovations and their review."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_INNOVATION_ID = (("Inovasi", "name"), ("Perangkat daerah", "unit"), ("Daerah", "city"))
_MANY_ID = (
    ("Inovasi", "name"),
    ("Jumlah", "count"),
    ("Perangkat daerah", "unit"),
    ("Daerah", "city"),
)
_OF_THE_UNIT_ID = (
    "Anda menerima surel ini karena Anda pengelola {unit} atau pembuat usulan ini di {city}."
)

INDONESIAN: dict[Kind, Wording] = {
    Kind.SUBMITTED: Wording(
        subject="Usulan untuk disahkan: {name}",
        opening="{unit} mengajukan inovasi “{name}” dan menunggu pengesahan {city}.",
        details=(*_INNOVATION_ID, ("Revisi", "revision")),
        next_step="Periksa isinya, lalu sahkan atau kembalikan dengan alasan yang jelas.",
        action="Periksa usulan",
        why="Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas.",
    ),
    Kind.SUBMITTED_MANY: Wording(
        subject="{count} usulan untuk disahkan: {unit}",
        opening="{count} inovasi dari {unit} diajukan sekaligus dan menunggu pengesahan {city}.",
        details=_MANY_ID,
        next_step="Periksa isinya, lalu sahkan atau kembalikan dengan alasan yang jelas.",
        action="Periksa usulan",
        why="Anda menerima surel ini karena Anda admin atau Bappeda {city} di Kota Cerdas.",
    ),
    Kind.ENDORSED: Wording(
        subject="Siap ditelaah: {name}",
        opening="{city} mengesahkan inovasi “{name}” dari {unit}. Usulan ini siap Anda telaah.",
        details=_INNOVATION_ID,
        next_step="Mulai telaah, beri catatan pada bagian yang perlu, lalu berikan putusan.",
        action="Mulai telaah",
        why="Anda menerima surel ini karena Anda tenaga ahli pendamping {city}.",
    ),
    Kind.ENDORSED_MANY: Wording(
        subject="{count} usulan siap ditelaah: {city}",
        opening="{city} mengesahkan {count} inovasi dari {unit}. Semuanya siap Anda telaah.",
        details=_MANY_ID,
        next_step="Mulai telaah, beri catatan pada bagian yang perlu, lalu berikan putusan.",
        action="Mulai telaah",
        why="Anda menerima surel ini karena Anda tenaga ahli pendamping {city}.",
    ),
    Kind.RETURNED: Wording(
        subject="Perlu diperbaiki: {name}",
        opening="Inovasi “{name}” dikembalikan untuk diperbaiki.",
        details=_INNOVATION_ID,
        quote=("Alasan", "reason"),
        next_step=(
            "Perbaiki usulan dan jawab setiap catatan yang masih terbuka,"
            " lalu kepala perangkat daerah mengajukannya kembali."
        ),
        action="Perbaiki usulan",
        why=_OF_THE_UNIT_ID,
    ),
    Kind.ACCEPTED: Wording(
        subject="Diterima: {name}",
        opening="Selamat! Inovasi “{name}” diterima oleh tenaga ahli.",
        details=_INNOVATION_ID,
        quote=("Catatan tenaga ahli", "reason"),
        next_step=(
            "Tidak ada yang perlu Anda kerjakan sekarang."
            " Bappeda menempatkannya sebagai program di masterplan."
        ),
        action="Lihat usulan",
        why=_OF_THE_UNIT_ID,
    ),
    Kind.REJECTED: Wording(
        subject="Tidak diterima: {name}",
        opening="Inovasi “{name}” tidak diterima. Terima kasih atas kerja {unit}.",
        details=_INNOVATION_ID,
        quote=("Alasan", "reason"),
        next_step=(
            "Usulan ini tidak dapat diajukan kembali. Pelajari alasannya;"
            " gagasan yang sudah diperbaiki dapat diajukan sebagai usulan baru."
        ),
        action="Baca putusan",
        why=_OF_THE_UNIT_ID,
    ),
    Kind.REMARK: Wording(
        subject="Catatan baru pada {name}",
        opening="Tenaga ahli memberi catatan pada bagian {anchor} dari inovasi “{name}”.",
        details=(*_INNOVATION_ID, ("Bagian", "anchor")),
        quote=("Catatan", "text"),
        next_step="Baca catatannya dan siapkan jawaban beserta perbaikannya.",
        action="Buka catatan",
        why=_OF_THE_UNIT_ID,
    ),
    Kind.INNOVATION_REPLICATED: Wording(
        subject="{adopter} mereplikasi inovasi Anda: {name}",
        opening="{adopter} memulai usulan dari inovasi “{name}” yang diterbitkan {city}. Selamat!",
        details=(("Inovasi", "name"), ("Daerah yang mereplikasi", "adopter"), ("Daerah", "city")),
        next_step=(
            "Tidak ada yang wajib Anda kerjakan. Hubungi {adopter} bila perangkat daerah Anda"
            " dapat berbagi pengalaman."
        ),
        action="Lihat inovasinya",
        why="Anda menerima surel ini karena Anda admin {city} di Kota Cerdas.",
    ),
}

_INNOVATION_EN = (("Innovation", "name"), ("Department", "unit"), ("City", "city"))
_MANY_EN = (("Innovations", "name"), ("Number", "count"), ("Department", "unit"), ("City", "city"))
_OF_THE_UNIT_EN = (
    "You receive this mail because you work for {unit} or entered this submission in {city}."
)

ENGLISH: dict[Kind, Wording] = {
    Kind.SUBMITTED: Wording(
        subject="Submission to endorse: {name}",
        opening="{unit} submitted the innovation “{name}”. It awaits the endorsement of {city}.",
        details=(*_INNOVATION_EN, ("Revision", "revision")),
        next_step="Check it, then endorse it, or return it with a clear reason.",
        action="Check the submission",
        why="You receive this mail because you are administrator or Bappeda of {city}.",
    ),
    Kind.SUBMITTED_MANY: Wording(
        subject="{count} submissions to endorse: {unit}",
        opening=(
            "{count} innovations of {unit} were submitted together"
            " and wait for the endorsement of {city}."
        ),
        details=_MANY_EN,
        next_step="Check them, then endorse or return each with a clear reason.",
        action="Check the submissions",
        why="You receive this mail because you are administrator or Bappeda of {city}.",
    ),
    Kind.ENDORSED: Wording(
        subject="Ready for review: {name}",
        opening="{city} endorsed the innovation “{name}” of {unit}. It is ready for your review.",
        details=_INNOVATION_EN,
        next_step="Start the review, remark on the parts that need it, then give your verdict.",
        action="Start the review",
        why="You receive this mail because you are an expert for {city}.",
    ),
    Kind.ENDORSED_MANY: Wording(
        subject="{count} submissions ready for review: {city}",
        opening="{city} endorsed {count} innovations of {unit}. All are ready for your review.",
        details=_MANY_EN,
        next_step="Start the reviews, remark on what needs it, then give your verdicts.",
        action="Start the reviews",
        why="You receive this mail because you are an expert for {city}.",
    ),
    Kind.RETURNED: Wording(
        subject="Needs revision: {name}",
        opening="The innovation “{name}” was returned for revision.",
        details=_INNOVATION_EN,
        quote=("Reason", "reason"),
        next_step=(
            "Revise the submission and answer each open remark;"
            " then the head of the department submits it again."
        ),
        action="Revise the submission",
        why=_OF_THE_UNIT_EN,
    ),
    Kind.ACCEPTED: Wording(
        subject="Accepted: {name}",
        opening="Congratulations! The experts accepted the innovation “{name}”.",
        details=_INNOVATION_EN,
        quote=("The expert's comment", "reason"),
        next_step=(
            "There is nothing for you to do now."
            " Bappeda places it as a programme of the masterplan."
        ),
        action="See the submission",
        why=_OF_THE_UNIT_EN,
    ),
    Kind.REJECTED: Wording(
        subject="Not accepted: {name}",
        opening="The innovation “{name}” was not accepted. Thank you for the work of {unit}.",
        details=_INNOVATION_EN,
        quote=("Reason", "reason"),
        next_step=(
            "This submission cannot be submitted again. Study the reason;"
            " an improved idea is welcome as a new submission."
        ),
        action="Read the verdict",
        why=_OF_THE_UNIT_EN,
    ),
    Kind.REMARK: Wording(
        subject="New remark on {name}",
        opening="An expert remarked on the part {anchor} of the innovation “{name}”.",
        details=(*_INNOVATION_EN, ("Part", "anchor")),
        quote=("Remark", "text"),
        next_step="Read the remark and prepare your answer and the revision.",
        action="Open the remark",
        why=_OF_THE_UNIT_EN,
    ),
    Kind.INNOVATION_REPLICATED: Wording(
        subject="{adopter} replicates your innovation: {name}",
        opening=(
            "Congratulations! {adopter} began a draft from the innovation “{name}”"
            " that {city} has published."
        ),
        details=(("Innovation", "name"), ("Replicated by", "adopter"), ("City", "city")),
        next_step=(
            "There is nothing that you have to do."
            " Write to {adopter} if your department can share its experience."
        ),
        action="See the innovation",
        why="You receive this mail because you are administrator of {city}.",
    ),
}
