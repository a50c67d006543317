"""Bimtek at the command line: many cities at once, lists brought in, who was absent."""

from __future__ import annotations

import json
import os

import pytest
from sqlalchemy import func, select

from tenants.bimtek.models import Attendance, Workshop
from tenants.cities.workflow import Stage
from tests.tenants.participating import ensure_reference, invited, mentor, scheduled
from tests.tenants.refusals import run

AT = ("--starts", "2022-06-13T08:30+07:00", "--ends", "2022-06-13T16:00+07:00")
HEADING = "Perangkat daerah;Nama;Kehadiran;Jabatan;Ditandatangani\n"


@pytest.fixture
def journey(database, city, ministry):
    ensure_reference(database)
    return invited(database, city, ministry)


@pytest.fixture
def sheet(tmp_path):
    def write(content: str, encoding: str = "utf-8"):
        path = tmp_path / "hadir.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def own():
    return {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}


def people(database, journey) -> int:
    mine = select(func.count()).where(Attendance.tenant_id == journey.tenant_id)
    return run(database, journey.city, lambda s: s.scalar(mine))


def test_a_session_is_scheduled_in_many_cities_and_refusals_are_named(
    table, call, database, city, journey, make_city, ministry
):
    other = make_city()
    second = invited(database, other, ministry)
    second.place(Stage.WITHDRAWN)
    given = ("bimtek", "schedule", 2022, 1, city.slug, other.slug, *AT, "--place", "Jakarta")
    done = call(*given, variables=own(), code=1)
    assert "Jakarta" not in done.stderr
    assert f"{city.slug}" in done.stdout
    assert "Keikutsertaan sudah pada tahap mundur" in done.stdout
    (row,) = table("bimtek", "list", city.slug)
    assert (row["session"], row["state"], row["place"]) == (1, "planned", "Jakarta")
    second.place(Stage.INVITED)
    again = table(*given)
    assert [(each["city"], each["refused"]) for each in again] == [
        (city.slug, None),
        (other.slug, None),
    ]
    assert len(table("bimtek", "list", city.slug)) == 1


def test_what_is_wrong_for_all_or_not_in_the_cohort_is_refused_before_any(table, city, journey):
    given = ("bimtek", "schedule", 2022, 1, city.slug)
    assert table(*given, *AT, "--place", " ", code=1).startswith("Isian ini tidak dapat diterima")
    unknown = ("bimtek", "schedule", 2022, 1, city.slug, "kota-lain", *AT, "--place", "X")
    assert table(*unknown, code=1).startswith("Tidak ikut angkatan 2022: kota-lain.")
    assert table("bimtek", "list", city.slug) == []


def test_a_list_of_attendance_is_brought_in_corrected_and_shown(
    table, sheet, database, city, journey
):
    city.unit("Dinas Kesehatan", "Dinkes")
    city.unit("Dinas Sosial", "Dinsos")
    scheduled(database, journey)
    first = (
        HEADING + 'dinkes;Ani;hadir;"Kepala;Dinas";2022-06-13T08:30+07:00\nDinas Sosial;Budi;;;\n'
    )
    place = ("bimtek", "attendance", city.slug, 1)
    assert table(*place, sheet(first), "--dry-run") == [{"lines": 2, "saved": False}]
    assert table(*place) == []
    assert table(*place, sheet(first)) == [{"lines": 2, "saved": True}]
    table(*place, sheet("unit,name,presence\nDinsos,BUDI,izin\n"))
    assert [(row["unit"], row["name"], row["presence"]) for row in table(*place)] == [
        ("Dinkes", "Ani", "present"),
        ("Dinsos", "BUDI", "excused"),
    ]
    assert table(*place)[0]["position"] == "Kepala;Dinas"


