"""The instrument that the platform ships: data with source and certainty, never a rule."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas import audit
from tenants.assessment.instruments import content_of, write
from tenants.assessment.models import Instrument
from tenants.editions.models import EditionState

FILE = Path(__file__).with_name("instruments.json")


def load_instruments(session: Session) -> int:
    """Write the instruments that are not there, as active ones; return how many were written.

    One that is there stays as the ministry has left it. No cohort uses one until the ministry says
    so: those of the past were assessed elsewhere.
    """
    documents = json.loads(FILE.read_text(encoding="utf-8"))["instruments"]
    known = set(session.scalars(select(Instrument.code)))
    missing = [each for each in map(content_of, documents) if each.code not in known]
    for content in missing:
        write(session, content, state=EditionState.ACTIVE)
    if missing:
        codes = [content.code for content in missing]
        audit.record(session, "reference.load", "reference", None, after={"instruments": codes})
    return len(missing)
