"""Registering a client's documents and taking them back; audited in the nation."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid
from kotacerdas.identity.policy import Permission, require
from kotacerdas.trusted.models import ApiClient, TrustedDocument

NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")
MOST_DOCUMENTS = 5_000
"""In use for one client: every API process keeps their ids in memory."""


class ClientUnknown(DomainError):
    """No client program of that name is registered."""

    code = "CLIENT_UNKNOWN"
    id = "Klien {name} belum terdaftar. Daftarkan dokumennya dengan `kotacerdas client register`."
    en = "There is no client {name}. Add its documents by `kotacerdas client register`."


class DocumentsExceeded(DomainError):
    """A client would have too many documents in use."""

    code = "CLIENT_DOCUMENTS_EXCEEDED"
    id = "Klien {name} akan memakai {count} dokumen; paling banyak {limit}. Cabut yang lama dahulu."
    en = "{name} would have {count} documents in use, at most {limit}. Remove old ones first."


@dataclass(frozen=True)
class Document:
    """A text, and the names of its operations, for people."""

    name: str
    text: str


@dataclass(frozen=True)
class Registered:
    """What a manifest brought: documents that were not in use before, and those that were."""

    client: str
    strict: bool
    new: int
    known: int


def id_of(text: str) -> str:
    """Return the id of a document: the hash of its text's UTF-8 bytes, as they stand."""
    return "sha256:" + sha256(text.encode()).hexdigest()


def register(
    session: Session,
    documents: Collection[Document],
    *,
    client: str,
    strict: bool | None,
) -> Registered:
    """Let a client send these documents by id; those of its earlier releases stay in use.

    The caller has made sure that they fit the schema. `strict` None leaves the client as it is, a
    new one open. Raises Invalid for the client's name, or DocumentsExceeded.
    """
    require(session, Permission.CLIENT_MANAGE)
    row = _ensured(session, client)
    row.strict = row.strict if strict is None else strict
    before = set(in_use(session, client))
    mine = {id_of(each.text): each for each in documents}
    count = len(before | mine.keys())
    if count > MOST_DOCUMENTS:
        raise DocumentsExceeded(name=client, count=count, limit=MOST_DOCUMENTS)
    values = [
        {"client_name": client, "id": key, "name": each.name, "text": each.text}
        for key, each in mine.items()
    ]
    new = insert(TrustedDocument)
    again = {"name": new.excluded.name, "registered_at": func.now(), "retired_at": None}
    index = ["client_name", "id"]
    session.execute(new.on_conflict_do_update(index_elements=index, set_=again), values)
    done = Registered(client, row.strict, len(mine.keys() - before), len(mine.keys() & before))
    facts = {"client": client, "strict": row.strict, "new": done.new, "known": done.known}
    audit.record(session, "client.register", "api_client", None, after=facts)
    return done


def set_strict(session: Session, client: str, *, strict: bool) -> ApiClient:
    """Bind browsers to a client's documents, or let them go; raises ClientUnknown."""
    require(session, Permission.CLIENT_MANAGE)
    row = _known(session, client)
    row.strict = strict
    facts = {"client": client, "strict": strict}
    audit.record(session, "client.set_strict", "api_client", None, after=facts)
    return row


def retire(session: Session, client: str, ids: Collection[str]) -> int:
    """Take documents out of use and return how many were in it; raises ClientUnknown."""
    require(session, Permission.CLIENT_MANAGE)
    _known(session, client)
    mine = (
        (TrustedDocument.client_name == client)
        & TrustedDocument.id.in_(ids)
        & TrustedDocument.retired_at.is_(None)
    )
    gone = update(TrustedDocument).where(mine).values(retired_at=func.now())
    retired = sorted(session.scalars(gone.returning(TrustedDocument.id)))
    facts = {"client": client, "retired": retired}
    audit.record(session, "client.retire_documents", "api_client", None, after=facts)
    return len(retired)


def in_use(session: Session, client: str) -> dict[str, str]:
    """Return the texts of a client's documents in use, by id."""
    mine = select(TrustedDocument.id, TrustedDocument.text).where(
        TrustedDocument.client_name == client, TrustedDocument.retired_at.is_(None)
    )
    return {row.id: row.text for row in session.execute(mine)}


def _ensured(session: Session, name: str) -> ApiClient:
    if not NAME.fullmatch(name):
        raise Invalid(
            "client",
            "pakai 2 sampai 40 huruf kecil, angka atau tanda hubung, diawali huruf.",
            "use 2 to 40 lower-case letters, digits or hyphens, a letter first.",
        )
    new = insert(ApiClient).values(name=name, strict=False).on_conflict_do_nothing()
    session.execute(new)
    return _known(session, name)


def _known(session: Session, name: str) -> ApiClient:
    row = session.get(ApiClient, name, with_for_update=True)
    if row is None:
        raise ClientUnknown(name=name)
    return row
