"""June to September: four workshops with attendance, outputs, and a certificate."""

from __future__ import annotations

from datetime import date, datetime

from kotacerdas.localtime import long_moment
from tests.journeys.bodies import missing
from tests.journeys.people import Answer
from tests.journeys.submitting import step
from tests.journeys.year import Year, units

LATER = (date(2022, 7, 19), date(2022, 8, 23), date(2022, 9, 26))
ZONE = "Asia/Jakarta"
GUEST = "Perwakilan {unit}"


def session(year: Year, ordinal: int, day: date, *, absent: int = 0) -> None:
    """The ministry schedules a session; the city records who came and that it was held."""
    ministry, admin = year["ministry"], year["admin"]
    planned = _schedule(year, ordinal, day)
    expected = units().units[absent:]
    lines = [
        {"unitId": year.units[unit.short_name], "name": GUEST.format(unit=unit.short_name)}
        for unit in expected
    ]
    ministry.is_refused("FORBIDDEN", "workshopAttendanceRecord", **step(planned), lines=lines)
    listed = admin.does("workshopAttendanceRecord", **step(planned), lines=lines)
    held = admin.does("workshopHold", **step(listed))
    missed = units().units[:absent]
    absent_ids = {each["id"] for each in held["absentUnits"]}
    assert absent_ids == {year.units[unit.short_name] for unit in missed}, (ordinal, held)
    for unit in missed:
        head = year[f"head of {unit.short_name}"]
        year.post.expects("workshop_missed", [head.email], unit=unit.name, ordinal=ordinal)


def mentoring(year: Year) -> None:
    """The other sessions follow, all outputs are delivered and accepted; a certificate is given."""
    for ordinal, day in enumerate(LATER, start=2):
        session(year, ordinal, day, absent=1 if ordinal == 2 else 0)
    outputs = _read(year)["outputs"]
    assert missing(year) == ["OUTPUT_NOT_DELIVERED"] * len(outputs)
    for output in outputs:
        given = year["admin"].does("workshopOutputDeliver", **step(output), note="Di map bersama")
        year["admin"].is_refused("FORBIDDEN", "workshopOutputAccept", **step(given))
        done = year["expert"].does("workshopOutputAccept", **step(given))
        assert done["state"] == "ACCEPTED"
        office = [year["admin"].email, year["bappeda"].email]
        year.post.expects("output_accepted", office, name=output["name"])
    assert missing(year) == []
    _certify(year)


def _schedule(year: Year, ordinal: int, day: date) -> Answer:
    begins = f"{day.isoformat()}T08:30:00+07:00"
    form = {
        "participation_id": year.participation["id"],
        "ordinal": ordinal,
        "starts_at": begins,
        "ends_at": f"{day.isoformat()}T16:30:00+07:00",
        "place": "Hotel Balcone",
        "opener": "Wali Kota",
    }
    planned = year["ministry"].makes("workshopSchedule", **form)
    heads = [person.email for key, person in year.people.items() if key.startswith("head of ")]
    people = [year["admin"].email, year["bappeda"].email, *heads]
    moment = datetime.fromisoformat(begins)
    for readers, language in ((people, "id"), ([year["expert"].email], "en")):
        starts_at = long_moment(moment, ZONE, language)
        year.post.expects("workshop_scheduled", readers, ordinal=ordinal, starts_at=starts_at)
    return planned


def _certify(year: Year) -> None:
    """Everybody came often enough, so the first of them gets a certificate, once."""
    first = _read(year)["certificateCandidates"][0]
    assert first["eligible"], first
    form = {
        "participation_id": year.participation["id"],
        "unit_id": first["unitId"],
        "name": first["name"],
        "number": "001/SC/2022",
        "issued_on": LATER[-1].isoformat(),
    }
    year["ministry"].makes("workshopCertificateIssue", **form)
    again = {**form, "idempotency_key": "c" * 20, "number": "002/SC/2022"}
    year["ministry"].is_refused("CERTIFICATE_TAKEN", "workshopCertificateIssue", **again)


def _read(year: Year) -> Answer:
    node: Answer = year["admin"].reads("outputs", id=year.participation["id"])["node"]
    return node
