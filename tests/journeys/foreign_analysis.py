"""Steps of a plan's sources, analysis and statements, tried on another city's ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.journeys.foreign_sheets import Ids


def _of(ids: Ids, prefix: str) -> str:
    """An id of the other city's tenant: whether there is such a row is nobody's business."""
    return ids["mpl"].replace("mpl_", f"{prefix}_")


def _change(ids: Ids, prefix: str, **more: Any) -> dict[str, Any]:
    return {"id": _of(ids, prefix), "expectedVersion": 1, **more}


def _new(ids: Ids, **more: Any) -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4()), "masterplanId": ids["mpl"], **more}


ANALYSIS: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "sourceDocumentCreate": lambda of: {
        "idempotencyKey": str(uuid4()),
        "cityId": of["cty"],
        "kind": "OTHER",
        "title": "Dari luar",
    },
    "sourceDocumentUpdate": lambda of: _change(of, "src", title="Dari luar"),
    "sourceDocumentDelete": lambda of: _change(of, "src"),
    "readinessCreate": lambda of: _new(of, element="structure", part="nature", statement="x"),
    "readinessUpdate": lambda of: _change(of, "rdy", statement="x"),
    "readinessDelete": lambda of: _change(of, "rdy"),
    "gapCreate": lambda of: _new(of, dimensionId=of["dim"], gap="x"),
    "gapUpdate": lambda of: _change(of, "gap", gap="x"),
    "gapDelete": lambda of: _change(of, "gap"),
    "swotPointCreate": lambda of: _new(of, kind="STRENGTH", text="x"),
    "swotPointUpdate": lambda of: _change(of, "swp", text="x"),
    "swotPointDelete": lambda of: _change(of, "swp"),
    "swotStrategyCreate": lambda of: _new(of, kind="SO", text="x"),
    "swotStrategyUpdate": lambda of: _change(of, "sst", text="x"),
    "swotStrategyDelete": lambda of: _change(of, "sst"),
    "missionUpdate": lambda of: _change(of, "mis", text="x"),
    "missionsOrder": lambda of: _change(of, "mpl", missionIds=[of["mis"]]),
    "goalUpdate": lambda of: _change(of, "gol", text="x"),
    "goalsOrder": lambda of: _change(of, "mis", goalIds=[of["gol"]]),
}
"""Input of each mutation that names the other city's rows."""
