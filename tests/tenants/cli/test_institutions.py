"""The city's bodies, their members and its papers' signatures at the command line."""

from __future__ import annotations

import json
import os

import pytest

from tests.tenants.participating import ensure_reference, invited, sign_sheet
from tests.tenants.refusals import run

MEMBERS = (
    "Nama;Jabatan;Kedudukan;Unsur;Perangkat daerah;Mulai\n"
    "Dr. Ani;Wali Kota;ketua;pemerintah;;2022-04-01\n"
    "Prof. Budi;Rektor;MEMBER;academia;;\n"
)


@pytest.fixture
def journey(database, city, ministry):
    ensure_reference(database)
    return invited(database, city, ministry)


@pytest.fixture
def sheet(tmp_path):
    def write(content: str):
        path = tmp_path / "daftar.csv"
        path.write_text(content, encoding="utf-8")
        return path

    return write


@pytest.fixture
def council(table, city):
    made = table(
        "institution", "establish", city.slug, "dewan", "Dewan Kota Uji",
        "--decree", "188.45/1/2022", "--on", "2022-04-01",
    )  # fmt: skip
    assert (made["from"], made["decrees"], made["members"]) == ("2022-04-01", ["188.45/1/2022"], 0)
    return city.slug


def test_a_body_is_established_once_and_dissolved(table, council):
    again = table(
        "institution", "establish", council, "dewan", "Lagi", "--decree", "2", "--on", "2022-04-02",
        code=1,
    )  # fmt: skip
    assert again.startswith("Dewan Smart City sudah ada.")
    gone = table("institution", "dissolve", council, "dewan", "--on", "2022-05-01")
    assert gone["to"] == "2022-05-01"
    told = table("institution", "members", council, "dewan", code=1)
    assert "kotacerdas institution establish" in told
    assert [row["kind"] for row in table("institution", "list", council)] == ["dewan"]


def test_members_are_seated_from_a_file_once(table, council, sheet):
    place = ("institution", "members", council, "dewan")
    assert table(*place, sheet(MEMBERS), "--dry-run") == [{"lines": 2, "saved": False}]
    assert table(*place) == []
    for _ in range(2):
        table(*place, sheet(MEMBERS))
    rows = [(row["name"], row["part"], row["element"], row["joined_on"]) for row in table(*place)]
    assert rows == [
        ("Dr. Ani", "ketua", "government", "2022-04-01"),
        ("Prof. Budi", "anggota", "academia", None),
    ]


def test_one_faulty_member_keeps_all_from_being_seated(table, call, council, sheet):
    own = {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}
    content = MEMBERS + "Cici;;raja;entah;Dinlain;kapan\nDodi;X;ketua;media;;\n;X;anggota;media;;\n"
    place = ("institution", "members", council, "dewan")
    done = call(*place, sheet(content), "--json", variables=own, code=1)
    told = [(row["line"], row["column"], row["code"]) for row in json.loads(done.stdout)]
    assert told == [
        (4, "part", "INVALID"),
        (4, "element", "INVALID"),
        (4, "unit", "INVALID"),
        (4, "joinedOn", "INVALID"),
        (5, "part", "CHAIR_TAKEN"),
        (6, "name", "INVALID"),
    ]
    assert table(*place) == []


def test_papers_show_who_has_not_signed_and_signatures_come_from_a_file(
    table, call, database, city, journey, sheet
):
    health, _ = city.unit("Dinas Kesehatan", "Dinkes"), city.unit("Dinas Sosial", "Dinsos")
    run(database, journey.city, lambda s: sign_sheet(s, journey, health))
    (paper,) = table("institution", "papers", city.slug)
    assert (paper["number"], paper["signatures"], paper["unsigned"]) == ("2/BKT", 2, ["Dinsos"])
    wrong = "party,name,position,unit,signature\nkepala perangkat daerah,Budi,Kepala,Dinkes,\n"
    wrong += "unit_head,Cici,Kepala,Dinsos,TTE\n"
    refused = table("institution", "sign", city.slug, "2/BKT", sheet(wrong), code=1)
    assert "Nothing was saved" in refused
    assert table("institution", "papers", city.slug)[0]["signatures"] == 2
    right = "Pihak,Nama,Jabatan,Perangkat daerah,Tanda tangan\nUNIT_HEAD,Cici,Kepala,Dinsos,basah\n"
    table("institution", "sign", city.slug, "2/BKT", sheet(right))
    assert table("institution", "papers", city.slug)[0]["unsigned"] == []
    told = table("institution", "sign", city.slug, "9", sheet(right), code=1)
    assert "kotacerdas institution papers" in told
