"""Editions are drafted, copied, changed and activated, and stay once a cohort follows them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from kotacerdas.audit.models import AuditEntry
from kotacerdas.scope import NATION, Door, Scope
from tenants.editions import editing
from tenants.editions.models import Cohort, EditionState, GuideEdition
from tenants.editions.queries import dimensions_of, document_of
from tenants.editions.rules import rules_of
from tests.tenants.editions.conftest import begin
from tests.tenants.evaluation.conftest import free_year, opened
from tests.tenants.refusals import refused, run


def changing(draft, changes):
    return lambda s: editing.update(s, draft.id, changes=changes, expected_version=draft.version)


def test_a_copy_is_a_draft_with_the_same_content_and_another_code(database, nation, draft):
    with database.unit_of_work(nation) as session:
        row = session.get_one(GuideEdition, draft.id)
        source = session.scalars(
            select(GuideEdition).where(GuideEdition.code == "panduan-enam-dimensi")
        ).one()
        assert document_of(session, row) == document_of(session, source) | {"code": row.code}
    assert draft.state is EditionState.DRAFT


def test_a_code_is_used_once(database, nation, draft):
    refused(
        database, nation, lambda s: editing.copy(s, draft.id, code=draft.code), "EDITION_CODE_TAKEN"
    )


def test_a_city_writes_no_edition(database, city, draft):
    refused(database, city.scope(), lambda s: editing.copy(s, draft.id, code="lain"), "FORBIDDEN")


def test_a_changed_part_replaces_the_former_and_the_rest_stays(database, nation, draft):
    changes = {"quick_win": {"minimum": 3, "maximum": 6}}
    row = run(
        database,
        nation,
        lambda s: editing.update(s, draft.id, changes=changes, expected_version=draft.version),
    )
    rules = rules_of(row)
    assert (rules.quick_win.minimum, rules.quick_win.maximum) == (3, 6)
    assert [len(book.chapters) for book in rules.books] == [5, 6, 4]
    refused(
        database,
        nation,
        lambda s: editing.update(s, draft.id, changes=changes, expected_version=draft.version),
        "STALE_VERSION",
    )


def test_activation_names_everything_that_is_amiss_by_its_place(database, nation, draft):
    name = {"id": "Nama", "en": "Name"}
    part = {"code": "output", "name": name, "weight": 60}
    changes = {
        "quick_win": {"minimum": 6, "maximum": 3},
        "evaluation": {"parts": [part, part]},
        "bimtek": [{"ordinal": 2, "outputs": [{"code": "visi", "name": name}]}],
        "readiness": [],
        "dimensions": [
            {"code": "satu", "name": name, "description": name, "aliases": ["tidak-ada"]}
        ],
    }
    row = run(
        database,
        nation,
        lambda s: editing.update(s, draft.id, changes=changes, expected_version=draft.version),
    )
    faults = refused(
        database,
        nation,
        lambda s: editing.activate(s, row.id, expected_version=row.version),
        *["EDITION_RULE_INVALID"] * 7,
    )
    assert [".".join(fault.path[1:]) for fault in faults] == [
        "readiness",
        "evaluation.parts.0.code",
        "evaluation.parts.1.code",
        "bimtek",
        "quick_win.maximum",
        "evaluation.parts",
        "dimensions.0.aliases",
    ]


def test_one_key_makes_one_edition(database, nation, draft):
    key, code = str(uuid4()), f"sekali-{uuid4().hex[:12]}"
    rule = lambda s: editing.copy(s, draft.id, code=code, name="Baru", idempotency_key=key)  # noqa: E731
    first, second = run(database, nation, rule), run(database, nation, rule)
    assert (first.id, first.name, first.name_en) == (second.id, "Baru", "Baru")
    other = lambda s: editing.copy(s, draft.id, code=f"{code}-2", idempotency_key=key)  # noqa: E731
    refused(database, nation, other, "IDEMPOTENCY_KEY_REUSED")


def test_a_change_is_audited_with_what_was_and_what_is_and_nothing_else(database, nation, draft):
    row = run(database, nation, changing(draft, {"quick_win": {"minimum": 3}, "source": ""}))
    assert row.version == draft.version + 1
    with database.unit_of_work(nation) as session:
        entry = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.tenant_id == NATION, AuditEntry.entity_id == draft.id)
            .order_by(AuditEntry.sequence.desc())
        ).first()
    assert entry.action == "edition.update"
    assert entry.before.keys() == entry.after.keys() == {"quick_win", "source"}
    assert entry.after["quick_win"]["minimum"] == 3


def test_a_changed_pillar_keeps_its_id_and_raises_the_version(database, nation, draft):
    with database.unit_of_work(nation) as session:
        (first, *rest) = document_of(session, session.get_one(GuideEdition, draft.id))["dimensions"]
        ids = {row.code: row.id for row in dimensions_of(session, draft.id)}
    renamed = {**first, "name": {"id": "Tata kelola", "en": "Governance"}, "sub_dimensions": []}
    row = run(database, nation, changing(draft, {"dimensions": [*rest, renamed]}))
    assert row.version == draft.version + 1
    with database.unit_of_work(nation) as session:
        now = dimensions_of(session, draft.id)
    assert now[-1].name == "Tata kelola"
    assert {each.code: each.id for each in now} == ids


def test_a_text_that_a_database_cannot_hold_is_refused_by_its_place(database, nation, draft):
    (fault,) = refused(
        database, nation, changing(draft, {"source": "a\x00b"}), "EDITION_RULE_INVALID"
    )
    assert fault.path == ("rules", "source")
    assert fault.text("id").startswith("Isian source: berisi karakter kendali.")


def test_a_scale_runs_upwards_before_an_edition_is_followed(database, nation, draft):
    row = run(database, nation, changing(draft, {"readiness_scale": {"least": 5, "most": 5}}))
    (fault,) = refused(
        database,
        nation,
        lambda s: editing.activate(s, row.id, expected_version=row.version),
        "EDITION_RULE_INVALID",
    )
    assert fault.path == ("rules", "readiness_scale", "most")


def test_an_edition_stays_once_a_cohort_follows_it(database, nation, active, begun):
    cohort = begun(active)
    (fault,) = refused(database, nation, changing(active, {"books": []}), "EDITION_IN_USE")
    assert fault.text("id").startswith(f"Edisi ini dipakai angkatan {cohort.year} dan tidak")


def test_an_edition_stays_once_a_round_of_evaluation_follows_it(database, nation, active):
    held = run(database, nation, opened(free_year(database), edition_code=active.code))
    (fault,) = refused(database, nation, changing(active, {"source": "x"}), "EDITION_IN_USE")
    assert f"followed by evaluation {held.year}:" in fault.text("en")
    emptied = update(GuideEdition).where(GuideEdition.id == active.id).values(rules={})
    with pytest.raises(DBAPIError, match=f"round {held.year} and cannot change"):
        run(database, nation, lambda s: s.execute(emptied))


def test_a_round_follows_no_draft_but_a_retired_edition(database, nation, draft, active):
    year = free_year(database)
    refused(database, nation, opened(year, edition_code=draft.code), "EDITION_NOT_ACTIVE")
    run(database, nation, lambda s: editing.retire(s, active.id, expected_version=active.version))
    run(database, nation, opened(year, edition_code=active.code))


def test_a_retired_edition_gets_no_new_cohort_and_its_own_go_on(database, nation, active, begun):
    cohort = begun(active)
    row = run(
        database, nation, lambda s: editing.retire(s, active.id, expected_version=active.version)
    )
    assert row.state is EditionState.RETIRED
    refused(database, nation, begin(active), "EDITION_NOT_ACTIVE")
    with database.unit_of_work(nation) as session:
        assert session.get_one(Cohort, cohort.id).edition_id == active.id
    back = run(
        database, nation, lambda s: editing.activate(s, row.id, expected_version=row.version)
    )
    assert back.state is EditionState.ACTIVE
    assert begun(active).edition_id == active.id


def test_a_followed_edition_never_becomes_a_draft_again(database, nation, active, begun):
    begun(active)
    mine = update(GuideEdition).where(GuideEdition.id == active.id)
    with pytest.raises(DBAPIError, match="cannot change"):
        run(database, nation, lambda s: s.execute(mine.values(state=EditionState.DRAFT)))


def test_cohorts_of_two_editions_live_side_by_side(database):
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        rows = session.execute(
            select(Cohort.year, GuideEdition.code)
            .join(GuideEdition, GuideEdition.id == Cohort.edition_id)
            .where(Cohort.year.in_([2017, 2022]))
        )
        assert dict(rows.all()) == {2017: "panduan-enam-dimensi", 2022: "pilar-2022"}
