"""A city of three workshops and one of 2022 go their ways side by side, through the API alone."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import CITY, Key
from graphql_schema.schema import core
from kotacerdas.scope import NATION
from tests.graphql_schema.edition_content import CONTENT
from tests.tenants.participating import ensure_reference
from tests.years import next_year

DAY = "2022-04-21"
MISSING = """query($id: ID!) { node(id: $id) { ... on Participation {
  stage version missing { code message } outputs { id version code ordinal }
  certificateCandidates { name attended held eligible }
  cohort { edition { bimtekStages { ordinal } } } } } }"""


@pytest.fixture
def call(data):
    """Return a function that calls a mutation: its object, or the codes of its refusals."""

    def run(by, step, asked="id version", **fields):
        kind = f"{step[0].upper()}{step[1:]}Input"
        if "idempotencyKey" in core.type_map[kind].fields:
            fields["idempotencyKey"] = str(uuid4())
        payload = core.type_map[kind.removesuffix("Input") + "Payload"].fields
        (one,) = [field for field in payload if field != "errors"]
        asked = "errors { code }" if one == "results" else asked
        document = f"""mutation($input: {kind}!) {{ {step}(input: $input) {{
          {one} {{ {asked} }} errors {{ code }} }} }}"""
        done = data(document, by, input=fields)[step]
        return done[one] or [error["code"] for error in done["errors"]]

    return run


@pytest.fixture
def desk(ministry):
    return ministry(NATION)


@pytest.fixture
def year(call, desk, database):
    """An open cohort whose edition has three workshops and rules of its own."""
    ensure_reference(database)
    made = call(desk, "guideEditionCreate", code=f"tiga-{uuid4().hex[:12]}", name="Tiga", **CONTENT)
    made = call(desk, "guideEditionActivate", id=made["id"], expectedVersion=made["version"])
    year = next_year()
    made = call(desk, "cohortCreate", year=year, quota=1, editionId=made["id"])
    call(desk, "cohortOpen", id=made["id"], expectedVersion=made["version"])
    return year


class Way:
    """A city's way through its cohort."""

    def __init__(self, data, call, desk, city, year):
        self.data, self.call, self.desk, self.admin = data, call, desk, city.scope()
        self.city_id, self.unit = str(Key(CITY, city.id, None)), city.unit("Dinas Sosial")
        self.unit_id = str(Key("unt", city.id, self.unit))
        given = {"cityId": self.city_id, "cohortYear": year, "occurredOn": "2022-02-01"}
        self.id = call(desk, "participationInvite", **given)["id"]

    @property
    def now(self):
        return self.data(MISSING, self.admin, id=self.id)["node"]

    def step(self, by, to):
        given = {"id": self.id, "expectedVersion": self.now["version"], "to": to}
        given |= {"occurredOn": DAY, "documentNumber": "B-1/2022"}
        return self.call(by, "participationAdvance", "stage", **given)

    def commit(self):
        for to in ("ASSESSED", "SELECTED"):
            assert self.step(self.desk, to) == {"stage": to}
        paper = {"kind": "MEMORANDUM", "number": "1", "signedOn": DAY, "parties": "Dirjen; Bupati"}
        self.call(self.admin, "commitmentRecord", participationId=self.id, signature="WET", **paper)
        for by in (self.desk, self.admin):
            if self.step(by, "COMMITTED") == {"stage": "COMMITTED"}:
                return

    def council(self, *elements):
        """Form the council alone, decreed, with somebody for each of these elements."""
        body = self.call(
            self.admin, "institutionForm", cityId=self.city_id, kind="COUNCIL", name="Dewan"
        )
        decree = {"kind": "DECREE", "number": "188/1", "year": 2022, "title": "Dewan"}
        decree |= {"signedOn": DAY, "subject": "INSTITUTION", "institutionId": body["id"]}
        self.call(self.admin, "regulationRecord", cityId=self.city_id, **decree)
        items = [
            {"name": f"Ibu {place}", "position": "Anggota", "part": part, "element": element}
            for place, (part, element) in enumerate(
                [("CHAIR", "GOVERNMENT"), *(("MEMBER", each) for each in elements)]
            )
        ]
        self.call(self.admin, "institutionMembersAdd", institutionId=body["id"], items=items)

    def schedule(self, ordinal):
        times = {"startsAt": "2022-06-13T08:30:00+07:00", "endsAt": "2022-06-13T16:00:00+07:00"}
        given = {"participationId": self.id, "ordinal": ordinal, "place": "Balai", **times}
        return self.call(self.desk, "workshopSchedule", **given)

    def hold(self, ordinal, *names):
        row = self.schedule(ordinal)
        lines = [{"unitId": self.unit_id, "name": name} for name in names]
        step = {"id": row["id"], "expectedVersion": row["version"]}
        row = self.call(self.admin, "workshopAttendanceRecord", lines=lines, **step)
        step["expectedVersion"] = row["version"]
        self.call(self.admin, "workshopHold", **step)

    def deliver(self):
        for each in self.now["outputs"]:
            step = {"id": each["id"], "expectedVersion": each["version"], "note": "Buku 1"}
            self.call(self.admin, "workshopOutputDeliver", **step)

    def certify(self, name, number):
        given = {"unitId": self.unit_id, "name": name, "number": number, "issuedOn": "2022-10-01"}
        return self.call(
            self.desk, "workshopCertificateIssue", "number", participationId=self.id, **given
        )


def test_each_city_is_held_to_its_own_edition(data, call, desk, year, make_city):
    three, four = (Way(data, call, desk, make_city(), each) for each in (year, 2022))
    for way in (three, four):
        way.commit()
        way.council("ACADEMIA")
        assert way.now["stage"] == "COMMITTED"
    assert three.step(three.admin, "INSTITUTED") == {"stage": "INSTITUTED"}
    assert four.step(four.admin, "INSTITUTED") == ["INSTITUTION_MISSING", "ELEMENTS_MISSING"]
    (_, elements) = four.now["missing"]
    assert "unsur dunia usaha, komunitas, media." in elements["message"]

    assert [each["ordinal"] for each in three.now["cohort"]["edition"]["bimtekStages"]] == [1, 2, 3]
    assert three.schedule(4) == ["WORKSHOP_ORDINAL_UNKNOWN"]
    assert "id" in four.schedule(4)
    three.hold(1, "Ani", "Budi")
    three.hold(2, "Ani", "Budi")
    waiting = ["WORKSHOP_NOT_HELD", *["OUTPUT_NOT_DELIVERED"] * 2]
    assert three.step(three.admin, "MENTORED") == waiting
    three.hold(3, "Ani")
    assert [each["code"] for each in three.now["outputs"]] == ["hasil-1", "hasil-2", "hasil-3"]
    three.deliver()
    assert three.step(three.admin, "MENTORED") == {"stage": "MENTORED"}

    found = {each["name"]: each["eligible"] for each in three.now["certificateCandidates"]}
    assert found == {"Ani": True, "Budi": False}  # this edition asks for all sessions
    assert three.certify("Budi", "2") == ["CERTIFICATE_UNEARNED"]
    assert three.certify("Ani", "1") == {"number": "1"}
