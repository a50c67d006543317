"""From a commit in one process to those who follow in another, also when Redis was away."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from uuid import UUID, uuid4

import pytest
import redis

from kotacerdas import changes
from kotacerdas.changes import Cause, Change, Feed, Follower, News, Topic
from kotacerdas.changes import feed as feeds
from kotacerdas.changes import publisher as publishers
from kotacerdas.changes.change import channel
from kotacerdas.changes.follower import MOST_WAITING
from kotacerdas.scope import Door, Scope
from tenants.submissions.models import Innovation
from tests.faults.broker import stop

SOON = 10.0
"""Seconds within which news must come; they come in milliseconds, or after a reconnection."""


def announce(database, tenant_id: int, *ids: UUID) -> None:
    """Commit a unit of work that changes innovations."""
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        for row_id in ids:
            changes.record(session, Innovation, row_id)


@asynccontextmanager
async def following(settings, *topics: Topic) -> AsyncIterator[Follower]:
    """A follower whose feed hears already: a message of the test's own has come through."""
    probe = uuid4()
    client = redis.Redis.from_url(settings.broker_url.get_secret_value())
    async with Feed(settings) as feed:
        with feed.follow(Topic("probe", ids=frozenset({probe}))) as ready:
            assert (await ready.next(SOON)).cause is Cause.STARTED
            while True:
                sent = changes.change.encoded([Change("probe", None, probe)])[0]
                client.publish(channel(settings), sent)
                if await ready.next(0.1):
                    break
        client.close()
        with feed.follow(*topics) as follower:
            assert await follower.next(SOON) == News(Cause.STARTED)
            yield follower


async def coming(follower: Follower) -> News:
    news = await follower.next(SOON)
    assert news is not None, "no news in time"
    return news


def test_a_commit_is_heard_by_those_who_follow_its_tenant_and_by_no_others(
    telling, publishing, city, make_city
):
    mine, other = uuid4(), make_city()

    async def hear() -> None:
        topic = Topic("innovation", tenant_id=city.id)
        async with following(telling, topic) as follower:
            await asyncio.to_thread(announce, publishing, other.id, uuid4())
            await asyncio.to_thread(announce, publishing, city.id, mine)
            told = News(Cause.CHANGED, Change("innovation", city.id, mine))
            assert await coming(follower) == told
            assert await follower.next(0.2) is None

    asyncio.run(hear())


def test_a_topic_may_name_ids_or_a_person_or_take_a_kind_everywhere():
    person, row = uuid4(), uuid4()
    change = Change("notification", 7, row, person)
    topics = [
        (Topic("notification"), True),
        (Topic("notification", person_id=person), True),
        (Topic("notification", tenant_id=7), True),
        (Topic("notification", tenant_id=7, ids=frozenset({row})), True),
        (Topic("notification", tenant_id=7, ids=frozenset({uuid4()})), False),
        (Topic("notification", tenant_id=8), False),
        (Topic("notification", person_id=uuid4()), False),
        (Topic("job", tenant_id=7), False),
    ]
    assert [topic.holds(change) for topic, _ in topics] == [held for _, held in topics]
    keys = changes.follower.keys_of(change)
    assert all(topic.key in keys for topic, held in topics if held)


def test_many_changes_of_one_thing_wait_as_one_and_too_many_things_as_a_word():
    async def wait() -> None:
        topic = Topic("innovation", tenant_id=7)
        follower = Follower(topic)
        assert await follower.next(1) == News(Cause.STARTED)
        for change in [Change("innovation", 7, uuid4()) for _ in range(2)] * 1_000:
            follower.tell(change)
        assert [(await follower.next(1)).cause for _ in range(2)] == [Cause.CHANGED] * 2
        assert await follower.next(0.01) is None
        for _ in range(10_000):
            follower.tell(Change("innovation", 7, uuid4()))
            assert len(follower._changes) <= MOST_WAITING
        assert await follower.next(1) == News(Cause.MISSED)
        assert await follower.next(0.01) is None

    asyncio.run(wait())


