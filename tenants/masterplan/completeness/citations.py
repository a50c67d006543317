"""Statements that rest on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from tenants.masterplan.analysis.queries import uncited
from tenants.masterplan.completeness.item import Missing
from tenants.masterplan.models import Masterplan


class StatementUncited(DomainError):
    """A statement that cites neither a document nor an indicator."""

    code = "STATEMENT_UNCITED"
    id = "Rujukan untuk {statement_id} belum ada. Sebutkan dokumen sumber atau indikatornya."
    en = "There is no citation for {statement_en}. Name a source document or an indicator."


def missing(session: Session, plan: Masterplan) -> Iterator[Missing]:
    """Yield each statement without a citation; the plan can be frozen all the same."""
    for each in uncited(session, plan.id):
        indonesian, english = each.names
        error = StatementUncited(
            path=(each.kind.value, str(each.statement_id)),
            statement_id=indonesian,
            statement_en=english,
        )
        yield Missing(error, blocks=False)
