"""What a reorganisation refuses, and that nothing has changed then."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from uuid_utils.compat import uuid7

from kotacerdas.errors import DomainError
from tenants.cities.models import Unit
from tenants.reorganisation.asking import Choice, Ending, Reorganisation, Successor
from tenants.reorganisation.models import ReorganisationKind
from tenants.reorganisation.reorganising import reorganise
from tests.tenants.reorganisation.conftest import ON

NEW = Successor(name="Dinas Digital", short_name="Disdig")
OTHER = Successor(name="Dinas Sandi", short_name="Disandi")


def told(errors):
    return [(error.code, error.path) for error in errors]


@pytest.mark.parametrize(
    ("kind", "count", "successors"),
    [
        ("rename", 2, [NEW]),
        ("rename", 1, []),
        ("rename", 1, [NEW, OTHER]),
        ("merge", 1, [NEW]),
        ("merge", 2, []),
        ("split", 1, [NEW]),
        ("split", 2, [NEW, OTHER]),
        ("end", 1, [NEW]),
        ("end", 0, []),
    ],
)
def test_the_numbers_of_units_fit_the_kind(office, kind, count, successors):
    units = [office.city.unit() for _ in range(count)]
    errors = office.refused(kind, units, *successors)
    assert told(errors) == [("REORGANISATION_UNFIT", ("kind",))]


def test_a_rename_makes_a_new_unit(office):
    errors = office.refused("rename", [office.city.unit()], Successor(office.city.unit()))
    assert told(errors) == [("REORGANISATION_UNFIT", ("kind",))]


def test_a_unit_with_open_work_needs_a_successor_and_the_work_is_counted(office):
    planning, unit_id = office.planning, office.planning.unit_id
    planning.programme(planning.plan().id)
    planning.innovation()
    (error,) = office.refused("end", [unit_id])
    assert (error.code, error.path) == ("UNIT_HAS_OPEN_WORK", ("units", "0", "id"))
    assert "1 open innovations, 1 programmes that it leads" in error.text("en")


def test_no_unit_is_listed_twice_or_follows_itself(office):
    one, two = office.city.unit(), office.city.unit()
    errors = office.refused("merge", [one, two, one], Successor(two))
    assert told(errors) == [
        ("INVALID", ("units", "2", "id")),
        ("INVALID", ("successors", "0", "id")),
    ]


def test_all_faults_of_names_dates_and_ids_are_told_at_once(office):
    unit_id = office.city.unit()
    ahead = datetime.now(UTC).date() + timedelta(days=3)
    errors = office.refused(
        "split", [unit_id], Successor(name=" ", short_name="x" * 41), Successor(uuid7()), on=ahead
    )
    assert told(errors) == [
        ("DATE_IN_FUTURE", ("on",)),
        ("INVALID", ("successors", "0", "name")),
        ("INVALID", ("successors", "0", "shortName")),
        ("NOT_FOUND", ("successors", "1", "id")),
    ]


def test_a_short_name_of_a_unit_that_stays_is_taken(office):
    office.city.unit("Dinas Lain", "Disdig")
    errors = office.refused("rename", [office.city.unit()], NEW)
    assert told(errors) == [("UNIT_SHORT_NAME_TAKEN", ("successors", "0", "shortName"))]


def test_what_has_ended_neither_ends_again_nor_takes_over(office):
    old, there = office.city.unit("Dinas Lama"), office.city.unit()
    office.does("end", [old])
    assert told(office.refused("rename", [old], NEW)) == [("UNIT_ENDED", ("units", "0", "id"))]
    errors = office.refused("merge", [there], Successor(old))
    assert told(errors) == [("UNIT_ENDED", ("successors", "0", "id"))]


def test_a_unit_ends_after_its_first_day(office):
    unit_id = office.city.unit()
    key = (office.city.id, unit_id)

    def begin(session):
        session.get_one(Unit, key).valid_from = ON

    office.planning.run(begin)
    errors = office.refused("end", [unit_id])
    assert told(errors) == [("INVALID", ("on",))]
    office.does("end", [unit_id], on=date(2024, 7, 2))


def test_a_stale_version_is_told_of_the_unit_that_has_it(office):
    one, two = office.city.unit(), office.city.unit()
    units = (Ending(one, 1), Ending(two, 7))
    asked = Reorganisation(ReorganisationKind.MERGE, units, ON, (NEW,))
    errors = office.planning.refused(reorganise, asked)
    assert told(errors) == [("STALE_VERSION", ("units", "1", "expectedVersion"))]


def test_two_who_reorganise_one_unit_at_once_do_not_both_succeed(office):
    unit_id = office.city.unit()
    asked = [office.asked("rename", [unit_id], successor) for successor in (NEW, OTHER)]

    def change(one):
        try:
            office.planning.run(reorganise, one)
        except DomainError as error:
            return error.code
        return "renamed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, asked)) == ["STALE_VERSION", "renamed"]
    assert len(office.successions(unit_id)) == 1


def test_choices_name_open_work_and_successors_that_are_there(office):
    unit_id = office.city.unit()
    two = (NEW, OTHER)
    errors = office.refused("split", [unit_id], *two, choices=(Choice(uuid7(), 2),))
    assert told(errors) == [("INVALID", ("choices", "0", "successor"))]
    errors = office.refused("split", [unit_id], *two, choices=(Choice(uuid7(), 1),))
    assert told(errors) == [("NOT_FOUND", ("choices", "0", "id"))]


def test_another_citys_unit_is_not_found(office, make_office):
    foreign = make_office().city.unit()
    asked = Reorganisation(ReorganisationKind.END, (Ending(foreign, 1),), ON)
    assert told(office.planning.refused(reorganise, asked)) == [("NOT_FOUND", ("units", "0", "id"))]
    mine = (Ending(office.city.unit(), 1),)
    asked = Reorganisation(ReorganisationKind.MERGE, mine, ON, (Successor(foreign),))
    errors = office.planning.refused(reorganise, asked)
    assert told(errors) == [("NOT_FOUND", ("successors", "0", "id"))]
