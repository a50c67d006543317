"""Beside Bukittinggi: Kabupaten Raja Ampat in WIT, with a cohort and a guide of its own.

The guide is a copy with three workshops instead of four. The story runs in a thread of its own,
at the same time as the other city's year.
"""

from __future__ import annotations

from datetime import date, datetime

from kotacerdas.localtime import long_moment
from tests.journeys.bodies import council_and_team, missing, regulation
from tests.journeys.console import MINISTRY_EMAIL, MINISTRY_PASSWORD
from tests.journeys.joining import Guest, join
from tests.journeys.people import Answer
from tests.journeys.post import Post
from tests.journeys.product import Running
from tests.journeys.sections import sections_of, shelves
from tests.journeys.submitting import step
from tests.journeys.year import EAST, EAST_NAME, Year

COHORT, COPIED, GUIDE = 2024, "panduan-enam-dimensi", "panduan-tiga-bimtek"
ZONE, OFFSET = "Asia/Jayapura", "+09:00"
INVITED, SELECTED, COMMITTED = date(2024, 3, 4), date(2024, 4, 8), date(2024, 4, 29)
INSTITUTED, PRESENTED = date(2024, 5, 20), date(2024, 9, 30)
ACCEPTED, ADOPTED = date(2024, 10, 28), date(2024, 12, 9)
SESSIONS = (date(2024, 6, 10), date(2024, 7, 15), date(2024, 8, 19))
UNITS = ("Diskominfo", "Dispar", "DLH")
FIRST_YEAR = 2025
TEXTS = ("problem", "solution", "benefit", "uniqueness", "sustainability")
WORDS = "Kampung di pulau terluar memakai layanan yang sama dengan kota lewat loket bersama. " * 4


def play(running: Running, post: Post) -> Year:
    """Play the whole year; return what has come of it."""
    year = Year(running, post, slug=EAST, name=EAST_NAME, head="Bupati")
    try:
        year.person("ministry").sign_in(MINISTRY_EMAIL, MINISTRY_PASSWORD)
        _guide(year)
        _selected(year)
        _committed(year)
        for ordinal, day in enumerate(SESSIONS, start=1):
            _session(year, ordinal, day, absent=ordinal == 2)
        _mentored(year)
        _innovate(year)
        _plan(year)
        _present(year)
        _adopt(year)
    finally:
        for person in year.people.values():
            person.close()
    return year


def _guide(year: Year) -> None:
    """The ministry copies a guide, takes a workshop out of it, and opens a cohort that follows."""
    ministry = year["ministry"]
    known = ministry.reads("guides")["guideEditions"]["nodes"]
    (source,) = [each for each in known if each["code"] == COPIED]
    named = {"code": GUIDE, "name": "Panduan tiga bimtek", "name_en": "Guide of three workshops"}
    copy = ministry.makes("guideEditionCopy", edition_id=source["id"], **named)
    stages = source["bimtekStages"][: len(SESSIONS)]
    changed = ministry.does("guideEditionUpdate", **step(copy), bimtek_stages=stages)
    assert len(changed["bimtekStages"]) == len(SESSIONS), changed
    asked = {"year": COHORT, "edition_id": copy["id"], "quota": 50}
    ministry.is_refused("EDITION_NOT_ACTIVE", "cohortCreate", **asked, idempotency_key="e" * 20)
    active = ministry.does("guideEditionActivate", **step(changed))
    cohort = ministry.makes("cohortCreate", **asked)
    ministry.does("cohortOpen", **step(cohort))
    year.dimensions = {each["code"]: each["id"] for each in active["dimensions"]}
    ministry.is_refused("EDITION_IN_USE", "guideEditionUpdate", **step(active), name="Lain")


def _selected(year: Year) -> None:
    """The kabupaten is invited; its cohort has no instrument, so the letters alone decide."""
    ministry = year["ministry"]
    year.city_id = ministry.reads("publicFace", slug=EAST)["city"]["id"]
    guests = [
        Guest("admin", "Admin Kabupaten", "admin@rajaampat.example", "CITY_ADMIN"),
        Guest("bappeda", "Bappeda", "bappeda@rajaampat.example", "BAPPEDA"),
        Guest("mayor", "Bupati", "bupati@rajaampat.example", "REGION_HEAD"),
        Guest("expert", "Mentor Timur", "mentor@pakar.example", "EXPERT"),
    ]
    join(year, ministry, year.city_id, EAST_NAME, guests)
    asked = {"city_id": year.city_id, "cohort_year": COHORT, "occurred_on": INVITED.isoformat()}
    year.participation = ministry.does("participationInvite", **asked)
    year.post.expects("invited", [year["admin"].email], city=EAST_NAME, year=COHORT)
    year.advance(ministry, "ASSESSED", SELECTED)
    year.advance(ministry, "SELECTED", SELECTED, "B-101/DJAI/2024")


