"""Winter to June: the ministry selects the city, the city commits and forms its institutions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tenants.cities.working_days import working_day_from
from tests.journeys.bimtek import session
from tests.journeys.bodies import council_and_team
from tests.journeys.console import MINISTRY_EMAIL, MINISTRY_PASSWORD
from tests.journeys.joining import Guest, join, use_twice
from tests.journeys.year import (
    CITY,
    CITY_NAME,
    COHORT,
    FOLDER,
    NEIGHBOUR,
    NEIGHBOUR_NAME,
    Year,
    units,
)
from tests.tenants.reference_files import People, read

# The register knows only that the assessment was before 21 April; these days are made up.
INVITED, ASSESSED, SELECTED = date(2022, 3, 1), date(2022, 4, 5), date(2022, 4, 12)
MEMORANDUM, INSTITUTED = date(2022, 4, 21), date(2022, 5, 17)
WORKSHOP = date(2022, 6, 13)
TARGET = "2022-10-31T23:59:00+07:00"
REMINDER_DAYS = 3
ZONE = ZoneInfo("Asia/Jakarta")
KINDS = {
    "sekretariat": "SECRETARIAT",
    "inspektorat": "INSPECTORATE",
    "dinas": "AGENCY",
    "badan": "BOARD",
    "kecamatan": "DISTRICT",
    "lainnya": "OTHER",
}
SUBMISSIONS_DUE = "Penyerahan inovasi oleh seluruh SKPD"


def opening(year: Year) -> None:
    """The ministry signs in and invites both cities' administrators and the expert."""
    ministry = year.person("ministry").sign_in(MINISTRY_EMAIL, MINISTRY_PASSWORD)
    guide = ministry.reads("guide", year=COHORT)["cohorts"]["nodes"][0]
    year.dimensions = {each["code"]: each["id"] for each in guide["edition"]["dimensions"]}
    assert (guide["quota"], len(year.dimensions)) == (50, 6), guide
    year.city_id = ministry.reads("publicFace", slug=CITY)["city"]["id"]
    year.neighbour_id = ministry.reads("publicFace", slug=NEIGHBOUR)["city"]["id"]
    admin = Guest("admin", "Admin Kota", "admin@bukittinggi.example", "CITY_ADMIN")
    expert = Guest("expert", "Tenaga Ahli", "ahli@pakar.example", "EXPERT", language="en")
    join(year, ministry, year.city_id, CITY_NAME, [admin, expert])
    other = Guest("neighbour", "Admin Pariaman", "admin@pariaman.example", "CITY_ADMIN")
    join(year, ministry, year.neighbour_id, NEIGHBOUR_NAME, [other])
    year.neighbour_unit = year["neighbour"].makes(
        "unitCreate",
        city_id=year.neighbour_id,
        name="Dinas Pariwisata dan Kebudayaan",
        short_name="Disparbud",
        kind="AGENCY",
    )["id"]
    use_twice(year, year.post.invitations([admin.email])[admin.email])


def invitation(year: Year) -> None:
    """The ministry invites the city into the cohort; twice is refused."""
    asked = {"city_id": year.city_id, "cohort_year": COHORT, "occurred_on": INVITED.isoformat()}
    year["admin"].is_refused("FORBIDDEN", "participationInvite", **asked)
    year.participation = year["ministry"].does("participationInvite", **asked)
    year.post.expects("invited", [year["admin"].email], city=CITY_NAME, year=COHORT)
    year["ministry"].is_refused("ALREADY_INVITED", "participationInvite", **asked)


def memorandum(year: Year) -> None:
    """The memorandum is signed on 21 April and recorded; only then the city has committed."""
    admin = year["admin"]
    early = year.step("COMMITTED", MEMORANDUM)
    admin.is_refused("COMMITMENT_MISSING", "participationAdvance", **early)
    admin.does(
        "commitmentRecord",
        participation_id=year.participation["id"],
        kind="MEMORANDUM",
        number="415.4/17/Diskominfo/2022",
        signed_on=MEMORANDUM.isoformat(),
        parties="Direktur Jenderal Aplikasi Informatika; Wali Kota Bukittinggi",
        signature="ELECTRONIC",
        place="Bukittinggi Command Center",
    )
    year.advance(admin, "COMMITTED", MEMORANDUM)


def institutions(year: Year) -> None:
    """The council and the team are decreed; departments are entered and their people come."""
    admin = year["admin"]
    for unit in units().units:
        made = admin.makes(
            "unitCreate",
            city_id=year.city_id,
            name=unit.name,
            short_name=unit.short_name,
            kind=KINDS[unit.kind],
        )
        year.units[unit.short_name] = made["id"]
    join(year, admin, year.city_id, CITY_NAME, _staff(year))
    council_and_team(year, INSTITUTED)
    year.advance(admin, "INSTITUTED", INSTITUTED)


def workshop(year: Year) -> None:
    """The first bimtek opens on 13 June; the target is set and the departments are reminded."""
    admin = year["admin"]
    session(year, 1, WORKSHOP)
    of = {"participation_id": year.participation["id"]}
    year.target = admin.makes("deadlineSet", **of, name="Target masterplan", due_at=TARGET)
    # The product lives in the present: a date of 2022 reminds nobody, one in three days at once.
    today = datetime.now(ZONE).date()
    day = working_day_from(today + timedelta(days=REMINDER_DAYS))
    due = datetime.combine(day, time(23, 59), ZONE)
    admin.makes("deadlineSet", **of, name=SUBMISSIONS_DUE, due_at=due.isoformat())
    heads = [person.email for key, person in year.people.items() if key.startswith("head of ")]
    people = [admin.email, year["bappeda"].email, *heads]
    year.post.expects("deadline", people, name=SUBMISSIONS_DUE, days=(day - today).days)


def _staff(year: Year) -> list[Guest]:
    """Bappeda, the mayor, and an operator and a head for every department."""
    guests = [Guest("mayor", "Wali Kota", "walikota@bukittinggi.example", "REGION_HEAD")]
    keys = {"unit_operator": "operator of ", "unit_head": "head of "}
    for each in read(People, f"{FOLDER}/people.json").people:
        email, role = f"{each.local_part}@bukittinggi.example", each.role.upper()
        if each.role in keys:
            key = f"{keys[each.role]}{each.unit}"
            guests.append(Guest(key, each.display_name, email, role, year.units[each.unit]))
        elif each.role == "bappeda":
            guests.append(Guest("bappeda", each.display_name, email, role))
    return guests
