"""A session's list of attendance as a CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import Invalid
from kotacerdas.scope import Scope, tenant_of
from kotacerdas.values import collect
from tenants.bimtek.attendance import Line, record_attendance
from tenants.bimtek.models import Presence, Workshop
from tenants.cli.lines import Fault, Heading, Sheet, bring, unit_meant
from tenants.cli.sheets import value_meant

WORDS = {
    Presence.PRESENT: ("hadir", "present"),
    Presence.EXCUSED: ("izin", "excused"),
    Presence.ABSENT: ("tidak hadir", "absent"),
}
SHEET = Sheet(
    columns=(
        Heading("unit", ("Perangkat daerah", "Department")),
        Heading("name", ("Nama", "Name")),
        Heading("presence", ("Kehadiran", "Presence")),
        Heading("position", ("Jabatan", "Position")),
        Heading("signedAt", ("Ditandatangani", "Signed at")),
    ),
    needed=("unit", "name"),
    path="lines",
)


def bring_in(
    database: Database, scope: Scope, file: Path, workshop_id: UUID, dry_run: bool
) -> tuple[int, list[Fault]]:
    """Bring a session's list in; return how many lines, and what is wrong at which."""

    def rule(session: Session, lines: list[Line]) -> object:
        row = session.get_one(Workshop, (tenant_of(session), workshop_id))
        return record_attendance(session, row.id, lines=lines, expected_version=row.version)

    return bring(database, scope, file, SHEET, reader=_reader, rule=rule, dry_run=dry_run)


def _reader(session: Session) -> Callable[[Mapping[str, str]], Line]:
    unit = unit_meant(session)

    def read(row: Mapping[str, str]) -> Line:
        values = collect(
            {
                "unit_id": lambda: unit(row["unit"], "unit"),
                "presence": lambda: _presence(row.get("presence", "")),
                "signed_at": lambda: _moment(row.get("signedAt", "")),
            }
        )
        return Line(name=row["name"], position=row.get("position", ""), **values)

    return read


def _presence(text: str) -> Presence:
    if not text.strip():
        return Presence.PRESENT
    return value_meant(Presence, text, "presence", WORDS)


def _moment(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(
            "signedAt",
            "tulis seperti 2022-06-13T08:30+07:00.",
            "write it like 2022-06-13T08:30+07:00.",
        ) from None
