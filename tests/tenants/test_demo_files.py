"""The demo cities: believable, consistent, and accepted by the rules they are played through."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from kotacerdas.identity.policy import Role
from kotacerdas.values import text_value
from tenants.cities.models import UnitKind
from tenants.masterplan.draft import BudgetLine, ProgrammeDraft, TargetLine
from tenants.masterplan.faults import Period, faults
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.masterplan.richtext.body import checked
from tenants.masterplan.richtext.words import word_count
from tenants.submissions.models import InnovationKind, Maturity
from tests.tenants.reference_files import (
    PILLARS,
    DemoCity,
    DemoPlan,
    Editions,
    Events,
    Innovation,
    Innovations,
    People,
    Person,
    Plan,
    SecondCity,
    SectionTexts,
    Unit,
    Units,
    read,
)

DEMO = "demo/bukittinggi"
PERIOD = Period(2023, 2027)
PROSE = (
    *("problem", "solution", "benefit", "uniqueness", "partners"),
    *("replication", "sustainability", "risks", "resources"),
)


def innovations_of(pillar: str) -> list[Innovation]:
    return read(Innovations, f"{DEMO}/innovations_{pillar}.json").innovations


INNOVATIONS = [innovation for pillar in PILLARS for innovation in innovations_of(pillar)]
UNITS = read(Units, f"{DEMO}/units.json").units
PEOPLE = read(People, f"{DEMO}/people.json").people
SECOND = read(SecondCity, "demo/pariaman.json")
of_each_city = pytest.mark.parametrize(
    ("innovations", "units", "plan"),
    [
        pytest.param(INNOVATIONS, UNITS, read(DemoPlan, f"{DEMO}/plan.json"), id="bukittinggi"),
        pytest.param(SECOND.innovations, SECOND.units, SECOND.plan, id="pariaman"),
    ],
)
of_each_staff = pytest.mark.parametrize(
    ("people", "units"),
    [
        pytest.param(PEOPLE, UNITS, id="bukittinggi"),
        pytest.param(SECOND.people, SECOND.units, id="pariaman"),
    ],
)


def test_bukittinggi_has_enough_innovations_of_every_pillar_and_unit() -> None:
    units = {unit.short_name for unit in UNITS}
    assert (len(units), len(INNOVATIONS)) == (26, 41)
    assert {innovation.unit for innovation in INNOVATIONS} == units
    placed = Counter(innovation.dimension for innovation in INNOVATIONS if innovation.programme)
    assert placed == {
        "government": 8,
        "people": 6,
        "mobility": 6,
        "living": 6,
        "economy": 7,
        "environment": 7,
    }


@pytest.mark.parametrize("pillar", PILLARS)
def test_a_pillar_file_holds_only_its_pillar(pillar: str) -> None:
    assert {innovation.dimension for innovation in innovations_of(pillar)} == {pillar}


def test_exactly_one_innovation_is_returned_and_one_rejected() -> None:
    journeys = [innovation for innovation in INNOVATIONS if innovation.journey]
    returned, rejected = sorted(journeys, key=lambda one: one.journey == "rejected")
    assert (returned.journey, rejected.journey) == ("returned", "rejected")
    assert returned.remark is not None
    assert returned.revision is not None
    assert returned.remark.field in returned.revision.keys() <= set(PROSE)
    assert all(text != getattr(returned, field) for field, text in returned.revision.items())
    assert rejected.reason is not None
    without = [innovation for innovation in INNOVATIONS if innovation.programme is None]
    assert without == [rejected]


@of_each_city
def test_units_and_goals_of_innovations_resolve(
    innovations: list[Innovation], units: list[Unit], plan: Plan
) -> None:
    names = [unit.short_name for unit in units]
    goals = {goal for mission in plan.missions for goal in mission.goals}
    assert len(set(names)) == len(names)
    used = set()
    for innovation in innovations:
        assert innovation.unit in names
        InnovationKind[innovation.kind], Maturity[innovation.maturity]
        if innovation.programme:
            assert set(innovation.programme.supporting_units) <= set(names)
            used.add(innovation.programme.goal)
    assert used == goals


def draft_of(innovation: Innovation, units: list[Unit]) -> ProgrammeDraft:
    ids = {unit.short_name: uuid4() for unit in units}
    programme = innovation.programme
    assert programme is not None
    return ProgrammeDraft(
        name=innovation.name,
        lead_unit_id=ids[innovation.unit],
        permendagri_code=programme.permendagri_code,
        baseline=programme.baseline,
        horizon=Horizon[programme.horizon],
        is_quick_win=programme.is_quick_win,
        sdgs=programme.sdgs,
        supporting_unit_ids=[ids[name] for name in programme.supporting_units],
        targets=[TargetLine(year, value) for year, value in programme.targets.items()],
        budgets=[
            BudgetLine(line.year, BudgetSource[line.source], line.amount_rupiah)
            for line in programme.budgets
        ],
    )


@of_each_city
def test_the_rules_of_the_masterplan_accept_every_programme(
    innovations: list[Innovation], units: list[Unit], plan: Plan
) -> None:
    assert (plan.period_start, plan.period_end) == (PERIOD.first, PERIOD.last)
    for innovation in innovations:
        if innovation.programme:
            assert faults(draft_of(innovation, units), PERIOD) == [], innovation.key


@of_each_city
def test_targets_cover_the_period_and_budgets_make_up_what_the_unit_asked_for(
    innovations: list[Innovation], units: list[Unit], plan: Plan
) -> None:
    assert len({innovation.key for innovation in innovations}) == len(innovations)
    for innovation in innovations:
        if innovation.programme:
            assert list(innovation.programme.targets) == [2023, 2024, 2025, 2026, 2027]
            total = sum(line.amount_rupiah for line in innovation.programme.budgets)
            assert innovation.budget_rupiah == total


def test_eight_quick_wins_cover_all_pillars_and_are_paid_by_2024() -> None:
    programmes = [(one.dimension, one.programme) for one in INNOVATIONS if one.programme]
    quick = [(pillar, programme) for pillar, programme in programmes if programme.is_quick_win]
    assert Counter(pillar for pillar, _ in quick) == {
        "government": 2,
        "people": 1,
        "mobility": 1,
        "living": 1,
        "economy": 2,
        "environment": 1,
    }
    assert {line.year for _, programme in quick for line in programme.budgets} == {2023, 2024}
    mixed = [one for _, one in programmes if len({line.source for line in one.budgets}) > 1]
    assert len(mixed) == 24
    assert sum(line.amount_rupiah for _, one in programmes for line in one.budgets) == Decimal(
        "81480000000.00"
    )


@of_each_city
def test_the_texts_are_one_to_three_sentences_that_the_platform_keeps_as_they_are(
    innovations: list[Innovation], units: list[Unit], plan: Plan
) -> None:
    for innovation in innovations:
        for field in PROSE:
            text = getattr(innovation, field)
            assert text_value(text, path=(field,)) == text
            assert 1 <= len(re.findall(r"[.!?](?=\s|$)", text)) <= 3, (innovation.key, field)


def test_no_sentence_is_used_twice() -> None:
    texts = [getattr(one, field) for one in INNOVATIONS + SECOND.innovations for field in PROSE]
    programmes = [one.programme for one in INNOVATIONS + SECOND.innovations if one.programme]
    texts += [programme.activity for programme in programmes]
    sentences = Counter(part for text in texts for part in re.split(r"(?<=[.!?])\s", text))
    assert [sentence for sentence, count in sentences.items() if count > 1] == []


@of_each_staff
def test_every_unit_has_an_operator_and_a_head_and_nobody_has_a_persons_name(
    people: list[Person], units: list[Unit]
) -> None:
    assert {UnitKind(unit.kind) for unit in units} <= set(UnitKind)
    assert len({person.local_part for person in people}) == len(people)
    by_role = Counter((Role(person.role), person.unit) for person in people)
    expected = Counter(
        (role, unit.short_name) for unit in units for role in (Role.UNIT_OPERATOR, Role.UNIT_HEAD)
    )
    assert by_role - expected == Counter(
        {(Role.CITY_ADMIN, "Diskominfo"): 1, (Role.BAPPEDA, people[1].unit): 1}
    )
    assert expected - by_role == Counter()
    titles = "Admin|Operator|Kepala|Sekretaris|Inspektur|Direktur|Camat|Perencana"
    assert all(re.match(titles, person.display_name) for person in people)


def test_the_real_events_of_2022_are_dated_and_sourced() -> None:
    events = read(Events, f"{DEMO}/events.json").events
    assert [(event.key, event.date, event.precision, event.certainty) for event in events] == [
        ("assessment", date(2022, 4, 21), "before", "reported"),
        ("memorandum", date(2022, 4, 21), "day", "confirmed"),
        ("bimtek-1", date(2022, 6, 13), "day", "confirmed"),
        ("commitment", date(2022, 9, 27), "day", "confirmed"),
        ("target", date(2022, 10, 31), "month", "reported"),
    ]
    assert [event.date.strftime("%w") for event in events[1:4]] == ["4", "1", "2"]


def test_the_demo_cities_are_two_different_regions() -> None:
    city = read(DemoCity, f"{DEMO}/city.json")
    assert (city.region_code, city.slug, city.unit_label) == ("13.75", "kota-bukittinggi", "SKPD")
    other = SECOND.city
    assert (other.region_code, other.slug, other.unit_label) == ("13.77", "kota-pariaman", "OPD")
    assert (len(SECOND.units), len(SECOND.innovations)) == (4, 4)


def test_every_section_of_the_editions_books_has_a_text_that_is_long_enough():
    texts = read(SectionTexts, f"{DEMO}/sections.json").sections
    edition = next(each for each in read(Editions, "editions.json").editions if each.year == 2022)
    chapters = [(book.number, each.code) for book in edition.books for each in book.chapters]
    assert [(each.book, each.chapter) for each in texts] == chapters
    for each in texts:
        assert word_count(checked(each.body)) >= 20, (each.book, each.chapter)
