"""Steps of assessment and selection, tried by somebody of another city."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

Ids = dict[str, str]


def _of(ids: Ids, prefix: str) -> str:
    """An id of the other city's tenant: whether there is such a row is nobody's business."""
    return ids.get(prefix) or ids["par"].replace("par_", f"{prefix}_")


def _change(ids: Ids, prefix: str) -> dict[str, Any]:
    return {"id": _of(ids, prefix), "expectedVersion": 1}


def _national(prefix: str) -> str:
    return f"{prefix}_{uuid4().hex}"


def _new(**more: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), **more}


LETTER = {"letterNumber": "1", "letterDate": "2022-04-12"}
NATIONAL: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "instrumentCreate": lambda _city: _new(code="luar", name="x", nameEn="x", parameters=[]),
    "instrumentUpdate": lambda _city: {
        "id": _national("ist"),
        "expectedVersion": 1,
        "name": "x",
        "nameEn": "x",
        "parameters": [],
    },
    "instrumentCopy": lambda _city: _new(instrumentId=_national("ist"), code="luar"),
    "instrumentActivate": lambda _city: {"id": _national("ist"), "expectedVersion": 1},
    "cohortUseInstrument": lambda _city: {
        "cohortId": _national("coh"),
        "instrumentId": _national("ist"),
    },
    "selectionDecide": lambda of: _new(
        cohortId=_national("coh"),
        verdicts=[{"participationId": of["par"], "verdict": "SELECTED"}],
        **LETTER,
    ),
    "selectionPromote": lambda _city: _new(cohortId=_national("coh"), **LETTER),
}
"""What is done for the nation: that there is a nation is no secret, so it is forbidden."""
ASSESSMENT: dict[str, Callable[[Ids], dict[str, Any]]] = {
    **NATIONAL,
    "assessmentAssign": lambda of: {
        "participationId": of["par"],
        "assessorId": _national("per"),
    },
    "assessmentRelease": lambda of: _change(of, "asm"),
    "assessmentReturn": lambda of: {**_change(of, "asm"), "reason": "x"},
    "assessmentWrite": lambda of: {**_change(of, "asm"), "answers": []},
    "assessmentSubmit": lambda of: _change(of, "asm"),
    "assessmentEvidenceWrite": lambda of: {
        "participationId": of["par"],
        "parameterId": _national("ipr"),
        "text": "x",
        "expectedVersion": 0,
    },
}
