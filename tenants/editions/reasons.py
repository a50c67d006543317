"""Why a document of an edition has not the form that it must have, in both languages."""

from __future__ import annotations

from pydantic_core import ErrorDetails, PydanticCustomError

from kotacerdas.errors import DomainError
from kotacerdas.values import CONTROLS

REASONS: dict[str, tuple[str, str]] = {
    "missing": ("belum diisi", "it is missing"),
    "string_too_short": ("belum diisi", "it is empty"),
    "string_too_long": ("paling banyak {max_length} karakter", "at most {max_length} characters"),
    "too_long": ("paling banyak {max_length} butir", "at most {max_length} entries"),
    "string_pattern_mismatch": (
        "kode memakai huruf kecil, angka dan tanda hubung",
        "a code has lower-case letters, digits and hyphens",
    ),
    "extra_forbidden": ("isian ini tidak dikenal", "there is no such field"),
    "unexpected_keyword_argument": ("isian ini tidak dikenal", "there is no such field"),
    "control_characters": ("berisi karakter kendali", "it contains control characters"),
    "greater_than": ("harus lebih dari {gt}", "it must be more than {gt}"),
    "greater_than_equal": ("paling kecil {ge}", "it must be at least {ge}"),
    "less_than_equal": ("paling besar {le}", "it must be at most {le}"),
    "enum": ("pilih salah satu dari {expected}", "choose one of {expected}"),
    "string_type": ("tulis sebagai teks", "write it as a text"),
    "dataclass_type": ("tulis sebagai objek dengan isian", "write it as an object with fields"),
    "dataclass_exact_type": ("tulis sebagai objek", "write it as an object with fields"),
    "tuple_type": ("tulis sebagai daftar", "write it as a list"),
    "bool_type": ("tulis true atau false", "write true or false"),
    "bool_parsing": ("tulis true atau false", "write true or false"),
    "int_type": ("tulis bilangan bulat", "write a whole number"),
    "int_parsing": ("tulis bilangan bulat", "write a whole number"),
    "int_from_float": ("tulis bilangan bulat", "write a whole number"),
    "decimal_type": ("tulis angka", "write a number"),
    "decimal_parsing": ("tulis angka", "write a number"),
}


class EditionRuleInvalid(DomainError):
    """A rule of a guide edition has not the form that it must have."""

    code = "EDITION_RULE_INVALID"
    id = "Isian {place}: {reason_id}. Perbaiki bagian itu, lalu simpan lagi."
    en = "At {place}: {reason_en}. Correct that part and save again."

    def __init__(self, place: tuple[str, ...], reason_id: str, reason_en: str) -> None:
        super().__init__(
            path=("rules", *place),
            place=".".join(place) or "rules",
            reason_id=reason_id,
            reason_en=reason_en,
        )


def fault_of(error: ErrorDetails) -> EditionRuleInvalid:
    """Return a fault of pydantic's as a refusal at its place."""
    place = tuple(str(part) for part in error["loc"])
    message = error["msg"][:1].lower() + error["msg"][1:]
    other = (f"tidak sesuai ({error['type']})", message)
    facts = dict(error.get("ctx", {}))
    facts["expected"] = str(facts.get("expected", "")).replace("' or '", "', '")
    reason_id, reason_en = REASONS.get(error["type"], other)
    if error["type"] not in REASONS:
        return EditionRuleInvalid(place, reason_id, reason_en)
    return EditionRuleInvalid(place, reason_id.format(**facts), reason_en.format(**facts))


def printable(text: str) -> str:
    """Return a text without control characters; raises what pydantic collects."""
    if CONTROLS.search(text):
        raise PydanticCustomError("control_characters", "it contains control characters")
    return text
