"""How many subscriptions may be open at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from graphql_schema.subscriptions.refusals import TooManySubscriptions

PER_PERSON = 50
"""A console's page has three or four, and people have many tabs."""
PER_PROCESS = 2_000
"""Some 70 MB, and 80 looks at credentials each second when nothing else happens."""


class Seats:
    """The subscriptions that a process has open, counted by person."""

    def __init__(self) -> None:
        self._taken: Counter[UUID] = Counter()

    @property
    def taken(self) -> int:
        """How many are open."""
        return self._taken.total()

    @contextmanager
    def take(self, person_id: UUID) -> Iterator[None]:
        """Hold a seat; raises TooManySubscriptions where none is left."""
        if self._taken[person_id] >= PER_PERSON:
            raise TooManySubscriptions(limit=PER_PERSON)
        if self.taken >= PER_PROCESS:
            raise TooManySubscriptions(limit=PER_PROCESS)
        self._taken[person_id] += 1
        try:
            yield
        finally:
            self._taken[person_id] -= 1
            self._taken += Counter()  # forgets those who have none
