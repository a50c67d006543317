"""Inputs of guide editions and cohorts."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from graphql_schema.editions import rule_inputs as parts
from graphql_schema.editions.rule_inputs import Document, words
from graphql_schema.inputs import given, replaced, uuid_of
from graphql_schema.mutating import Change, Creation


@strawberry.input
class GuideEditionContent:
    """What an edition holds: each list is written whole; what is absent stays."""

    year: int | None = strawberry.field(default=None, description="Year of the guide.")
    source: str | None = strawberry.field(default=None, description="Where its content is from.")
    certainty: str | None = strawberry.field(
        default=None, description="How sure the content is: confirmed, reported or recalled."
    )
    dimensions: list[parts.DimensionInput] | None = strawberry.field(
        default=None, description="Its pillars, in order; those whose code stays keep their id."
    )
    quick_win_rule: parts.QuickWinRuleInput | None = strawberry.field(
        default=None, description="How many quick wins a masterplan has."
    )
    horizon_rule: parts.HorizonRuleInput | None = strawberry.field(
        default=None, description="How many first years of a plan each horizon means."
    )
    book_templates: list[parts.BookTemplateInput] | None = strawberry.field(
        default=None, description="The books that it asks for, in order."
    )
    readiness_elements: list[parts.ReadinessElementInput] | None = strawberry.field(
        default=None, description="Elements by which readiness is assessed."
    )
    readiness_scale: parts.ReadinessScaleInput | None = strawberry.field(
        default=None, description="The scores that readiness is given."
    )
    bimtek_stages: list[parts.BimtekStageInput] | None = strawberry.field(
        default=None, description="Its workshops, in order, with the outputs of each."
    )
    evaluation_parts: list[parts.EvaluationPartInput] | None = strawberry.field(
        default=None, description="Parts of the yearly evaluation with their weights."
    )
    impact: str | None = strawberry.field(
        default=None,
        description="What the part `impact` is computed from: then the mean of the pillars' scores."
        " Written with `evaluationParts`; absent, it is scored like the others.",
    )
    impact_en: str | None = strawberry.field(default=None, description="The same in English.")
    institution_rule: parts.InstitutionRuleInput | None = strawberry.field(
        default=None, description="Bodies that a city must form, and for whom they speak."
    )
    certificate_rule: parts.CertificateRuleInput | None = strawberry.field(
        default=None, description="What a certificate of attendance stands for."
    )

    def content(self) -> Document:
        """Return what is given as parts of the document that a file holds."""
        named = {
            "year": self.year,
            "source": self.source,
            "certainty": self.certainty,
            "dimensions": _all(self.dimensions),
            "quick_win": self.quick_win_rule and self.quick_win_rule.document(),
            "horizons": self.horizon_rule and self.horizon_rule.document(),
            "books": _numbered(self.book_templates, "number"),
            "readiness": _all(self.readiness_elements),
            "readiness_scale": self.readiness_scale and self.readiness_scale.document(),
            "bimtek": _numbered(self.bimtek_stages, "ordinal"),
            "evaluation": self._evaluation(),
            "institutions": self.institution_rule and self.institution_rule.document(),
            "certificates": self.certificate_rule and self.certificate_rule.document(),
        }
        return {name: value for name, value in named.items() if value is not None}

    def _evaluation(self) -> Document | None:
        if self.evaluation_parts is None:
            return None
        impact = self.impact and words(self.impact, self.impact_en)
        return {"parts": _all(self.evaluation_parts), "impact": impact or None}


@strawberry.input(description="A new edition, as a draft; what is absent can follow.")
class GuideEditionCreateInput(GuideEditionContent, Creation):
    """A new edition, as a draft; what is absent can follow."""

    code: str = strawberry.field(description="Its code: it is never changed.")
    name: str = strawberry.field(description="What it is called, in Indonesian.")
    name_en: str | None = strawberry.field(default=None, description="The same in English.")

    def document(self) -> Document:
        """Return the whole document."""
        return {"code": self.code, "name": words(self.name, self.name_en), **self.content()}


@strawberry.input(description="A draft with the content of an edition.")
class GuideEditionCopyInput(Creation):
    """A draft with the content of an edition."""

    edition_id: strawberry.ID = strawberry.field(description="Edition that is copied.")
    code: str = strawberry.field(description="Code of the copy.")
    name: str = strawberry.field(default="", description="Its name; empty: that of the original.")
    name_en: str = strawberry.field(default="", description="Its name in English.")


@strawberry.input(description="Changes of an edition; each list is written whole.")
class GuideEditionUpdateInput(GuideEditionContent, Change):
    """Changes of an edition; each list is written whole, what is absent stays."""

    name: str | None = strawberry.field(default=None, description="New name in Indonesian.")
    name_en: str | None = strawberry.field(default=None, description="New name in English.")

    def changes(self) -> Document:
        """Return the changed parts of the document."""
        name = given(id=self.name, en=self.name_en)
        return self.content() | ({"name": name} if name else {})


@strawberry.input(description="An edition that cohorts may follow from now on.")
class GuideEditionActivateInput(Change):
    """An edition that cohorts may follow from now on."""


@strawberry.input(description="An edition that no further cohort may follow.")
class GuideEditionRetireInput(Change):
    """An edition that no further cohort may follow."""


@strawberry.input(description="A cohort that is planned.")
class CohortCreateInput(Creation):
    """A cohort that is planned."""

    year: int = strawberry.field(description="Calendar year; one cohort has each.")
    edition_id: strawberry.ID = strawberry.field(description="Active edition that it follows.")
    quota: int = strawberry.field(description="Participations that are announced, 1 to 514.")
    theme: str | None = strawberry.field(default=None, description="Motto of the year.")
    target_date: date | None = strawberry.field(
        default=None, description="Day the books should be finished."
    )


@strawberry.input(description="Changes of a cohort; absent fields stay.")
class CohortUpdateInput(Change):
    """Changes of a cohort; absent fields stay."""

    quota: strawberry.Maybe[int] = strawberry.field(default=None, description="New quota.")
    theme: strawberry.Maybe[str | None] = strawberry.field(
        default=None, description="New motto; null for none."
    )
    target_date: strawberry.Maybe[date | None] = strawberry.field(
        default=None, description="New target date; null for none."
    )
    edition_id: strawberry.Maybe[strawberry.ID] = strawberry.field(
        default=None, description="Another active edition, until the cohort is opened."
    )

    def changes(self) -> Any:
        """Return the changes as the rule takes them; raises NotFound for an id of another type."""
        fields = given(
            quota=self.quota,
            theme=self.theme,
            target_date=self.target_date,
            edition_id=self.edition_id,
        )
        replaced(fields, "edition_id", lambda text: uuid_of(text, "edi", "editionId"))
        return fields


@strawberry.input(description="A cohort into which cities may be invited from now on.")
class CohortOpenInput(Change):
    """A cohort into which cities may be invited from now on."""


def _all(items: list[Any] | None) -> list[Document] | None:
    return None if items is None else [each.document() for each in items]


def _numbered(items: list[Any] | None, number: str) -> list[Document] | None:
    found = _all(items)
    return found and [{number: place, **each} for place, each in enumerate(found, start=1)]
