"""What a rule, the settings or a server refuses, in words for the person at the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import errors as postgres
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError

from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.errors import DomainError, DomainErrors


class Refused(Exception):
    """The console says no, in both languages; no `DomainError`, for their codes are the API's."""

    def __init__(self, text_id: str, text_en: str) -> None:
        self.id, self.en = text_id, text_en
        super().__init__(text_en)


UNREACHABLE = Refused(
    "PostgreSQL tidak menjawab. Jalankan server atau `kotacerdas dev`, lalu `kotacerdas doctor`.",
    "PostgreSQL does not answer. Start it, or `kotacerdas dev`, then run `kotacerdas doctor`.",
)
UNMIGRATED = Refused(
    "Basis data belum siap. Jalankan `kotacerdas db migrate`.",
    "The database is not ready. Run `kotacerdas db migrate`.",
)
UNREADY = (
    postgres.UndefinedTable,
    postgres.UndefinedColumn,
    postgres.UndefinedFunction,
    postgres.InvalidSchemaName,
)


def explained(error: Exception, language: str) -> list[str]:
    """Return what an expected error says, one line for each refusal; nothing for a defect."""
    if isinstance(error, DBAPIError):
        refusal = _of_database(error)
        return list(_lines(refusal, language)) if refusal else []
    return list(_lines(error, language))


def _of_database(error: DBAPIError) -> Refused | None:
    if isinstance(error.orig, UNREADY):
        return UNMIGRATED
    if getattr(error.orig, "sqlstate", None) in (None, "57P03"):
        return UNREACHABLE
    return None


def _lines(error: Exception, language: str) -> Iterator[str]:
    match error:
        case DomainErrors():
            for one in error.errors:
                yield from _lines(one, language)
        case DomainError():
            yield error.text(language)
        case Refused():
            yield error.en if language == "en" else error.id
        case ValidationError():
            # Without the values: they may be secrets.
            for problem in error.errors(include_input=False, include_url=False):
                name = "_".join(str(part) for part in problem["loc"]).upper()
                yield f"KOTACERDAS_{name}: {problem['msg']}"
        case EmbeddedError():
            yield str(error)
