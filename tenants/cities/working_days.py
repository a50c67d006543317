"""Working days of Indonesia: weekends, national holidays and joint leave (cuti bersama) are off.

Holidays come from the library `holidays`, which follows the joint decrees of each year. Its
estimates of feasts whose decree is still to come count as working days.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kotacerdas.errors import DomainError

SATURDAY = 5
WEEKEND = ("akhir pekan", "weekend")
ESTIMATE = "(perkiraan)"
DAY = timedelta(days=1)


class DueOnDayOff(DomainError):
    """Nobody is at work on the day on which it would be due."""

    code = "DUE_ON_DAY_OFF"
    id = "{given} bukan hari kerja ({off_id}). Pilih hari kerja terdekat: {before} atau {after}."
    en = "{given} is no working day ({off_en}). Choose the nearest: {before} or {after}."


def day_off(day: date) -> tuple[str, str] | None:
    """Return why nobody works on a day, in Indonesian and English; None on a working day."""
    if named := _holidays(day.year).get(day):
        return named
    return WEEKEND if day.weekday() >= SATURDAY else None


def working_day_until(day: date) -> date:
    """Return the day itself if people work on it, else the last working day before."""
    while day_off(day):
        day -= DAY
    return day


def working_day_from(day: date) -> date:
    """Return the day itself if people work on it, else the next working day."""
    while day_off(day):
        day += DAY
    return day


def day_off_fault(day: date, *, path: tuple[str, ...]) -> list[DomainError]:
    """Return a DueOnDayOff that names the nearest working days, or nothing."""
    if (off := day_off(day)) is None:
        return []
    before, after = working_day_until(day), working_day_from(day)
    return [
        DueOnDayOff(path=path, given=day, off_id=off[0], off_en=off[1], before=before, after=after)
    ]


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, tuple[str, str]]:
    from holidays import country_holidays

    categories = ("public", "government")
    names, english = (
        country_holidays("ID", years=year, categories=categories, language=language)
        for language in ("id", "en_US")
    )
    return {
        day: (name, english[day])
        for day, name in names.items()
        if ESTIMATE not in name and day.year == year
    }
