"""Frozen versions: complete, sealed, never changed."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select, text

from kotacerdas.errors import DomainError, Forbidden, StaleVersion
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door
from tenants.cities.workflow import Stage
from tenants.masterplan import freezing, missions, plan, programmes
from tenants.masterplan.content import from_json, hash_of
from tenants.masterplan.models import MasterplanVersion
from tests.predicate.hook import suspended
from tests.tenants.masterplan.cohorts import PILLARS
from tests.tenants.masterplan.planning import codes, whole


def freeze(planning, plan_id) -> MasterplanVersion:
    version = planning.version(plan_id)
    return planning.run(freezing.freeze, plan_id, expected_version=version)


def stored(planning, version_id) -> MasterplanVersion:
    key = (planning.city.id, version_id)
    return planning.run(lambda session: session.get_one(MasterplanVersion, key))


def test_a_complete_plan_is_frozen_with_its_whole_content(planning):
    plan_id = planning.complete()
    innovation_id = planning.innovation("economy")
    fields = {**whole(), "goal_id": planning.goals(plan_id)[0][1]}
    helper = planning.city.unit("Dinas Pariwisata")
    planning.run(
        programmes.place,
        innovation_id,
        **{**fields, "supporting_unit_ids": [helper], "baseline": Decimal("12.50")},
    )
    version = freeze(planning, plan_id)
    content = from_json(stored(planning, version.id).content)
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Jakarta")).date()
    assert (version.number, content.version, content.frozen_on) == (1, 1, today)
    assert (content.city.name, content.city.head_title) == ("Kota Uji", "Wali Kota")
    assert content.city.region_code == planning.city.region_code
    assert (content.vision, content.years) == ("Kota yang melayani.", tuple(range(2023, 2028)))
    assert [(m.ordinal, m.goals) for m in content.missions] == [(1, ("Layanan daring",))]
    assert [pillar.code for pillar in content.dimensions] == list(PILLARS)
    placed = content.dimensions[4].programmes[1]
    assert (placed.code, placed.origin) == ("ECO-02", "Layanan Satu Pintu Daring")
    assert (placed.lead_unit, placed.supporting_units) == (
        "Dinas Komunikasi dan Informatika",
        ("Dinas Pariwisata",),
    )
    assert (placed.goal, placed.baseline) == ("Layanan daring", Decimal("12.5"))
    assert [(t.year, t.value) for t in placed.targets] == [(2023, 40), (2027, Decimal("82.5"))]
    assert placed.budgets[0].amount_rupiah == Decimal("1500000000.00")
    assert version.content_hash.hex() == content.content_hash == hash_of(content)


def test_the_next_version_forks_and_the_first_stays_as_it_was(planning):
    plan_id = planning.complete()
    first = freeze(planning, plan_id)
    before = stored(planning, first.id)
    programme = planning.programme(plan_id, "people", name="Program susulan")
    second = freeze(planning, plan_id)
    assert (second.number, second.content_hash != first.content_hash) == (2, True)
    after = stored(planning, first.id)
    assert (after.content, after.content_hash, after.updated_at) == (
        before.content,
        before.content_hash,
        before.updated_at,
    )
    assert programme.code not in str(after.content)
    assert programme.code in str(stored(planning, second.id).content)


def test_the_same_content_is_not_frozen_twice(planning):
    plan_id = planning.complete()
    freeze(planning, plan_id)
    again = planning.version(plan_id)
    errors = planning.refused(freezing.freeze, plan_id, expected_version=again)
    assert codes(errors) == ["NOTHING_CHANGED"]
    assert "versi 1" in errors[0].text("id")


def test_the_same_content_has_the_same_hash(planning):
    plan_id = planning.complete()
    first = freeze(planning, plan_id)
    planning.run(plan.update, plan_id, vision="Lain.", expected_version=3)
    freeze(planning, plan_id)
    planning.run(plan.update, plan_id, vision="Kota yang melayani.", expected_version=4)
    third = from_json(stored(planning, freeze(planning, plan_id).id).content)
    as_first = from_json({**stored(planning, first.id).content, "version": 3})
    assert hash_of(third) == hash_of(as_first)


def test_an_empty_plan_names_all_that_is_missing(planning):
    plan_id = planning.plan().id
    errors = planning.refused(freezing.freeze, plan_id, expected_version=1)
    assert codes(errors) == ["VISION_MISSING", "MISSIONS_MISSING"] + ["PILLAR_EMPTY"] * 6
    assert [error.path for error in errors[2:]] == [("dimensions", code) for code in PILLARS]
    assert "Smart Mobility" in errors[4].text("id")


def test_an_unfinished_programme_and_a_mission_without_goal_are_named(planning):
    plan_id = planning.complete()
    planning.programme(plan_id, "living", indicator="", targets=[], budgets=[])
    texts = [("Satu", ["a"]), ("Dua", [])]
    planning.run(missions.write_missions, plan_id, missions=texts, expected_version=3)
    errors = planning.refused(freezing.freeze, plan_id, expected_version=4)
    assert codes(errors) == ["MISSION_WITHOUT_GOAL", "PROGRAMME_INCOMPLETE"]
    assert errors[1].path == ("programmes", "LIV-02")
    assert "indikator, target, anggaran" in errors[1].text("id")
    assert "indicator, targets, budgets" in errors[1].text("en")


def test_freezing_asks_for_the_version_that_was_seen(planning):
    plan_id = planning.complete()
    errors = planning.refused(freezing.freeze, plan_id, expected_version=1)
    assert isinstance(errors[0], StaleVersion)
    assert errors[0].current_version == 3


@pytest.mark.parametrize("role", [Role.BAPPEDA, Role.UNIT_HEAD, Role.REGION_HEAD, Role.COUNCIL])
def test_only_the_citys_administrator_freezes(planning, role):
    plan_id = planning.complete()
    scope = planning.city.scope(role)
    errors = planning.refused(freezing.freeze, plan_id, expected_version=3, scope=scope)
    assert isinstance(errors[0], Forbidden)


def test_nothing_is_frozen_when_the_participation_has_ended(planning):
    plan_id = planning.complete()
    planning.stage(Stage.WITHDRAWN)
    errors = planning.refused(freezing.freeze, plan_id, expected_version=3)
    assert codes(errors) == ["PARTICIPATION_ENDED"]


def test_another_citys_plan_looks_missing(planning, make_planning):
    foreign = make_planning().complete()
    for plan_id in (foreign, uuid4()):
        errors = planning.refused(freezing.freeze, plan_id, expected_version=3)
        assert codes(errors) == ["NOT_FOUND"]


def test_another_city_reads_no_version(planning, make_planning):
    version = freeze(planning, planning.complete())
    seen = select(MasterplanVersion.id).where(MasterplanVersion.id == version.id)
    other = make_planning()
    with suspended():
        assert other.run(lambda session: session.scalar(seen)) is None


def test_parallel_freezes_make_one_version(planning):
    plan_id = planning.complete()

    def attempt(_number: int) -> str:
        try:
            return str(freeze(planning, plan_id).number)
        except DomainError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == ["1"] + ["NOTHING_CHANGED"] * 3


def test_freezing_waits_for_a_programme_that_is_being_changed(planning):
    plan_id = planning.complete()
    programme = planning.programme(plan_id, "people", name="Lama")
    changed = {"expected_version": 1, "name": "Baru"}
    with ThreadPoolExecutor(1) as pool:
        with planning.database.unit_of_work(planning.scope) as session:
            programmes.update_programme(session, programme.id, **changed)
            frozen = pool.submit(freeze, planning, plan_id)
            time.sleep(0.2)  # long enough to be wrong, were it not for the lock
            assert not frozen.done()
        content = frozen.result(timeout=5).content
    assert content["dimensions"][1]["programmes"][1]["name"] == "Baru"


def test_the_number_of_statements_does_not_grow_with_the_plan(planning, database):
    plan_id = planning.complete()
    small = statements(database, lambda: freeze(planning, plan_id))
    for number in range(8):
        planning.programme(plan_id, "people", name=f"Program {number}")
    assert statements(database, lambda: freeze(planning, plan_id)) == small


def test_a_frozen_version_cannot_be_changed_by_the_citys_login_role(planning):
    version = freeze(planning, planning.complete())
    grants = text(
        "select string_agg(privilege_type, ',' order by privilege_type)"
        " from information_schema.role_table_grants"
        " where table_name = 'masterplan_version' and grantee = 'app_city'"
    )
    assert planning.run(lambda session: session.scalar(grants)) == "INSERT,SELECT"
    assert version.number == 1


def statements(database, call) -> int:
    """How many statements the city's login role runs during a call."""
    count = 0

    def note(*_arguments) -> None:
        nonlocal count
        count += 1

    engine = database.engine(Door.CITY)
    event.listen(engine, "before_cursor_execute", note)
    try:
        call()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return count
