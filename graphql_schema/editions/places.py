"""Where a fault of an edition's document lies in the input that the document was made from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kotacerdas.errors import DomainError, DomainErrors
from tenants.editions.reasons import EditionRuleInvalid

NAMES = {
    "quick_win": "quickWinRule",
    "horizons": "horizonRule",
    "books": "bookTemplates",
    "readiness": "readinessElements",
    "bimtek": "bimtekStages",
    "institutions": "institutionRule",
    "certificates": "certificateRule",
}
"""Inputs that are called otherwise than the document's part."""


@contextmanager
def at_inputs() -> Iterator[None]:
    """Name the input's fields, in place of the document's, in faults that are raised inside."""
    try:
        yield
    except (DomainError, DomainErrors) as refusal:
        for error in refusal.errors if isinstance(refusal, DomainErrors) else [refusal]:
            if isinstance(error, EditionRuleInvalid):
                error.path = input_path(error.path[1:])
                error.fields["place"] = ".".join(error.path)
        raise


def input_path(place: tuple[str, ...]) -> tuple[str, ...]:
    """Return the input's fields for a place of the document, outermost first."""
    if place[:1] == ("evaluation",):
        place = ("evaluation_parts" if place[1:2] == ("parts",) else "impact", *place[2:])
    path = [NAMES.get(place[0], camel(place[0])), *map(camel, place[1:])] if place else []
    if len(path) > 1 and path[-1] in ("id", "en"):
        language = path.pop()
        if path[-1].isdigit():  # a source of a chapter has a name and nothing else
            path.append("name")
        path[-1] += "En" if language == "en" else ""
    return tuple(path)


def camel(name: str) -> str:
    """Return a name as GraphQL writes it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
