"""Participations and departments."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, join, select
from sqlalchemy.orm import aliased

from tenants.cities.models import City, Commitment, CommitmentKind, Participation, Unit
from tenants.editions.models import Cohort
from tenants.exports.models import ExportKind
from tenants.exports.tables.innovations import YEAR
from tenants.exports.tables.table import CITY, Column, Table, named, of_city
from tenants.masterplan.models import Masterplan, Programme
from tenants.submissions.models import Innovation

Successor = aliased(Unit)


def _counted(rows: type[Innovation | Programme], mine: ColumnElement[bool]) -> Any:  # noqa: ANN401  (a scalar subquery)
    count = select(func.count()).select_from(rows)
    return count.where(mine).correlate(Participation, Masterplan).scalar_subquery()


PARTICIPATIONS = Table(
    ExportKind.PARTICIPATIONS,
    ("Keikutsertaan", "Participations"),
    Participation,
    Participation.__table__,
    join(Participation, City, of_city(Participation))
    .join(Cohort, Cohort.id == Participation.cohort_id)
    .outerjoin(
        Commitment,
        and_(
            Commitment.tenant_id == Participation.tenant_id,
            Commitment.participation_id == Participation.id,
            Commitment.kind == CommitmentKind.MEMORANDUM,
        ),
    )
    .outerjoin(
        Masterplan,
        and_(
            Masterplan.tenant_id == Participation.tenant_id,
            Masterplan.participation_id == Participation.id,
        ),
    ),
    (Cohort.year, Participation.id),
    (
        *CITY,
        YEAR,
        Column("stage", ("Tahap", "Stage"), Participation.stage, width=24),
        Column(
            "memorandumNumber",
            ("Nomor nota kesepakatan", "Memorandum number"),
            Commitment.number,
            width=28,
        ),
        Column(
            "memorandumSignedOn",
            ("Nota ditandatangani", "Memorandum signed"),
            Commitment.signed_on,
        ),
        Column("masterplan", ("Masterplan", "Masterplan"), Masterplan.title, width=40),
        Column(
            "innovationCount",
            ("Jumlah inovasi", "Innovations"),
            _counted(
                Innovation,
                and_(
                    Innovation.tenant_id == Participation.tenant_id,
                    Innovation.participation_id == Participation.id,
                ),
            ),
        ),
        Column(
            "programmeCount",
            ("Jumlah program", "Programmes"),
            _counted(
                Programme,
                and_(
                    Programme.tenant_id == Masterplan.tenant_id,
                    Programme.masterplan_id == Masterplan.id,
                ),
            ),
        ),
        Column("createdAt", ("Dibuat", "Created"), Participation.created_at, width=26),
        Column("id", ("ID", "ID"), Participation.id, "par", width=44),
        Column("version", ("Versi", "Version"), Participation.version, width=8),
    ),
)

UNITS = Table(
    ExportKind.UNITS,
    ("Perangkat daerah", "Departments"),
    Unit,
    Unit.__table__,
    join(Unit, City, of_city(Unit)).outerjoin(Successor, named(Unit, Unit.replaced_by, Successor)),
    (Unit.name, Unit.id),
    (
        *CITY,
        Column("name", ("Nama", "Name"), Unit.name, width=40),
        Column("shortName", ("Singkatan", "Short name"), Unit.short_name),
        Column("kind", ("Jenis", "Kind"), Unit.kind),
        Column("validFrom", ("Berlaku dari", "Valid from"), Unit.valid_from, width=12),
        Column("validTo", ("Berakhir", "Ended"), Unit.valid_to, width=12),
        Column("replacedBy", ("Digantikan oleh", "Replaced by"), Successor.short_name),
        Column("id", ("ID", "ID"), Unit.id, "unt", width=44),
        Column("version", ("Versi", "Version"), Unit.version, width=8),
    ),
)