def test_every_faulty_line_is_named_and_nothing_is_half_imported(
    call, sheet, database, city, journey
):
    city.unit("Dinas Kesehatan", "Dinkes")
    scheduled(database, journey)
    content = (
        HEADING
        + "Dinkes;Ani;hadir;;\n\n"
        + "Dinlain;Budi;entah;;kemarin\n"
        + "Dinkes;;hadir;;\n"
        + "Dinkes;ani;hadir;;\n"
        + "Dinkes;Cici;hadir;;2022-06-13T08:30\n"
    )
    path = sheet(content)
    done = call(
        "--language", "en", "bimtek", "attendance", city.slug, 1, path, "--json",
        variables=own(), code=1,
    )  # fmt: skip
    told = [(row["line"], row["column"], row["code"]) for row in json.loads(done.stdout)]
    assert told == [
        (4, "unit", "INVALID"),
        (4, "presence", "INVALID"),
        (4, "signedAt", "INVALID"),
        (5, "name", "INVALID"),
        (6, "name", "ATTENDANCE_DOUBLED"),
        (7, "signedAt", "INVALID"),
    ]
    assert "choose one of: Dinkes." in done.stdout
    assert "Nothing was saved." in done.stderr
    assert people(database, journey) == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("unit,presence\nDinkes,hadir\n", "bukan CSV UTF-8 dengan kolom unit, name"),
        ("unit,name\n", "tidak memuat baris"),
        ("", "bukan CSV UTF-8"),
        ("unit,name\n" + "x" * 2_000_001, "lebih dari 2000000 bita"),
        ('unit,name\n"' + "x" * 200_000, "bukan CSV UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_refused(table, sheet, database, city, journey, content, told):
    scheduled(database, journey)
    assert told in table("bimtek", "attendance", city.slug, 1, sheet(content), code=1)


def test_more_lines_than_a_list_holds_are_refused_together(table, sheet, database, city, journey):
    city.unit("Dinas Kesehatan", "Dinkes")
    scheduled(database, journey)
    lines = "".join(f"Dinkes,Orang {place}\n" for place in range(501))
    done = table("bimtek", "attendance", city.slug, 1, sheet("unit,name\n" + lines), code=1)
    assert "Nothing was saved" in done
    assert people(database, journey) == 0


def test_a_session_is_held_and_the_absent_are_seen_by_the_ministry(
    table, sheet, database, city, journey
):
    city.unit("Dinas Kesehatan", "Dinkes")
    city.unit("Dinas Sosial", "Dinsos")
    scheduled(database, journey)
    table("bimtek", "attendance", city.slug, 1, sheet("unit,name\nDinkes,Ani\n"))
    mine = lambda: [row for row in table("bimtek", "absent", 2022) if row["city"] == city.slug]  # noqa: E731
    assert mine() == []
    assert table("bimtek", "hold", city.slug, 1)["state"] == "held"
    assert [(row["session"], row["unit"]) for row in mine()] == [(1, "Dinsos")]
    other = table("bimtek", "absent", 2022, "--session", 2)
    assert city.slug not in [row["city"] for row in other]
    certificates = table("bimtek", "certificates", city.slug)
    assert certificates == [
        {"unit": "Dinkes", "name": "Ani", "attended": "1/1", "earned": "yes", "number": None}
    ]


def test_outputs_are_listed_with_where_they_are(table, database, city, journey):
    mentor(database, journey)
    rows = table("bimtek", "outputs", city.slug)
    assert {row["session"] for row in rows} == {1, 2, 3, 4}
    assert {(row["state"], row["where"]) for row in rows} == {("delivered", "Lihat Buku 1")}


def test_a_session_that_is_not_there_is_told_with_what_to_do(table, database, city, journey):
    told = table("bimtek", "attendance", city.slug, 3, code=1)
    assert told.startswith("Bimtek ke-3 angkatan 2022 belum dijadwalkan.")
    assert "kotacerdas bimtek schedule" in told
    mine = select(func.count()).where(Workshop.tenant_id == city.id)
    assert run(database, journey.city, lambda s: s.scalar(mine)) == 0
