"""Moments as people of a city read them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kotacerdas.localtime import long_date, long_moment

TARGET = datetime(2022, 10, 31, 16, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "indonesian", "english"),
    [
        (
            "Asia/Jakarta",
            "Senin, 31 Oktober 2022 pukul 23.59 WIB",
            "Monday, 31 October 2022, 23:59 WIB",
        ),
        (
            "Asia/Pontianak",
            "Senin, 31 Oktober 2022 pukul 23.59 WIB",
            "Monday, 31 October 2022, 23:59 WIB",
        ),
        (
            "Asia/Makassar",
            "Selasa, 1 November 2022 pukul 00.59 WITA",
            "Tuesday, 1 November 2022, 00:59 WITA",
        ),
        (
            "Asia/Jayapura",
            "Selasa, 1 November 2022 pukul 01.59 WIT",
            "Tuesday, 1 November 2022, 01:59 WIT",
        ),
    ],
)
def test_a_moment_is_written_by_the_clocks_of_its_zone(zone, indonesian, english):
    assert long_moment(TARGET, zone, "id") == indonesian
    assert long_moment(TARGET, zone, "en") == english


def test_a_day_is_written_with_the_names_of_its_language():
    assert long_date(date(2022, 6, 13), "id") == "Senin, 13 Juni 2022"
    assert long_date(date(2022, 6, 13), "en") == "Monday, 13 June 2022"
