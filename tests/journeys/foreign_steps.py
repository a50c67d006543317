"""Every step that the API knows, tried on another city's things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from graphql import GraphQLObjectType, build_schema

from tests.journeys.foreign_analysis import ANALYSIS
from tests.journeys.foreign_assessment import ASSESSMENT, NATIONAL
from tests.journeys.foreign_bodies import BODIES
from tests.journeys.foreign_editions import EDITIONS
from tests.journeys.foreign_evaluation import EVALUATION
from tests.journeys.foreign_reviews import REVIEWS
from tests.journeys.foreign_sheets import Ids, sheets
from tests.journeys.foreign_workbooks import WORKBOOKS
from tests.journeys.people import Person

DAY, LATER = "2022-10-30", "2027-01-04T00:00:00Z"
FOREIGN: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "participationInvite": lambda of: {
        "cityId": of["cty"],
        "cohortYear": 2022,
        "occurredOn": DAY,
    },
    "participationAdvance": lambda of: {**change(of["par"]), "to": "WITHDRAWN", "occurredOn": DAY},
    "commitmentRecord": lambda of: {
        "participationId": of["par"],
        "kind": "MEMORANDUM",
        "number": "1",
        "signedOn": DAY,
        "parties": "Orang luar",
        "signature": "WET",
    },
    "deadlineSet": lambda of: {**new(), "participationId": of["par"], "name": "x", "dueAt": LATER},
    "deadlineMove": lambda of: {**change(of["ddl"]), "dueAt": LATER},
    "deadlineFinish": lambda of: change(of["ddl"]),
    "unitCreate": lambda of: {
        **new(),
        "cityId": of["cty"],
        "name": "Dinas Luar",
        "shortName": "Luar",
        "kind": "AGENCY",
    },
    "unitUpdate": lambda of: {**change(of["unt"]), "name": "Dinas Luar"},
    "unitReplace": lambda of: {**change(of["unt"]), "by": of["unt"], "on": DAY},
    "unitsReorganise": lambda of: {
        **new(),
        "cityId": of["cty"],
        "kind": "END",
        "units": [change(of["unt"])],
        "on": DAY,
    },
    "innovationCreate": lambda of: {
        **new(),
        "participationId": of["par"],
        "unitId": of["unt"],
        "dimensionId": of["dim"],
        "name": "Dari luar",
        "kind": "DIGITAL",
        "maturity": "IDEA",
        "budgetRupiah": "0",
    },
    "innovationReplicate": lambda of: {
        **new(),
        "participationId": of["par"],
        "unitId": of["unt"],
        "itemId": of["inn"].replace("inn_", "pit_"),
    },
    "innovationUpdate": lambda of: {**change(of["inn"]), "name": "Dari luar"},
    "innovationSubmit": lambda of: change(of["inn"]),
    "innovationEndorse": lambda of: change(of["inn"]),
    "innovationReturn": lambda of: {**change(of["inn"]), "reason": "x"},
    "reviewStart": lambda of: change(of["inn"]),
    "reviewDecide": lambda of: {**change(of["rev"]), "verdict": "ACCEPTED"},
    "remarkAdd": lambda of: {
        **new(),
        "reviewId": of["rev"],
        "anchor": "NAME",
        "text": "x",
        "blocking": True,
    },
    "remarkAnswer": lambda of: {**change(of["rmk"]), "answer": "x"},
    "remarkSettle": lambda of: change(of["rmk"]),
    "masterplanCreate": lambda of: {
        **new(),
        "participationId": of["par"],
        "title": "Dari luar",
        "periodStart": 2023,
        "periodEnd": 2027,
    },
    "masterplanUpdate": lambda of: {**change(of["mpl"]), "vision": "Dari luar"},
    "missionsWrite": lambda of: {**change(of["mpl"]), "missions": []},
    "innovationPlace": lambda of: {**new(), "innovationId": of["inn"]},
    "programmeCreate": lambda of: {
        **new(),
        "masterplanId": of["mpl"],
        "dimensionId": of["dim"],
        "name": "Dari luar",
    },
    "programmeUpdate": lambda of: {**change(of["prg"]), "name": "Dari luar"},
    "booksBegin": lambda of: change(of["mpl"]),
    "sectionUpdate": lambda of: {**change(of["sec"]), "body": {"blocks": []}},
    "sectionDraftSave": lambda of: {
        "sectionId": of["sec"],
        "baseVersion": 1,
        "title": "Dari luar",
        "body": {"blocks": []},
    },
    "sectionDraftDiscard": lambda of: {"draftId": of["sec"].replace("sec_", "sdr_")},
    "sectionClaim": lambda of: {"sectionId": of["sec"]},
    "sectionRelease": lambda of: {"sectionId": of["sec"]},
    "sectionHandIn": lambda of: change(of["sec"]),
    "sectionApprove": lambda of: change(of["sec"]),
    "sectionReopen": lambda of: {**change(of["sec"]), "note": "x"},
    "sectionAssign": lambda of: change(of["sec"]),
    "sectionAdd": lambda of: {**new(), "chapterId": of["chp"], "title": "Dari luar"},
    "sectionRemove": lambda of: change(of["sec"]),
    "sectionsOrder": lambda of: {"chapterId": of["chp"], "sectionIds": [of["sec"]]},
    "chapterAssign": lambda of: change(of["chp"]),
    "masterplanFreeze": lambda of: change(of["mpl"]),
    "masterplanFork": lambda of: {"versionId": of["ver"], "expectedVersion": 1},
    "masterplanAdopt": lambda of: {
        "versionId": of["ver"],
        "regulationId": of["ver"].replace("ver_", "reg_"),
    },
    "masterplanPublish": lambda of: {"versionId": of["ver"]},
    "publicationWithdraw": lambda of: {"id": of["pub"]},
    "documentRequest": lambda of: {**new(), "versionId": of["ver"]},
    "documentLink": lambda of: {"id": of["doc"]},
    "jobCancel": lambda of: {"id": of["job"]},
    "memberInvite": lambda of: {
        **new(),
        "cityId": of["cty"],
        "email": "penyusup@pariaman.example",
        "name": "Penyusup",
        "role": "CITY_ADMIN",
    },
    "invitationRevoke": lambda of: {"id": of["inv"]},
    "membershipEnd": lambda of: {"id": of["mem"]},
    "notificationRead": lambda of: {"id": of["ntf"]},
    "tokenCreate": lambda of: {"name": "x", "scopes": ["CITY_READ"], "cityId": of["cty"]},
    "tokenRevoke": lambda of: {"id": of["tok"]},
}
FOREIGN |= sheets(FOREIGN) | BODIES | EVALUATION | ANALYSIS | ASSESSMENT | EDITIONS | WORKBOOKS
FOREIGN |= REVIEWS
"""Input of each mutation that names the other city's rows."""

OWN_REASON = {"tokenCreate": "TOKEN_SCOPE_TOO_WIDE", "evaluationRoundOpen": "FORBIDDEN"}
OWN_REASON |= dict.fromkeys([*NATIONAL, *EDITIONS], "FORBIDDEN")
"""Mutations that tell somebody with an account something else than that nothing was found."""


def try_all(stranger: Person, ids: Ids) -> int:
    """Let a stranger try every mutation; each must be refused. Return how many there are."""
    known = build_schema(stranger.get("/schema.graphql").text).mutation_type
    assert isinstance(known, GraphQLObjectType)
    untried = known.fields.keys() - FOREIGN.keys()
    assert not untried, f"write into FOREIGN how a stranger would try {sorted(untried)}"
    for mutation, form in FOREIGN.items():
        code = OWN_REASON.get(mutation, "NOT_FOUND") if stranger.email else "UNAUTHENTICATED"
        stranger.is_refused(code, mutation, **form(ids))
    return len(FOREIGN)


def change(opaque_id: str) -> dict[str, Any]:
    """Return the fields that every change has."""
    return {"id": opaque_id, "expectedVersion": 1}


def new() -> dict[str, Any]:
    """Return the field that every creation has."""
    return {"idempotencyKey": str(uuid4())}
