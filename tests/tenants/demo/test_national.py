"""The demo at national scale: counted honestly, marked as a demo, and by the domain's own rules."""

import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from kotacerdas import audit
from kotacerdas import settings as reading
from kotacerdas.audit.models import AuditHead
from kotacerdas.database import Database
from kotacerdas.identity.models import Account, Membership
from kotacerdas.scope import NATION, Door, Scope
from tenants.bimtek.models import Attendance, Workshop, WorkshopState
from tenants.cities.models import City, Participation, ParticipationStep, Region, Unit
from tenants.cities.workflow import Stage
from tenants.cli.app import app
from tenants.demo.national import loading
from tenants.demo.national.drawing import DRAWN_STAGES, draw
from tenants.demo.national.loading import NationalSummary, load
from tenants.editions.models import Cohort
from tenants.evaluation import scoring
from tenants.evaluation.models import Evaluation, EvaluationResult, EvaluationState
from tenants.institutions.models import Institution
from tenants.masterplan.analysis.models import Readiness, SwotPoint
from tenants.masterplan.assembly import book_content
from tenants.masterplan.completeness.rule import missing as lacking
from tenants.masterplan.content import from_json, hash_of
from tenants.masterplan.draft import BudgetLine, ProgrammeDraft, TargetLine
from tenants.masterplan.models import (
    Adoption,
    Budget,
    Masterplan,
    MasterplanVersion,
    Programme,
    ProgrammeSupport,
    YearTarget,
)
from tenants.masterplan.shelving import with_books
from tenants.masterplan.validity import checked
from tenants.process.guards import GUARDS
from tenants.submissions.content import refuse_unfilled
from tenants.submissions.models import Innovation, InnovationRevision
from tenants.submissions.workflow import InnovationState
from tests.scratch import ROLES, scratch_database
from tests.tenants.demo.national_digest import digest, nation_of

PASSWORD = "empat-kata-yang-panjang"
UNFINISHED = {Stage.WITHDRAWN, Stage.NOT_FINISHED, Stage.NOT_SELECTED}

pytestmark = pytest.mark.timed


class PulledPlug(Exception):
    pass


@pytest.fixture(scope="module")
def nation(settings):
    """A database whose first load was interrupted at its thirtieth plan, its second was not."""
    with (
        scratch_database(settings) as moved,
        pytest.MonkeyPatch.context() as patch,
        closing(Database(moved)) as database,
    ):
        plans = iter(range(30))
        freeze = loading.freeze

        def pull_plug(session, plan):
            if next(plans, None) is None:
                raise PulledPlug
            freeze(session, plan)

        patch.setattr(loading, "freeze", pull_plug)
        with pytest.raises(PulledPlug):
            load(database, moved, password=PASSWORD)
        patch.undo()
        summary = load(database, moved, password=PASSWORD)
        yield Loaded(database, moved, summary)


class Loaded:
    def __init__(self, database, settings, summary):
        self.database, self.settings, self.summary = database, settings, summary

    def all(self, *columns, door=Door.MINISTRY):
        """Return all rows of the nation."""
        with self.database.unit_of_work(Scope(door, NATION)) as session:
            return session.execute(select(*columns)).all()

    def counts(self, column):
        """Return how many rows have each value of a column."""
        return Counter(value for (value,) in self.all(column))

    def samples(self):
        """Yield a session for one participation of each stage and cohort."""
        rows = self.all(Participation.tenant_id, Participation.stage, Participation.cohort_id)
        chosen = {(stage, cohort): tenant for tenant, stage, cohort in sorted(rows)}
        for tenant_id in sorted(set(chosen.values())):
            with self.database.unit_of_work(Scope(Door.WORKER, tenant_id)) as session:
                yield tenant_id, session


def mine(session, model, tenant_id, **values):
    found = select(model).where(model.tenant_id == tenant_id)
    for name, value in values.items():
        found = found.where(getattr(model, name) == value)
    return session.scalars(found).all()


