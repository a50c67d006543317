"""Errors that a caller may act on; everything else is a defect."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from kotacerdas.localtime import long_date


class DomainError(Exception):
    """A rule said no.

    `code` is stable and part of the public API; `id` and `en` are texts with `{field}` places that
    say what is wrong and what to do next, dates in words; `path` names the input field at fault,
    outermost first.
    """

    code: ClassVar[str]
    id: ClassVar[str]
    en: ClassVar[str]
    retryable: ClassVar[bool] = False
    """Whether the same request may succeed a moment later."""

    def __init__(self, *, path: tuple[str, ...] = (), **fields: object) -> None:
        self.path = path
        self.fields = fields
        super().__init__(f"{self.code}: {self.text('en')}")

    def text(self, language: str) -> str:
        """Return the message in `language` (`id` or `en`; anything else reads `id`)."""
        spoken, template = ("en", self.en) if language == "en" else ("id", self.id)
        return template.format_map({name: _said(v, spoken) for name, v in self.fields.items()})


def _said(value: object, language: str) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return long_date(value, language)
    return value


class DomainErrors(Exception):
    """Several refusals of one input at once, so that a form can show all of them."""

    def __init__(self, errors: list[DomainError]) -> None:
        self.errors = errors
        super().__init__("; ".join(str(error) for error in errors))


class NotFound(DomainError):
    """No such object, or one that the actor may not know of: both look the same."""

    code = "NOT_FOUND"
    id = "Data tidak ditemukan. Periksa tautan atau minta akses kepada admin daerah."
    en = "Nothing was found. Check the link, or ask the city's administrator for access."


class Forbidden(DomainError):
    """The actor may see the object but not do this."""

    code = "FORBIDDEN"
    id = (
        "Peran Anda tidak memuat izin {permission}."
        " Minta admin daerah memberikan peran yang sesuai."
    )
    en = (
        "Your roles do not hold the permission {permission}."
        " Ask the city's administrator for a fitting role."
    )


class ForbiddenUnit(Forbidden):
    """The actor's roles allow this, but for another unit."""

    code = "FORBIDDEN_UNIT"
    id = (
        "Peran Anda berlaku untuk perangkat daerah lain."
        " Minta perangkat daerah pengusul melakukannya."
    )
    en = "Your role is for another unit. Ask the unit that proposes this to do it."


class Unauthenticated(DomainError):
    """Nobody is signed in, or the session or token has ended."""

    code = "UNAUTHENTICATED"
    id = "Sesi tidak ada atau sudah berakhir. Masuk kembali, lalu ulangi."
    en = "There is no session, or it has ended. Sign in again and repeat."


class Invalid(DomainError):
    """A value that the rules of the field refuse."""

    code = "INVALID"
    id = "Isian ini tidak dapat diterima: {reason_id}"
    en = "This value cannot be accepted: {reason_en}"

    def __init__(
        self, field: str, reason_id: str, reason_en: str, *, path: tuple[str, ...] = ()
    ) -> None:
        super().__init__(path=path or (field,), reason_id=reason_id, reason_en=reason_en)


class StaleVersion(DomainError):
    """Somebody else changed the object since the caller read it."""

    code = "STALE_VERSION"
    id = (
        "Data sudah diubah orang lain (versi sekarang {current_version}). "
        "Muat ulang, gabungkan perubahan Anda, lalu kirim lagi dengan versi itu."
    )
    en = (
        "Somebody else changed this (current version {current_version}). "
        "Reload, merge your changes, and send again with that version."
    )

    def __init__(self, *, current_version: int) -> None:
        self.current_version = current_version
        super().__init__(path=("expectedVersion",), current_version=current_version)


class WrongState(DomainError):
    """The object's state does not allow this step; subclasses have codes and name what is open."""


class TimedOut(DomainError):
    """The answer took longer than a request may."""

    code = "TIMEOUT"
    id = "Permintaan ini terlalu lama. Minta lebih sedikit sekaligus, atau ulangi sebentar lagi."
    en = "This request took too long. Ask for less at once, or repeat it in a moment."
    retryable = True
