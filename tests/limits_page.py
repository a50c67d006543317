"""`python -m tests.limits_page`: write platform/docs/limits.md from the limits themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from graphql import parse

from graphql_schema.limits.admission import Gate
from graphql_schema.limits.allowance import ANONYMOUS, TOKEN, TRUSTED, USER
from graphql_schema.limits.prices import COUNT, INTROSPECTION, MUTATION, UNPAGED
from graphql_schema.reader.paging import DEFAULT_PAGE, LARGEST_PAGE
from graphql_schema.schema import core
from kotacerdas.rates.buckets import EDGE_MILLISECONDS
from kotacerdas.rates.clerk import RETRY_SECONDS
from kotacerdas.rates.lease import SHARE
from kotacerdas.rates.limiter import STRICTER
from kotacerdas.rates.policy import Sender
from kotacerdas.settings import Settings

PAGE = Path(__file__).parents[1] / "platform" / "docs" / "limits.md"
SENDERS = {Sender.ANONYMOUS: ANONYMOUS, Sender.USER: USER, Sender.TOKEN: TOKEN}
ROWS = {
    "body_bytes": "bytes of the body, read no further",
    "text_bytes": "bytes of the document",
    "tokens": "tokens of the document, comments included",
    "depth": "levels of fields",
    "cost": "cost of the operation",
    "introspection": "reading the schema by introspection",
    "aliases": "aliases",
    "root_fields": "fields at the root",
    "mutations": "mutations in a document",
    "fragments": "fragments",
    "directives": "directives",
    "repeats": "fields of one key on one type in one place",
    "crowd": "the same on all types together",
    "list_entries": "entries of a list among the values",
    "value_depth": "levels of a value",
    "values": "values of all variables together",
}
EXAMPLE = """\
{
  city(by: {slug: "kota-bukittinggi"}) {
    innovations(first: 50) {
      totalCount
      nodes { name unit { name } }
    }
  }
}"""
HEAD = """\
# Limits

What a request may ask for depends on who sends it: nobody known, a signed-in person, or a token. A
request over a limit is refused before anything is read; the error's `code` names the limit, its
message the number and what to do. Nothing is limited by surprise: each answer tells what it cost
and what is left.

This page is made by `python -m tests.limits_page`; a test holds it equal to the code.

"""
COST = """
## Cost

The cost is an estimate of how many objects the answer may hold, made before anything is read. It
follows from the schema alone: `@cost(weight:)` is what each entry of a field adds, `@listSize` how
many entries a field is counted with. Both have the names and meanings of IBM's GraphQL Cost
Directives specification and stand in `/schema.graphql`, so that a tool can compute the same.

- an object weighs 1, a plain value nothing; `totalCount` weighs {count}, each mutation {mutation};
- a page counts with `first` or `last`, {page} if neither is given, {largest} at most;
- a short list without pages counts with {unpaged}, unless its `@listSize` says otherwise;
- what lies within a list counts once for each of its entries;
- `__schema` weighs {schema}, `__type` {type} (`@introspectionCost`).

```graphql
{example}
```

costs {cost}: the city, the page, its `totalCount`, and 50 innovations with a unit each. A
[registered document](documents.md) that is sent with a token may cost {trusted:,}.
"""
RATES = """
## In a minute

{table}
A minute begins with its first request. Requests without credentials are counted by address (IPv6
by /64), and so are those whose credentials open nothing. Both numbers hold for all API processes
together; a setting changes each of them, and 0 lifts it.

Each answer of `/graphql` carries the fields of the IETF's draft *RateLimit header fields for HTTP*:
`q` is the quota, `w` the window in seconds, `r` what remains, `t` the seconds until all is there
again.

```
RateLimit-Policy: "requests";q={user};w=60, "cost";q={budget};w=60
RateLimit: "requests";r=199;t=60, "cost";r=99897;t=60
```

An answer by POST says the same in its body:

```json
{{"extensions": {{"cost": {{
  "requested": {cost}, "limit": {limit},
  "throttle": {{"limit": {user}, "remaining": 199, "resetSeconds": 60}},
  "budget": {{"limit": {budget}, "remaining": 99897, "resetSeconds": 60}}
}}}}}}
```

Who sends more is answered 429 with `Retry-After` in seconds and the code `RATE_LIMITED`
(`retryable` is true). Wait so long, then send the same request again; nothing of it was done.

## How exactly it is held

The processes take tokens ahead from a bucket in Redis, 1/{share} of what is left at most, and fetch
the next ones beside the requests; hardly any request waits for Redis. In a window all processes
together let in the limit, and at most one request more for each process: the window's first. A
window may end {edge} ms early. `remaining` is what one process knows: others may hold a few more.

Without Redis each process lets in 1/{stricter} of the limit by itself, nobody sees an error for it,
and `Retry-After` is at most {retry} seconds; after that Redis is asked again. The log says
`rates.redis_down` and `rates.redis_back`.
"""

SLOW = """
## Slow connections

Send a request in one go: its headers within {request_head_seconds:g} s, its body within
{request_body_seconds:g} s and another second for each {kibibytes:g} KiB (at most {mebibytes:g} MiB
here, less for GraphQL). Otherwise the answer is 408, 413 or 431, in JSON as all others, and the
connection ends. Who reads nothing of an answer for {response_unread_seconds:g} s is cut off. Unused
connections are kept for {keep_alive_seconds} s.
"""


def limits_page() -> str:
    """Return the page: limits of one request, their cost, rates, and what is too slow."""
    settings = {name: field.default for name, field in Settings.model_fields.items()}
    gate = Gate(core)
    cost = gate.admit(parse(EXAMPLE), None, {}, USER)
    costs = COST.format(
        count=COUNT.weight,
        mutation=MUTATION.weight,
        page=DEFAULT_PAGE,
        largest=LARGEST_PAGE,
        unpaged=UNPAGED.assumed_size,
        schema=INTROSPECTION.schema,
        type=INTROSPECTION.type,
        example=EXAMPLE,
        cost=cost,
        trusted=TRUSTED.cost,
    )
    rates = RATES.format(
        table=_rates(settings),
        user=settings["rate_user"],
        budget=settings["budget_user"],
        cost=cost,
        limit=USER.cost,
        edge=EDGE_MILLISECONDS,
        stricter=STRICTER,
        share=SHARE,
        retry=round(RETRY_SECONDS),
    )
    return HEAD + _requests() + costs + rates + _slow(settings)


def _slow(settings: dict[str, Any]) -> str:
    mebibytes = settings["request_body_bytes"] / 2**20
    kibibytes = settings["transfer_bytes_per_second"] / 2**10
    return SLOW.format(**settings, mebibytes=mebibytes, kibibytes=kibibytes)


def _requests() -> str:
    rows = [
        _row(text, *(getattr(allowance, name) for allowance in SENDERS.values()))
        for name, text in ROWS.items()
    ]
    return "## In a request\n\n" + _head("at most") + "".join(rows)


def _rates(settings: dict[str, Any]) -> str:
    texts = {"rate": "requests", "budget": "cost of all operations together"}
    rows = [
        _row(text, *(settings[f"{kind}_{sender}"] for sender in SENDERS))
        for kind, text in texts.items()
    ]
    return _head("at most") + "".join(rows)


def _head(first: str) -> str:
    return f"| {first} | " + " | ".join(SENDERS) + " |\n|---|" + "---|" * len(SENDERS) + "\n"


def _row(text: str, *values: object) -> str:
    return f"| {text} | " + " | ".join(map(_shown, values)) + " |\n"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}"


if __name__ == "__main__":
    PAGE.write_text(limits_page())
