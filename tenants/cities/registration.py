"""Opening the platform to a region."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session, aliased

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid
from kotacerdas.identity.policy import Permission, require
from kotacerdas.tenancy import Tenant
from kotacerdas.values import text_value
from tenants.cities.models import City, Region

LABEL_LENGTH = 20
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 80


class RegionUnknown(DomainError):
    """The register holds no region of that code."""

    code = "REGION_UNKNOWN"
    id = "Kode wilayah {region_code} tidak ada. Pakai kode Kemendagri seperti 13.75."
    en = "There is no region {region_code}. Use the ministry of home affairs' code, such as 13.75."


class CityRegistered(DomainError):
    """The region uses the platform already."""

    code = "CITY_REGISTERED"
    id = "{name} sudah terdaftar sebagai {slug}. Buka kota itu dan undang orangnya di sana."
    en = "{name} is registered already, as {slug}. Open that city and invite its people there."


class SlugTaken(DomainError):
    """Another city has that address."""

    code = "SLUG_TAKEN"
    id = "Alamat {slug} sudah dipakai kota lain. Pilih alamat lain."
    en = "The address {slug} belongs to another city. Choose another one."


def register_city(
    session: Session,
    *,
    region_code: str,
    slug: str | None = None,
    unit_label: str = "PD",
    is_demo: bool = False,
) -> City:
    """Make a tenant for a region; its name and zone come from the register.

    Raises RegionUnknown, CityRegistered, SlugTaken, or Invalid for a slug or label.
    """
    require(session, Permission.COHORT_MANAGE)
    region = session.get(Region, region_code)
    if region is None:
        raise RegionUnknown(path=("regionCode",), region_code=region_code)
    label = text_value(
        unit_label, path=("unitLabel",), maximum=LABEL_LENGTH, required=True, lines=False
    )
    address = _slug(slug if slug is not None else slug_of(region.name))
    # Registrations queue here, so that two of them cannot choose the same number.
    session.execute(text("select pg_advisory_xact_lock(hashtext('register_city'))"))
    _refuse_doubles(session, region, address)
    tenant = Tenant(id=_next_tenant(session))
    session.add(tenant)
    session.flush()  # the city's row references the tenant's
    city = City(
        id=tenant.id,
        region_code=region.code,
        slug=address,
        name=region.name,
        zone=region.zone,
        unit_label=label,
        is_demo=is_demo,
    )
    session.add(city)
    after = {"city_id": city.id, "region_code": region.code, "slug": address}
    audit.record(session, "city.register", "city", None, after=after)
    return city


def slug_of(name: str) -> str:
    """Return a name in lower-case ASCII words: "Kota Bukittinggi" is "kota-bukittinggi"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def _slug(slug: str) -> str:
    if len(slug) > SLUG_LENGTH or not SLUG.fullmatch(slug):
        raise Invalid(
            "slug",
            f"pakai huruf kecil, angka dan tanda hubung, paling banyak {SLUG_LENGTH}.",
            f"use lower-case letters, digits and hyphens, at most {SLUG_LENGTH}.",
        )
    return slug


def _refuse_doubles(session: Session, region: Region, slug: str) -> None:
    same = select(City).where((City.region_code == region.code) | (City.slug == slug))
    cities = session.scalars(same).all()
    for city in cities:
        if city.region_code == region.code:
            raise CityRegistered(path=("regionCode",), name=city.name, slug=city.slug)
    if cities:
        raise SlugTaken(path=("slug",), slug=slug)


def _next_tenant(session: Session) -> int:
    """The lowest free number; tenants are never deleted, so none is used twice."""
    after = aliased(Tenant)
    last = select(func.min(Tenant.id)).where(~exists().where(after.id == Tenant.id + 1))
    return session.execute(last).scalar_one() + 1
