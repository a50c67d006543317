"""A cohort of a test's own that is assessed and selected through the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.assessment import applying
from tests.tenants.refusals import run

PARAMETERS = [
    {"code": "policy", "name": "Kebijakan", "nameEn": "Policy", "weight": "60"},
    {
        "code": "network",
        "name": "Jaringan",
        "nameEn": "Network",
        "weight": "40",
        "evidenceNeeded": "Peta jaringan",
        "evidenceRequired": True,
    },
]
DAY = date(2022, 3, 1)
FIELDS = {
    "instrument": "instrument { id version code state source parameters { id code weight } }",
    "cohort": "cohort { id instrument { code } }",
    "assessment": "assessment { id version state score note submittedAt assessor { name }"
    " answers { score reason evidence parameter { code } } }",
    "evidence": "evidence { id version text parameter { code } }",
    "letter": "letter { id letterNumber appliedAt cohort { year }"
    " lines { participationId verdict reserveRank score place city { slug } } }",
    "participation": "participation { id version stage }",
}
RANKING = """query($year: Int!) { national { selections(filter: {year: {eq: $year}}) { nodes {
  cohort { year quota instrument { code } } placesTaken
  standings { citySlug place tied score spread assessors stage parts { code answer points } }
  reserve { city { slug } verdict { reserveRank } }
  letters { letterNumber lines { verdict } } } } } }"""
SEEN = """query($id: ID!) { node(id: $id) { ... on Participation { repeat
  assessments { id state score note answers { score } assessor { id } }
  evidence { text } verdict { verdict } } } }"""
GAPS = """query($id: ID!) { node(id: $id) { ... on Participation {
  missing(stage: ASSESSED) { code message owner } } } }"""


OBJECTS = {
    "cohortUseInstrument": "cohort",
    "assessmentEvidenceWrite": "evidence",
    "selectionDecide": "letter",
    "selectionPromote": "letter",
}


def key() -> str:
    return str(uuid4())


@dataclass
class Board:
    """A cohort of a test's own, and the ministry that asks."""

    data: Any
    database: Any
    ministry: Scope
    id: str
    year: int

    def does(self, name: str, by: Scope | None = None, /, **given: Any) -> dict[str, Any]:
        """Send a mutation that must succeed, and return its object."""
        told = self.send(name, by, **given)
        assert told["errors"] == []
        return next(value for key, value in told.items() if key != "errors")

    def refuses(self, name: str, by: Scope | None = None, /, **given: Any) -> list[tuple[str, Any]]:
        """Send a mutation that must be refused, and return the codes and paths."""
        return [(each["code"], each["path"]) for each in self.send(name, by, **given)["errors"]]

    def send(self, name: str, by: Scope | None = None, /, **given: Any) -> dict[str, Any]:
        """Send a mutation."""
        thing = next(
            fields for word, fields in FIELDS.items() if word in OBJECTS.get(name, name.lower())
        )
        document = f"""mutation($input: {name[0].upper()}{name[1:]}Input!) {{
          {name}(input: $input) {{ {thing} errors {{ code path message }} }} }}"""
        told: dict[str, Any] = self.data(document, by or self.ministry, input=given)[name]
        return told

    def ranking(self, by: Scope | None = None) -> dict[str, Any]:
        """Return the cohort's selection as the ministry reads it."""
        read = self.data(RANKING, by or self.ministry, year=self.year)["national"]
        (found,) = read["selections"]["nodes"]
        return found


@dataclass
class Candidate:
    """A city that was invited into the cohort."""

    board: Board
    city: Any
    id: str

    def expert(self) -> tuple[Scope, dict[str, Any]]:
        """Somebody who is to assess the city."""
        person = self.city.person(Role.EXPERT, name="Ir. Asesor")
        given = {"participationId": self.id, "assessorId": str(Key("per", None, person))}
        row = self.board.does("assessmentAssign", **given)
        grants = (Grant(self.city.id, Role.EXPERT),)
        return Scope(Door.CITY, self.city.id, person, grants), row

    def assessed(self, instrument: dict[str, Any], score: str) -> Candidate:
        """The city, assessed by one expert, in the stage in which the ministry decides."""
        scope, row = self.expert()
        row = write(self.board, scope, row, instrument, score)
        step = {"id": row["id"], "expectedVersion": row["version"]}
        self.board.does("assessmentSubmit", scope, **step)
        assert self.step("ASSESSED")["stage"] == "ASSESSED"
        return self

    def step(self, to: str, by: Scope | None = None) -> dict[str, Any]:
        """Take a step through the API."""
        return self.board.does("participationAdvance", by, **self.move(to))

    def move(self, to: str) -> dict[str, Any]:
        """The input of a step."""
        read = "query($id: ID!) { node(id: $id) { ... on Participation { version } } }"
        version = self.board.data(read, self.board.ministry, id=self.id)["node"]["version"]
        day = {"occurredOn": DAY.isoformat(), "documentNumber": "B-1"}
        return {"id": self.id, "expectedVersion": version, "to": to, **day}


def write(board, scope, row, instrument, score):
    answers = [
        {"parameterId": each["id"], "score": score, "evidence": "Perwali", "reason": "Lengkap"}
        for each in instrument["parameters"]
    ]
    given = {"id": row["id"], "expectedVersion": row["version"], "answers": answers}
    return board.does("assessmentWrite", scope, **given, note="Siap.")


def follow(board, letter):
    """Do what the worker's job does."""
    nation = Scope(Door.WORKER, NATION)
    decision = UUID(letter["id"].removeprefix("sdc_"))
    told = run(board.database, nation, lambda s: applying.pending(s, decision))
    for line in told.lines:
        scope = Scope(Door.WORKER, line["tenant_id"])
        run(board.database, scope, lambda s, line=line: applying.apply_line(s, told, line))
    run(board.database, nation, lambda s: applying.finish(s, decision))
