"""Moments as people of a city read them: its own zone, named WIB, WITA or WIT."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

_CLOCK = {"id": "pukul %H.%M", "en": "%H:%M"}


def long_moment(moment: datetime, zone: str, language: str) -> str:
    """Return "Senin, 31 Oktober 2022 pukul 23.59 WIB" or "Monday, 31 October 2022, 23:59 WIB".

    `zone` is an IANA name such as Asia/Jakarta; its database knows the Indonesian labels.
    """
    local = moment.astimezone(ZoneInfo(zone))
    clock = local.strftime(f"{_CLOCK[language]} %Z")
    return f"{long_date(local.date(), language)}{' ' if language == 'id' else ', '}{clock}"


def long_date(day: date, language: str) -> str:
    """Return "Senin, 31 Oktober 2022" or "Monday, 31 October 2022"."""
    return format_date(day, "EEEE, d MMMM y", locale=language)
