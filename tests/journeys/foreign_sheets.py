"""Steps of many rows at once, and exports, tried on another city's things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

Ids = dict[str, str]
"""One opaque id of each type, by its prefix."""


def sheets(
    alone: dict[str, Callable[[Ids], dict[str, Any]]],
) -> dict[str, Callable[[Ids], dict[str, Any]]]:
    """Return the inputs of the steps of many rows: each has the row of the step of one."""
    return {
        "unitsCreate": lambda of: _made(of, "cityId", "cty", alone["unitCreate"](of)),
        "innovationsCreate": lambda of: _made(
            of, "participationId", "par", alone["innovationCreate"](of)
        ),
        "innovationsUpdate": lambda of: _changed(of, alone["innovationUpdate"](of)),
        "innovationsSubmit": lambda of: _changed(of, alone["innovationSubmit"](of)),
        "innovationsEndorse": lambda of: _changed(of, alone["innovationEndorse"](of)),
        "innovationsPlace": lambda of: {
            **_key(),
            **_changed(of, {"innovationId": of["inn"]}),
        },
        "programmesCreate": lambda of: _made(
            of, "masterplanId", "mpl", alone["programmeCreate"](of)
        ),
        "programmesUpdate": lambda of: _changed(of, alone["programmeUpdate"](of)),
        "exportRequest": lambda of: {
            **_key(),
            "cityId": of["cty"],
            "rows": {"innovations": {}},
            "format": "CSV",
        },
        "exportLink": lambda of: {"id": of.get("exp") or _export_of(of["cty"])},
    }


def _made(of: Ids, parent: str, prefix: str, row: dict[str, Any]) -> dict[str, Any]:
    item = {name: row[name] for name in row if name not in (parent, "idempotencyKey")}
    return {**_key(), parent: of[prefix], "items": [item]}


def _changed(of: Ids, row: dict[str, Any]) -> dict[str, Any]:
    return {"cityId": of["cty"], "items": [row]}


def _key() -> dict[str, Any]:
    return {"idempotencyKey": str(uuid4())}


def _export_of(city_id: str) -> str:
    """An export's id as the city's would be: the year asks for none."""
    return f"exp_{uuid4().hex}{city_id.removeprefix('cty_c')}"
