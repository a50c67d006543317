"""Steps of papers, bodies, regulations and workshops, tried on another city's things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.journeys.foreign_sheets import Ids

DAY = "2022-10-30"
SPAN = {
    "startsAt": "2022-10-30T08:00:00+07:00",
    "endsAt": "2022-10-30T16:00:00+07:00",
    "place": "Luar",
}
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
    "workshopSchedule": lambda of: {
        **_new(),
        "participationId": of["par"],
        "ordinal": 1,
        **SPAN,
    },
    "workshopsSchedule": lambda of: {
        **_new(),
        "participationIds": [of["par"]],
        "ordinal": 1,
        **SPAN,
    },
    "workshopMove": lambda of: {**_change(of["wks"]), **SPAN},
    "workshopCancel": lambda of: {**_change(of["wks"]), "reason": "x"},
    "workshopHold": lambda of: _change(of["wks"]),
    "workshopDetailsWrite": lambda of: {**_change(of["wks"]), "opener": "Orang luar"},
    "workshopAttendanceRecord": lambda of: {
        **_change(of["wks"]),
        "lines": [{"unitId": of["unt"], "name": "Orang luar"}],
    },
    "workshopOutputDeliver": lambda of: {**_change(of["out"]), "note": "x"},
    "workshopOutputAccept": lambda of: _change(of["out"]),
    "workshopOutputReturn": lambda of: {**_change(of["out"]), "reason": "x"},
    "workshopCertificateIssue": lambda of: {
        **_new(),
        "participationId": of["par"],
        "unitId": of["unt"],
        "name": "Orang luar",
        "number": "1",
        "issuedOn": DAY,
    },
    "regulationUpdate": lambda of: {**_change(of["reg"]), "title": "Dari luar"},
}
"""Input of each mutation that names the other city's rows."""


def _change(opaque_id: str) -> dict[str, Any]:
    return {"id": opaque_id, "expectedVersion": 1}


def _new() -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4())}