def test_the_nation_has_198_participations_of_191_regions_in_five_cohorts(nation):
    assert len(nation.all(Region.code)) == 514
    rows = nation.all(Participation.cohort_id, Participation.tenant_id)
    names = dict(map(tuple, nation.all(Cohort.id, Cohort.year)))
    by_year = Counter(names[cohort_id] for cohort_id, _ in rows)
    assert by_year == {2017: 25, 2018: 50, 2019: 25, 2021: 48, 2022: 50}
    assert len({tenant_id for _, tenant_id in rows}) == 191
    assert len(nation.all(City.id)) == 191


def test_whoever_is_publicly_named_takes_part_and_is_shown_as_unfinished_nowhere(nation):
    known = nation_of(nation.database)
    seats = {(seat.region_code, seat.year): seat for seat in draw(known)}
    for year in known.years:
        if year.year <= 2022:
            assert all((code, year.year) in seats for code in year.named)
    named = [seat for seat in seats.values() if not seat.drawn]
    assert len(named) == 101
    assert {seat.stage for seat in named} == {Stage.ADOPTED, Stage.IMPLEMENTING}
    assert set(DRAWN_STAGES) | {Stage.IMPLEMENTING} == set(Stage)


def test_there_is_a_city_of_every_stage_and_an_innovation_and_evaluation_of_every_state(nation):
    assert set(nation.counts(Participation.stage)) == set(Stage)
    assert set(nation.counts(Innovation.state)) == set(InnovationState)
    assert set(nation.counts(Evaluation.state)) == set(EvaluationState)
    assert set(nation.counts(Workshop.state)) == {WorkshopState.HELD, WorkshopState.PLANNED}


def test_the_nation_is_as_large_as_the_programme_was(nation):
    assert 1_400 < len(nation.all(Unit.id)) < 1_600
    assert 5_500 < len(nation.all(Programme.id)) < 6_500
    assert 3_600 < len(nation.all(Innovation.id)) < 4_400
    for model in (Attendance, Institution, Readiness, SwotPoint, Evaluation, Adoption):
        assert len(nation.all(model.id)) > 100, model
    assert nation.summary.cities == 189
    assert nation.summary.participations == 196


def test_every_city_and_everything_made_up_in_it_is_marked_as_a_demo(nation):
    cities = nation.all(City.id, City.name, City.is_demo)
    assert all(is_demo for _, _, is_demo in cities)
    played = {id_ for id_, name, _ in cities if not name.endswith(" (demo)")}
    assert len(played) == 2
    for model in (Programme, Innovation):
        for tenant_id, name in nation.all(model.tenant_id, model.name):
            assert name.endswith("(contoh)") or tenant_id in played
    for tenant_id, note in nation.all(ParticipationStep.tenant_id, ParticipationStep.note):
        assert (note or "").startswith("Contoh:") or tenant_id in played
    emails = nation.all(Account.email, door=Door.IDENTITY)
    assert len(emails) > 3_000
    assert all(email.endswith(".demo") for (email,) in emails)


def test_loading_again_changes_nothing_in_under_a_second(nation):
    before = nation.all(AuditHead.tenant_id, AuditHead.sequence)
    began = time.monotonic()
    loaded = load(nation.database, nation.settings, password="another")
    assert time.monotonic() - began < 1
    assert loaded == NationalSummary()
    assert nation.all(AuditHead.tenant_id, AuditHead.sequence) == before


def test_the_command_says_that_the_demo_is_there_and_how_to_sign_in(nation, monkeypatch):
    for role in ROLES:
        url = getattr(nation.settings, f"{role}_url").get_secret_value()
        monkeypatch.setenv(f"KOTACERDAS_{role.upper()}_URL", url)
    reading.settings.cache_clear()
    try:
        told = CliRunner().invoke(app, ["demo", "national"])
    finally:
        reading.settings.cache_clear()
    assert told.exit_code == 0, (told.output, told.exception)
    assert told.stdout.splitlines()[:4] == [
        "cities: 0",
        "participations: 0",
        "rows: 0",
        "The demo was there already; nothing was changed.",
    ]
    assert "Sign in as admin@kementerian.demo" in told.stdout


