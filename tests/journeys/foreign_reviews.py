"""Remarks on a masterplan and verdicts of its rounds, tried on another city's things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

Ids = dict[str, str]


def _remark(of: Ids) -> dict[str, Any]:
    return {"subjectId": of["sec"], "text": "Dari luar", "blocking": True}


def _plan(of: Ids) -> dict[str, Any]:
    return {"masterplanId": of["mpl"], "idempotencyKey": str(uuid4())}


REVIEWS: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "masterplanRemarkAdd": lambda of: _plan(of) | _remark(of),
    "masterplanRemarksAdd": lambda of: _plan(of) | {"items": [_remark(of)]},
    "remarkReopen": lambda of: {"id": of["rmk"], "expectedVersion": 1, "reply": "x"},
    "reviewRoundJudge": lambda of: {"id": of["rnd"], "verdict": "ACCEPTED"},
}
"""Input of each mutation that names the other city's rows."""
