"""The signed papers of a participation."""

from __future__ import annotations

from datetime import date, timedelta

from tenants.cities.commitments import record_commitment
from tenants.cities.models import CommitmentKind, SignatureKind
from tests.tenants.refusals import refused, run

MEMORANDUM = CommitmentKind.MEMORANDUM
SHEET = CommitmentKind.COMMITMENT_SHEET


def paper(journey, kind=MEMORANDUM, **options):
    given = {
        "kind": kind,
        "number": "119/BKT/2022",
        "signed_on": date(2022, 4, 21),
        "parties": "Dirjen Aptika; Wali Kota",
        "signature": SignatureKind.WET,
        **options,
    }
    return lambda session: record_commitment(session, journey.id, **given)


def test_a_paper_is_recorded_once(database, journey):
    row = run(database, journey.city, paper(journey, place="Command Center"))
    assert (row.kind, row.number, row.place) == (MEMORANDUM, "119/BKT/2022", "Command Center")
    refused(database, journey.city, paper(journey), "COMMITMENT_RECORDED")
    assert run(database, journey.city, paper(journey, SHEET)).kind is SHEET


def test_a_paper_needs_number_and_parties_and_a_past_date(database, journey):
    empty = paper(journey, number=" ", parties="")
    errors = refused(database, journey.city, empty, "INVALID", "INVALID")
    assert [error.path for error in errors] == [("number",), ("parties",)]
    ahead = paper(journey, signed_on=date.today() + timedelta(days=2))
    refused(database, journey.city, ahead, "DATE_IN_FUTURE")
    refused(database, journey.ministry, paper(journey), "FORBIDDEN")
