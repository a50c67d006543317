"""Guide editions and cohorts through the API: drafted, checked, activated, followed, retired."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tests.graphql_schema.edition_content import CONTENT
from tests.tenants.refusals import run
from tests.years import next_year

FACTS = """edition { id version code name nameEn state year
  quickWinRule { minimum maximum perDimension } horizonRule { short medium long }
  bookTemplates { number name chapters { code name guidance minimumWords sources { name nameEn } } }
  readinessScale { least most } readinessElements { code parts { code } }
  bimtekStages { ordinal outputs { code nameEn } }
  evaluationParts { code weight } impact impactEn
  institutionRule { bodies elements } certificateRule { attendancePercent }
  dimensions { id code nameEn aliases subDimensions { code } } cohorts { year } }
  errors { code message path }"""


def mutation(name: str, asked: str = FACTS) -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {asked} }} }}"


COHORT = """cohort { id version year state theme quota edition { code } }
  errors { code message path ... on StaleVersionError { currentVersion current { id } } }"""
LISTED = (
    """query($code: String!) { guideEditions(filter: {code: {eq: $code}}) { nodes { code } } }"""
)
NATIONAL = """query($code: String!) { national {
  guideEditions(filter: {code: {eq: $code}}) { nodes { code state } } } }"""


@pytest.fixture(scope="module", autouse=True)
def reference(database) -> None:
    """The shipped editions, whose pillars aliases may name."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@pytest.fixture
def change(data, ministry):
    """Return a function that calls a mutation as the ministry: what it answers."""
    staff = ministry(NATION)

    def call(step, asked=FACTS, by=None, **fields):
        return data(mutation(step, asked), by or staff, input=fields)[step]

    return call


def creation(**more):
    return {"code": f"uji-{uuid4().hex[:12]}", "name": "Edisi Uji", **more}


@pytest.fixture
def create(change):
    """Return a function that begins an edition."""
    return lambda **more: change(
        "guideEditionCreate", idempotencyKey=str(uuid4()), **creation(**more)
    )


@pytest.fixture
def active(create, change):
    """An edition with its own rules that cohorts may follow."""
    row = create(**CONTENT)["edition"]
    done = change("guideEditionActivate", id=row["id"], expectedVersion=row["version"])
    assert done["errors"] == []
    return done["edition"]


def plan(change, edition, **more):
    given = {"year": next_year(), "quota": 5, "editionId": edition["id"], **more}
    return change("cohortCreate", COHORT, idempotencyKey=str(uuid4()), **given)


def test_an_edition_reads_back_as_it_was_written(create):
    done = create(**CONTENT)
    assert done["errors"] == []
    row = done["edition"]
    assert (row["state"], row["year"], row["nameEn"]) == ("DRAFT", 2022, "Edisi Uji")
    assert row["quickWinRule"] == {"minimum": 1, "maximum": 3, "perDimension": True}
    assert row["horizonRule"] == {"short": 2, "medium": 4, "long": 8}
    (book,) = row["bookTemplates"]
    assert (book["number"], book["name"]) == (1, "Analisis")
    assert book["chapters"] == [
        {
            "code": "pembuka",
            "name": "Pembuka",
            "guidance": "Tulis latar.",
            "minimumWords": 50,
            "sources": [{"name": "RPJMD", "nameEn": "Development plan"}],
        }
    ]
    assert row["readinessScale"] == {"least": 0, "most": 4}
    assert row["readinessElements"] == [{"code": "struktur", "parts": [{"code": "sdm"}]}]
    assert [stage["ordinal"] for stage in row["bimtekStages"]] == [1, 2, 3]
    assert [(part["code"], part["weight"]) for part in row["evaluationParts"]] == [
        ("output", "40"),
        ("impact", "60"),
    ]
    assert (row["impact"], row["impactEn"]) == ("Rata-rata pilar", "Rata-rata pilar")
    assert row["institutionRule"] == CONTENT["institutionRule"]
    assert row["certificateRule"] == {"attendancePercent": 100}
    (pillar,) = row["dimensions"]
    assert (pillar["nameEn"], pillar["aliases"]) == ("Services", ["government"])
    assert pillar["subDimensions"] == [{"code": "daring"}]


def test_what_a_draft_leaves_out_has_the_programmes_usual_rules(create):
    row = create()["edition"]
    assert row["institutionRule"]["bodies"] == ["COUNCIL", "TEAM"]
    assert len(row["institutionRule"]["elements"]) == 5
    assert row["certificateRule"] == {"attendancePercent": 75}
    assert row["dimensions"] == []


def test_one_key_begins_one_edition(change):
    given = creation() | {"idempotencyKey": str(uuid4())}
    first = change("guideEditionCreate", **given)
    assert change("guideEditionCreate", **given) == first
    again = change("guideEditionCreate", **given | {"idempotencyKey": str(uuid4())})
    assert again["errors"][0]["code"] == "EDITION_CODE_TAKEN"
    assert again["errors"][0]["path"] == ["code"]


