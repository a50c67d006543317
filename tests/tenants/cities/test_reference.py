"""The shipped reference data, and the honest count of participations."""

from __future__ import annotations

from sqlalchemy import func, select

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Participant, Region
from tenants.cities.queries import participation_counts
from tenants.cities.reference import load_reference
from tenants.editions.models import Cohort, Dimension, GuideEdition
from tests.tenants.refusals import run

NATIONAL = Scope(Door.MINISTRY, NATION)


def test_loading_again_writes_nothing(database):
    assert run(database, NATIONAL, load_reference) == 0


def test_the_register_holds_514_regions(database):
    shipped = select(Region.kind, func.count()).where(func.length(Region.code) == 5)
    with database.unit_of_work(NATIONAL) as session:
        counts = dict(session.execute(shipped.group_by(Region.kind)).all())
    assert sum(counts.values()) == 514
    assert counts["KABUPATEN"] == 415


def test_two_editions_have_six_pillars_each_in_both_languages(database):
    pillars = select(GuideEdition.code, func.count(Dimension.id)).join(Dimension)
    shipped = GuideEdition.code.in_(["pilar-2022", "panduan-enam-dimensi"])
    with database.unit_of_work(NATIONAL) as session:
        rows = session.execute(pillars.where(shipped).group_by(GuideEdition.code)).all()
        assert dict(rows) == {"pilar-2022": 6, "panduan-enam-dimensi": 6}
        of_2022 = select(Dimension.code).join(GuideEdition).where(GuideEdition.code == "pilar-2022")
        assert session.scalars(of_2022.order_by(Dimension.ordinal)).all() == [
            "government",
            "people",
            "mobility",
            "living",
            "economy",
            "environment",
        ]


def test_named_participants_carry_their_source(database):
    named = select(Cohort.year, func.count()).join(Participant).group_by(Cohort.year)
    with database.unit_of_work(NATIONAL) as session:
        counts = dict(session.execute(named).all())
        assert session.scalar(select(func.count()).where(Participant.source == "")) == 0
    assert (counts[2017], counts[2018]) == (25, 50)


def _counted(session):
    return session.execute(participation_counts()).one()


def test_198_participations_are_191_regions_because_7_of_2021_took_part_before(database):
    counts = run(database, NATIONAL, _counted)
    assert (counts.participations, counts.regions, counts.repeats) == (198, 191, 7)
    assert "7 dari 48 peserta 2021 pernah ikut sebelumnya" in counts.why_id
    assert "7 of the 48 participants of 2021 took part before" in counts.why_en


def test_a_city_reads_the_same_count(database, city):
    assert run(database, city.scope(), _counted).regions == 191
