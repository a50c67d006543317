"""Open work in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping

from tenants.reorganisation.open_work import WorkKind

NAMES = {
    WorkKind.INNOVATION: ("inovasi terbuka", "open innovations"),
    WorkKind.PROGRAMME: ("program yang dipimpin", "programmes that it leads"),
    WorkKind.SUPPORT: ("program yang didukung", "programmes that it supports"),
    WorkKind.CHAPTER: ("bab", "chapters"),
    WorkKind.SECTION: ("subbab", "sections"),
    WorkKind.FOLLOW_UP: ("tindak lanjut", "follow-ups"),
    WorkKind.MEMBERSHIP: ("peran", "roles"),
    WorkKind.INVITATION: ("undangan", "invitations"),
}


def counted(work: Mapping[WorkKind, int]) -> tuple[str, str]:
    """Say how much of each kind: `2 inovasi terbuka, 1 subbab`."""
    kinds = [kind for kind in NAMES if work.get(kind)]
    return (
        ", ".join(f"{work[kind]} {NAMES[kind][0]}" for kind in kinds),
        ", ".join(f"{work[kind]} {NAMES[kind][1]}" for kind in kinds),
    )
