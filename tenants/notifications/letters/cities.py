"""The words of notifications about invitations and deadlines."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

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
}
