"""Bukittinggi's four workshops: the first as it was reported, the others as examples."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.bimtek import details
from tenants.bimtek.attendance import Line, record_attendance
from tenants.bimtek.models import Workshop, WorkshopMode, WorkshopOutput
from tenants.bimtek.outputs import accept, deliver
from tenants.bimtek.scheduling import hold, schedule
from tenants.demo.cast import EXPERT, MINISTRY_ADMIN, Cast
from tenants.demo.files import events
from tenants.demo.settlement import Settled

EXAMPLES = (date(2022, 7, 19), date(2022, 8, 23), date(2022, 9, 27))
"""Days of the later sessions; the last is that of the commitment, the others are made up."""

SPEAKERS = (
    ("Harya Widi Putra", "Tenaga ahli (menurut berita)"),
    ("Yuhevizar", "Ketua Ikatan Ahli Informatika Indonesia Sumatera Barat (menurut berita)"),
    ("Hafni Septiana", "Kementerian Komunikasi dan Informatika (menurut berita)"),
)
ABSENT = {2: 3, 3: 1}
"""How many departments stay away from a session, so that somebody is missed."""


def mentor(cast: Cast, city: Settled, participation_id: UUID) -> None:
    """Hold every session with its attendance, deliver all outputs and let the expert accept."""
    first = date.fromisoformat(events()["bimtek-1"]["date"])
    for ordinal, day in enumerate((first, *EXAMPLES), start=1):
        _session(cast, city, participation_id, ordinal, day)
    with cast.acting(city.content.email("admin"), city.tenant_id, quiet=True) as session:
        for output in _outputs(session, city):
            note = "Contoh: berkas ada di map bersama tim pelaksana."
            deliver(session, output.id, note=note, expected_version=output.version)
    with cast.acting(EXPERT, city.tenant_id, quiet=True) as session:
        for output in _outputs(session, city):
            accept(session, output.id, expected_version=output.version)


def _session(cast: Cast, city: Settled, participation_id: UUID, ordinal: int, day: date) -> None:
    begins = datetime.combine(day, time(8, 30), ZoneInfo(city.content.facts["zone"]))
    with cast.acting(MINISTRY_ADMIN, city.tenant_id, quiet=True) as session:
        row = schedule(
            session,
            participation_id,
            ordinal=ordinal,
            starts_at=begins,
            ends_at=begins + timedelta(hours=8),
            place="Hotel Balcone" if ordinal in (1, len(EXAMPLES) + 1) else "Balai kota (contoh)",
            mode=WorkshopMode.ONSITE,
            opener="Wali Kota",
            idempotency_key=f"demo:bimtek:{ordinal}",
        )
        if ordinal == 1:
            speakers: list[details.Line] = [
                details.SpeakerLine(name=name, affiliation=of) for name, of in SPEAKERS
            ]
            details.write_details(session, row.id, expected_version=row.version, speakers=speakers)
    with cast.acting(city.content.email("admin"), city.tenant_id, quiet=True) as session:
        row = session.get_one(Workshop, (city.tenant_id, row.id))
        lines = [
            Line(unit_id, f"Perwakilan {name} (contoh)")
            for name, unit_id in sorted(city.units.items())[ABSENT.get(ordinal, 0) :]
        ]
        record_attendance(session, row.id, lines=lines, expected_version=row.version)
        session.flush()  # the session's version has risen
        hold(session, row.id, expected_version=row.version)


def _outputs(session: Session, city: Settled) -> list[WorkshopOutput]:
    rows = select(WorkshopOutput).where(WorkshopOutput.tenant_id == city.tenant_id)
    return list(session.scalars(rows.order_by(WorkshopOutput.ordinal, WorkshopOutput.code)))
