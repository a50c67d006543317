"""Reviews of masterplans: rounds, remarks, verdicts."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.identity.models import Person
from kotacerdas.opaque_ids import opaque_id
from kotacerdas.scope import Door
from kotacerdas.tenancy import table_of
from tenants.cli.console import AsJson, opened, operator, show, show_fact
from tenants.cli.lookups import city_named, person_scope
from tenants.cli.plans import Year, plan_of
from tenants.cli.refusals import Refused
from tenants.masterplan.models import Masterplan
from tenants.remarks.models import Remark, RemarkState
from tenants.reviews import rounds, settling
from tenants.reviews.models import ReviewRound, RoundVerdict, RoundVerdictKind
from tenants.reviews.wording import orphaned

app = typer.Typer(help="See how a masterplan is reviewed; answer, settle and judge for somebody.")

City = Annotated[str, typer.Argument(help="The city's slug.")]
Email = Annotated[str, typer.Argument(help="E-mail address of who acts.")]
RemarkId = Annotated[str, typer.Argument(help="The remark's id, as `review remarks` shows it.")]
REMARK_ID = re.compile(r"rmk_([0-9a-f]{32})[0-9a-f]{0,8}")


@app.command("list")
def listing(city: City, cohort: Year = None, as_json: AsJson = False) -> None:
    """List the rounds of a city's masterplan with their verdicts, oldest first."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            rows = [_round(session, each) for each in _rounds(session, plan)]
    show(rows, as_json)


@app.command("remarks")
def remarks(
    city: City,
    state: Annotated[RemarkState | None, typer.Option(help="Only those in this state.")] = None,
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """List the remarks on a city's masterplan, oldest first; `gone`: its words stand no more."""
    with opened() as database:
        tenant_id = city_named(database, city)
        with database.unit_of_work(operator(Door.CITY, tenant_id)) as session:
            plan = plan_of(session, tenant_id, cohort)
            gone = orphaned(table_of(Remark), literal(tenant_id))
            mine = select(Remark, gone).where(
                Remark.tenant_id == tenant_id, Remark.masterplan_id == plan.id
            )
            wanted = mine if state is None else mine.where(Remark.state == state)
            found = session.execute(wanted.order_by(Remark.id)).all()
    show([_remark(row, lost) for row, lost in found], as_json)


@app.command("answer")
def answer(email: Email, city: City, remark: RemarkId) -> None:
    """Answer a remark for one of its owner's people; the answer is read from standard input."""
    _step(email, city, remark, settling.answer, answer=sys.stdin.read())
    typer.echo("Answered. The expert will be told; see `kotacerdas review remarks`.")


@app.command("settle")
def settle(email: Email, city: City, remark: RemarkId) -> None:
    """Settle a remark for an expert."""
    _step(email, city, remark, settling.settle)
    typer.echo("Settled. See `kotacerdas review remarks` for what is left.")


@app.command("reopen")
def reopen(email: Email, city: City, remark: RemarkId) -> None:
    """Reopen a remark for an expert; what is still lacking is read from standard input."""
    _step(email, city, remark, settling.reopen, reply=sys.stdin.read())
    typer.echo("Reopened. Its owner will be told.")


@app.command("judge")
def judge(
    email: Email,
    city: City,
    verdict: Annotated[RoundVerdictKind, typer.Argument(help="The assessor's verdict.")],
    comment: Annotated[str, typer.Option(help="Why; needed for revise.")] = "",
    cohort: Year = None,
    as_json: AsJson = False,
) -> None:
    """Give an assessor's verdict in the round that is open, or change it."""
    with opened() as database:
        tenant_id = city_named(database, city)
        scope = person_scope(database, email, Door.CITY, tenant_id)
        with database.unit_of_work(scope) as session:
            held = _open(session, plan_of(session, tenant_id, cohort))
            mine = {"tenant_id": tenant_id, "round_id": held.id, "person_id": scope.person_id}
            before = session.scalar(select(RoundVerdict.version).filter_by(**mine))
            rounds.judge(
                session,
                held.id,
                verdict=verdict,
                comment=comment,
                expected_version=before or 0,
            )
            fact = {"city": city, "round": held.number, "verdict": verdict.value}
    show_fact(fact, as_json)


def _step(email: str, city: str, remark: str, rule: Callable[..., Remark], **more: str) -> None:
    """Run a rule on a remark as it stands, for somebody."""
    found = REMARK_ID.fullmatch(remark)
    if found is None:
        raise Refused(
            f"{remark} bukan id catatan. Lihat `kotacerdas review remarks`.",
            f"{remark} is no remark's id. See `kotacerdas review remarks`.",
        )
    with opened() as database:
        tenant_id = city_named(database, city)
        scope = person_scope(database, email, Door.CITY, tenant_id)
        with database.unit_of_work(scope) as session:
            row = session.get(Remark, (tenant_id, UUID(found[1])))
            if row is None:
                raise NotFound
            rule(session, row.id, expected_version=row.version, **more)


def _rounds(session: Session, plan: Masterplan) -> list[ReviewRound]:
    mine = select(ReviewRound).where(
        ReviewRound.tenant_id == plan.tenant_id,
        ReviewRound.participation_id == plan.participation_id,
    )
    return list(session.scalars(mine.order_by(ReviewRound.number)))


def _open(session: Session, plan: Masterplan) -> ReviewRound:
    held = [each for each in _rounds(session, plan) if each.closed_at is None]
    if not held:
        raise Refused(
            "Tidak ada putaran yang terbuka: masterplan dinilai setelah ekspose."
            " Lihat `kotacerdas review list`.",
            "No round is open: a masterplan is judged once it is presented."
            " See `kotacerdas review list`.",
        )
    return held[-1]


def _round(session: Session, row: ReviewRound) -> dict[str, object]:
    given = [
        f"{session.get_one(Person, each.person_id).name}: {each.verdict.value}"
        for each in rounds.verdicts(session, row)
    ]
    return {
        "round": row.number,
        "presented_on": row.presented_on,
        "closed_at": row.closed_at,
        "outcome": row.outcome.value if row.outcome else None,
        "verdicts": given,
    }


def _remark(row: Remark, gone: bool) -> dict[str, object]:
    return {
        "id": opaque_id("rmk", row.tenant_id, row.id),
        "state": row.state.value,
        "blocking": "yes" if row.blocking else "no",
        "part": row.subject_name,
        "field": f"{row.anchor} {row.year}" if row.year else row.anchor,
        "gone": "yes" if gone else "no",
        "text": row.text,
        "answer": row.answer,
    }
