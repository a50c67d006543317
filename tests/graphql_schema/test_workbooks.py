"""Workbooks through the API: asked for, announced, previewed, agreed to, and kept apart."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key, decode
from kotacerdas.files import FileStore
from kotacerdas.identity.policy import Role
from kotacerdas.uploads import actions as uploads
from kotacerdas.uploads.models import Upload
from tenants.cities.workflow import Stage
from tenants.workbooks.models import WorkbookImport
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning
from tests.tenants.workbooks.desk import NEW, Desk
from tests.workers.exports.conftest import account
from workers.registry import HANDLERS
from workers.runner import Runner

ANNOUNCE = """mutation($input: UploadCreateInput!) { uploadCreate(input: $input) {
  url upload { id filename sizeBytes state hash } errors { code path } } }"""
LOOK = """mutation($input: WorkbookPreviewInput!) { workbookPreview(input: $input) {
  workbook { id state job { kind state } } errors { code path } } }"""
AGREE = """mutation($input: WorkbookApplyInput!) { workbookApply(input: $input) {
  workbook { id state } errors { code path } } }"""
ASK = """mutation($input: WorkbookRequestInput!) { workbookRequest(input: $input) {
  export { kind format state job { kind } } errors { code path } } }"""
SEEN = """query($id: ID!) { node(id: $id) { ... on WorkbookImport {
  state kind previewHash creates changes unchanged conflicts refused failureCode savedAt
  upload { filename } participation { id } requestedBy { name }
  rows { nodes { number action name storedId
    changes { cell key before after conflict } faults { cell key code message messageEn } } }
  bad: rows(filter: {action: {eq: REFUSED}}) { totalCount } } } }"""
LISTED = """query($city: CityBy!) { city(by: $city) { workbookImports { nodes { id state } } } }"""


@pytest.fixture
def desk(database, city, tmp_path) -> Desk:
    planning = Planning(database, city, make_cohort(database), Stage.MENTORED)
    account(database, planning.scope.person_id)
    planning.programme(planning.plan().id, name="Lama")
    return Desk(planning, tmp_path)


@pytest.fixture
def stored(settings, tmp_path):
    return settings.model_copy(update={"data_dir": tmp_path})


def announced(city, **fields) -> dict:
    given = {"cityId": str(Key("cty", city.id, None)), "filename": "tabel.xlsx", "sizeBytes": 5}
    return {**given, "idempotencyKey": str(uuid4()), **fields}


def brought(data, desk, stored, paper) -> str:
    """Announce and send a file, ask for its preview and let the worker read it."""
    planning, path = desk.planning, paper.save(desk.path())
    given = announced(planning.city, sizeBytes=path.stat().st_size)
    key = data(ANNOUNCE, planning.scope, input=given)["uploadCreate"]["upload"]["id"]
    row_id = decode(key).id
    upload = planning.run(lambda s: s.get_one(Upload, (planning.city.id, row_id)))
    digest = FileStore(stored).store_file(path, uploads.folder(upload))
    planning.run(uploads.store, row_id, sha256=digest, size_bytes=path.stat().st_size)
    asked = {"uploadId": key, "idempotencyKey": str(uuid4())}
    made = data(LOOK, planning.scope, input=asked)["workbookPreview"]
    assert made["errors"] == []
    assert made["workbook"]["job"] == {"kind": "workbooks.preview", "state": "QUEUED"}
    work(desk, stored, made["workbook"]["id"])
    return made["workbook"]["id"]


def work(desk, stored, key: str) -> None:
    planning = desk.planning
    place = (planning.city.id, decode(key).id)
    job_id = planning.run(lambda s: s.get_one(WorkbookImport, place).job_id)
    Runner(stored, planning.database, HANDLERS).run(planning.city.id, job_id)


def test_a_workbook_is_brought_in_and_saved(data, desk, stored):
    planning = desk.planning
    paper = desk.open(unit_id=planning.unit_id).set("Lama", place="Guguk").add(**NEW)
    key = brought(data, desk, stored, paper)
    seen = data(SEEN, planning.scope, id=key)["node"]
    assert (seen["state"], seen["kind"]) == ("PREVIEWED", "PROGRAMMES")
    assert (seen["creates"], seen["changes"], seen["refused"]) == (1, 1, 0)
    assert (seen["upload"], seen["bad"]) == ({"filename": "tabel.xlsx"}, {"totalCount": 0})
    first = seen["rows"]["nodes"][0]
    assert (first["action"], first["name"], first["faults"]) == ("CHANGE", "Lama", [])
    (change,) = first["changes"]
    assert change.pop("cell").startswith("Program!")
    assert change == {"key": "place", "before": "", "after": "Guguk", "conflict": False}
    assert data("query($id: ID!) { node(id: $id) { id } }", planning.scope, id=first["storedId"])
    consent = {"id": key, "expectedHash": seen["previewHash"]}
    agreed = data(AGREE, planning.scope, input=consent)["workbookApply"]
    assert agreed == {"workbook": {"id": key, "state": "SAVING"}, "errors": []}
    work(desk, stored, key)
    assert data(SEEN, planning.scope, id=key)["node"]["state"] == "SAVED"
    again = data(AGREE, planning.scope, input=consent)["workbookApply"]["workbook"]
    assert again == {"id": key, "state": "SAVED"}
    other = {"id": key, "expectedHash": "0" * 64}
    refused = data(AGREE, planning.scope, input=other)["workbookApply"]
    assert [error["code"] for error in refused["errors"]] == ["IMPORT_WRONG_STATE"]
    listed = data(LISTED, planning.scope, city={"slug": planning.city.slug})["city"]
    assert listed["workbookImports"]["nodes"] == [{"id": key, "state": "SAVED"}]


def test_faults_are_told_by_cell_in_both_languages(data, desk, stored):
    paper = desk.open(unit_id=desk.planning.unit_id).add(**{**NEW, "sdgs": "18"})
    key = brought(data, desk, stored, paper)
    seen = data(SEEN, desk.planning.scope, id=key)["node"]
    assert (seen["refused"], seen["bad"]) == (1, {"totalCount": 1})
    (fault,) = seen["rows"]["nodes"][-1]["faults"]
    assert (fault["key"], fault["code"]) == ("sdgs", "CELL_UNKNOWN")
    assert fault["message"].startswith("“18” tidak ada dalam daftar")
    assert fault["messageEn"].startswith("“18” is not in the list")
    consent = {"id": key, "expectedHash": seen["previewHash"]}
    refused = data(AGREE, desk.planning.scope, input=consent)["workbookApply"]
    assert [error["code"] for error in refused["errors"]] == ["WORKBOOK_FAULTY"]


def test_strangers_neither_see_nor_agree(data, desk, stored, make_city):
    paper = desk.open(unit_id=desk.planning.unit_id).add(**NEW)
    key = brought(data, desk, stored, paper)
    shown = data(SEEN, desk.planning.scope, id=key)["node"]["previewHash"]
    for stranger in (make_city().scope(), desk.planning.city.scope()):
        consent = {"id": key, "expectedHash": shown}
        refused = data(AGREE, stranger, input=consent)["workbookApply"]
        assert [error["code"] for error in refused["errors"]] == ["NOT_FOUND"]
    assert data(SEEN, make_city().scope(), id=key) == {"node": None}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"filename": "tabel.xlsm"}, "UPLOAD_NAMED"),
        ({"filename": "../tabel.xlsx"}, "UPLOAD_NAMED"),
        ({"filename": "tabel\u0000.xlsx"}, "INVALID"),
        ({"sizeBytes": 26 * 1024 * 1024}, "UPLOAD_TOO_LARGE"),
        ({"sizeBytes": 0}, "UPLOAD_TOO_LARGE"),
    ],
)
def test_what_is_not_taken_is_refused_before_it_is_sent(data, city, fields, code):
    made = data(ANNOUNCE, city.scope(), input=announced(city, **fields))["uploadCreate"]
    assert (made["upload"], made["url"]) == (None, None)
    assert [error["code"] for error in made["errors"]] == [code]


def test_who_has_nothing_to_bring_in_announces_nothing(data, city):
    made = data(ANNOUNCE, city.scope(Role.COUNCIL), input=announced(city))["uploadCreate"]
    assert [error["code"] for error in made["errors"]] == ["FORBIDDEN"]


def test_one_key_announces_once(data, city):
    given, scope = announced(city), city.scope()
    first = data(ANNOUNCE, scope, input=given)["uploadCreate"]["upload"]["id"]
    assert data(ANNOUNCE, scope, input=given)["uploadCreate"]["upload"]["id"] == first


def test_nobody_fills_the_quarantine(data, city):
    scope = city.scope()
    for _ in range(20):
        assert data(ANNOUNCE, scope, input=announced(city))["uploadCreate"]["errors"] == []
    made = data(ANNOUNCE, scope, input=announced(city))["uploadCreate"]
    assert [error["code"] for error in made["errors"]] == ["UPLOADS_WAITING"]


def test_a_workbook_is_asked_for_like_an_export(data, desk):
    planning = desk.planning
    place = str(Key("par", planning.city.id, planning.participation_id))
    given = {"participationId": place, "kind": "PROGRAMMES", "idempotencyKey": str(uuid4())}
    made = data(ASK, planning.scope, input=given)["workbookRequest"]
    assert made["errors"] == []
    assert made["export"] == {
        "kind": "PROGRAMME_WORKBOOK",
        "format": "XLSX",
        "state": "WAITING",
        "job": {"kind": "exports.write"},
    }
    unit = str(Key("unt", planning.city.id, uuid4()))
    lost = data(ASK, planning.scope, input={**given, "unitId": unit})["workbookRequest"]
    assert [error["code"] for error in lost["errors"]] == ["NOT_FOUND"]


def test_without_a_plan_there_is_no_programme_table(data, database, city):
    planning = Planning(database, city, make_cohort(database), Stage.MENTORED)
    place = str(Key("par", city.id, planning.participation_id))
    given = {"participationId": place, "kind": "PROGRAMMES", "idempotencyKey": str(uuid4())}
    made = data(ASK, planning.scope, input=given)["workbookRequest"]
    assert [error["code"] for error in made["errors"]] == ["MASTERPLAN_MISSING"]
