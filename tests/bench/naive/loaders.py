"""One request's session and its data loaders, each of which reads many rows by one statement."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, Result, and_, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from strawberry.dataloader import DataLoader

from kotacerdas.identity.models import Person
from tenants.cities.models import Participation, Unit
from tenants.editions.models import Dimension
from tenants.masterplan.models import Masterplan, Programme
from tenants.submissions.models import Innovation, Review

CONTEXT = text("select app.set_context(:tenant, null)")
Load = Callable[[list[Any]], Awaitable[Sequence[Any]]]


class Reading:
    """What a request reads with: a session in its tenant's context, begun when first used."""

    def __init__(self, engine: AsyncEngine, tenant_id: int | None) -> None:
        self.tenant_id = tenant_id
        self._session = AsyncSession(engine, expire_on_commit=False)
        self._begun = False
        self._one_at_a_time = asyncio.Lock()
        self.unit = self._loader(self._by_id(Unit))
        self.dimension = self._loader(self._by_id(Dimension))
        self.person = self._loader(self._by_id(Person))
        self.reviews = self._loader(self._children(Review.innovation_id, Review.id))
        self.latest_review = self._loader(self._latest)
        self.participations = self._loader(self._participations)
        self.masterplan = self._loader(self._masterplan)
        self.programmes = self._loader(self._children(Programme.masterplan_id, Programme.code))
        self.states = self._loader(self._counts(Innovation.state))
        self.dimensions = self._loader(self._counts(Innovation.dimension_id))

    async def run(self, statement: Executable) -> Result[Any]:
        """Run a statement; a session serves one at a time."""
        async with self._one_at_a_time:
            if not self._begun:
                self._begun = True
                await self._session.execute(CONTEXT, {"tenant": self.tenant_id})
            return await self._session.execute(statement)

    async def close(self) -> None:
        """End the transaction."""
        await self._session.close()

    @staticmethod
    def _loader(load: Load) -> DataLoader[Any, Any]:
        return DataLoader(load_fn=load)

    def _mine(self, model: Any) -> ColumnElement[bool]:
        owned = hasattr(model, "tenant_id") and self.tenant_id is not None
        return model.tenant_id == self.tenant_id if owned else and_(True)

    def _by_id(self, model: Any) -> Load:
        async def load(keys: list[UUID]) -> list[Any]:
            found = await self.run(select(model).where(self._mine(model), model.id.in_(keys)))
            rows = {row.id: row for row in found.scalars()}
            return [rows.get(key) for key in keys]

        return load

    def _children(self, foreign: InstrumentedAttribute[Any], order: Any) -> Load:
        async def load(keys: list[UUID]) -> list[list[Any]]:
            mine = self._mine(foreign.class_), foreign.in_(keys)
            found = await self.run(select(foreign.class_).where(*mine).order_by(order))
            return _grouped(keys, ((getattr(row, foreign.key), row) for row in found.scalars()))

        return load

    async def _latest(self, keys: list[UUID]) -> list[Review | None]:
        newest = select(Review).where(self._mine(Review), Review.innovation_id.in_(keys))
        ordered = newest.distinct(Review.innovation_id).order_by(
            Review.innovation_id, Review.id.desc()
        )
        rows = {row.innovation_id: row for row in (await self.run(ordered)).scalars()}
        return [rows.get(key) for key in keys]

    async def _participations(self, keys: list[int]) -> list[list[Participation]]:
        found = await self.run(
            select(Participation)
            .where(Participation.tenant_id.in_(keys))
            .order_by(Participation.created_at.desc(), Participation.id.desc())
        )
        return _grouped(keys, ((row.tenant_id, row) for row in found.scalars()))

    async def _masterplan(self, keys: list[UUID]) -> list[Masterplan | None]:
        mine = self._mine(Masterplan), Masterplan.participation_id.in_(keys)
        found = await self.run(select(Masterplan).where(*mine))
        rows = {row.participation_id: row for row in found.scalars()}
        return [rows.get(key) for key in keys]

    def _counts(self, key: InstrumentedAttribute[Any]) -> Load:
        async def load(keys: list[int]) -> list[list[tuple[Any, int]]]:
            found = await self.run(
                select(Innovation.tenant_id, key, func.count())
                .where(Innovation.tenant_id.in_(keys))
                .group_by(Innovation.tenant_id, key)
                .order_by(Innovation.tenant_id, key)
            )
            return _grouped(keys, ((tenant_id, (k, n)) for tenant_id, k, n in found))

        return load


def _grouped(keys: Sequence[Hashable], pairs: Any) -> list[list[Any]]:
    groups: dict[Hashable, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return [groups[key] for key in keys]
