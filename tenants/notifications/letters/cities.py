"""The words of notifications about invitations and deadlines."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

_OF_THE_UNIT_ID = (
    "Anda menerima surel ini karena Anda bekerja untuk perangkat daerah itu,"
    " atau Anda admin atau Bappeda {city}."
)
_OF_THE_UNIT_EN = (
    "You receive this mail because you work for that department,"
    " or are administrator or Bappeda of {city}."
)

INDONESIAN: dict[Kind, Wording] = {
    Kind.INVITED: Wording(
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
    Kind.DEADLINE: Wording(
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
    Kind.UNIT_REORGANISED: Wording(
        subject="{unit} menjadi {successors}",
        opening="{unit} berakhir dan diteruskan oleh {successors}.",
        details=(
            ("Berakhir", "unit"),
            ("Diteruskan oleh", "successors"),
            ("Sejak", "occurred_on"),
            ("Daerah", "city"),
        ),
        next_step=(
            "Pekerjaan yang masih terbuka dan peran Anda ikut berpindah;"
            " yang sudah selesai tetap memakai nama lama. Periksa daftar tugas Anda."
        ),
        action="Lihat perangkat daerah",
        why=_OF_THE_UNIT_ID,
    ),
    Kind.UNIT_ENDED: Wording(
        subject="{unit} berakhir",
        opening="{unit} berakhir tanpa penerus.",
        details=(("Berakhir", "unit"), ("Sejak", "occurred_on"), ("Daerah", "city")),
        next_step=(
            "Peran Anda di perangkat daerah ini ikut berakhir."
            " Minta admin daerah memberi peran baru bila masih diperlukan."
        ),
        action="Lihat perangkat daerah",
        why=_OF_THE_UNIT_ID,
    ),
}


ENGLISH: dict[Kind, Wording] = {
    Kind.INVITED: Wording(
        subject="{city} is invited to Gerakan Menuju Smart City {year}",
        opening="{city} is invited to join the {year} cohort of Gerakan Menuju Smart City.",
        details=(("City", "city"), ("Cohort", "year"), ("Invited on", "occurred_on")),
        next_step=(
            "Enter your departments and invite the people who will work for them,"
            " so that the city is ready when the assessment begins."
        ),
        action="Open the participation",
        why="You receive this mail because you administer {city} in Kota Cerdas.",
    ),
    Kind.DEADLINE: Wording(
        subject="Deadline {days}: {name}",
        opening="The deadline “{name}” of {city} is {days}.",
        details=(("Deadline", "name"), ("Due", "due_at"), ("City", "city")),
        next_step=(
            "Finish what is still open before then."
            " Once it is done, the city's administrator can mark it and the reminders stop."
        ),
        action="See the deadline",
        why=(
            "You receive this mail because you are administrator, Bappeda"
            " or head of a department in {city}."
        ),
    ),
    Kind.UNIT_REORGANISED: Wording(
        subject="{unit} becomes {successors}",
        opening="{unit} has ended; {successors} carries on.",
        details=(
            ("Ended", "unit"),
            ("Carried on by", "successors"),
            ("Since", "occurred_on"),
            ("City", "city"),
        ),
        next_step=(
            "Open work and your role have moved along;"
            " what is closed keeps the old name. Look through your tasks."
        ),
        action="See the department",
        why=_OF_THE_UNIT_EN,
    ),
    Kind.UNIT_ENDED: Wording(
        subject="{unit} has ended",
        opening="{unit} has ended and nobody carries on.",
        details=(("Ended", "unit"), ("Since", "occurred_on"), ("City", "city")),
        next_step=(
            "Your role in this department has ended with it."
            " Ask the city's administrator for a new one if you need it."
        ),
        action="See the department",
        why=_OF_THE_UNIT_EN,
    ),
}
