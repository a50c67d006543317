"""Steps of an evaluation and of its experts, tried on another city's ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

Ids = dict[str, str]


def _of(ids: Ids, prefix: str) -> str:
    """An id of the other city's tenant: whether there is such a row is nobody's business."""
    return ids["par"].replace("par_", f"{prefix}_")


def _change(ids: Ids, prefix: str) -> dict[str, Any]:
    return {"id": _of(ids, prefix), "expectedVersion": 1}


def _score(ids: Ids, **more: Any) -> dict[str, Any]:
    given = {"evaluationId": _of(ids, "evl"), "item": "output", "score": "1"}
    return given | {"expectedVersion": 0} | more


def _new(**more: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), **more}


EVALUATION: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "evaluationRoundOpen": lambda _of_city: {
        "year": 2099,
        "editionCode": "pilar-2022",
        "scaleMaximum": "5",
        "selfScoreDueAt": "2099-08-31T00:00:00Z",
        "objectionDays": 7,
    },
    "evaluationTakePart": lambda of: {
        "cityId": of["cty"],
        "roundId": f"evr_{uuid4().hex}",
    },
    "selfScoreWrite": lambda of: _score(of, evidence="x"),
    "assessorScoreWrite": lambda of: _score(of, reason="x"),
    "evaluationSettle": lambda of: {
        **_change(of, "evl"),
        "letterNumber": "1",
        "letterDate": "2022-10-30",
    },
    "objectionWrite": lambda of: _new(
        evaluationId=_of(of, "evl"), item="output", wantedScore="1", text="x"
    ),
    "objectionAnswer": lambda of: {**_change(of, "obj"), "uphold": False, "answer": "x"},
    "findingWrite": lambda of: _new(evaluationId=_of(of, "evl"), kind="STRENGTH", text="x"),
    "findingReword": lambda of: {**_change(of, "fnd"), "text": "x"},
    "followUpPlan": lambda of: _new(
        findingId=_of(of, "fnd"), unitId=of["unt"], action="x", dueOn="2022-10-31"
    ),
    "followUpFinish": lambda of: {
        **_change(of, "fup"),
        "outcome": "x",
        "doneOn": "2022-10-30",
    },
    "expertAssign": lambda of: _new(
        cityId=of["cty"], expertId=of.get("prs", f"prs_{uuid4().hex}"), part="MENTOR", cycle=2022
    ),
    "expertRelease": lambda of: _change(of, "asg"),
    "expertReassign": lambda of: {**_change(of, "asg"), "successorId": f"prs_{uuid4().hex}"},
    "expertHandover": lambda of: {**_change(of, "asg"), "text": "x"},
}
for _step in ("Prefill", "Submit", "Conclude", "Accept", "Publish", "Withdraw"):
    EVALUATION[f"evaluation{_step}"] = lambda of: _change(of, "evl")
