"""Innovations, and the remarks on them."""

from __future__ import annotations

from sqlalchemy import and_, func, join

from tenants.cities.models import City, Participation, Unit
from tenants.editions.models import Cohort, Dimension
from tenants.exports.models import ExportKind
from tenants.exports.tables.table import CITY, Column, Table, named, of_city
from tenants.masterplan.models import Programme
from tenants.remarks.models import Remark
from tenants.submissions.content import TEXTS
from tenants.submissions.models import Innovation
from tenants.submissions.texts import FIELDS

PILLAR = Column(
    "dimensionName",
    FIELDS["dimension"],
    {"id": Dimension.name, "en": Dimension.name_en},
    width=22,
)
CODE_OF_PILLAR = Column("dimension", ("Kode pilar", "Pillar code"), Dimension.code, width=14)
YEAR = Column("year", ("Angkatan", "Cohort"), Cohort.year, width=9)
UNIT = (
    Column("unit", ("Singkatan", "Unit"), Unit.short_name),
    Column("unitName", ("Perangkat daerah", "Department"), Unit.name, width=32),
)

_SOURCE = (
    join(Innovation, City, of_city(Innovation))
    .join(Unit, named(Innovation, Innovation.unit_id, Unit))
    .join(Participation, named(Innovation, Innovation.participation_id, Participation))
    .join(Cohort, Cohort.id == Participation.cohort_id)
    .join(Dimension, Dimension.id == Innovation.dimension_id)
)

INNOVATIONS = Table(
    ExportKind.INNOVATIONS,
    ("Inovasi", "Innovations"),
    Innovation,
    Innovation.__table__,
    _SOURCE.outerjoin(
        Programme,
        and_(Programme.tenant_id == Innovation.tenant_id, Programme.innovation_id == Innovation.id),
    ),
    (Innovation.id,),
    (
        *CITY,
        YEAR,
        *UNIT,
        Column("name", FIELDS["name"], Innovation.name, width=40),
        Column("state", ("Status", "State"), Innovation.state),
        CODE_OF_PILLAR,
        PILLAR,
        Column("kind", FIELDS["kind"], Innovation.kind),
        Column("maturity", FIELDS["maturity"], Innovation.maturity),
        *(Column(name, FIELDS[name], getattr(Innovation, name), width=48) for name in TEXTS),
        Column(
            "budgetRupiah", ("Anggaran (Rp)", "Budget (IDR)"), Innovation.budget_rupiah, width=20
        ),
        Column("programme", ("Kode program", "Programme code"), Programme.code),
        Column("revision", ("Revisi", "Revision"), Innovation.revision, width=8),
        Column("createdAt", ("Dibuat", "Created"), Innovation.created_at, width=26),
        Column("updatedAt", ("Diubah", "Changed"), Innovation.updated_at, width=26),
        Column("id", ("ID", "ID"), Innovation.id, prefix="inn", width=44),
        Column("version", ("Versi", "Version"), Innovation.version, width=8),
    ),
)

REMARKS = Table(
    ExportKind.REMARKS,
    ("Catatan telaah", "Remarks"),
    Remark,
    Innovation.__table__,
    _SOURCE.join(Remark, named(Remark, Remark.innovation_id, Innovation)),
    (Innovation.id, Remark.id),
    (
        *CITY,
        YEAR,
        *UNIT,
        Column("innovation", FIELDS["name"], Innovation.name, width=40),
        Column(
            "anchor",
            ("Bagian", "Field"),
            func.upper(Remark.anchor),
            words={name.upper(): words for name, words in FIELDS.items()},
        ),
        Column("text", ("Catatan", "Remark"), Remark.text, width=48),
        Column("blocking", ("Wajib", "Blocking"), Remark.blocking, width=8),
        Column("state", ("Status", "State"), Remark.state),
        Column("answer", ("Jawaban", "Answer"), Remark.answer, width=48),
        Column("createdAt", ("Ditulis", "Written"), Remark.created_at, width=26),
        Column("innovationId", ("ID inovasi", "Innovation ID"), Innovation.id, "inn", width=44),
        Column("id", ("ID", "ID"), Remark.id, "rmk", width=44),
        Column("version", ("Versi", "Version"), Remark.version, width=8),
    ),
)
