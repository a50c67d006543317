"""The city's bodies, who signs its commitment, and the regulation that adopts its masterplan."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.journeys.people import Person
from tests.journeys.submitting import step
from tests.journeys.year import Year, units

DECREE = "188.45-96-2022"
OTHERS = ("ACADEMIA", "BUSINESS", "COMMUNITY", "MEDIA")


def council_and_team(year: Year, decreed_on: date) -> None:
    """Council and team are formed, decreed and seated; what is missing shrinks to nothing."""
    admin = year["admin"]
    lacks = ["INSTITUTION_MISSING", "INSTITUTION_MISSING", "ELEMENTS_MISSING"]
    assert missing(year) == lacks
    council = _form(year, "COUNCIL", f"Dewan Smart City {year.name}", decreed_on, DECREE)
    people = [_seat(year.head, "CHAIR"), _seat("Sekretaris Daerah", "SECRETARY")]
    people += [_seat(f"Wakil unsur {each.lower()}", "MEMBER", each) for each in OTHERS]
    admin.makes("institutionMembersAdd", institution_id=council["id"], items=people)
    assert missing(year) == ["INSTITUTION_MISSING"]
    team = _form(year, "TEAM", "Tim Pelaksana", decreed_on, f"{DECREE}/2")
    chair = {"institution_id": team["id"], **_seat("Kepala Bapelitbang", "CHAIR")}
    admin.makes("institutionMemberAdd", **chair)
    admin.is_refused("CHAIR_TAKEN", "institutionMemberAdd", **chair, idempotency_key="k" * 20)
    assert missing(year) == ["MEMBERS_MISSING"]
    admin.makes(
        "institutionMemberAdd", institution_id=team["id"], **_seat("Kepala Diskominfo", "MEMBER")
    )
    assert missing(year) == []


def signatures(year: Year, sheet: dict[str, Any]) -> None:
    """The leaders and all heads but one sign; the last one is named, and signs."""
    admin = year["admin"]
    leaders = [
        _signs("REGION_HEAD", "Wali Kota"),
        _signs("DEPUTY_HEAD", "Wakil Wali Kota"),
        _signs("LEGISLATURE", "Ketua DPRD"),
    ]
    heads = [
        {**_signs("UNIT_HEAD", f"Kepala {unit.name}"), "unitId": year.units[unit.short_name]}
        for unit in units().units
    ]
    signed = admin.does("commitmentSign", **step(sheet), signatories=[*leaders, *heads[1:]])
    assert [unit["id"] for unit in signed["unsignedUnits"]] == [heads[0]["unitId"]]
    assert missing(year) == ["SHEET_UNSIGNED_BY_UNIT"]
    admin.does("commitmentSign", **step(signed), signatories=heads[:1])
    assert missing(year) == []


def regulation(
    year: Year, signed_on: date, number: str, *, kind: str = "PERWALI", unfit: str = "PERBUP"
) -> None:
    """The head's regulation adopts the version; that of the other kind of head does not fit."""
    admin, form = year["admin"], _text(signed_on, number, "Masterplan Smart City")
    form |= {"city_id": year.city_id, "subject": "MASTERPLAN"}
    form |= {"participation_id": year.participation["id"]}
    assert missing(year) == ["REGULATION_MISSING"]
    admin.is_refused(
        "REGULATION_KIND_UNFIT", "regulationRecord", **form, kind=unfit, idempotency_key="r" * 20
    )
    recorded = admin.makes("regulationRecord", **form, kind=kind)
    assert missing(year) == ["ADOPTION_MISSING"]
    adopted = {"version_id": year.version["id"], "regulation_id": recorded["id"]}
    admin.does("masterplanAdopt", **adopted)
    admin.is_refused("ALREADY_ADOPTED", "masterplanAdopt", **adopted)
    heads = [year[f"head of {unit}"].email for unit in year.units]
    told = [year["bappeda"].email, year["mayor"].email, *heads]
    law = f"Peraturan {year.head} {number}/{signed_on.year}"
    year.post.expects("adopted", told, regulation=law)
    assert missing(year) == []


def missing(year: Year, who: Person | None = None) -> list[str]:
    """Return the codes of what the participation lacks for its next stage."""
    reader = who or year["admin"]
    node = reader.reads("waiting", id=year.participation["id"])["node"]
    return [each["code"] for each in node["missing"]]


def _form(year: Year, kind: str, name: str, day: date, number: str) -> dict[str, Any]:
    admin = year["admin"]
    body = admin.makes("institutionForm", city_id=year.city_id, kind=kind, name=name)
    admin.makes(
        "regulationRecord",
        city_id=year.city_id,
        kind="DECREE",
        subject="INSTITUTION",
        institution_id=body["id"],
        **_text(day, number, f"Pembentukan {name}"),
    )
    return body


def _text(day: date, number: str, title: str) -> dict[str, Any]:
    return {"number": number, "year": day.year, "title": title, "signed_on": day.isoformat()}


def _seat(office: str, part: str, element: str = "GOVERNMENT") -> dict[str, Any]:
    return {"name": office, "position": office, "part": part, "element": element}


def _signs(party: str, office: str) -> dict[str, Any]:
    return {"party": party, "name": office, "position": office}
