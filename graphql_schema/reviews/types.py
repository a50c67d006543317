"""Remarks, and the rounds in which a masterplan is reviewed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import strawberry

from graphql_schema.cities.participations import Participation
from graphql_schema.cities.types import City
from graphql_schema.identity.types import Person
from graphql_schema.masterplan.types import Masterplan, MasterplanVersion
from graphql_schema.node import Node
from graphql_schema.reader.declaration import (
    children,
    column,
    computed,
    key,
    listed,
    many,
    one,
    reads,
)
from graphql_schema.reader.grouping import rows_of
from graphql_schema.reader.paging import Connection
from graphql_schema.reviews.lists import REMARKS
from graphql_schema.reviews.subjects import subject_id
from graphql_schema.submissions.types import Innovation, Review
from tenants.cities.workflow import Stage
from tenants.remarks import models as remarks
from tenants.remarks.anchors import RemarkField
from tenants.reviews import models as rows
from tenants.reviews.wording import orphaned, standing

_Remark = remarks.Remark


@reads(
    _Remark, "rmk", description="An expert's remark on a place of an innovation or a masterplan."
)
class Remark(Node):
    """An expert's remark on a place of an innovation or of a masterplan."""

    id: strawberry.ID = key()
    city: City = one("City", _Remark.tenant_id, "City that it is for.")
    about: remarks.RemarkAbout = column(_Remark.about, "What kind of part it is about.")
    subject_id: strawberry.ID = computed(
        subject_id, "Id of that part, for `node`; it may be gone by now."
    )
    subject_name: str = column(_Remark.subject_name, "What the part was called.")
    anchor: RemarkField = column(_Remark.anchor, "Field that it is about.")
    year: int | None = column(_Remark.year, "Year of the target or budget that it is about.")
    block_id: str | None = column(_Remark.block_id, "Block of the section that it is about.")
    quote: str = column(_Remark.quote, "What stood there when it was written.")
    excerpt: bool = column(_Remark.excerpt, "Whether the quote is some of the words, not all.")
    standing: str | None = computed(
        lambda row, asking: standing(row, asking.tenant(row.c.tenant_id)),
        "What stands there now; empty for a whole part, null where the part is gone.",
    )
    orphaned: bool = computed(
        lambda row, asking: orphaned(row, asking.tenant(row.c.tenant_id)),
        "Whether the part is gone, or no longer says what was quoted.",
    )
    text: str = column(_Remark.text, "What the expert asks for.")
    blocking: bool = column(_Remark.blocking, "Whether acceptance waits for it.")
    state: remarks.RemarkState = column(_Remark.state, "Open, answered or settled.")
    written_by: Person = one("Person", _Remark.written_by, "Who wrote it.")
    answer: str | None = column(_Remark.answer, "What the city answered.")
    answered_by: Person | None = one("Person", _Remark.answered_by, "Who answered it; null before.")
    reply: str = column(_Remark.reply, "What the expert still missed when reopening it.")
    version: int = column(_Remark.version, "Version for `expectedVersion`.")
    created_at: datetime = column(_Remark.created_at, "When it was written.")
    updated_at: datetime = column(_Remark.updated_at, "Last change.")
    review: Review | None = one("Review", _Remark.review_id, "Review of an innovation, if of one.")
    innovation: Innovation | None = one(
        "Innovation", _Remark.innovation_id, "Innovation that it is about, if one."
    )
    masterplan: Masterplan | None = one(
        "Masterplan", _Remark.masterplan_id, "Masterplan that it is about, if one."
    )
    round: Annotated[ReviewRound, strawberry.lazy("graphql_schema.reviews.types")] | None = one(
        "ReviewRound", _Remark.round_id, "Round in which it was written; null outside of any."
    )


@reads(rows.RoundVerdict, "rvd", description="An assessor's verdict in a round.")
class RoundVerdict(Node):
    """An assessor's verdict in a round of a masterplan's review."""

    id: strawberry.ID = key()
    city: City = one("City", rows.RoundVerdict.tenant_id, "City whose plan is judged.")
    verdict: rows.RoundVerdictKind = column(rows.RoundVerdict.verdict, "What it says.")
    comment: str = column(rows.RoundVerdict.comment, "Why; needed for a revision.")
    given_by: Person = one("Person", rows.RoundVerdict.person_id, "The assessor.")
    round: Annotated[ReviewRound, strawberry.lazy("graphql_schema.reviews.types")] = one(
        "ReviewRound", rows.RoundVerdict.round_id, "Round that it was given in."
    )
    version: int = column(rows.RoundVerdict.version, "Version for `expectedVersion`.")
    created_at: datetime = column(rows.RoundVerdict.created_at, "When it was first given.")
    updated_at: datetime = column(rows.RoundVerdict.updated_at, "Last change.")


@reads(rows.ReviewRound, "rnd", description="One presentation of a masterplan, and its review.")
class ReviewRound(Node):
    """One presentation of a masterplan, and what the experts made of it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.ReviewRound.tenant_id, "City that presented its plan.")
    number: int = column(rows.ReviewRound.number, "Number, from 1.")
    presented_on: date = column(rows.ReviewRound.presented_on, "Day of the presentation.")
    closed_at: datetime | None = column(
        rows.ReviewRound.closed_at, "When it ended; null while it is open."
    )
    outcome: Stage | None = column(
        rows.ReviewRound.outcome, "Stage that followed: revision, accepted, or an exit."
    )
    version: int = column(rows.ReviewRound.version, "Rises with each change.")
    created_at: datetime = column(rows.ReviewRound.created_at, "When it was opened.")
    participation: Participation = one(
        "Participation", rows.ReviewRound.participation_id, "Participation that it is part of."
    )
    masterplan_version: MasterplanVersion | None = one(
        "MasterplanVersion",
        rows.ReviewRound.masterplan_version_id,
        "The last version frozen before the presentation, if any was.",
    )
    verdicts: list[RoundVerdict] = listed(
        "RoundVerdict", rows_of(rows.RoundVerdict, "round_id", "id"), "Verdicts, oldest first."
    )
    remarks: Connection[Remark] = many(
        "Remark", REMARKS, children(_Remark.round_id), "Remarks written in it."
    )
