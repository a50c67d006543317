"""Steps of papers, bodies and regulations, tried on another city's things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.journeys.foreign_sheets import Ids

DAY = "2022-10-30"
SEAT = {"name": "Orang luar", "position": "Tamu", "part": "MEMBER", "element": "MEDIA"}

BODIES: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "commitmentUpdate": lambda of: {**_change(of["com"]), "number": "1"},
    "commitmentSign": lambda of: {
        **_change(of["com"]),
        "signatories": [{"party": "OTHER", "name": "Orang luar", "position": "Tamu"}],
    },
    "institutionForm": lambda of: {
        **_new(),
        "cityId": of["cty"],
        "kind": "FORUM",
        "name": "Forum luar",
    },
    "institutionRename": lambda of: {**_change(of["ins"]), "name": "Dewan luar"},
    "institutionDissolve": lambda of: {**_change(of["ins"]), "on": DAY},
    "institutionMemberAdd": lambda of: {**_new(), "institutionId": of["ins"], **SEAT},
    "institutionMembersAdd": lambda of: {**_new(), "institutionId": of["ins"], "items": [SEAT]},
    "institutionMemberUpdate": lambda of: {**_change(of["imb"]), "name": "Orang luar"},
    "institutionMemberEnd": lambda of: {**_change(of["imb"]), "on": DAY},
    "regulationRecord": lambda of: {
        **_new(),
        "cityId": of["cty"],
        "kind": "DECREE",
        "number": "1",
        "year": 2022,
        "title": "Dari luar",
        "signedOn": DAY,
    },
    "regulationUpdate": lambda of: {**_change(of["reg"]), "title": "Dari luar"},
}
"""Input of each mutation that names the other city's rows."""


def _change(opaque_id: str) -> dict[str, Any]:
    return {"id": opaque_id, "expectedVersion": 1}


def _new() -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4())}
