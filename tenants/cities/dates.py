"""Dates of what has happened, in the city's zone."""

from __future__ import annotations

from datetime import date

from kotacerdas.errors import DomainError
from tenants.cities.models import City
from tenants.cities.queries import local_date


class DateInFuture(DomainError):
    """What has happened cannot lie ahead."""

    code = "DATE_IN_FUTURE"
    id = "Tanggal {given} belum tiba; hari ini {today}. Catat setelah terjadi."
    en = "{given} lies ahead; today is {today}. Record it after it has happened."


def future_date(city: City, day: date, *, path: tuple[str, ...]) -> list[DomainError]:
    """Return a DateInFuture if the day has not begun in the city's zone, else nothing."""
    today = local_date(city)
    return [DateInFuture(path=path, given=day, today=today)] if day > today else []
