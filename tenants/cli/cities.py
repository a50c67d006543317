"""Cities: registering and listing them."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select

from kotacerdas.scope import Door
from tenants.cities.models import City
from tenants.cities.registration import register_city
from tenants.cli.console import AsJson, opened, operator, show, show_fact

app = typer.Typer(help="Register cities and list them.")


@app.command("add")
def add(
    region_code: Annotated[str, typer.Argument(help="The region's code, such as 13.75.")],
    slug: Annotated[
        str | None, typer.Option(help="Address in the API; else from the name.")
    ] = None,
    unit_label: Annotated[str, typer.Option(help="What it calls its departments.")] = "PD",
    as_json: AsJson = False,
) -> None:
    """Let a region use the platform; then give it an administrator by `user add`."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        city = register_city(session, region_code=region_code, slug=slug, unit_label=unit_label)
    show_fact(_row(city), as_json)


@app.command("list")
def listing(as_json: AsJson = False) -> None:
    """List the cities on the platform."""
    with opened() as database, database.unit_of_work(operator(Door.MINISTRY)) as session:
        cities = session.scalars(select(City).order_by(City.name)).all()
    show([_row(city) for city in cities], as_json)


def _row(city: City) -> dict[str, object]:
    return {
        "slug": city.slug,
        "name": city.name,
        "region_code": city.region_code,
        "zone": city.zone,
        "unit_label": city.unit_label,
        "demo": city.is_demo,
        "tenant_id": city.id,
    }