def _committed(year: Year) -> None:
    """Memorandum, departments with their people, council and team."""
    admin = year["admin"]
    admin.does("commitmentRecord", **_paper(year, "MEMORANDUM", COMMITTED))
    year.advance(admin, "COMMITTED", COMMITTED)
    guests = []
    for short_name in UNITS:
        form = {"city_id": year.city_id, "name": f"Dinas {short_name}", "short_name": short_name}
        unit = admin.makes("unitCreate", **form, kind="AGENCY")
        year.units[short_name] = unit["id"]
        for role, key in (("UNIT_OPERATOR", "operator"), ("UNIT_HEAD", "head")):
            email = f"{key}.{short_name.lower()}@rajaampat.example"
            guests.append(Guest(f"{key} of {short_name}", key, email, role, unit["id"]))
    join(year, admin, year.city_id, EAST_NAME, guests)
    council_and_team(year, INSTITUTED)
    year.advance(admin, "INSTITUTED", INSTITUTED)


def _session(year: Year, ordinal: int, day: date, *, absent: bool) -> None:
    """A workshop at nine in the morning of WIT; a department that stays away is told so."""
    begins = f"{day.isoformat()}T09:00:00{OFFSET}"
    form = {
        "participation_id": year.participation["id"],
        "ordinal": ordinal,
        "starts_at": begins,
        "ends_at": f"{day.isoformat()}T15:00:00{OFFSET}",
        "place": "Waisai",
        "opener": "Bupati",
    }
    planned = year["ministry"].makes("workshopSchedule", **form)
    told = [year[name].email for name in ("admin", "bappeda", "expert")] + _heads(year)
    starts_at = long_moment(datetime.fromisoformat(begins), ZONE, "id")
    assert starts_at.endswith("WIT"), starts_at
    year.post.expects("workshop_scheduled", told, ordinal=ordinal, starts_at=starts_at)
    present = UNITS[1:] if absent else UNITS
    lines = [{"unitId": year.units[name], "name": f"Perwakilan {name}"} for name in present]
    admin = year["admin"]
    listed = admin.does("workshopAttendanceRecord", **step(planned), lines=lines)
    held = admin.does("workshopHold", **step(listed))
    missed = [year.units[name] for name in UNITS if name not in present]
    assert [each["id"] for each in held["absentUnits"]] == missed, held
    for name in UNITS[: len(missed)]:
        facts = {"unit": f"Dinas {name}", "ordinal": ordinal}
        year.post.expects("workshop_missed", [year[f"head of {name}"].email], **facts)


def _mentored(year: Year) -> None:
    """The guide knows no fourth workshop; the outputs of three are enough."""
    fourth = {
        "participation_id": year.participation["id"],
        "ordinal": len(SESSIONS) + 1,
        "starts_at": f"2024-09-16T09:00:00{OFFSET}",
        "ends_at": f"2024-09-16T15:00:00{OFFSET}",
        "place": "Waisai",
        "idempotency_key": "w" * 20,
    }
    year["ministry"].is_refused("WORKSHOP_ORDINAL_UNKNOWN", "workshopSchedule", **fourth)
    outputs = year["admin"].reads("outputs", id=year.participation["id"])["node"]["outputs"]
    for output in outputs:
        given = year["admin"].does("workshopOutputDeliver", **step(output), note="Di map bersama")
        year["expert"].does("workshopOutputAccept", **step(given))
        office = [year["admin"].email, year["bappeda"].email]
        year.post.expects("output_accepted", office, name=output["name"])
    year.advance(year["admin"], "MENTORED", SESSIONS[-1])


