"""Opening the platform to a region."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import randrange

import pytest
from sqlalchemy import func, select

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.tenancy import Tenant
from tenants.cities.models import City, Region
from tenants.cities.registration import register_city, slug_of
from tests.tenants.refusals import run


@pytest.fixture
def make_region(database):
    """Return a function that makes a region without a city."""

    def make() -> Region:
        code = f"98.{randrange(10**9)}"
        row = Region(
            code=code,
            kind="KOTA",
            name=f"Kota Baru {code[3:]}",
            province_code="98",
            province="Uji",
            zone="Asia/Jayapura",
        )
        with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
            session.add(row)
        return row

    return make


@pytest.fixture
def region(make_region):
    """A region that has no city yet."""
    return make_region()


def test_a_city_takes_name_and_zone_from_its_region(database, ministry, region):
    nation = ministry(NATION)
    city = run(
        database,
        nation,
        lambda s: register_city(s, region_code=region.code, unit_label="SKPD", is_demo=True),
    )
    assert (city.name, city.zone, city.slug) == (region.name, "Asia/Jayapura", slug_of(region.name))
    assert (city.unit_label, city.is_demo) == ("SKPD", True)
    assert city.id > NATION
    with database.unit_of_work(nation) as session:
        assert session.get(Tenant, city.id) is not None


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kota Bukittinggi", "kota-bukittinggi"),
        ("Kabupaten Ma'rang Sérang", "kabupaten-marang-serang"),
        ("Kota Administrasi Jakarta Selatan", "kota-administrasi-jakarta-selatan"),
    ],
)
def test_a_slug_is_the_name_in_plain_words(name, slug):
    assert slug_of(name) == slug


def test_the_register_holds_bukittinggi_and_every_name_makes_a_slug_of_its_own(database, ministry):
    with database.unit_of_work(ministry(NATION)) as session:
        assert session.get_one(Region, "13.75").name == "Kota Bukittinggi"
        names = session.scalars(
            select(Region.name).where(func.length(Region.code) == 5, Region.province != "Uji")
        ).all()
    assert len(names) == 514
    assert len({slug_of(name) for name in names}) == 514


def cities_of(database, scope, region):
    with database.unit_of_work(scope) as session:
        return session.scalars(select(City.slug).where(City.region_code == region.code)).all()


def refused(database, scope, rule, code):
    """The nation's rows belong to all tests at once: what must not change is asserted by each."""
    with pytest.raises(DomainError) as caught:
        run(database, scope, rule)
    error = caught.value
    assert error.code == code
    assert error.text("id") != error.text("en")
    return error


def test_a_region_is_registered_once(database, ministry, region):
    nation = ministry(NATION)
    city = run(database, nation, lambda s: register_city(s, region_code=region.code))
    error = refused(
        database, nation, lambda s: register_city(s, region_code=region.code), "CITY_REGISTERED"
    )
    assert city.slug in error.text("id")
    assert cities_of(database, nation, region) == [city.slug]


def test_a_slug_belongs_to_one_city(database, ministry, region, city):
    nation = ministry(NATION)
    error = refused(
        database,
        nation,
        lambda s: register_city(s, region_code=region.code, slug=city.slug),
        "SLUG_TAKEN",
    )
    assert error.path == ("slug",)
    assert cities_of(database, nation, region) == []


@pytest.mark.parametrize("slug", ["Kota", "a--b", "", "kota_x", "x" * 81, "-a"])
def test_a_slug_of_other_signs_is_refused(database, ministry, region, slug):
    nation = ministry(NATION)
    refused(
        database,
        nation,
        lambda s: register_city(s, region_code=region.code, slug=slug),
        "INVALID",
    )
    assert cities_of(database, nation, region) == []


def test_an_unknown_region_is_refused(database, ministry):
    error = refused(
        database,
        ministry(NATION),
        lambda s: register_city(s, region_code="00.00"),
        "REGION_UNKNOWN",
    )
    assert error.path == ("regionCode",)


def test_only_the_ministry_registers_cities(database, ministry, city, region):
    for scope in (ministry(NATION, Role.MINISTRY_READER), city.scope()):
        refused(database, scope, lambda s: register_city(s, region_code=region.code), "FORBIDDEN")
    assert cities_of(database, ministry(NATION), region) == []


def test_two_registrations_at_once_get_two_tenants(database, ministry, make_region):
    nation, regions = ministry(NATION), [make_region() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        cities = pool.map(
            lambda region: run(
                database, nation, lambda s: register_city(s, region_code=region.code)
            ),
            regions,
        )
        assert len({city.id for city in cities}) == 4
