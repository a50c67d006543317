"""What the compiled reader leaves to graphql-core."""

from __future__ import annotations


class Unfit(Exception):
    """A request that no compiled statement answers; graphql-core does.

    An exception of its own, so that nothing that merely went wrong is taken for it.
    """
