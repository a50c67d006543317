"""The interface of everything that has an id."""

from __future__ import annotations

import strawberry


@strawberry.interface(description="Something with a stable id that `node` finds again.")
class Node:
    """Something with a stable id."""

    id: strawberry.ID = strawberry.field(description="Opaque, stable id.")
