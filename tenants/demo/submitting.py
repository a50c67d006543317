"""The departments' innovations, led by the people who act on them to where the demo leaves them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import Json
from tenants.cities.models import Participation
from tenants.demo.cast import EXPERT, Cast
from tenants.demo.files import destination
from tenants.demo.settlement import Settled
from tenants.editions.models import Cohort, Dimension
from tenants.submissions import drafting, remarks, reviewing, submitting
from tenants.submissions.content import TEXTS
from tenants.submissions.models import Innovation, InnovationKind, Maturity, Review, Verdict
from tenants.submissions.workflow import InnovationState as S

ENDS = {S.RETURNED: Verdict.RETURNED, S.REJECTED: Verdict.REJECTED}
PRAISE = "Lengkap dan dapat dijalankan."


@dataclass(frozen=True)
class Submitting:
    """What the innovations of one city are submitted with."""

    cast: Cast
    city: Settled
    participation_id: UUID

    def play(self, innovations: list[Json], *, quiet: bool) -> None:
        """Lead each innovation to its destination, or to ACCEPTED where Bappeda will place it."""
        for unit, own in _by_unit(innovations):
            with self._unit("unit_operator", unit, quiet) as session:
                self._draft(session, unit, own)
            with self._unit("unit_head", unit, quiet) as session:
                self._each(session, own, S.DRAFT, _submit)
        for who, state, rule in (
            (self.city.content.email("bappeda"), S.SUBMITTED, _endorse),
            (EXPERT, S.ENDORSED, _start),
            (EXPERT, S.IN_REVIEW, _decide),
        ):
            with self.cast.acting(who, self.city.tenant_id, quiet=quiet) as session:
                self._each(session, innovations, state, rule)

    def _unit(self, role: str, unit: str, quiet: bool) -> AbstractContextManager[Session]:
        email = self.city.content.email_of(role, unit)
        return self.cast.acting(email, self.city.tenant_id, quiet=quiet)

    def _draft(self, session: Session, unit: str, innovations: list[Json]) -> None:
        pillars, known = pillars_of(session, self.participation_id), _names(session)
        for one in innovations:
            if one["name"] in known:
                continue
            drafting.create(
                session,
                participation_id=self.participation_id,
                unit_id=self.city.units[unit],
                dimension_id=pillars[one["dimension"]],
                name=one["name"],
                kind=InnovationKind[one["kind"]],
                maturity=Maturity[one["maturity"]],
                budget_rupiah=Decimal(one["budget_rupiah"]),
                **{name: one[name] for name in TEXTS},
            )

    def _each(
        self,
        session: Session,
        innovations: list[Json],
        state: S,
        rule: Callable[[Session, Innovation, Json], object],
    ) -> None:
        """Apply a rule to those that stand in a state but are to go on from it."""
        rows = standing(session, state)
        for one in innovations:
            if one["name"] in rows and destination(one) is not state:
                rule(session, rows[one["name"]], one)


def standing(session: Session, state: S) -> dict[str, Innovation]:
    """Return the city's innovations in a state, by their names."""
    rows = select(Innovation).where(
        Innovation.tenant_id == tenant_of(session), Innovation.state == state
    )
    return {row.name: row for row in session.scalars(rows)}


def _names(session: Session) -> set[str]:
    rows = select(Innovation.name).where(Innovation.tenant_id == tenant_of(session))
    return set(session.scalars(rows))


def pillars_of(session: Session, participation_id: UUID) -> dict[str, UUID]:
    """Return the ids of the pillars of a participation's guide edition, by their codes."""
    rows = (
        select(Dimension.code, Dimension.id)
        .join(Cohort, Cohort.edition_id == Dimension.edition_id)
        .join(Participation, Participation.cohort_id == Cohort.id)
        .where(Participation.tenant_id == tenant_of(session))
        .where(Participation.id == participation_id)
    )
    return dict(session.execute(rows).all())


def _by_unit(innovations: Iterable[Json]) -> list[tuple[str, list[Json]]]:
    ordered = sorted(innovations, key=lambda one: str(one["unit"]))
    return [(unit, list(own)) for unit, own in groupby(ordered, lambda one: str(one["unit"]))]


def _submit(session: Session, row: Innovation, _one: Json) -> None:
    submitting.submit(session, row.id, expected_version=row.version)


def _endorse(session: Session, row: Innovation, _one: Json) -> None:
    submitting.endorse(session, row.id, expected_version=row.version)


def _start(session: Session, row: Innovation, _one: Json) -> None:
    reviewing.start_review(session, row.id, expected_version=row.version)


def _decide(session: Session, row: Innovation, one: Json) -> None:
    review = session.scalars(
        select(Review).where(
            Review.tenant_id == tenant_of(session),
            Review.innovation_id == row.id,
            Review.closed_at.is_(None),
        )
    ).one()
    remark = one.get("remark")
    if remark:
        remarks.add_remark(
            session,
            review.id,
            anchor=remark["field"],
            text=remark["text"],
            blocking=remark["blocking"],
        )
    verdict = ENDS.get(destination(one), Verdict.ACCEPTED)
    comment = one.get("reason") or (remark["text"] if remark else PRAISE)
    reviewing.decide(
        session, review.id, verdict=verdict, comment=comment, expected_version=review.version
    )
