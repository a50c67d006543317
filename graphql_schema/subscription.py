"""Where every subscription begins."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from graphql_schema.context import Context
from graphql_schema.ids import Key, decode
from graphql_schema.subscriptions.events import InnovationEvent, JobEvent, NotificationEvent
from graphql_schema.subscriptions.refusals import ByPersonOnly
from graphql_schema.subscriptions.stream import Standing, StreamInfo, Subject, follow, followed
from kotacerdas.changes import Cause, Change, News, Topic
from kotacerdas.errors import Invalid
from kotacerdas.identity.authentication import Via
from kotacerdas.identity.policy import Permission, permitted
from kotacerdas.jobs import Job, JobState
from kotacerdas.jobs.queries import state_of
from tenants.notifications.models import Notification
from tenants.submissions.models import Innovation
from tenants.submissions.queries import unit_of

MOST_IDS = 100
FINAL = frozenset({JobState.DONE, JobState.DEAD, JobState.CANCELLED})


@strawberry.type(description="What a client can follow; each begins with an event STARTED.")
class Subscription:
    """What a client can follow."""

    @followed("One job until it ends; then the stream ends too.", Permission.CITY_READ)
    async def job_changed(
        self,
        info: StreamInfo,
        id: Annotated[strawberry.ID, strawberry.argument(description="Opaque id of the job.")],
    ) -> AsyncGenerator[JobEvent, None]:
        """Follow one job."""
        key = decode(id, "job")
        topic = Topic(Job.__announces__.kind, key.tenant_id, ids=frozenset({_uuid(key)}))
        return follow(info.context, Subject(topic, partial(_of_job, key), partial(_job, key)))

    @followed("What the person who asks is told, and has read.")
    async def notification_changed(
        self, info: StreamInfo
    ) -> AsyncGenerator[NotificationEvent, None]:
        """Follow one's own notifications."""
        actor = info.context.context.actor
        if actor.via is Via.TOKEN:
            raise ByPersonOnly
        topic = Topic(Notification.__announces__.kind, person_id=actor.person_id)
        return follow(info.context, Subject(topic, _of_person, _notification))

    @followed("Innovations of a city, their reviews and remarks.", Permission.CITY_READ)
    async def innovation_changed(
        self,
        info: StreamInfo,
        city_id: Annotated[strawberry.ID, strawberry.argument(description="The city.")],
        ids: Annotated[
            list[strawberry.ID] | None,
            strawberry.argument(description="Only these innovations of it; at most 100."),
        ] = None,
        unit_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those of this department.")
        ] = None,
    ) -> AsyncGenerator[InnovationEvent, None]:
        """Follow a city's innovations."""
        tenant_id = decode(city_id, "cty", "cityId").tenant_id
        topic = Topic(Innovation.__announces__.kind, tenant_id, ids=_chosen(ids, tenant_id))
        unit = None if unit_id is None else _uuid(decode(unit_id, "unt", "unitId"))
        subject = Subject(
            topic, partial(_of_city, tenant_id), _innovation, concerns=partial(_is_of, unit)
        )
        return follow(info.context, subject)


def _uuid(key: Key) -> UUID:
    return key.id or UUID(int=0)


def _chosen(ids: list[strawberry.ID] | None, tenant_id: int | None) -> frozenset[UUID] | None:
    """Return the innovations that are asked for; those of another city do not count."""
    if ids is None:
        return None
    if len(ids) > MOST_IDS:
        raise Invalid(
            "ids",
            "paling banyak 100 id; bagi menjadi beberapa permintaan.",
            "at most 100 ids; split them up.",
        )
    keys = [decode(each, "inn", "ids") for each in ids]
    return frozenset(_uuid(key) for key in keys if key.tenant_id == tenant_id)


async def _of_person(_context: Context) -> Standing:
    return Standing.OPEN


async def _of_city(tenant_id: int | None, context: Context) -> Standing:
    reads = permitted(context.scope(tenant_id), Permission.CITY_READ)
    return Standing.OPEN if reads else Standing.HIDDEN


async def _of_job(key: Key, context: Context) -> Standing:
    scope = context.scope(key.tenant_id)
    if scope.tenant_id is None or not permitted(scope, Permission.CITY_READ):
        return Standing.HIDDEN
    state = await context.perform(scope, partial(state_of, job_id=_uuid(key)))
    if state is None:
        return Standing.HIDDEN
    return Standing.LAST if state in FINAL else Standing.OPEN


async def _is_of(unit: UUID | None, context: Context, change: Change) -> bool:
    if unit is None:
        return True
    scope = context.scope(change.tenant_id)
    return await context.perform(scope, partial(unit_of, innovation_id=change.id)) == unit


def _job(key: Key, news: News) -> JobEvent:
    return JobEvent(key=None if news.cause is Cause.INTERRUPTED else key, cause=news.cause)


def _innovation(news: News) -> InnovationEvent:
    return InnovationEvent(key=_key("inn", news), cause=news.cause)


def _notification(news: News) -> NotificationEvent:
    return NotificationEvent(key=_key("ntf", news), cause=news.cause)


def _key(prefix: str, news: News) -> Key | None:
    change = news.change
    return None if change is None else Key(prefix, change.tenant_id, change.id)
