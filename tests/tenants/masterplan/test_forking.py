"""Going on from a frozen version: nothing that stood is lost, and what was frozen stands again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.errors import DomainError, Forbidden
from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import Model
from tenants.cities.workflow import Stage
from tenants.masterplan import (
    adopting,
    forking,
    missions,
    plan,
    programmes,
    publishing,
    working_copy,
)
from tenants.masterplan.analysis import sources, swot
from tenants.masterplan.analysis.citations import CitationLine
from tenants.masterplan.analysis.models import SourceDocument, SwotKind, SwotPoint
from tenants.masterplan.books.models import SectionRevision, SectionState
from tenants.masterplan.comparing import changes_between
from tenants.masterplan.models import Masterplan, MasterplanVersion, Programme
from tenants.notifications.models import NotificationKind
from tenants.submissions.models import Innovation
from tenants.submissions.workflow import InnovationState
from tests.tenants.masterplan.books.shelf import WORDS, Shelf, make_guide
from tests.tenants.masterplan.books.test_stages import told
from tests.tenants.masterplan.planning import codes, whole
from tests.tenants.masterplan.statements import point


@pytest.fixture(scope="module")
def guide(database):
    return make_guide(database)


@pytest.fixture
def shelf(database, city, guide) -> Shelf:
    return Shelf(database, city, guide).ready()


def fork(shelf, version: MasterplanVersion, **options) -> Masterplan:
    seen = shelf.version(shelf.plan_id)
    return shelf.run(forking.fork, version.id, expected_version=seen, **options)


def versions(shelf) -> list[tuple[int, bool]]:
    mine = select(MasterplanVersion.number, MasterplanVersion.is_set_aside).where(
        MasterplanVersion.tenant_id == shelf.city.id
    )
    rows = mine.order_by(MasterplanVersion.number)
    return [tuple(row) for row in shelf.run(lambda s: s.execute(rows).all())]


def differences(shelf, latter: MasterplanVersion, since: int) -> list[str]:
    return [each.name for each in shelf.run(changes_between, latter.id, since=since)]


def change_everything(shelf) -> None:
    """Alter each kind of thing that a plan holds."""
    seen = shelf.version(shelf.plan_id)
    shelf.run(plan.update, shelf.plan_id, vision="Lain.", title="Lain", expected_version=seen)
    texts = [("Satu.", ["a", "b"]), ("Dua.", ["c"])]
    shelf.run(missions.write_missions, shelf.plan_id, missions=texts, expected_version=seen + 1)
    shelf.write(shelf.section(), WORDS + " berubah")
    shelf.programme(shelf.plan_id, "people", name="Program baru")
    point(shelf, shelf.plan_id, SwotKind.THREAT, "Ancaman baru")


def test_a_fork_brings_back_all_that_was_frozen_with_its_ids(shelf):
    point(shelf, shelf.plan_id, SwotKind.STRENGTH, "Pasar", weight=Decimal("0.25"))
    first = shelf.freeze()
    ids = shelf.run(rows_of, shelf, Programme), shelf.run(rows_of, shelf, SwotPoint)
    change_everything(shelf)
    fork(shelf, first)
    assert (shelf.run(rows_of, shelf, Programme), shelf.run(rows_of, shelf, SwotPoint)) == ids
    again = shelf.run(forking.set_aside, shelf.run(stored_plan, shelf))
    assert differences(shelf, again, since=1) == []


def rows_of(session, shelf, model):
    mine = select(model.id).where(model.tenant_id == shelf.city.id)
    return sorted(session.scalars(mine))


def stored_plan(session, shelf) -> Masterplan:
    return session.get_one(Masterplan, (shelf.city.id, shelf.plan_id))


def test_what_stood_is_kept_first_and_can_be_gone_back_to(shelf):
    first = shelf.freeze()
    change_everything(shelf)
    fork(shelf, first)
    assert versions(shelf) == [(1, False), (2, True)]
    kept = shelf.run(version_numbered, shelf, 2)
    assert kept.content["title"] == "Lain"
    fork(shelf, kept)
    assert shelf.run(stored_plan, shelf).vision == "Lain."
    assert versions(shelf) == [(1, False), (2, True), (3, True)]


def version_numbered(session, shelf, number: int) -> MasterplanVersion:
    mine = {"tenant_id": shelf.city.id, "number": number}
    return session.scalars(select(MasterplanVersion).filter_by(**mine)).one()


def test_a_plan_as_it_was_frozen_is_not_kept_twice(shelf):
    first = shelf.freeze()
    fork(shelf, first)
    assert versions(shelf) == [(1, False)]


def test_a_section_keeps_all_its_texts_and_gets_the_old_one_as_its_next(shelf):
    first = shelf.freeze()
    section = shelf.section()
    shelf.write(section, WORDS + " berubah")
    fork(shelf, first)
    mine = select(SectionRevision.number).where(
        SectionRevision.tenant_id == shelf.city.id, SectionRevision.section_id == section.id
    )
    numbers = shelf.run(lambda s: s.scalars(mine.order_by(SectionRevision.number)).all())
    assert numbers == [1, 2, 3]
    now = shelf.stored(section.id)
    assert (now.body, now.state) == (section.body, SectionState.DRAFT)


def test_innovations_follow_their_programmes(shelf):
    early, late = shelf.innovation(), shelf.innovation()
    shelf.run(programmes.place, early, **whole())
    first = shelf.freeze()
    shelf.run(programmes.place, late, **whole())
    second = shelf.freeze()
    fork(shelf, first)
    assert states(shelf, early, late) == [InnovationState.PLACED, InnovationState.ACCEPTED]
    fork(shelf, second)
    assert states(shelf, early, late) == [InnovationState.PLACED, InnovationState.PLACED]


def states(shelf, *ids) -> list[InnovationState]:
    def read(session):
        return [session.get_one(Innovation, (shelf.city.id, each)).state for each in ids]

    return shelf.run(read)


def test_whoever_has_a_row_open_is_stale_after_a_fork(shelf):
    first = shelf.freeze()
    programme = shelf.programme(shelf.plan_id, "people", name="Program")
    fork(shelf, first)
    gone = shelf.refused(programmes.update_programme, programme.id, expected_version=1, name="x")
    assert codes(gone) == ["NOT_FOUND"]
    (one, *_) = shelf.run(rows_of, shelf, Programme)
    stale = shelf.refused(programmes.update_programme, one, expected_version=1, name="x")
    assert codes(stale) == ["STALE_VERSION"]


def test_a_version_set_aside_is_neither_adopted_nor_published(shelf):
    first = shelf.freeze()
    change_everything(shelf)
    fork(shelf, first)
    kept = shelf.run(version_numbered, shelf, 2)
    shelf.stage(Stage.ACCEPTED)
    law = {"regulation_id": kept.id}
    assert codes(shelf.refused(adopting.adopt, kept.id, **law)) == ["VERSION_SET_ASIDE"]
    assert codes(shelf.refused(publishing.publish, kept.id)) == ["VERSION_SET_ASIDE"]


def test_what_was_set_aside_is_frozen_for_good_once_it_is_complete(shelf):
    first = shelf.freeze()
    seen = shelf.version(shelf.plan_id)
    shelf.run(plan.update, shelf.plan_id, vision="Lain.", expected_version=seen)
    fork(shelf, first)
    fork(shelf, shelf.run(version_numbered, shelf, 2))
    assert shelf.freeze().is_set_aside is False


def test_the_planners_are_told(shelf):
    first = shelf.freeze()
    change_everything(shelf)
    fork(shelf, first)
    assert told(shelf, NotificationKind.PLAN_FORKED) == {shelf.bappeda.person_id}


def test_a_fork_asks_for_the_version_that_was_seen_and_for_the_right(shelf):
    first = shelf.freeze()
    late = shelf.refused(forking.fork, first.id, expected_version=1)
    assert codes(late) == ["STALE_VERSION"]
    seen = shelf.version(shelf.plan_id)
    for role in (Role.BAPPEDA, Role.UNIT_HEAD, Role.REGION_HEAD):
        who = shelf.city.scope(role)
        (error,) = shelf.refused(forking.fork, first.id, expected_version=seen, scope=who)
        assert isinstance(error, Forbidden)
    shelf.stage(Stage.WITHDRAWN)
    ended = shelf.refused(forking.fork, first.id, expected_version=seen)
    assert codes(ended) == ["PARTICIPATION_ENDED"]


def test_another_citys_version_looks_missing(shelf, database, make_city, guide):
    other = Shelf(database, make_city(), guide).ready().freeze()
    seen = shelf.version(shelf.plan_id)
    assert codes(shelf.refused(forking.fork, other.id, expected_version=seen)) == ["NOT_FOUND"]


def test_a_version_without_its_rows_names_the_way_out(shelf):
    first = shelf.freeze()
    old = MasterplanVersion(
        tenant_id=shelf.city.id,
        id=uuid7(),
        masterplan_id=shelf.plan_id,
        number=2,
        content=first.content,
        content_hash=first.content_hash,
        frozen_by=first.frozen_by,
        is_set_aside=False,
    )
    shelf.run(lambda session: session.add(old))
    seen = shelf.version(shelf.plan_id)
    errors = shelf.refused(forking.fork, old.id, expected_version=seen)
    assert codes(errors) == ["VERSION_WITHOUT_COPY"]


def test_parallel_forks_have_one_effect(shelf):
    first = shelf.freeze()
    change_everything(shelf)
    seen = shelf.version(shelf.plan_id)

    def attempt(_number: int) -> str:
        try:
            shelf.run(forking.fork, first.id, expected_version=seen)
        except DomainError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(attempt, range(3))) == ["STALE_VERSION", "STALE_VERSION", "done"]
    assert versions(shelf) == [(1, False), (2, True)]


def test_a_document_that_was_deleted_since_is_back(shelf):
    made = shelf.run(sources.create_source, title="RTRW", year=2017)
    cited = [CitationLine(source_document_id=made.id, page="3")]
    one = point(shelf, shelf.plan_id, SwotKind.STRENGTH, "Pasar", citations=cited)
    first = shelf.freeze()
    shelf.run(swot.delete_point, one.id, expected_version=1)
    shelf.run(sources.delete_source, made.id, expected_version=1)
    fork(shelf, first)
    row = shelf.run(lambda s: s.get_one(SourceDocument, (shelf.city.id, made.id)))
    assert (row.title, row.year) == ("RTRW", 2017)


def test_every_table_of_a_plan_is_kept_or_has_a_rule_of_its_own():
    owners = {"masterplan", *(model.__tablename__ for model in working_copy.BELOW)}
    below = {
        table.name
        for table in Model.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in owners
    }
    kept = {model.__tablename__ for model in working_copy.BELOW}
    # A remark stays with what was remarked on, and tells where that is gone.
    assert below - kept == {"masterplan_version", "book", "remark"}
