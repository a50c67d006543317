"""The fields of an innovation: their limits, and what a revision keeps of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from kotacerdas.money import parse_rupiah
from kotacerdas.tenancy import Json
from kotacerdas.values import NAME_LENGTH, collect, rupiah_value, text_value
from tenants.submissions.models import Innovation, InnovationKind, Maturity

TEXTS = (
    "problem",
    "solution",
    "benefit",
    "uniqueness",
    "partners",
    "replication",
    "sustainability",
    "risks",
    "resources",
)
"""The long texts, in the order of the form."""

REQUIRED = ("problem", "solution", "benefit", "uniqueness", "sustainability")
"""Texts without which an innovation cannot be submitted; a draft may lack them."""

ANCHORS = ("name", "dimension", "kind", "maturity", *TEXTS, "budget_rupiah")
"""Fields that a remark may point at: the keys of a revision's content."""

PATHS = {"dimension_id": "dimensionId", "budget_rupiah": "budgetRupiah"}
"""Names of fields in the API where they differ."""


class InnovationTexts(TypedDict, total=False):
    """The long texts of an innovation; what is absent stays as it is."""

    problem: str
    solution: str
    benefit: str
    uniqueness: str
    partners: str
    replication: str
    sustainability: str
    risks: str
    resources: str


class InnovationChanges(InnovationTexts, total=False):
    """What a unit may change of a draft; what is absent stays as it is."""

    name: str
    dimension_id: UUID
    kind: InnovationKind
    maturity: Maturity
    budget_rupiah: Decimal | str


def checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes in the form that is stored; refusals of several fields come together."""
    return collect({name: _check(name, value) for name, value in changes.items()})


def refuse_unfilled(row: Innovation) -> None:
    """Refuse empty required texts, all at once."""
    collect({name: _filled(name, getattr(row, name)) for name in REQUIRED})


def content_of(row: Innovation, dimension: str) -> Json:
    """Return the content word for word; `dimension` is the pillar's code."""
    texts = {name: getattr(row, name) for name in TEXTS}
    return {
        "name": row.name,
        "dimension": dimension,
        "kind": row.kind.value,
        "maturity": row.maturity.value,
        **texts,
        "budget_rupiah": str(row.budget_rupiah),
    }


def _filled(name: str, text: str) -> Callable[[], str]:
    return lambda: text_value(text, path=(name,), required=True)


def _check(name: str, value: Any) -> Callable[[], Any]:  # noqa: ANN401  (each field has its type)
    path = (PATHS.get(name, name),)
    match name:
        case "name":
            return lambda: text_value(
                value, path=path, maximum=NAME_LENGTH, required=True, lines=False
            )
        case "budget_rupiah":
            read: Callable[..., Decimal] = parse_rupiah if isinstance(value, str) else rupiah_value
            return lambda: read(value, path=path)
        case "kind" | "maturity" | "dimension_id":
            return lambda: value
        case _ if name in TEXTS:
            return lambda: text_value(value, path=path)
        case _:
            raise KeyError(name)