@pytest.mark.timed
def test_without_redis_writes_stay_fast_and_followers_are_told_to_look_for_themselves(
    telling, publishing, valkey, city
):
    announce(publishing, city.id, uuid4())  # connections are open, the thread runs
    late = uuid4()

    async def outage() -> None:
        async with following(telling, Topic("innovation", tenant_id=city.id)) as follower:
            await asyncio.to_thread(stop, valkey)
            assert await coming(follower) == News(Cause.INTERRUPTED)
            started = monotonic()
            for _ in range(50):
                await asyncio.to_thread(announce, publishing, city.id, late)
            assert (monotonic() - started) / 50 < 0.2
            await asyncio.to_thread(valkey.start)
            assert await coming(follower) == News(Cause.MISSED)

    asyncio.run(outage())


def test_what_was_committed_while_redis_was_away_is_told_when_it_is_back(
    telling, publishing, valkey, city, monkeypatch
):
    monkeypatch.setattr(publishers, "FIRST_PAUSE_SECONDS", 2.0)  # followers are back before it
    early, late = uuid4(), uuid4()

    async def outage() -> None:
        async with following(telling, Topic("innovation", tenant_id=city.id)) as follower:
            await asyncio.to_thread(announce, publishing, city.id, early)
            assert (await coming(follower)).cause is Cause.CHANGED
            await asyncio.to_thread(stop, valkey)
            assert await coming(follower) == News(Cause.INTERRUPTED)
            await asyncio.to_thread(announce, publishing, city.id, late)
            await asyncio.to_thread(valkey.start)
            assert await coming(follower) == News(Cause.MISSED)
            assert await coming(follower) == News(
                Cause.CHANGED, Change("innovation", city.id, late)
            )

    asyncio.run(outage())


@pytest.mark.timed
def test_a_frozen_redis_delays_no_write_and_is_noticed(
    telling, publishing, valkey, city, monkeypatch
):
    monkeypatch.setattr(feeds, "QUIET_SECONDS", 0.3)
    monkeypatch.setattr(publishers, "ANSWER_SECONDS", 0.3)
    row = uuid4()

    async def freeze() -> None:
        async with following(telling, Topic("innovation", tenant_id=city.id)) as follower:
            os.kill(valkey.pid, signal.SIGSTOP)
            try:
                started = monotonic()
                await asyncio.to_thread(announce, publishing, city.id, row)
                assert monotonic() - started < 0.25
                assert await coming(follower) == News(Cause.INTERRUPTED)
            finally:
                os.kill(valkey.pid, signal.SIGCONT)
            assert await coming(follower) == News(Cause.MISSED)

    asyncio.run(freeze())


def test_a_sender_that_had_to_drop_changes_says_so(telling, publishing, valkey, city, monkeypatch):
    monkeypatch.setattr(publishers, "MOST_WAITING", 10)

    async def hear() -> None:
        async with following(telling, Topic("innovation", tenant_id=city.id)) as follower:
            await asyncio.to_thread(announce, publishing, city.id, *[uuid4() for _ in range(11)])
            assert await coming(follower) == News(Cause.MISSED)

    asyncio.run(hear())


def test_a_foreign_message_on_the_channel_is_passed_over(telling, publishing, valkey, city):
    row = uuid4()

    async def hear() -> None:
        async with following(telling, Topic("innovation", tenant_id=city.id)) as follower:
            client = redis.Redis.from_url(valkey.url)
            for foreign in (b"{", b"[1]", b"17", b'[["innovation", 1, "no uuid", null]]'):
                client.publish(channel(telling), foreign)
            client.close()
            await asyncio.to_thread(announce, publishing, city.id, row)
            assert (await coming(follower)).change == Change("innovation", city.id, row)

    asyncio.run(hear())
