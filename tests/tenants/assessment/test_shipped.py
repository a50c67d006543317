"""The shipped instrument: complete, honest about its source, and never a cohort's by itself."""

from __future__ import annotations

from sqlalchemy import func, select

from kotacerdas.scope import NATION, Door, Scope
from tenants.assessment.instruments import parameters_of
from tenants.assessment.models import Certainty, CohortInstrument, Instrument
from tenants.assessment.shipped import load_instruments
from tenants.editions.models import EditionState
from tests.tenants.refusals import run

NATIONAL = Scope(Door.MINISTRY, NATION)


def test_the_shipped_instrument_weighs_100_and_says_how_sure_it_is(database):
    run(database, NATIONAL, load_instruments)
    with database.unit_of_work(NATIONAL) as session:
        row = session.scalars(select(Instrument).where(Instrument.code == "kesiapan-2022")).one()
        parameters = parameters_of(session, row.id)
        used = select(func.count()).select_from(CohortInstrument)
        assert session.scalar(used.where(CohortInstrument.instrument_id == row.id)) == 0
    assert (row.state, row.certainty) == (EditionState.ACTIVE, Certainty.RECALLED)
    assert len(row.source) > 20
    assert sum(each.weight for each in parameters) == 100
    assert all(each.name != each.name_en and each.evidence_needed for each in parameters)


def test_loading_again_writes_nothing(database):
    run(database, NATIONAL, load_instruments)
    assert run(database, NATIONAL, load_instruments) == 0
