"""Refusals told to the person at the terminal; a traceback is left for defects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from psycopg import errors as postgres
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from typer.core import TyperGroup

from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.errors import DomainError, DomainErrors
from tenants.cli.console import Invocation


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


class RefusingGroup(TyperGroup):
    """Prints what a rule, the settings or a server refuses, and exits with 1."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401  (typer has a click of its own)
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (DomainError, DomainErrors, EmbeddedError, ValidationError, Refused) as error:
            refusal: Exception = error
        except DBAPIError as error:
            refusal = _of_database(error)
        language = ctx.obj.language if isinstance(ctx.obj, Invocation) else "id"
        for line in _lines(refusal, language):
            typer.secho(line, fg="red", err=True)
        raise typer.Exit(1)


def _of_database(error: DBAPIError) -> Refused:
    if isinstance(error.orig, UNREADY):
        return UNMIGRATED
    if error.orig is not None and getattr(error.orig, "sqlstate", None) in (None, "57P03"):
        return UNREACHABLE
    raise error


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
        case _:
            yield str(error)
