"""How ready the city is, part by part of the edition's elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.values import refuse
from tenants.cities.editions import edition_of
from tenants.editions.rules import Item, ReadinessElement, Rules, rules_of
from tenants.masterplan.analysis import writing
from tenants.masterplan.analysis.citations import CitationLine, checked
from tenants.masterplan.analysis.models import Readiness, StatementKind
from tenants.masterplan.analysis.texts import Text, cleaned
from tenants.masterplan.models import Masterplan

ABOUT = StatementKind.READINESS
TEXTS = {"statement": Text("statement"), "evidence": Text("evidence")}


class ReadinessFields(TypedDict, total=False):
    """What a caller may set; a field left out keeps its value, citations replace the former."""

    score: int | None
    statement: str
    evidence: str
    citations: Sequence[CitationLine]


class ReadinessPartUnknown(DomainError):
    """A part that the edition's readiness does not have."""

    code = "READINESS_PART_UNKNOWN"
    id = "Panduan angkatan ini tidak punya unsur kesiapan {given}. Pilih salah satu: {choices}."
    en = "This cohort's guide has no part of readiness {given}. Choose one of: {choices}."


class ReadinessExists(DomainError):
    """A part is assessed once in a plan."""

    code = "READINESS_EXISTS"
    id = "Kesiapan {part} sudah dinilai dalam masterplan ini. Ubah penilaian yang ada."
    en = "The readiness of {part} is in this plan already. Change the one that is there."


class ReadinessScoreInvalid(DomainError):
    """A score that the edition's scale does not have."""

    code = "READINESS_SCORE_INVALID"
    id = "Skor {score} di luar skala {least} sampai {most}. Isi skor pada skala itu."
    en = "The score {score} is outside the scale {least} to {most}. Enter one on that scale."


def create_readiness(
    session: Session,
    masterplan_id: UUID,
    *,
    element: str,
    part: str,
    idempotency_key: str | None = None,
    **fields: Unpack[ReadinessFields],
) -> Readiness:
    """Assess one part; raises ReadinessPartUnknown or ReadinessExists, or what is wrong in it."""
    require(session, Permission.MASTERPLAN_WRITE)
    of = {"element": element, "part": part}
    request: dict[str, Any] = {"do": "readiness.create", "plan": masterplan_id, **of, **fields}

    def create() -> UUID:
        plan = locked(session, Masterplan, masterplan_id)
        rules = _rules(session, plan)
        errors: list[DomainError] = []
        names = part_names(rules, element, part)
        if names is None:
            errors.append(_unknown(f"{element}.{part}", rules))
        values = {"score": None} | _checked(session, rules, fields, errors)
        refuse(errors)
        with unique(session, ReadinessExists(path=("part",), part=": ".join(names or ()))):
            return writing.add(session, Readiness, plan, of | values, ABOUT)

    return locked(session, Readiness, once(session, idempotency_key, request, create))


def update_readiness(
    session: Session,
    readiness_id: UUID,
    *,
    expected_version: int,
    **changes: Unpack[ReadinessFields],
) -> Readiness:
    """Change an assessment's score, words, evidence or citations."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, Readiness, readiness_id, expected_version=expected_version)
    errors: list[DomainError] = []
    values = _checked(session, _rules(session, plan), changes, errors)
    refuse(errors)
    writing.change(session, row, plan.id, values, ABOUT)
    return row


def delete_readiness(session: Session, readiness_id: UUID, *, expected_version: int) -> Masterplan:
    """Leave an assessment out of the plan again."""
    require(session, Permission.MASTERPLAN_WRITE)
    row, plan = writing.taken(session, Readiness, readiness_id, expected_version=expected_version)
    writing.remove(session, row, ABOUT)
    return plan


def _checked(
    session: Session, rules: Rules, fields: ReadinessFields, errors: list[DomainError]
) -> dict[str, Any]:
    clean = cleaned(fields, TEXTS, errors)
    errors += _score_faults(rules, clean.get("score"))
    if writing.CITATIONS in clean:
        clean[writing.CITATIONS] = checked(session, clean[writing.CITATIONS], errors)
    return clean


def _score_faults(rules: Rules, score: int | None) -> Iterator[DomainError]:
    if score is not None and score not in rules.readiness_scale:
        scale = {"least": rules.readiness_scale.least, "most": rules.readiness_scale.most}
        yield ReadinessScoreInvalid(path=("score",), score=score, **scale)


def parts_of(rules: Rules) -> Iterator[tuple[ReadinessElement, Item]]:
    """Yield each part of readiness with its element, in the edition's order."""
    for element in rules.readiness:
        for part in element.parts:
            yield element, part


def part_names(rules: Rules, element: str, part: str) -> tuple[str, str] | None:
    """Indonesian names of an element and a part of it; None where the edition has none."""
    for known, own in parts_of(rules):
        if (known.code, own.code) == (element, part):
            return known.name.id, own.name.id
    return None


def _rules(session: Session, plan: Masterplan) -> Rules:
    return rules_of(edition_of(session, plan.participation_id))


def _unknown(given: str, rules: Rules) -> ReadinessPartUnknown:
    choices = ", ".join(f"{element.code}.{part.code}" for element, part in parts_of(rules))
    return ReadinessPartUnknown(path=("part",), given=given[:80], choices=choices or "–")
