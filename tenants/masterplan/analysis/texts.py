"""Checking the texts of a statement: only what is given, every fault with its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kotacerdas.errors import DomainError
from kotacerdas.values import NAME_LENGTH, TEXT_LENGTH, text_value


@dataclass(frozen=True)
class Text:
    """How a text is named in the input, and what it must be."""

    label: str
    required: bool = False
    one_line: bool = False


def cleaned(
    fields: Mapping[str, Any], texts: Mapping[str, Text], errors: list[DomainError]
) -> dict[str, Any]:
    """Return the fields with clean texts; faults go to `errors`.

    A required text that is not among the fields is left to the caller: an update keeps it.
    """
    clean = dict(fields)
    for name, text in texts.items():
        if name not in fields:
            continue
        try:
            clean[name] = text_value(
                fields[name] or "",
                path=(text.label,),
                maximum=NAME_LENGTH if text.one_line else TEXT_LENGTH,
                required=text.required,
                lines=not text.one_line,
            )
        except DomainError as error:
            errors.append(error)
    return clean
