"""Every kind of export."""

from __future__ import annotations

from tenants.exports.models import ExportKind
from tenants.exports.tables.innovations import INNOVATIONS, REMARKS
from tenants.exports.tables.places import PARTICIPATIONS, UNITS
from tenants.exports.tables.programmes import BUDGETS, PROGRAMMES, TARGETS
from tenants.exports.tables.table import Table

TABLES: dict[ExportKind, Table] = {
    table.kind: table
    for table in (INNOVATIONS, REMARKS, PROGRAMMES, TARGETS, BUDGETS, PARTICIPATIONS, UNITS)
}
