"""When a session takes place: moments with a zone, the end after the beginning."""

from __future__ import annotations

from datetime import UTC, datetime

from kotacerdas.errors import DomainError, Invalid


def moment(given: datetime, *, path: tuple[str, ...]) -> datetime:
    """Return a moment in UTC; raises Invalid for one without a zone."""
    if given.tzinfo is None:
        raise Invalid(
            path[-1],
            "zona waktunya tidak disebut. Tulis seperti 2022-06-13T08:30:00+07:00.",
            "it names no time zone. Write it like 2022-06-13T08:30:00+07:00.",
            path=path,
        )
    return given.astimezone(UTC)


def span_faults(starts_at: datetime, ends_at: datetime) -> list[DomainError]:
    """Return an Invalid where the end is not after the beginning, or more than a fortnight."""
    if ends_at <= starts_at:
        return [
            Invalid(
                "endsAt",
                "harus sesudah waktu mulai. Perbaiki salah satunya.",
                "it must be after the beginning. Correct one of them.",
            )
        ]
    if (ends_at - starts_at).days > 14:
        return [
            Invalid(
                "endsAt",
                "lebih dari 14 hari sesudah mulai. Periksa tanggalnya.",
                "it is more than 14 days after the beginning. Check the dates.",
            )
        ]
    return []
