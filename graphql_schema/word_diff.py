"""Differences of two texts as the API shows them."""

from __future__ import annotations

import strawberry

from kotacerdas.word_diff import Kind, Piece


@strawberry.type(description="A run of words that stands in both texts, or in one of them.")
class DiffPiece:
    """A run of words that stands in both texts, or in one of them."""

    kind: Kind = strawberry.field(description="In both, in the former or in the latter.")
    text: str = strawberry.field(description="The words, with the blanks around them.")

    @classmethod
    def of(cls, piece: Piece) -> DiffPiece:
        """Show a piece of the domain's."""
        return cls(kind=piece.kind, text=piece.text)
