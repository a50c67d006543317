"""The words of notifications about experts' assignments."""

from __future__ import annotations

from tenants.notifications.models import NotificationKind as Kind
from tenants.notifications.wording import Wording

INDONESIAN: dict[Kind, Wording] = {
    Kind.EXPERT_ASSIGNED: Wording(
        subject="Penugasan baru: {city}, siklus {year}",
        opening="Anda ditugaskan untuk {city} pada siklus {year}.",
        details=(("Peran", "part"), ("Daerah", "city"), ("Menggantikan", "name")),
        next_step="Buka daftar telaah Anda; bila Anda menggantikan seseorang, baca catatannya.",
        action="Buka penugasan",
        why="Anda menerima surel ini karena Anda tenaga ahli untuk {city}.",
    ),
    Kind.EXPERT_RELEASED: Wording(
        subject="Penugasan berakhir: {city}, siklus {year}",
        opening="Penugasan Anda untuk {city} pada siklus {year} berakhir. Terima kasih.",
        details=(("Peran", "part"), ("Daerah", "city"), ("Dilanjutkan oleh", "name")),
        next_step="Anda tidak perlu melakukan apa pun; data {city} tidak lagi terbuka bagi Anda"
        " kecuali Anda memegang peran lain di sana.",
        action="Lihat penugasan Anda",
        why="Anda menerima surel ini karena Anda pernah menjadi tenaga ahli untuk {city}.",
    ),
}

ENGLISH: dict[Kind, Wording] = {
    Kind.EXPERT_ASSIGNED: Wording(
        subject="New assignment: {city}, cycle of {year}",
        opening="You are assigned to {city} for the cycle of {year}.",
        details=(("Part", "part"), ("City or regency", "city"), ("In place of", "name")),
        next_step="Open your review inbox; if you replace somebody, read their notes.",
        action="Open the assignment",
        why="You receive this mail because you are an expert for {city}.",
    ),
    Kind.EXPERT_RELEASED: Wording(
        subject="Assignment ended: {city}, cycle of {year}",
        opening="Your assignment to {city} for the cycle of {year} has ended. Thank you.",
        details=(("Part", "part"), ("City or regency", "city"), ("Continued by", "name")),
        next_step="You need not do anything; what {city} owns is no longer open to you"
        " unless you hold another role there.",
        action="See your assignments",
        why="You receive this mail because you were an expert for {city}.",
    ),
}
