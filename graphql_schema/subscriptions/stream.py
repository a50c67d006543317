"""One subscription while it is open: who follows, what, and whether they still may."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Generic, TypeVar, cast

import strawberry

from graphql_schema.context import Context
from graphql_schema.directives.requires import REQUIRES
from graphql_schema.subscriptions.refusals import AccessEnded
from kotacerdas.changes import Cause, Change, Feed, News, Topic
from kotacerdas.errors import NotFound
from kotacerdas.identity.authentication import Actor
from kotacerdas.identity.models import RIGHTS
from kotacerdas.identity.policy import Permission

Event = TypeVar("Event")
Resolver = TypeVar("Resolver", bound=Callable[..., Any])

RECHECK_SECONDS = 25.0
"""The longest time without a look whether the session or token still opens anything."""


@dataclass
class Stream:
    """A subscription's feed, and the context of its latest event."""

    feed: Feed
    context: Context
    authenticate: Callable[[], Awaitable[Actor]]

    async def renew(self) -> None:
        """Ask anew who follows; raises Unauthenticated when session, token or account ended."""
        self.context = replace(self.context, actor=await self.authenticate())


StreamInfo = strawberry.Info[Stream, None]


def followed(description: str, *requires: Permission) -> Callable[[Resolver], Resolver]:
    """Make a method a subscription field: it returns what `follow` yields.

    `requires` is what the subject's `allowed` asks for, for the SDL.
    """
    made = strawberry.subscription(description=description, metadata={REQUIRES: requires})
    return cast(Callable[[Resolver], Resolver], made)


class Standing(Enum):
    """How what is followed stands for who follows it; LAST: one more event, then nothing."""

    HIDDEN = auto()
    OPEN = auto()
    LAST = auto()


async def _always(_context: Context, _change: Change) -> bool:
    return True


@dataclass(frozen=True)
class Subject(Generic[Event]):
    """What a subscription field follows; `standing` and `concerns` are asked before each event."""

    topic: Topic
    standing: Callable[[Context], Awaitable[Standing]]
    event: Callable[[News], Event]
    concerns: Callable[[Context, Change], Awaitable[bool]] = _always


async def follow(stream: Stream, subject: Subject[Event]) -> AsyncGenerator[Event, None]:
    """Yield an event at the start and for all news.

    Raises NotFound for what may not be followed, later AccessEnded, and Unauthenticated.
    """
    rights = Topic(RIGHTS.kind, person_id=stream.context.actor.person_id)
    with stream.feed.follow(subject.topic, rights) as follower:
        if await subject.standing(stream.context) is Standing.HIDDEN:
            raise NotFound
        standing = Standing.OPEN
        while standing is not Standing.LAST:
            news = await follower.next(RECHECK_SECONDS)
            await stream.renew()
            standing = await subject.standing(stream.context)
            if standing is Standing.HIDDEN:
                raise AccessEnded
            if news is not None and await _told(stream.context, subject, news):
                yield subject.event(news)
            elif standing is Standing.LAST:  # its change was lost on the way
                yield subject.event(News(Cause.MISSED))


async def _told(context: Context, subject: Subject[Event], news: News) -> bool:
    """Whether the client is told; a change of their rights was for us alone."""
    if news.change is None:
        return True
    if news.change.kind == RIGHTS.kind:
        return False
    return await subject.concerns(context, news.change)
