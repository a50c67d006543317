"""The review of a masterplan by the API: remarks, answers, rounds, verdicts."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key
from tenants.cities.workflow import Stage
from tests.tenants.masterplan.books.shelf import make_guide
from tests.tenants.reviews.conftest import Table

REMARK = """id version about subjectId subjectName anchor year quote excerpt standing orphaned state
  text blocking writtenBy { name } answer answeredBy { name } reply round { number }"""
ADD = f"""mutation($input: MasterplanRemarkAddInput!) {{ masterplanRemarkAdd(input: $input) {{
  remark {{ {REMARK} }} errors {{ code path message }} }} }}"""
ADD_ALL = """mutation($input: MasterplanRemarksAddInput!) { masterplanRemarksAdd(input: $input) {
  results { index remark { subjectName } errors { code path } } errors { code } } }"""
STEPS = """mutation($answer: RemarkAnswerInput!, $reopen: RemarkReopenInput!) {
  remarkAnswer(input: $answer) { remark { state answer } errors { code } }
  remarkReopen(input: $reopen) { remark { state reply version } errors { code } } }"""
JUDGE = """mutation($input: ReviewRoundJudgeInput!) { reviewRoundJudge(input: $input) {
  roundVerdict { version verdict comment givenBy { name } round { number } }
  errors { code path ... on StaleVersionError { currentVersion } } } }"""
PLAN = """query($id: ID!, $filter: RemarkFilter) { node(id: $id) { ... on Masterplan {
  remarks(filter: $filter) { totalCount nodes { subjectName orphaned standing } }
  reviewRounds { id number presentedOn outcome verdicts { verdict } remarks { totalCount } }
  programmes { nodes { remarks { anchor } } }
  books { chapters { sections { remarks { anchor } } } } } } }"""


@pytest.fixture(scope="module")
def guide(database):
    return make_guide(database)


@pytest.fixture
def table(database, make_city, guide, ministry):
    return Table(database, make_city(), guide, ministry)


def key(table, prefix, row_id):
    return str(Key(prefix, table.city.id, row_id))


def asked(table, prefix, row_id, **more):
    return {
        "masterplanId": key(table, "mpl", table.plan_id),
        "subjectId": key(table, prefix, row_id),
        "text": "Sebutkan sumbernya.",
        "blocking": True,
        "idempotencyKey": str(uuid4()),
        **more,
    }


def test_a_remark_shows_where_it_stands_and_what_stands_there_now(table, data):
    section_id, block = table.text("Layanan daring sudah dipakai warga.")
    given = asked(table, "sec", section_id, blockId=block, quote="dipakai warga")
    made = data(ADD, table.mentor, input=given)["masterplanRemarkAdd"]
    assert made["errors"] == []
    remark = made["remark"]
    assert (remark["about"], remark["anchor"], remark["quote"]) == (
        "SECTION",
        "BODY",
        "dipakai warga",
    )
    assert remark["subjectId"] == given["subjectId"]
    assert (remark["standing"], remark["orphaned"]) == (
        "Layanan daring sudah dipakai warga.",
        False,
    )
    table.text("Kini semua memakainya.")
    found = data(PLAN, table.scope, id=given["masterplanId"])["node"]
    assert found["remarks"]["nodes"] == [
        {"subjectName": "Buku 1, Pendahuluan: Pendahuluan", "orphaned": True, "standing": ""}
    ]
    assert found["books"][0]["chapters"][0]["sections"][0]["remarks"] == [{"anchor": "BODY"}]


def test_refusals_of_a_remark_name_the_field_of_the_input(table, data):
    row = table.programme(table.plan_id)
    for prefix, row_id, more, code, path in (
        ("prg", row.id, {"field": "TARGETS"}, "REMARK_YEAR_MISSING", ["year"]),
        ("prg", row.id, {"field": "SCORE"}, "REMARK_FIELD_UNFIT", ["field"]),
        ("prg", row.id, {"field": "NAME", "quote": "lain"}, "QUOTE_NOT_FOUND", ["quote"]),
        ("unt", table.unit_id, {}, "NOT_FOUND", ["subjectId"]),
        ("sec", row.id, {}, "NOT_FOUND", ["subjectId"]),
        ("prg", row.id, {"text": " "}, "INVALID", ["text"]),
    ):
        told = data(ADD, table.mentor, input=asked(table, prefix, row_id, **more))
        (error,) = told["masterplanRemarkAdd"]["errors"]
        assert (error["code"], error["path"]) == (code, path)


def test_many_remarks_are_written_at_once_and_told_once(table, data):
    row = table.programme(table.plan_id)
    items = [
        {"subjectId": key(table, "prg", row.id), "text": f"Catatan {n}.", "blocking": False}
        for n in range(3)
    ]
    plan = key(table, "mpl", table.plan_id)
    given = {"masterplanId": plan, "items": items, "idempotencyKey": str(uuid4())}
    told = data(ADD_ALL, table.mentor, input=given)["masterplanRemarksAdd"]
    assert told["errors"] == []
    assert [each["remark"]["subjectName"] for each in told["results"]] == [
        f"{row.code} {row.name}"
    ] * 3
    assert len(table.told("plan_remark")) == 1


def test_an_answer_is_not_enough_and_the_remark_is_open_again(table, data):
    made = table.on_programme(table.programme(table.plan_id))
    of = {"id": key(table, "rmk", made.id), "expectedVersion": 1}
    answer = {**of, "answer": "Sumbernya BPS."}
    reopen = {**of, "expectedVersion": 2, "reply": "Tahun berapa?"}
    told = data(STEPS, table.bappeda, answer=answer, reopen=reopen)
    assert told["remarkAnswer"] == {
        "remark": {"state": "ANSWERED", "answer": "Sumbernya BPS."},
        "errors": [],
    }
    assert told["remarkReopen"]["errors"] == [{"code": "FORBIDDEN"}]
    told = data(STEPS, table.mentor, answer=answer, reopen=reopen)
    assert told["remarkAnswer"]["errors"] == [{"code": "FORBIDDEN"}]
    assert told["remarkReopen"]["remark"] == {
        "state": "OPEN",
        "reply": "Tahun berapa?",
        "version": 3,
    }


def test_a_round_shows_its_verdicts_and_its_remarks(table, data):
    table.enter(Stage.PRESENTED)
    table.on_programme(table.programme(table.plan_id))
    given = {
        "id": key(table, "rnd", table.round().id),
        "verdict": "WITH_REMARKS",
        "comment": "Kuat",
    }
    judged = data(JUDGE, table.assessor, input=given)["reviewRoundJudge"]
    assert judged["errors"] == []
    assert judged["roundVerdict"]["round"] == {"number": 1}
    again = data(JUDGE, table.assessor, input=given)["reviewRoundJudge"]
    assert [(each["code"], each["currentVersion"]) for each in again["errors"]] == [
        ("STALE_VERSION", 1)
    ]
    found = data(PLAN, table.operator, id=key(table, "mpl", table.plan_id))["node"]
    (held,) = found["reviewRounds"]
    assert (held["number"], held["presentedOn"], held["outcome"]) == (1, "2022-09-27", None)
    assert held["verdicts"] == [{"verdict": "WITH_REMARKS"}]
    assert held["remarks"] == {"totalCount": 1}
    assert found["programmes"]["nodes"][0]["remarks"] == [{"anchor": "WHOLE"}]


def test_remarks_are_found_by_state_and_a_stranger_finds_none(table, data, make_city):
    table.answer(table.on_programme(table.programme(table.plan_id)))
    plan = key(table, "mpl", table.plan_id)
    for state, count in (("ANSWERED", 1), ("OPEN", 0)):
        found = data(PLAN, table.scope, id=plan, filter={"state": {"eq": state}})["node"]
        assert found["remarks"]["totalCount"] == count
    assert data(PLAN, make_city().scope(), id=plan)["node"] is None