def test_each_stage_that_a_city_has_come_to_lacks_nothing(nation):
    asked = 0
    for tenant_id, session in nation.samples():
        for row in mine(session, Participation, tenant_id):
            steps = mine(session, ParticipationStep, tenant_id, participation_id=row.id)
            for stage in {step.stage for step in steps}:
                found = [
                    item.error for guard in GUARDS.get(stage, ()) for item in guard(session, row)
                ]
                assert found == [], (tenant_id, stage)
                asked += 1
    assert asked > 100


def test_frozen_plans_are_complete_and_sealed_as_the_rules_would_seal_them(nation):
    frozen = 0
    for tenant_id, session in nation.samples():
        for version in mine(session, MasterplanVersion, tenant_id):
            plan = session.get_one(Masterplan, (tenant_id, version.masterplan_id))
            assert [item.error.code for item in lacking(session, plan.id)] == []
            content = from_json(version.content)
            assert hash_of(content) == content.content_hash == version.content_hash.hex()
            on = content.frozen_on
            again = with_books(session, plan, book_content(session, plan, version=1, on=on))
            assert again.sealed() == content
            frozen += 1
    assert frozen > 10


def test_every_sampled_programme_is_one_that_the_rules_would_take(nation):
    seen = 0
    for tenant_id, session in nation.samples():
        for plan in mine(session, Masterplan, tenant_id):
            for row in mine(session, Programme, tenant_id, masterplan_id=plan.id):
                draft = draft_of(session, row)
                stored = checked(session, plan, row.dimension_id, draft, draft)
                assert stored.sub_dimension_id == row.sub_dimension_id
                seen += 1
    assert seen > 400


def draft_of(session, row):
    own = {"programme_id": row.id}
    targets = mine(session, YearTarget, row.tenant_id, **own)
    budgets = mine(session, Budget, row.tenant_id, **own)
    supporting = mine(session, ProgrammeSupport, row.tenant_id, **own)
    fields = set(ProgrammeDraft.__dataclass_fields__) - {
        "targets",
        "budgets",
        "supporting_unit_ids",
    }
    return ProgrammeDraft(
        **{name: getattr(row, name) for name in fields},
        supporting_unit_ids=[each.unit_id for each in supporting],
        targets=[TargetLine(each.year, each.value) for each in targets],
        budgets=[BudgetLine(each.year, each.source, each.amount_rupiah) for each in budgets],
    )


def test_innovations_were_submitted_filled_and_kept_word_for_word(nation):
    kept = 0
    for tenant_id, session in nation.samples():
        for row in mine(session, Innovation, tenant_id):
            revisions = mine(session, InnovationRevision, tenant_id, innovation_id=row.id)
            assert len(revisions) == row.revision
            assert (row.state is InnovationState.DRAFT) == (row.revision == 0)
            if revisions:
                refuse_unfilled(row)
                assert revisions[0].content["problem"] == row.problem
                kept += 1
    assert kept > 200


def test_results_of_evaluations_can_be_computed_again(nation):
    used = nation_of(nation.database).instrument
    rows = nation.all(EvaluationResult.index, EvaluationResult.content)
    assert len(rows) > 300
    for index, content in rows:
        scores = {item["item"]: scoring.mean([item["score"]]) for item in content["items"]}
        assert scoring.result(used.parts, scores).index == index


def test_the_chain_of_every_sampled_city_is_whole_and_its_units_have_their_people(nation):
    for tenant_id, session in nation.samples():
        assert audit.verify(session).broken_at is None
        units = {row.id for row in mine(session, Unit, tenant_id)}
        held = {row.unit_id for row in mine(session, Membership, tenant_id)} - {None}
        assert held == units


def test_the_same_seed_gives_the_same_rows_in_every_process(nation):
    url = nation.settings.ministry_url.get_secret_value()
    found = {digest(nation_of(nation.database))}
    for seed in ("1", "2"):
        given = {**os.environ, "PYTHONHASHSEED": seed, "KOTACERDAS_MINISTRY_URL": url}
        command = [sys.executable, "-m", "tests.tenants.demo.national_digest"]
        told = subprocess.run(command, env=given, check=True, capture_output=True, text=True)
        found.add(told.stdout.strip())
    assert len(found) == 1
