"""The nation's register of regions."""

from __future__ import annotations

from datetime import date

from graphql_schema.reader.declaration import column, one, reads
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
