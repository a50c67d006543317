"""The languages in which the platform speaks."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """Indonesian or English, by its code of ISO 639-1."""

    ID = "id"
    EN = "en"
