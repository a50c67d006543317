"""A department's morning by the generated client; prints, as JSON, what came of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

from city_api.client import Client
from city_api.enums import InnovationKind, Maturity
from city_api.exceptions import GraphQLClientGraphQLMultiError
from city_api.fragments import InnovationLine
from city_api.input_types import InnovationCreateInput, InnovationUpdateInput


def innovations(client: Client, slug: str, first: int) -> Iterator[list[InnovationLine]]:
    """Yield a city's innovations by name, one page after another."""
    after = None
    while True:
        city = client.innovations(slug, first, after).city
        if city is None or city.innovations is None:
            raise LookupError(f"{slug}: no such city, or no role in it")
        yield city.innovations.nodes
        if not city.innovations.page_info.has_next_page:
            return
        after = city.innovations.page_info.end_cursor


def change_benefit(client: Client, known: InnovationLine, benefit: str) -> InnovationLine:
    """Change the benefit; where somebody was faster, join their text and ours and send again."""
    given = InnovationUpdateInput(id=known.id, expectedVersion=known.version, benefit=benefit)
    payload = client.update_innovation(given).innovation_update
    if payload.innovation is not None:
        return payload.innovation
    for error in payload.errors:
        if error.typename__ == "StaleVersionError" and isinstance(error.current, InnovationLine):
            return change_benefit(client, error.current, f"{error.current.benefit}\n{benefit}")
    raise ValueError("; ".join(error.message for error in payload.errors))


def morning(client: Client, slug: str) -> dict[str, object]:
    """Create an innovation once, list all of them, and change what was changed meanwhile."""
    desk = client.desk(slug)
    unit = next(each.unit for each in desk.viewer.memberships if each.unit)
    participation = desk.city.participations.nodes[0]
    proposal = InnovationCreateInput(
        idempotencyKey=str(uuid4()),
        participationId=participation.id,
        unitId=unit.id,
        dimensionId=participation.cohort.edition.dimensions[0].id,
        name="Tiket Jam Gadang",
        kind=InnovationKind.DIGITAL,
        maturity=Maturity.IDEA,
        budgetRupiah=Decimal("2500000.00"),
    )
    made = client.create_innovation(proposal).innovation_create.innovation
    repeated = client.create_innovation(proposal).innovation_create.innovation
    nameless = proposal.model_copy(update={"name": " ", "idempotency_key": str(uuid4())})
    refused = client.create_innovation(nameless).innovation_create.errors
    change_benefit(client, made, "Antrean lebih pendek.")
    merged = change_benefit(client, made, "Pendapatan tercatat.")
    return {
        "pages": [[each.name for each in page] for page in innovations(client, slug, 2)],
        "sameId": made.id == repeated.id,
        "refusals": [{"field": ".".join(each.path), "code": each.code.value} for each in refused],
        "merged": {"version": merged.version, "benefit": merged.benefit},
        "refused": refusals_of(client),
    }


def refusals_of(client: Client) -> list[str]:
    """Ask for a page that is too large; an error of the request is raised, never data."""
    try:
        client.cities(first=1_000)
    except GraphQLClientGraphQLMultiError as refused:
        return [error.extensions["code"] for error in refused.errors]
    return []


if __name__ == "__main__":
    headers = {"Authorization": f"Bearer {os.environ['API_TOKEN']}", "Accept-Language": "en"}
    with Client(os.environ["KOTACERDAS_URL"], headers) as client:
        print(json.dumps(morning(client, os.environ["KOTACERDAS_CITY"])))
