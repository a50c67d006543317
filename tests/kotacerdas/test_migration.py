from __future__ import annotations

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from kotacerdas.database import migration_engine
from kotacerdas.migration import widen_enum
from kotacerdas.settings import Settings
from tenants.models import metadata


def inserted(connection: Connection, colour: str) -> None:
    with connection.begin_nested():
        connection.execute(text("insert into shade (colour) values (:colour)"), {"colour": colour})


@pytest.mark.usefixtures("database")
def test_a_stored_enum_is_widened_and_keeps_what_it_allowed(settings: Settings) -> None:
    with migration_engine(settings).connect() as connection:
        connection.execute(
            text(
                "create table shade (colour varchar(40)"
                " constraint ck_shade_colour check (colour in ('red', 'green')),"
                " constraint ck_shade_other check (length(colour) > 1))"
            )
        )
        op = Operations(MigrationContext.configure(connection, opts={"target_metadata": metadata}))
        widen_enum(op, "shade", "colour", "blue")
        widen_enum(op, "shade", "colour", "white", "red")
        for colour in ("red", "green", "blue", "white"):
            inserted(connection, colour)
        with pytest.raises(IntegrityError):
            inserted(connection, "black")
        connection.rollback()
