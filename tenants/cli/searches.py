"""Who has done it: programmes and innovations by their words."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from sqlalchemy import Select, select

from kotacerdas.scope import Door, Scope
from tenants.cities.models import City
from tenants.cli.console import AsJson, opened, operator, show
from tenants.masterplan.models import ItemKind
from tenants.search.asking import Asked
from tenants.search.finding import published_page, working_page


def search(
    text: Annotated[str, typer.Argument(help="Words, whole or their beginnings: e-parkir.")],
    kind: Annotated[ItemKind | None, typer.Option(help="Only this kind.")] = None,
    dimension: Annotated[str | None, typer.Option(help="Code of a pillar: economy.")] = None,
    province: Annotated[str | None, typer.Option(help="Name of a province.")] = None,
    region: Annotated[str | None, typer.Option(help="Code of a regency or city: 13.75.")] = None,
    published: Annotated[
        bool, typer.Option("--published", help="Only what everybody finds.")
    ] = False,
    first: Annotated[int, typer.Option(min=1, max=100, help="How many at most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Find programmes and innovations of every city by their words, best first."""
    asked = Asked.of(text, [kind] if kind else None, dimension, province, region)
    with opened() as database:
        scope = Scope(Door.CITY) if published else operator(Door.MINISTRY)
        page = published_page(asked, (), first) if published else working_page(asked, None, first)
        with database.unit_of_work(scope) as session:
            rows = [_line(row) for row in session.execute(_with_city(page))]
    show(rows, as_json)


def _with_city(page: Select[Any]) -> Select[Any]:
    found = page.subquery()
    joined: Any = select(found, City.slug).join(City, City.id == found.c.tenant_id)
    ordered: Select[Any] = joined.order_by(found.c.rank.desc(), found.c.id.desc())
    return ordered


def _line(row: Any) -> dict[str, object]:  # noqa: ANN401  (rows are typed Any)
    return {
        "name": row.name,
        "kind": row.kind,
        "city": row.slug,
        "unit": row.unit_name,
        "published": "yes" if row.is_published else "no",
    }
