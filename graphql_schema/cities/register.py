"""The nation's register: regions, guide editions with their pillars, cohorts."""

from __future__ import annotations

from datetime import date

import strawberry

from graphql_schema.node import Node
from graphql_schema.reader.declaration import column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from graphql_schema.scalars import RegionCode
from tenants.cities import models as rows


@reads(rows.Region, description="A regency or city of the national register.")
class Region:
    """A regency or city of the national register."""

    code: RegionCode = column(rows.Region.code, "Code of the ministry of home affairs.")
    kind: str = column(rows.Region.kind, "KABUPATEN, KOTA, or one of Jakarta's units.")
    name: str = column(rows.Region.name, "Name with its kind, e.g. Kota Bukittinggi.")
    bps_code: str | None = column(rows.Region.bps_code, "Code of Statistics Indonesia (BPS).")
    province: str = column(rows.Region.province, "Name of the province.")
    province_code: str = column(
        rows.Region.province_code, "Code of the province, of the ministry of home affairs."
    )
    zone: str = column(rows.Region.zone, "IANA time zone.")
    longitude: float | None = column(rows.Region.longitude, "Degrees east, for a national map.")
    latitude: float | None = column(rows.Region.latitude, "Degrees north.")
    position_source: str | None = column(
        rows.Region.position_source, "Source of the position: geonames, or approximate."
    )
    valid_from: date | None = column(rows.Region.valid_from, "First day under its code, if known.")
    valid_to: date | None = column(rows.Region.valid_to, "Last day under it; null: in force.")
    successor: Region | None = one(
        "Region", rows.Region.successor_code, "Region that took over from it."
    )


@reads(rows.Dimension, "dim", description="A pillar of a guide edition.")
class Dimension(Node):
    """A pillar of a guide edition."""

    id: strawberry.ID = key()
    code: str = column(rows.Dimension.code, "Stable code, e.g. government.")
    ordinal: int = column(rows.Dimension.ordinal, "Place within the edition, from 1.")
    name: str = column(rows.Dimension.name, "Name in Indonesian use.")
    name_en: str = column(rows.Dimension.name_en, "Name in English.")
    description: str = column(rows.Dimension.description, "What belongs to it.")


@reads(rows.GuideEdition, "edi", description="An edition of the programme's guide.")
class GuideEdition(Node):
    """An edition of the programme's guide: what changes between years."""

    id: strawberry.ID = key()
    code: str = column(rows.GuideEdition.code, "Stable code.")
    name: str = column(rows.GuideEdition.name, "What the edition is called.")
    dimensions: list[Dimension] = listed(
        "Dimension", rows_of(rows.Dimension, "edition_id", "ordinal"), "Its pillars, in order."
    )


@reads(rows.Cohort, "coh", description="A year's group of participating cities (angkatan).")
class Cohort(Node):
    """A year's group of participating cities (angkatan)."""

    id: strawberry.ID = key()
    year: int = column(rows.Cohort.year, "Calendar year, e.g. 2022.")
    theme: str | None = column(rows.Cohort.theme, "Motto of the year, if the ministry set one.")
    quota: int = column(rows.Cohort.quota, "Participations that the ministry announced.")
    repeats: int = column(rows.Cohort.repeats, "How many of them had taken part before.")
    target_date: date | None = column(rows.Cohort.target_date, "Day the books should be finished.")
    source: str = column(rows.Cohort.source, "Where these facts are from.")
    edition: GuideEdition = one("GuideEdition", rows.Cohort.edition_id, "Guide edition in force.")
