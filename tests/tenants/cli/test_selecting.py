"""Instruments, assessments and the selection of a cohort at the command line."""

from __future__ import annotations

import json
import os
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from kotacerdas.identity.models import Account
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.assessment import applying
from tenants.assessment.models import Decision
from tenants.editions.models import Cohort, GuideEdition
from tests.tenants.participating import ensure_reference
from tests.tenants.refusals import run

NATIONAL = Scope(Door.MINISTRY, NATION)
NAMES = {"id": "Uji", "en": "Test"}
PARAMETERS = [
    {"code": "policy", "name": NAMES, "weight": "60"},
    {"code": "network", "name": NAMES, "weight": "40", "evidence_required": True},
]


@pytest.fixture
def year(database) -> int:
    """A cohort of the test's own with one place."""
    ensure_reference(database)
    with database.unit_of_work(NATIONAL) as session:
        free = 1 + max(3000, session.scalars(select(func.max(Cohort.year))).one())
        edition = select(GuideEdition.id).where(GuideEdition.code == "pilar-2022")
        edition_id = session.scalars(edition).one()
        session.add(Cohort(id=uuid7(), year=free, edition_id=edition_id, quota=1, source="tests"))
    return free


@pytest.fixture
def expert(database):
    """Return a function that makes an expert of a city and returns their address."""

    def make(city) -> str:
        person_id, email = city.person(Role.EXPERT), f"{uuid4().hex}@uji.id"
        row = Account(person_id=person_id, email=email, language="id", active=True)
        run(database, Scope(Door.IDENTITY), lambda s: s.add(row))
        return email

    return make


@pytest.fixture
def instrument(table, year, tmp_path) -> str:
    """The cohort's instrument, loaded from a file."""
    code, file = f"konsol-{year}", tmp_path / "instrument.json"
    document = {"code": code, "name": NAMES, "parameters": PARAMETERS[:1]}
    file.write_text(json.dumps(document))
    assert table("instrument", "load", file)["state"] == "draft"
    told = table("instrument", "activate", code, code=1)
    assert "bobot berjumlah 60" in told
    file.write_text(json.dumps(document | {"parameters": PARAMETERS}))
    assert table("instrument", "load", file)["version"] == 2
    active = table("instrument", "activate", code)
    assert active["next"] == f"kotacerdas instrument use {code} YEAR"
    assert table("instrument", "use", code, year)["cohort"] == year
    return code


@pytest.fixture
def assessed(table, year, instrument, make_city, expert, tmp_path):
    """Return a function that invites a city and assesses it by one expert's file."""

    def make(score: str):
        city = make_city()
        email, file = expert(city), tmp_path / f"{uuid4().hex}.csv"
        table("participation", "invite", city.slug, year, "--on", "2022-02-01")
        table("assessment", "assign", city.slug, year, email)
        file.write_text(f"code,score,evidence\npolicy,{score},\nnetwork,{score},Peta\n")
        table("assessment", "score", city.slug, year, email, file)
        done = table("assessment", "submit", city.slug, year, email)
        assert done["state"] == "submitted"
        table("participation", "advance", city.slug, "assessed", "--on", "2022-03-01")
        return city

    return make


def _follow(database, year):
    """Do what the worker's job does."""
    nation = Scope(Door.WORKER, NATION)
    mine = select(Decision.id).join(Cohort, Cohort.id == Decision.cohort_id)
    mine = mine.where(Cohort.year == year, Decision.applied_at.is_(None))
    decision = run(database, nation, lambda s: s.scalars(mine).one())
    letter = run(database, nation, lambda s: applying.pending(s, decision))
    for line in letter.lines:
        scope = Scope(Door.WORKER, line["tenant_id"])
        run(database, scope, lambda s, line=line: applying.apply_line(s, letter, line))
    run(database, nation, lambda s: applying.finish(s, decision))


