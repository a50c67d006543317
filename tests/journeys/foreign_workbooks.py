"""Steps of workbooks and uploads, tried on another city's ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.journeys.foreign_sheets import Ids


def _new(**more: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), **more}


def _of(ids: Ids, prefix: str) -> str:
    """An id of the other city's tenant: whether there is such a row is nobody's business."""
    return ids["par"].replace("par_", f"{prefix}_")


WORKBOOKS: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "uploadCreate": lambda of: _new(cityId=of["cty"], filename="luar.xlsx", sizeBytes=1),
    "workbookRequest": lambda of: _new(participationId=of["par"], kind="INNOVATIONS"),
    "workbookPreview": lambda of: _new(uploadId=_of(of, "upl")),
    "workbookApply": lambda of: {"id": _of(of, "wbk"), "expectedHash": "0" * 64},
}
"""Input of each mutation that names the other city's rows."""
