"""A cohort with its instrument, and cities that are invited into it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from graphql_schema.ids import Key
from kotacerdas.scope import NATION
from tenants.cities.participation import invite
from tenants.editions.models import Cohort, GuideEdition
from tests.graphql_schema.assessment.board import DAY, PARAMETERS, Board, Candidate, key
from tests.tenants.participating import ensure_reference
from tests.tenants.refusals import run


@pytest.fixture
def board(data, database, ministry) -> Board:
    ensure_reference(database)
    with database.unit_of_work(ministry(NATION)) as session:
        year = 1 + max(3000, session.scalars(select(func.max(Cohort.year))).one())
        edition = select(GuideEdition.id).where(GuideEdition.code == "pilar-2022")
        edition_id = session.scalars(edition).one()
        row = Cohort(id=uuid7(), year=year, edition_id=edition_id, quota=1, source="tests")
        session.add(row)
    return Board(data, database, ministry(), str(Key("coh", None, row.id)), year)


@pytest.fixture
def instrument(board) -> dict[str, Any]:
    """The cohort's instrument, made and chosen through the API."""
    code = f"uji-{board.year}"
    names = {"name": "Instrumen", "nameEn": "Instrument"}
    given = {"code": code, **names, "parameters": PARAMETERS, "idempotencyKey": key()}
    made = board.does("instrumentCreate", **given)
    assert board.does("instrumentCreate", **given) == made
    assert (made["state"], made["source"]) == ("DRAFT", "ministry")
    use = {"cohortId": board.id, "instrumentId": made["id"]}
    assert board.refuses("cohortUseInstrument", **use) == [
        ("INSTRUMENT_NOT_ACTIVE", ["instrumentId"])
    ]
    step = {"id": made["id"], "expectedVersion": made["version"]}
    active = board.does("instrumentActivate", **step)
    assert board.does("cohortUseInstrument", **use)["instrument"] == {"code": code}
    return active


@pytest.fixture
def candidate(board, database, make_city, ministry):
    """Return a function that invites a city of its own into the cohort."""

    def make(name: str = "Kota Uji") -> Candidate:
        city = make_city(name=name)
        rule = {"cohort_year": board.year, "occurred_on": DAY}
        row = run(database, ministry(city.id), lambda s: invite(s, **rule))
        return Candidate(board, city, str(Key("par", city.id, row.id)))

    return make
