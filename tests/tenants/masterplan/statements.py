"""What the tests of statements share: documents, SWOT points, stored citations."""

from __future__ import annotations

from tenants.masterplan.analysis import sources, swot
from tenants.masterplan.analysis.citations import CitationLine, citations_of
from tenants.masterplan.analysis.models import (
    SourceKind,
    StatementKind,
    SwotKind,
)


def source(planning, title: str = "RPJMD Kota Uji 2021–2026"):
    return planning.run(
        sources.create_source, title=title, kind=SourceKind.RPJMD, number="3/2021", year=2021
    )


def point(planning, plan_id, kind: SwotKind, text: str = "Butir uji", **fields):
    return planning.run(swot.create_point, plan_id, kind=kind, text=text, **fields)


def cited(planning, kind: StatementKind, row_id) -> list[CitationLine]:
    return list(planning.run(citations_of, kind, row_id))
