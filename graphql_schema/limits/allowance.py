"""How much each kind of sender may ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kotacerdas.identity.authentication import Actor, Via

KIB = 1024


@dataclass(frozen=True, eq=False)
class Allowance:
    """The limits of one kind of sender; the defaults hold for everybody.

    Each is itself alone, for it is looked up by on every request.
    """

    body_bytes: int
    text_bytes: int
    tokens: int
    depth: int
    cost: int
    introspection: bool
    aliases: int = 30
    root_fields: int = 20
    fragments: int = 20
    directives: int = 50
    mutations: int = 10
    repeats: int = 5
    """Fields of the same response key on one type in one place, fragments included."""
    crowd: int = 30
    """The same on all types of the place together."""
    list_entries: int = 500
    value_depth: int = 12
    values: int = 10_000
    """Values of all variables together, inner ones included."""


ANONYMOUS = Allowance(64 * KIB, 8 * KIB, tokens=1_000, depth=8, cost=1_000, introspection=False)
USER = Allowance(256 * KIB, 16 * KIB, tokens=2_000, depth=12, cost=5_000, introspection=True)
TOKEN = Allowance(256 * KIB, 16 * KIB, tokens=2_000, depth=12, cost=10_000, introspection=True)
TRUSTED = Allowance(256 * KIB, 16 * KIB, tokens=2_000, depth=12, cost=20_000, introspection=True)
"""Of a registered document sent with a token; what others may spend on one is theirs below."""
TRUSTED_ANONYMOUS = replace(
    TRUSTED, body_bytes=ANONYMOUS.body_bytes, cost=ANONYMOUS.cost, introspection=False
)
TRUSTED_USER = replace(TRUSTED, cost=USER.cost)


def allowance_of(actor: Actor, *, trusted: bool = False) -> Allowance:
    """Return the limits of a request's sender, for a registered document or for any other text.

    An operator has looked at the form of what is `trusted`; what it costs is still the sender's.
    """
    if actor.person_id is None:
        return TRUSTED_ANONYMOUS if trusted else ANONYMOUS
    if actor.via is Via.TOKEN:
        return TRUSTED if trusted else TOKEN
    return TRUSTED_USER if trusted else USER
