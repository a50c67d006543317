"""Client programs and the documents that each of them may send by id."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import Model, Stamped


class ApiClient(Stamped, Model):
    """A program that people use, such as the web console; national, for it serves every city."""

    __tablename__ = "api_client"
    name: Mapped[str] = mapped_column(primary_key=True)
    strict: Mapped[bool]
    """While a client is strict, browsers send its documents and no text of their own."""


class TrustedDocument(Model):
    """A text that one client sends by the id `sha256:<hex of the text>`."""

    __tablename__ = "trusted_document"
    client_name: Mapped[str] = mapped_column(ForeignKey("api_client.name"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    """Names of its operations, for people."""
    text: Mapped[str]
    registered_at: Mapped[datetime] = mapped_column(server_default=func.now())
    """When a manifest last held it."""
    retired_at: Mapped[datetime | None]
