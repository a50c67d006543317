"""Instruments have codes of their own, and a cohort is assessed by one of them throughout."""

from __future__ import annotations

from dataclasses import replace

from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from tenants.assessment import assigning, cohorts, instruments
from tenants.assessment.models import CohortInstrument
from tenants.editions.models import Cohort as Year
from tests.tenants.assessment.conftest import free_year, instrument
from tests.tenants.refusals import refused


def another(cohort, state="active"):
    """A second instrument."""

    def rule(session):
        made = instruments.create(session, instrument(f"lain-{cohort.year}"))
        if state == "active":
            instruments.activate(session, made.id, expected_version=made.version)
        return made.id

    return cohort.run(cohort.ministry, rule)


def using(cohort, instrument_id):
    return lambda s: cohorts.use_instrument(s, cohort.id, instrument_id=instrument_id)


def test_a_code_names_one_instrument(cohort):
    twin = lambda s: instruments.create(s, instrument(f"uji-{cohort.year}"))  # noqa: E731
    (error,) = refused(cohort.database, cohort.ministry, twin, "INSTRUMENT_CODE_TAKEN")
    assert (error.path, f"uji-{cohort.year}" in error.text("id")) == (("code",), True)


def test_a_draft_assesses_no_cohort(cohort):
    draft = another(cohort, state="draft")
    refused(cohort.database, cohort.ministry, using(cohort, draft), "INSTRUMENT_NOT_ACTIVE")


def test_the_instrument_changes_until_the_first_assessment(cohort):
    first, second = chosen(cohort), another(cohort)
    cohort.run(cohort.ministry, using(cohort, second))
    assert chosen(cohort) == second
    cohort.run(cohort.ministry, using(cohort, first))
    cohort.candidate().assigned()
    cohort.run(cohort.ministry, using(cohort, first))  # what stands may be said again
    (error,) = refused(cohort.database, cohort.ministry, using(cohort, second), "ASSESSMENT_BEGUN")
    assert str(cohort.year) in error.text("en")


def chosen(cohort):
    """The instrument that the cohort has."""
    row = cohort.run(cohort.ministry, lambda s: s.get_one(CohortInstrument, cohort.id))
    return row.instrument_id


def test_nobody_is_assessed_before_the_cohort_has_an_instrument(cohort):
    with cohort.database.unit_of_work(cohort.ministry) as session:
        bare = replace(cohort, id=uuid7(), year=free_year(session))
        edition = session.get_one(Year, cohort.id).edition_id
        session.add(Year(id=bare.id, year=bare.year, edition_id=edition, quota=1, source="tests"))
    candidate = bare.candidate()
    person = candidate.city.person(Role.EXPERT)
    rule = lambda s: assigning.assign(s, candidate.participation_id, assessor_id=person)  # noqa: E731
    refused(cohort.database, candidate.at(cohort.ministry), rule, "INSTRUMENT_MISSING")
