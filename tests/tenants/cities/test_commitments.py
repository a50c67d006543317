"""The signed papers of a participation."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.cities.commitments import record_commitment, update_commitment
from tenants.cities.models import CommitmentKind, SignatoryParty, SignatureKind
from tenants.cities.signatures import Signatory, sign, standing
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification, NotificationKind
from tenants.reorganisation.asking import Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.reorganising import reorganise
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


def signatory(party=SignatoryParty.REGION_HEAD, **options):
    return Signatory(**{"party": party, "name": "Dr. Uji", "position": "Kepala", **options})


def signing(row, *lines, version=None):
    return lambda s: sign(s, row.id, signatories=lines, expected_version=version or row.version)


def test_signatures_are_recorded_with_the_papers_day_and_raise_its_version(database, journey, city):
    row = run(database, journey.city, paper(journey, SHEET))
    head = signatory(SignatoryParty.UNIT_HEAD, unit_id=city.unit())
    signed = run(database, journey.city, signing(row, signatory(), head))
    assert signed.version == row.version + 1
    with database.unit_of_work(journey.city) as session:
        rows = standing(session, row.id)
        assert [each.signed_on for each in rows] == [date(2022, 4, 21)] * 2
    refused(database, journey.city, signing(row, signatory()), "STALE_VERSION")


def test_all_faults_of_all_signatures_are_told_at_once(database, journey, city, make_city):
    row = run(database, journey.city, paper(journey, SHEET))
    unit = city.unit()
    ahead = date.today() + timedelta(days=2)
    lines = [
        signatory(name=" "),
        signatory(SignatoryParty.UNIT_HEAD),
        signatory(SignatoryParty.UNIT_HEAD, unit_id=make_city().unit()),
        signatory(SignatoryParty.OTHER, unit_id=unit),
        signatory(SignatoryParty.MINISTRY, signature=SignatureKind.ELECTRONIC),
        signatory(SignatoryParty.UNIT_HEAD, unit_id=unit, signed_on=ahead),
        signatory(SignatoryParty.UNIT_HEAD, unit_id=unit),
    ]
    codes = ["INVALID", "INVALID", "NOT_FOUND", "INVALID", "CERTIFICATE_MISSING"]
    errors = refused(
        database, journey.city, signing(row, *lines), *codes, "DATE_IN_FUTURE", "SIGNATURE_RECORDED"
    )
    assert [error.path[1] for error in errors] == list("0123456")


def test_an_electronic_signature_names_its_certificate(database, journey):
    row = run(database, journey.city, paper(journey, SHEET))
    certified = signatory(
        signature=SignatureKind.ELECTRONIC, certificate_serial="5f:01", certificate_issuer="BSrE"
    )
    run(database, journey.city, signing(row, certified))
    with database.unit_of_work(journey.city) as session:
        (kept,) = standing(session, row.id)
        assert (kept.certificate_serial, kept.certificate_issuer) == ("5f:01", "BSrE")


def test_a_department_that_has_ended_no_longer_signs(database, journey, city):
    old, new = city.unit(), city.unit()
    ending, successor = Ending(old, 1), Successor(new)
    asked = Reorganisation(ReorganisationKind.MERGE, (ending,), date(2022, 1, 1), (successor,))
    run(database, journey.city, lambda s: reorganise(s, asked))
    row = run(database, journey.city, paper(journey, SHEET))
    line = signatory(SignatoryParty.UNIT_HEAD, unit_id=old)
    refused(database, journey.city, signing(row, line), "UNIT_ENDED")


def test_nobody_signs_for_none_or_for_everybody_at_once(database, journey):
    row = run(database, journey.city, paper(journey, SHEET))
    refused(database, journey.city, signing(row), "INVALID")
    many = [signatory(SignatoryParty.OTHER)] * 201
    refused(database, journey.city, signing(row, *many), "INVALID")


def test_an_edit_voids_what_was_signed_and_tells_the_heads(database, journey, city):
    unit = city.unit()
    head = city.person(Role.UNIT_HEAD, unit)
    row = run(database, journey.city, paper(journey, SHEET))
    line = signatory(SignatoryParty.UNIT_HEAD, unit_id=unit)
    signed = run(database, journey.city, signing(row, line))
    edited = run(
        database,
        journey.city,
        lambda s: update_commitment(
            s, row.id, expected_version=signed.version, changes={"number": "3/BKT"}
        ),
    )
    with database.unit_of_work(journey.city) as session:
        assert standing(session, row.id) == []
        told = session.scalars(
            select(Notification).where(
                Notification.tenant_id == city.id, Notification.person_id == head
            )
        ).one()
        assert (told.kind, told.data["name"]) == (NotificationKind.SIGNATURES_VOIDED, "3/BKT")
    run(database, journey.city, signing(row, line, version=edited.version))
    with database.unit_of_work(journey.city) as session:
        assert len(standing(session, row.id)) == 1


def test_a_link_alone_or_nothing_new_voids_no_signature(database, journey):
    row = run(database, journey.city, paper(journey, SHEET))
    signed = run(database, journey.city, signing(row, signatory()))
    same = {"number": row.number, "source_url": "https://bukittinggikota.go.id/"}
    run(
        database,
        journey.city,
        lambda s: update_commitment(s, row.id, expected_version=signed.version, changes=same),
    )
    with database.unit_of_work(journey.city) as session:
        assert len(standing(session, row.id)) == 1


def test_a_correction_is_checked_like_the_paper(database, journey):
    row = run(database, journey.city, paper(journey))

    def correct(version=row.version, **changes):
        return lambda s: update_commitment(s, row.id, expected_version=version, changes=changes)

    refused(database, journey.city, correct(number="", parties="\x00"), "INVALID", "INVALID")
    ahead = date.today() + timedelta(days=2)
    refused(database, journey.city, correct(signed_on=ahead), "DATE_IN_FUTURE")
    refused(database, journey.city, correct(version=9, number="1"), "STALE_VERSION")
    refused(database, journey.ministry, correct(number="1"), "FORBIDDEN")


def test_what_has_ended_takes_no_more_signatures_or_corrections(database, journey, make_city):
    row = run(database, journey.city, paper(journey, SHEET))
    stranger = make_city().scope()
    refused(database, stranger, signing(row, signatory()), "NOT_FOUND")
    journey.place(Stage.WITHDRAWN)
    refused(database, journey.city, signing(row, signatory()), "PARTICIPATION_CLOSED")
    refused(
        database,
        journey.city,
        lambda s: update_commitment(
            s, row.id, expected_version=row.version, changes={"number": "1"}
        ),
        "PARTICIPATION_CLOSED",
    )