def test_a_cohort_is_ranked_decided_and_promoted(table, database, year, assessed):
    best, next_ = assessed("4"), assessed('"2,5"')
    lines = table("selection", "ranking", year, "--parts")
    assert [(row["city"], row["score"], row["policy"]) for row in lines] == [
        (best.slug, "100.00", "60.00"),
        (next_.slug, "62.50", "37.50"),
    ]
    letter = ("--letter", "S-7", "--on", "2022-04-01")
    both = ("--selected", best.slug, "--selected", next_.slug)
    refused = table("selection", "decide", year, *letter, *both, code=1)
    assert "Kurangi 1 daerah, atau jadikan cadangan." in refused
    verdicts = ("--selected", best.slug, "--reserve", next_.slug)
    made = table("selection", "decide", year, *letter, *verdicts)
    assert (made["selected"], made["reserve"], made["not_selected"]) == (1, 1, 0)
    assert made["next"] == f"kotacerdas selection letters {year}"
    _follow(database, year)
    assert table("selection", "reserve", year) == [{"rank": 1, "city": next_.slug}]
    table("participation", "advance", best.slug, "withdrawn", "--on", "2022-05-01")
    promoted = table("selection", "promote", year, "--letter", "S-9", "--on", "2022-05-02")
    assert promoted["city"] == next_.slug
    _follow(database, year)
    letters = table("selection", "letters", year)
    assert [(row["letter"], bool(row["applied_at"])) for row in letters] == [
        ("S-7", True),
        ("S-9", True),
    ]


def test_assessors_are_followed_released_and_given_their_answers_back(
    table, year, instrument, make_city, expert, tmp_path
):
    city = make_city()
    email, file = expert(city), tmp_path / "scores.csv"
    table("participation", "invite", city.slug, year, "--on", "2022-02-01")
    none = table("assessment", "submit", city.slug, year, email, code=1)
    assert "kotacerdas assessment assign" in none
    table("assessment", "assign", city.slug, year, email)
    file.write_text("code,score\nkebijakan,3\n")
    wrong = table("assessment", "score", city.slug, year, email, file, code=1)
    assert "baris 2" in wrong
    assert "Pakai: policy, network." in wrong
    file.write_text("code,score,link\npolicy,3,\nnetwork,tiga,\n")
    assert "bukan angka" in table("assessment", "score", city.slug, year, email, file, code=1)
    file.write_text("code,score,link\npolicy,3,\nnetwork,2,https://peta.go.id\n")
    table("assessment", "score", city.slug, year, email, file)
    table("assessment", "release", city.slug, year, email)
    table("assessment", "assign", city.slug, year, email)
    table("assessment", "submit", city.slug, year, email)
    (row,) = table("assessment", "list", year)
    assert (row["state"], row["scored"], row["of"], row["score"]) == ("submitted", 2, 2, "65.00")
    table("assessment", "return", city.slug, year, email, "--reason", "Peta lama")
    (row,) = table("assessment", "list", year)
    assert (row["state"], row["score"]) == ("draft", None)


def test_an_instrument_is_listed_shown_exported_and_copied(call, table, year, instrument, tmp_path):
    (row,) = [each for each in table("instrument", "list") if each["code"] == instrument]
    assert (row["cohorts"], row["parameters"], row["certainty"]) == ([year], 2, None)
    shown = table("instrument", "show", instrument)
    assert [(each["code"], each["weight"]) for each in shown] == [
        ("policy", "60.00"),
        ("network", "40.00"),
    ]
    given = {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}
    document = json.loads(call("instrument", "export", instrument, variables=given).stdout)
    file = tmp_path / "again.json"
    file.write_text(json.dumps(document | {"code": f"{instrument}-lagi"}))
    assert table("instrument", "load", file)["code"] == f"{instrument}-lagi"
    file.write_text(json.dumps(document))
    assert "dipakai angkatan" in table("instrument", "load", file, code=1)
    file.write_text("{")
    assert "tidak dapat dibaca sebagai JSON" in table("instrument", "load", file, code=1)
    assert table("instrument", "copy", instrument, f"{instrument}-salin")["state"] == "draft"
    assert "instrument list" in table("instrument", "show", "tidak-ada", code=1)