def test_faults_name_the_inputs_fields(create, change):
    row = create()["edition"]
    wrong = {
        "quickWinRule": {"minimum": -1},
        "bookTemplates": [
            {
                "name": "Buku",
                "chapters": [{"code": "x", "name": "X", "sources": [{"name": " "}]}],
            }
        ],
        "dimensions": [
            {
                "code": "A b",
                "name": "A",
                "description": " ",
                "subDimensions": [{"code": "x", "name": "X", "nameEn": "\u0000"}],
            }
        ],
        "certificateRule": {"attendancePercent": 101},
        "horizonRule": {"short": 0, "medium": 5, "long": 10},
    }
    done = change("guideEditionUpdate", id=row["id"], expectedVersion=1, **wrong)
    assert done["edition"] is None
    assert {error["code"] for error in done["errors"]} == {"EDITION_RULE_INVALID"}
    found = {".".join(error["path"]): error["message"] for error in done["errors"]}
    assert set(found) == {
        "quickWinRule.minimum",
        "bookTemplates.0.chapters.0.sources.0.name",
        "bookTemplates.0.chapters.0.sources.0.nameEn",
        "dimensions.0.code",
        "dimensions.0.description",
        "dimensions.0.descriptionEn",
        "dimensions.0.subDimensions.0.nameEn",
        "certificateRule.attendancePercent",
        "horizonRule.short",
    }
    assert found["certificateRule.attendancePercent"] == (
        "Isian certificateRule.attendancePercent: paling besar 100."
        " Perbaiki bagian itu, lalu simpan lagi."
    )


def test_what_an_edition_lacks_is_named_when_it_is_activated(create, change):
    row = create(dimensions=CONTENT["dimensions"], evaluationParts=CONTENT["evaluationParts"][:1])
    row = row["edition"]
    done = change("guideEditionActivate", id=row["id"], expectedVersion=1)
    assert [".".join(error["path"]) for error in done["errors"]] == [
        "bookTemplates",
        "readinessElements",
        "bimtekStages",
        "evaluationParts",
    ]


def test_a_part_is_replaced_and_the_rest_stays(active, change):
    given = {"id": active["id"], "expectedVersion": active["version"]}
    more = {"code": "data", "name": "Data", "description": "Data kota"}
    pillars = [more, CONTENT["dimensions"][0]]
    done = change("guideEditionUpdate", **given, nameEn="Renamed", dimensions=pillars)
    row = done["edition"]
    assert (row["name"], row["nameEn"], row["state"]) == ("Edisi Uji", "Renamed", "ACTIVE")
    assert [pillar["code"] for pillar in row["dimensions"]] == ["data", "layanan"]
    assert row["dimensions"][1]["id"] == active["dimensions"][0]["id"]
    assert row["bookTemplates"] == active["bookTemplates"]
    stale = change("guideEditionUpdate", **given, name="Lagi")
    assert stale["errors"][0]["code"] == "STALE_VERSION"


def test_a_copy_has_the_content_and_another_code(active, change):
    code = f"salinan-{uuid4().hex[:12]}"
    given = {"editionId": active["id"], "code": code, "idempotencyKey": str(uuid4())}
    row = change("guideEditionCopy", **given)["edition"]
    assert (row["code"], row["state"], row["version"]) == (code, "DRAFT", 1)
    for part in ("bookTemplates", "bimtekStages", "evaluationParts", "institutionRule"):
        assert row[part] == active[part]


def test_a_followed_edition_is_copied_in_place_of_being_changed(active, change):
    year = plan(change, active)["cohort"]["year"]
    given = {"id": active["id"], "expectedVersion": active["version"]}
    (error,) = change("guideEditionUpdate", **given, source="Lain")["errors"]
    assert (error["code"], error["path"]) == ("EDITION_IN_USE", [])
    assert error["message"] == (
        f"Edisi ini dipakai angkatan {year} dan tidak berubah lagi. Salin, lalu ubah salinannya."
    )
    assert change("guideEditionRetire", **given)["edition"]["cohorts"] == [{"year": year}]


def test_drafts_are_listed_to_the_ministry_alone(create, active, data, ministry):
    draft = create()["edition"]["code"]
    assert data(LISTED, None, code=draft)["guideEditions"]["nodes"] == []
    assert data(LISTED, None, code=active["code"])["guideEditions"]["nodes"] == [
        {"code": active["code"]}
    ]
    found = data(NATIONAL, ministry(NATION), code=draft)["national"]["guideEditions"]
    assert found["nodes"] == [{"code": draft, "state": "DRAFT"}]


def test_a_cohort_is_planned_changed_and_opened(active, change):
    row = plan(change, active, theme="Bersama")["cohort"]
    assert (row["state"], row["edition"]) == ("PLANNED", {"code": active["code"]})
    given = {"id": row["id"], "expectedVersion": 1}
    row = change("cohortUpdate", COHORT, **given, theme=None, quota=7)["cohort"]
    assert (row["theme"], row["quota"], row["version"]) == (None, 7, 2)
    (stale,) = change("cohortOpen", COHORT, **given)["errors"]
    assert (stale["currentVersion"], stale["current"]) == (2, {"id": row["id"]})
    row = change("cohortOpen", COHORT, id=row["id"], expectedVersion=2)["cohort"]
    assert row["state"] == "OPEN"
    other = {"editionId": active["id"], "quota": 0}
    (error,) = change("cohortUpdate", COHORT, id=row["id"], expectedVersion=3, **other)["errors"]
    assert (error["code"], error["path"]) == ("INVALID", ["quota"])


def test_a_cohort_follows_an_edition_that_is_there_and_active(create, change):
    draft = create()["edition"]
    (error,) = plan(change, draft)["errors"]
    assert (error["code"], error["path"]) == ("EDITION_NOT_ACTIVE", ["editionId"])
    for wrong in (str(Key("edi", None, uuid4())), "coh_x"):
        (error,) = plan(change, {"id": wrong})["errors"]
        assert (error["code"], error["path"]) == ("NOT_FOUND", ["editionId"])


def test_a_city_neither_drafts_nor_opens(active, change, city):
    admin = city.scope(Role.CITY_ADMIN)
    step = {"id": active["id"], "expectedVersion": active["version"]}
    for name in ("guideEditionUpdate", "guideEditionActivate", "guideEditionRetire"):
        assert change(name, by=admin, **step)["errors"][0]["code"] == "FORBIDDEN"
