"""What a real worker does is seen by who follows its job."""

from __future__ import annotations

from tests.faults.app import SLOW
from tests.faults.product import Product
from tests.graphql_schema.subscriptions.asking import JOB, id_of
from tests.graphql_schema.subscriptions.live import Live, bearer
from tests.jobs import set_aside, write


def test_the_progress_of_a_job_is_seen_from_its_wait_to_its_end(live: Live, broker, city, tmp_path):
    set_aside(live.database)
    _, token = live.token(city)
    (job_id,) = write(live.database, city, kind=SLOW)
    events = live.events(JOB, bearer(token), id=id_of("job", city, job_id))
    seen = [events.field()]
    with Product(tmp_path, broker, relay_poll_seconds=0.5):
        while seen[-1]["job"]["state"] != "DONE":
            seen.append(events.field())
    assert events.next() is None
    told = [(each["job"]["state"], each["job"]["step"]) for each in seen]
    assert list(dict.fromkeys(told)) == [
        ("QUEUED", None), ("RUNNING", None), ("RUNNING", "working"), ("DONE", "working"),
    ]  # fmt: skip
    assert len(told) <= 6
