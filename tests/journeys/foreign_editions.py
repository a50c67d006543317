"""Steps of guide editions and cohorts, tried by a stranger: all are the nation's alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.journeys.foreign_sheets import Ids


def _new(**more: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), **more}


def _change(prefix: str) -> dict[str, Any]:
    return {"id": f"{prefix}_{uuid4().hex}", "expectedVersion": 1}


EDITIONS: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "guideEditionCreate": lambda _of: _new(code="luar", name="Dari luar"),
    "guideEditionCopy": lambda _of: _new(editionId=f"edi_{uuid4().hex}", code="luar"),
    "guideEditionUpdate": lambda _of: {**_change("edi"), "name": "Dari luar"},
    "guideEditionActivate": lambda _of: _change("edi"),
    "guideEditionRetire": lambda _of: _change("edi"),
    "cohortCreate": lambda _of: _new(year=2099, editionId=f"edi_{uuid4().hex}", quota=1),
    "cohortUpdate": lambda _of: {**_change("coh"), "quota": 1},
    "cohortOpen": lambda _of: _change("coh"),
}
"""Input of each mutation."""
