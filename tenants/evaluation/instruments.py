"""The instrument of a round: its edition's parts, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, Invalid
from tenants.editions.models import Dimension, GuideEdition
from tenants.editions.queries import dimensions_of
from tenants.editions.rules import rules_of
from tenants.evaluation import scoring
from tenants.evaluation.models import EvaluationRound
from tenants.evaluation.scoring import Item, Part

IMPACT = "impact"
"""The part whose score is the mean of the dimensions' indices, where the edition says so."""


class EditionWithoutInstrument(DomainError):
    """The guide edition states no parts of an evaluation."""

    code = "EDITION_WITHOUT_INSTRUMENT"
    id = "Panduan {edition} belum memuat bagian dan bobot evaluasi. Lengkapi panduan itu dahulu."
    en = (
        "Guide {edition} states no parts and weights of an evaluation. Add them to the guide first."
    )


class ItemUnknown(DomainError):
    """The round's instrument has no such item."""

    code = "EVALUATION_ITEM_UNKNOWN"
    id = "Instrumen ini tidak punya butir {item}. Pilih salah satu: {choices}."
    en = "This instrument has no item {item}. Choose one of: {choices}."


@dataclass(frozen=True)
class Instrument:
    """The parts of a round, its scale, and the names of parts and pillars in both languages."""

    parts: Sequence[Part]
    maximum: Decimal
    dimensions: dict[str, Dimension]
    names: dict[str, tuple[str, str]]

    def item(self, key: str) -> Item:
        """Return the item of that key; raises ItemUnknown, which lists them."""
        found = {item.key: item for item in self.items()}
        if key not in found:
            raise ItemUnknown(path=("item",), item=key[:60], choices=", ".join(found))
        return found[key]

    def items(self) -> list[Item]:
        """Return every item in order."""
        return [item for part in self.parts for item in part.items]

    def dimension_id(self, item: Item) -> UUID | None:
        """Return the pillar that the item judges, if it judges one."""
        return None if item.dimension is None else self.dimensions[item.dimension].id

    def named(self, items: Iterable[Item]) -> tuple[str, str]:
        """List the items' names in Indonesian and in English."""
        pairs = [self._name(item) for item in items]
        return ", ".join(name for name, _ in pairs), ", ".join(name for _, name in pairs)

    def score(self, value: Decimal, path: tuple[str, ...]) -> Decimal:
        """Return a score of the scale, at most two decimals; raises Invalid."""
        if value.is_finite() and 0 <= value <= self.maximum and value == round(value, 2):
            return value
        raise Invalid(
            path[-1],
            f"tulis 0 sampai {self.maximum}, paling banyak dua desimal.",
            f"write 0 to {self.maximum}, with at most two decimals.",
            path=path,
        )

    def _name(self, item: Item) -> tuple[str, str]:
        part = self.names[item.part]
        if item.dimension is None:
            return part
        pillar = self.dimensions[item.dimension]
        return f"{part[0]} – {pillar.name}", f"{part[1]} – {pillar.name_en}"


def instrument_of(session: Session, held: EvaluationRound) -> Instrument:
    """Return the instrument of a round; raises EditionWithoutInstrument."""
    edition = session.get_one(GuideEdition, held.edition_id)
    return read(edition, dimensions_of(session, edition.id), held.scale_maximum)


def read(edition: GuideEdition, dimensions: list[Dimension], maximum: Decimal) -> Instrument:
    """Read the instrument that an edition states; raises EditionWithoutInstrument."""
    stated = rules_of(edition).evaluation
    if not stated.parts:
        raise EditionWithoutInstrument(path=("editionCode",), edition=edition.code)
    known = {dimension.code: dimension for dimension in dimensions}
    parts = [
        (part.code, part.weight, part.code == IMPACT and stated.impact is not None)
        for part in stated.parts
    ]
    return Instrument(
        parts=scoring.instrument(parts, known),
        maximum=maximum,
        dimensions=known,
        names={part.code: (part.name.id, part.name.en) for part in stated.parts},
    )
