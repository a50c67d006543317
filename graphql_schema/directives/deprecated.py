"""The reason of `@deprecated`: what to use instead, and until when the old form stays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = 6
"""How long what was announced to go away stays at least."""


class Deprecation(str):
    """A reason with its days, given to a field as its `deprecation_reason`.

    `use` is a field of the same type, or a schema coordinate. Raises ValueError for a removal less
    than six months after it was announced.
    """

    __slots__ = ("announced", "removal", "use")
    use: str
    announced: date
    removal: date

    def __new__(cls, *, use: str, announced: date, removal: date) -> Deprecation:
        """Write the reason."""
        if removal < earliest_removal(announced):
            raise ValueError(f"{removal} is too early: not before {earliest_removal(announced)}")
        made = super().__new__(cls, f"Use {use}. Removal not before {removal}.")
        made.use, made.announced, made.removal = use, announced, removal
        return made


def earliest_removal(announced: date) -> date:
    """Return the day six months later; the last of that month where it is shorter."""
    year, month = divmod(announced.year * 12 + announced.month - 1 + MONTHS, 12)
    return date(year, month + 1, min(announced.day, monthrange(year, month + 1)[1]))