def _innovate(year: Year) -> None:
    """One innovation for each dimension, from draft to acceptance."""
    for number, (code, dimension_id) in enumerate(year.dimensions.items()):
        unit, name = UNITS[number % len(UNITS)], f"Pulau Cerdas {code}"
        operator, head = year[f"operator of {unit}"], year[f"head of {unit}"]
        form = {"unit_id": year.units[unit], "dimension_id": dimension_id, "name": name}
        form |= {"participation_id": year.participation["id"], "kind": "DIGITAL"}
        form |= {"maturity": "IDEA", "budget_rupiah": "250000000"}
        drafted = operator.makes("innovationCreate", **form, **dict.fromkeys(TEXTS, WORDS))
        sent = head.does("innovationSubmit", **step(drafted))
        office = [year["admin"].email, year["bappeda"].email]
        year.post.expects("submitted", office, name=name)
        endorsed = year["bappeda"].does("innovationEndorse", **step(sent))
        year.post.expects("endorsed", [year["expert"].email], name=name)
        review = year["expert"].does("reviewStart", **step(endorsed))
        year["expert"].does("reviewDecide", **step(review), verdict="ACCEPTED", comment="")
        year.post.expects("accepted", [operator.email, head.email], name=name)
        year.innovations[code] = drafted


def _plan(year: Year) -> None:
    """Vision, missions, sections and programmes; then the plan is frozen."""
    bappeda = year["bappeda"]
    period = {"period_start": FIRST_YEAR, "period_end": FIRST_YEAR + 4}
    of = {"participation_id": year.participation["id"], "title": f"Masterplan {EAST_NAME}"}
    made = bappeda.makes("masterplanCreate", **of, **period)
    seen = bappeda.does("masterplanUpdate", **step(made), vision="Raja Ampat yang terhubung")
    missions = [{"text": "Menghubungkan pulau", "goals": ["Semua kampung terlayani"]}]
    year.plan = bappeda.does("missionsWrite", **step(seen), missions=missions)
    body = {"blocks": [{"type": "paragraph", "content": WORDS}]}
    for section in sections_of(shelves(year)).values():
        bappeda.does("sectionUpdate", **step(section), body=body)
    for innovation in year.innovations.values():
        bappeda.makes("innovationPlace", innovation_id=innovation["id"], **_programme())
        year.programmes += 1
    year.plan = bappeda.reads("masterplan", id=year.plan["id"])["node"]
    year.version = year["admin"].does("masterplanFreeze", **step(year.plan))
    year.post.expects("frozen", [bappeda.email, year["mayor"].email], number=1)


def _present(year: Year) -> None:
    """The regent and all heads sign the commitment sheet; the plan is presented and judged."""
    admin = year["admin"]
    sheet = admin.does("commitmentRecord", **_paper(year, "COMMITMENT_SHEET", PRESENTED))
    lines = [{"party": "REGION_HEAD", "name": "Bupati", "position": "Bupati"}]
    for name, unit_id in year.units.items():
        office = {"name": f"Kepala {name}", "position": f"Kepala {name}"}
        lines.append({"party": "UNIT_HEAD", "unitId": unit_id, **office})
    admin.does("commitmentSign", **step(sheet), signatories=lines)
    assert missing(year) == []
    year.advance(admin, "PRESENTED", PRESENTED)
    expert = year["expert"]
    year.post.expects("round_opened", [expert.email], city=EAST_NAME, number=1)
    (held,) = expert.reads("rounds", id=year.plan["id"])["node"]["reviewRounds"]
    judged = {"verdict": "WITH_REMARKS", "comment": "Lanjutkan ke kampung terluar."}
    expert.does("reviewRoundJudge", id=held["id"], **judged)
    city = [admin.email, year["bappeda"].email, year["mayor"].email]
    year.post.expects("round_with_remarks", city, city=EAST_NAME)


def _adopt(year: Year) -> None:
    """The ministry accepts; the regent's regulation adopts the plan, which is published."""
    year.advance(year["ministry"], "ACCEPTED", ACCEPTED)
    regulation(year, ADOPTED, "27", kind="PERBUP", unfit="PERWALI")
    year.advance(year["admin"], "ADOPTED", ADOPTED)
    year.publication = year["mayor"].does("masterplanPublish", version_id=year.version["id"])


def _paper(year: Year, kind: str, day: date) -> Answer:
    return {
        "participation_id": year.participation["id"],
        "kind": kind,
        "number": f"{kind}-{day.year}",
        "signed_on": day.isoformat(),
        "parties": "Direktur Jenderal Aplikasi Informatika; Bupati Raja Ampat",
        "signature": "WET",
        "place": "Waisai",
    }


def _programme() -> Answer:
    return {
        "indicator": "Kampung yang terlayani",
        "indicator_unit": "kampung",
        "baseline": "20",
        "horizon": "MEDIUM",
        "targets": [{"year": FIRST_YEAR + 4, "value": "117"}],
        "budgets": [{"year": FIRST_YEAR, "source": "APBD", "amountRupiah": "500000000"}],
    }


def _heads(year: Year) -> list[str]:
    return [person.email for key, person in year.people.items() if key.startswith("head of ")]
