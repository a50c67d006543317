"""What a search finds, and what everybody may read of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, FromClause, Integer, Select, Text, cast, func, literal, select
from strawberry.scalars import JSON

from graphql_schema.cities.types import City
from graphql_schema.editions.types import Dimension
from graphql_schema.masterplan.types import Programme
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Where, column, key, listed, one, reads
from graphql_schema.submissions.types import Innovation
from tenants.masterplan.models import ItemKind
from tenants.masterplan.models import PublishedItem as ItemRow
from tenants.search.finding import MARK


@reads(ItemRow, "pit", description="A published programme or innovation.", public=True)
class PublishedItem(Node):
    """A programme or an innovation of a published masterplan, as everybody may read it."""

    id: strawberry.ID = key()
    city: City = one("City", ItemRow.tenant_id, "City that published it.")
    kind: ItemKind = column(ItemRow.kind, "What it is.")
    name: str = column(ItemRow.name, "What it is called.")
    unit_name: str = column(ItemRow.unit_name, "Unit that leads or proposed it.")
    dimension: Dimension = one("Dimension", ItemRow.dimension_id, "Its pillar.")
    content: JSON = column(ItemRow.content, "What is published of it.")
    version_number: int = column(ItemRow.version_number, "Version of the masterplan.")
    replications: int = column(
        ItemRow.replications, "Drafts of other cities' units that began from it."
    )
    published_at: datetime = column(ItemRow.created_at, "When it was published in this version.")


@reads(ItemRow, description="A part of a text: found, or between what was found.", public=True)
class TextPart:
    """A part of a text; joined, the parts are the text."""

    text: str = column("text", "Plain text, never markup.")
    is_match: bool = column("is_match", "Whether it was looked for.")


def _parts(name: str) -> Any:
    """The parts of a text whose found words are between marks."""

    def source(row: FromClause, _asking: Asking) -> Select[*tuple[Any, ...]]:
        split = (
            func.string_to_table(row.c[name], literal(MARK, Text))
            .table_valued("text", with_ordinality="place", name="part")
            .render_derived()
        )
        is_match: ColumnElement[Any] = (cast(split.c.place, Integer) % 2 == 0).label("is_match")
        parts = select(cast(split.c.text, Text).label("text"), is_match)
        return parts.where(split.c.text != "").order_by(split.c.place)

    return source


def _is(kind: ItemKind) -> Where:
    """The found row itself, where it is of that kind."""
    return lambda child, parent: (child.c.id == parent.c.id) & (parent.c.kind == kind.value)


@reads(ItemRow, description="A programme or an innovation that was found.", public=True)
class SearchHit:
    """A programme or an innovation that was found, with the words in their places."""

    kind: ItemKind = column("kind", "What it is.")
    name: str = column("name", "What it is called.")
    name_parts: list[TextPart] = listed("TextPart", _parts("marked_name"), "Its name in parts.")
    fragment: list[TextPart] = listed(
        "TextPart", _parts("fragment"), "Some words of its text around what was found, in parts."
    )
    unit_name: str | None = column("unit_name", "Unit that leads or proposed it.")
    city: City = one("City", "tenant_id", "City that has it.")
    dimension: Dimension = one("Dimension", "dimension_id", "Its pillar.")
    is_published: bool = column("is_published", "Whether everybody finds it.")
    published_item: PublishedItem | None = one(
        "PublishedItem",
        lambda child, parent: child.c.id == parent.c.id,
        "What everybody may read of it; null while it is not published.",
    )
    innovation: Innovation | None = one(
        "Innovation", _is(ItemKind.INNOVATION), "The innovation itself, for who may read it."
    )
    programme: Programme | None = one(
        "Programme", _is(ItemKind.PROGRAMME), "The programme itself, for who may read it."
    )
