"""Asking for exports and fetching them; `jobCancel` stops one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema import lists
from graphql_schema.context import Info
from graphql_schema.exports.criteria import stored
from graphql_schema.exports.types import Export
from graphql_schema.ids import CITY
from graphql_schema.mutating import (
    THE_NATION,
    Creation,
    Payload,
    changed,
    mutation,
    perform,
)
from graphql_schema.reader.listing import Listing
from kotacerdas.identity.policy import Permission
from kotacerdas.language import Language
from tenants.exports import actions
from tenants.exports.models import ExportFormat, ExportKind

LISTS: dict[ExportKind, Listing] = {
    ExportKind.INNOVATIONS: lists.INNOVATIONS,
    ExportKind.REMARKS: lists.INNOVATIONS,
    ExportKind.PROGRAMMES: lists.PROGRAMMES,
    ExportKind.TARGETS: lists.PROGRAMMES,
    ExportKind.BUDGETS: lists.PROGRAMMES,
    ExportKind.PARTICIPATIONS: lists.PARTICIPATIONS,
    ExportKind.UNITS: lists.UNITS,
}
"""The list whose filter narrows a kind."""
WORDS: dict[ExportKind, str] = {
    ExportKind.INNOVATIONS: "Innovations that fit.",
    ExportKind.REMARKS: "Remarks on the innovations that fit.",
    ExportKind.PROGRAMMES: "Programmes that fit, with their targets and budgets.",
    ExportKind.TARGETS: "Targets of the programmes that fit, one row for each year.",
    ExportKind.BUDGETS: "Budgets of the programmes that fit, one row for each year and source.",
    ExportKind.PARTICIPATIONS: "Participations that fit, with what they have come to.",
    ExportKind.UNITS: "Departments that fit.",
}


def _rows_input() -> Any:
    """One field for each kind: its type is the filter of the kind's list."""
    namespace: dict[str, Any] = {"__annotations__": {}}
    for kind, listing in LISTS.items():
        namespace["__annotations__"][kind.value] = listing.filter_input | None
        namespace[kind.value] = strawberry.field(
            default=strawberry.UNSET, description=f"{WORDS[kind]} {{}} is no filter."
        )
    text = "Which rows: exactly one kind, with the filter of its list."
    return strawberry.input(type("ExportRows", (), namespace), one_of=True, description=text)


ExportRows: Any = _rows_input()


@strawberry.type
class ExportPayload(Payload):
    """An export, or errors."""

    prefix = "exp"
    export: Export | None = changed()


@strawberry.type
class ExportLinkPayload(ExportPayload):
    """A signed link to a finished file, or errors."""

    url: str | None = strawberry.field(
        default=None, description="Address of the file; rights are checked again when it is used."
    )


@strawberry.input(description="A file of rows of a city, or for the ministry of all cities.")
class ExportRequestInput(Creation):
    """A file of rows of a city, or for the ministry of all cities."""

    city_id: strawberry.ID | None = strawberry.field(
        default=None, description="City of the rows; none for all cities together."
    )
    rows: ExportRows = strawberry.field(  # pyright: ignore[reportInvalidTypeForm]  # made from data
        description="Which rows."
    )
    format: ExportFormat = strawberry.field(description="How the file is written.")
    language: Language = strawberry.field(
        default=Language.ID, description="Language of headings and of words."
    )


@strawberry.input(description="The export to fetch.")
class ExportLinkInput:
    """The export to fetch."""

    id: strawberry.ID = strawberry.field(description="A finished export.")


@strawberry.type
class ExportMutations:
    """Asking for exports and fetching them."""

    @mutation(
        "Ask for a file of rows beyond a page; a job makes it.",
        requires=(Permission.CITY_READ, Permission.NATIONAL_READ),
    )
    async def export_request(self, info: Info, input: ExportRequestInput) -> ExportPayload:
        """Ask for an export."""
        return await perform(
            info,
            ExportPayload,
            input.city_id or str(THE_NATION),
            CITY,
            lambda s, _: actions.request(
                s,
                info.context.settings,
                **_kind_and_criteria(input.rows),
                format=input.format,
                language=input.language,
                idempotency_key=input.idempotency_key,
            ),
            named="cityId",
        )

    @mutation(
        "Sign a link to a finished export; it lives for some minutes.",
        requires=Permission.CITY_READ,
    )
    async def export_link(self, info: Info, input: ExportLinkInput) -> ExportLinkPayload:
        """Sign a link."""
        links: list[str] = []

        def sign(session: Session, key: UUID) -> UUID:
            links.append(actions.link(session, key, info.context.settings))
            return key

        payload = await perform(info, ExportLinkPayload, input.id, "exp", sign)
        payload.url = next(iter(links), None)
        return payload


def _kind_and_criteria(rows: Any) -> dict[str, Any]:
    """Read the one kind that was sent, and its filter."""
    kind = next(each for each in LISTS if getattr(rows, each.value) is not strawberry.UNSET)
    return {"kind": kind, "criteria": stored(LISTS[kind], getattr(rows, kind.value))}
