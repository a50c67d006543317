"""Names of stored files in addresses, and what each of them means to whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import NotFound
from kotacerdas.files import StoredFile
from kotacerdas.identity.authentication import Actor, scope_for

SEGMENT = re.compile(r"([a-z]{3})\.(0|[1-9][0-9]{0,9})\.([0-9a-f]{32})")
TENANTS = 2**31
"""Tenants are below it: PostgreSQL's integer holds no more."""
Finder = Callable[[Session, UUID], StoredFile]
"""Finds the file of a row if the session's actor may read it; raises NotFound or a refusal."""


def segment(prefix: str, tenant_id: int, row_id: UUID) -> str:
    """Return the path segment that names a row's file in `/files/...`."""
    return f"{prefix}.{tenant_id}.{row_id.hex}"


def plain_name(words: str, suffix: str) -> str:
    """Return a file name of ASCII letters, digits and hyphens, from words of any language."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[A-Za-z0-9]+", letters)) + suffix


async def open_file(
    database: Database, actor: Actor, name: str, *, finders: Mapping[str, Finder]
) -> StoredFile:
    """Find the file behind a path segment if the actor may read it now, else raise NotFound.

    `finders` are called by the prefix of the name, in the tenant that it names.
    """
    found = SEGMENT.fullmatch(name)
    if found is None or found[1] not in finders or int(found[2]) >= TENANTS:
        raise NotFound
    scope = scope_for(actor, int(found[2]))
    if scope.tenant_id is None:
        raise NotFound
    finder = finders[found[1]]
    return await database.perform(scope, lambda session: finder(session, UUID(found[3])))
